package hear

import (
	"slices"
	"sort"

	"github.com/headway-oss/headway/internal/hear/linear"
)

// FitTheirs learns what the cues of the customer's side weigh. All examples
// teach; calibration and thresholds rest on the heaviest alone (not on those
// invented, or chosen for their cues), each judged by weights that have not
// seen its Part.
func FitTheirs(examples []Example) *Theirs {
	lessons := kindLessons(examples)
	expected := expectations()
	heaviest := 0.0
	for _, l := range lessons {
		heaviest = max(heaviest, l.Weight)
	}
	judged := make([][]float64, len(lessons))
	for _, part := range distinct(partsOf(examples)) {
		known := slices.Clone(expected)
		for i, l := range lessons {
			if examples[i].Part != part {
				known = append(known, l)
			}
		}
		m := linear.Fit(kindNames(), known, fittingKinds).Rounded()
		for i, l := range lessons {
			if examples[i].Part == part && l.Weight == heaviest {
				judged[i] = m.Scores(nil, l.Signs)
			}
		}
	}
	model := linear.Fit(kindNames(), append(expected, lessons...), fittingKinds).Rounded()
	for i := range model.Labels {
		settleKind(&model.Labels[i], i, lessons, judged)
	}
	return &Theirs{model}
}

var fittingKinds = linear.Options{Epochs: 20, Rate: .05, Shrink: 1e-2}

// Marshal writes the weights as they are embedded.
func (t *Theirs) Marshal() ([]byte, error) { return t.model.Marshal() }

func kindNames() (names []string) {
	for _, k := range kindLabels {
		names = append(names, string(k))
	}
	return names
}

func partsOf(examples []Example) (parts []int) {
	for _, x := range examples {
		parts = append(parts, x.Part)
	}
	return parts
}

// expectations gives a lesson nobody spoke for each cue with a weight: the cue
// alone shows its kind. Few labelled sentences hold any one wording, and what
// they say counts against this.
func expectations() (lessons []linear.Example) {
	for i, c := range kindBook.Cues() {
		if c.Weight > 0 {
			kind := map[string]bool{c.Label: true}
			lessons = append(lessons, linear.Example{
				Signs: []uint32{kindSign(kindSignCue, kindCueSigns[i])}, Labels: kind, Asked: kind, Weight: c.Weight,
			})
		}
	}
	return lessons
}

// kindLessons gives the signs of each example.
func kindLessons(examples []Example) (lessons []linear.Example) {
	e := kindEars.Get().(*kindEar)
	defer kindEars.Put(e)
	for _, x := range examples {
		e.listen(x.Row)
		carries := map[string]bool{}
		for _, l := range x.Labels {
			carries[string(l)] = true
		}
		lessons = append(lessons, linear.Example{
			Signs: append([]uint32(nil), e.signs...), Labels: carries, Weight: x.Weight,
		})
	}
	return lessons
}

// settleKind calibrates a kind and chooses its thresholds on sentences judged
// by weights that had not seen them.
func settleKind(l *linear.Label, at int, lessons []linear.Example, judged [][]float64) {
	var scores []float64
	var carries []bool
	for i, x := range lessons {
		if judged[i] != nil {
			scores = append(scores, judged[i][at])
			carries = append(carries, x.Labels[l.Name])
		}
	}
	l.Calibrate(scores, carries)
	for i := range scores {
		scores[i] = l.Probability(scores[i])
	}
	l.Act = surestCut(scores, carries)
	l.Suggest = min(l.Act, fairestCut(scores, carries))
}

// What a kind must show on sentences not learned from, to count unchecked: the
// share that was right, and on how many this was seen.
const (
	actPrecision = .62
	actSeen      = 12
)

// surestCut gives the lowest score from which at least actPrecision are right,
// of no fewer than actSeen; 2 (never) where there is none.
func surestCut(scores []float64, carries []bool) float64 {
	cut := 2.0
	eachCut(scores, carries, func(score float64, hits, found, _ int) {
		if found >= actSeen && float64(hits) >= actPrecision*float64(found) {
			cut = score
		}
	})
	return cut
}

// leastShown is the share that must be right among what is shown.
const leastShown = .25

// fairestCut gives the score with the highest F1 among those from which at
// least leastShown are right. Where there is none, as with kinds too rare to
// tell, the calibrated score itself says from where that share is right.
func fairestCut(scores []float64, carries []bool) float64 {
	best, cut := 0.0, leastShown
	eachCut(scores, carries, func(score float64, hits, found, there int) {
		if float64(hits) < leastShown*float64(found) {
			return
		}
		if f1 := 2 * float64(hits) / float64(found+there); f1 > best {
			best, cut = f1, score
		}
	})
	return cut
}

// eachCut goes through the scores from the highest down and tells, of cutting
// there, how many are right, how many found, and how many there are.
func eachCut(scores []float64, carries []bool, cut func(score float64, hits, found, there int)) {
	order := make([]int, len(scores))
	there, hits := 0, 0
	for i := range order {
		order[i] = i
		if carries[i] {
			there++
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return scores[order[a]] > scores[order[b]] })
	for n, i := range order {
		if carries[i] {
			hits++
		}
		if n+1 == len(order) || scores[order[n+1]] != scores[i] {
			cut(scores[i], hits, n+1, there)
		}
	}
}
