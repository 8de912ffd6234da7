package hear

import (
	"slices"
	"sort"

	"github.com/headway-oss/headway/internal/hear/linear"
)

// KindExample is a labelled sentence of a customer.
type KindExample struct {
	Example
	Proof string // the genre it is proof of when thresholds are chosen; of none where empty
}

// FitTheirs learns what the cues of the customer's side weigh. All examples
// teach. Calibration and what is suggested rest on those of the first Proof,
// what counts on those of every Proof, each judged by weights that have not
// seen its Part.
func FitTheirs(examples []KindExample) *Theirs {
	lessons := kindLessons(examples)
	expected := expectations()
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
			if examples[i].Part == part && examples[i].Proof != "" {
				judged[i] = m.Scores(nil, l.Signs)
			}
		}
	}
	model := linear.Fit(kindNames(), append(expected, lessons...), fittingKinds).Rounded()
	for i := range model.Labels {
		settleKind(&model.Labels[i], proofs(examples, i, judged), half)
	}
	return &Theirs{model}
}

// proof holds how one genre was judged for one kind: the score of each sentence
// and whether it carries the kind.
type proof struct {
	scores  []float64
	carries []bool
}

// proofs gives the proof of each genre for a kind, in the order of examples.
func proofs(examples []KindExample, kind int, judged [][]float64) (all []proof) {
	at := map[string]int{}
	for i, x := range examples {
		if judged[i] == nil {
			continue
		}
		if _, known := at[x.Proof]; !known {
			at[x.Proof] = len(all)
			all = append(all, proof{})
		}
		p := &all[at[x.Proof]]
		p.scores = append(p.scores, judged[i][kind])
		p.carries = append(p.carries, slices.Contains(x.Labels, kindLabels[kind]))
	}
	return all
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

func partsOf(examples []KindExample) (parts []int) {
	for _, x := range examples {
		parts = append(parts, x.Part)
	}
	return parts
}

// expectations gives lessons nobody spoke for each cue with a weight, as many
// as it says: the cue alone shows its kind. Few labelled sentences hold any one
// wording, and what they say counts against this.
func expectations() (lessons []linear.Example) {
	for i, c := range kindBook.Cues() {
		kind := map[string]bool{c.Label: true}
		alone := linear.Example{Signs: []uint32{kindSign(kindSignCue, kindCueSigns[i])}, Labels: kind, Asked: kind, Weight: 1}
		for range int(c.Weight) {
			lessons = append(lessons, alone)
		}
	}
	return lessons
}

// kindLessons gives the signs of each example.
func kindLessons(examples []KindExample) (lessons []linear.Example) {
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

// settleKind calibrates a kind and chooses its thresholds; it counts where
// enough is right.
func settleKind(l *linear.Label, proofs []proof, enough right) {
	l.Calibrate(proofs[0].scores, proofs[0].carries)
	for _, p := range proofs {
		for i, s := range p.scores {
			p.scores[i] = l.Probability(s)
		}
	}
	l.Act = surestCut(enough, proofs...)
	l.Suggest = min(l.Act, fairestCut(proofs[0]), alwaysShown)
}

// right is the share that must be right for a kind to count unchecked: in the
// first genre, and in each other.
type right struct{ first, others float64 }

func (r right) in(genre int) float64 {
	if genre == 0 {
		return r.first
	}
	return r.others
}

var half = right{.5, .5}

// What else a kind must show on sentences not learned from: that its share
// holds even if actDoubt more had been heard wrongly in a genre; on how many
// this was seen in all; and how likely it must be where a genre showed fewer
// than that.
const (
	actDoubt  = 2
	actSeen   = 12
	actUnseen = .5
)

// surestCut gives the lowest score from which a kind may count; 2 (never) where
// there is none.
func surestCut(enough right, genres ...proof) float64 {
	cut := 2.0
	eachCut(genres, func(score float64, seen []yield) {
		all := 0
		for genre, s := range seen {
			if !s.sure(score, enough.in(genre)) {
				return
			}
			all += s.found
		}
		if all >= actSeen {
			cut = score
		}
	})
	return cut
}

// sure says whether what a genre showed, cut at score, is right often enough.
func (y yield) sure(score, precision float64) bool {
	if y.found < actSeen && score < actUnseen {
		return false
	}
	return y.found == 0 || float64(y.hits) >= precision*float64(y.found+actDoubt)
}

// alwaysShown is how likely a kind must be to be worth showing, whatever else.
const alwaysShown = .3

// leastShown is the share that must be right among what is shown.
const leastShown = .25

// fairestCut gives the score with the highest F1 among those from which at
// least leastShown are right. Where there is none, as with kinds too rare to
// tell, the calibrated score itself says from where that share is right.
func fairestCut(genre proof) float64 {
	best, cut := 0.0, leastShown
	eachCut([]proof{genre}, func(score float64, seen []yield) {
		s := seen[0]
		if float64(s.hits) < leastShown*float64(s.found) {
			return
		}
		if f1 := 2 * float64(s.hits) / float64(s.found+s.there); f1 > best {
			best, cut = f1, score
		}
	})
	return cut
}

// yield tells of a cut in one genre how many are right, how many found, and how
// many there are.
type yield struct{ hits, found, there int }

// eachCut goes through the scores of all genres from the highest down and gives
// what each genre shows when cut there.
func eachCut(genres []proof, cut func(score float64, seen []yield)) {
	type judged struct {
		score   float64
		genre   int
		carries bool
	}
	var order []judged
	seen := make([]yield, len(genres))
	for g, p := range genres {
		for i, score := range p.scores {
			order = append(order, judged{score, g, p.carries[i]})
			if p.carries[i] {
				seen[g].there++
			}
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return order[a].score > order[b].score })
	for n, j := range order {
		seen[j.genre].found++
		if j.carries {
			seen[j.genre].hits++
		}
		if n+1 == len(order) || order[n+1].score != j.score {
			cut(j.score, seen)
		}
	}
}
