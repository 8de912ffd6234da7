package hear

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear/linear"
)

// Example is a labelled sentence of our side.
type Example struct {
	Row    Row
	Labels []headway.Label
	Turn   string  // sentences of one turn stand together and have the same
	Part   int     // documents of equal Part are judged by weights that have not seen them
	Weight float64 // what it counts for; 1 is usual
}

// asks says whether the sentence carries any q- label.
func (x Example) asks() bool {
	for _, l := range x.Labels {
		if strings.HasPrefix(string(l), "q-") {
			return true
		}
	}
	return false
}

// FitOurs learns our side's weights from examples; every example is learned
// twice, as written and as speech recognition might write it. Thresholds and
// calibration come from sentences of parts left out in turn.
func FitOurs(examples []Example) *Ours {
	o := newOurs(fitAsking(examples), &linear.Model{})
	lessons, asked, parts := o.lessonsOf(examples)
	model, judged := leaveOut(modelLabels(), lessons, parts, fitting)
	for i := range model.Labels {
		settle(&model.Labels[i], i, lessons, judged, asked)
	}
	suggestAsks(model, examples, judged, asked)
	return newOurs(o.asking, model)
}

// leaveOut fits a model, and judges each lesson by one fitted without its part.
func leaveOut(names []string, lessons []linear.Example, parts []int, o linear.Options) (model *linear.Model, judged [][]float64) {
	judged = make([][]float64, len(lessons))
	for _, part := range distinct(parts) {
		var known []linear.Example
		for i, l := range lessons {
			if parts[i] != part {
				known = append(known, l)
			}
		}
		m := linear.Fit(names, known, o).Rounded()
		for i, l := range lessons {
			if parts[i] == part {
				judged[i] = m.Scores(nil, l.Signs)
			}
		}
	}
	return linear.Fit(names, lessons, o).Rounded(), judged
}

// Marshal writes the weights as they are embedded: whether anything is asked,
// and the rest.
func (o *Ours) Marshal() (asking, rest []byte, err error) {
	if asking, err = o.asking.Marshal(); err != nil {
		return nil, nil, err
	}
	rest, err = o.model.Marshal()
	return asking, rest, err
}

var fitting = linear.Options{Epochs: 10, Rate: .25, Shrink: 2e-4}

func modelLabels() []string {
	var names []string
	for _, l := range oursLabels {
		names = append(names, string(l))
	}
	return names
}

// lessonsOf gives the signs of each example, as written and stripped, and how
// surely it asks anything.
func (o *Ours) lessonsOf(examples []Example) (lessons []linear.Example, asked []float64, parts []int) {
	e := ears.Get().(*ear)
	defer ears.Put(e)
	for _, x := range examples {
		carries, teaches := taught(x)
		for _, row := range [...]Row{x.Row, Stripped(x.Row)} {
			e.listen(row)
			lessons = append(lessons, linear.Example{
				Signs: append([]uint32(nil), e.signs...), Labels: carries, Asked: teaches, Weight: x.Weight,
			})
			score, _ := o.asksAnything(e, row)
			asked = append(asked, score)
			parts = append(parts, x.Part)
		}
	}
	return lessons, asked, parts
}

// taught gives what an example carries and what it teaches about: a sentence
// that asks nothing teaches nothing about the kinds of questions.
func taught(x Example) (carries, teaches map[string]bool) {
	carries, teaches = map[string]bool{}, map[string]bool{}
	for _, l := range x.Labels {
		carries[string(l)] = true
	}
	for _, l := range oursLabels {
		teaches[string(l)] = x.asks() || !hangsOnQuestion(l)
	}
	return carries, teaches
}

// Stripped gives a row as speech recognition without punctuation writes it:
// lower case, letters, digits, apostrophes and single spaces.
func Stripped(r Row) Row {
	r.Sentence, r.Before, r.Question, r.After = strip(r.Sentence), strip(r.Before), strip(r.Question), strip(r.After)
	return r
}

func strip(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’':
			return unicode.ToLower(r)
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// settle calibrates a label and chooses its thresholds on sentences judged by
// weights that had not seen them.
func settle(l *linear.Label, at int, lessons []linear.Example, judged [][]float64, asked []float64) {
	calibrate(l, at, lessons, judged)
	scores, carries := make([]float64, len(lessons)), make([]bool, len(lessons))
	for i, x := range lessons {
		scores[i], carries[i] = l.Probability(judged[i][at]), x.Labels[l.Name]
		if hangsOnQuestion(headway.Label(l.Name)) {
			scores[i] *= asked[i]
		}
	}
	l.Act = bestCut(scores, carries)
	l.Suggest = min(l.Act/2, .3)
}

// mostWrong is the share of the slots called never asked that may have been
// asked in conversations to learn from. The bar on others is .05.
const mostWrong = .04

// suggestAsks lowers the suggesting threshold of all asks to where a slot that
// is nowhere suggested in a conversation was, with hardly an exception, asked for
// nowhere: a false "nobody asked" is the worst of errors. It looks at the
// heaviest examples, which are the real ones, as written.
func suggestAsks(model *linear.Model, examples []Example, judged [][]float64, asked []float64) {
	surest, truth := map[slotKey]float64{}, map[slotKey]bool{}
	heaviest := 0.0
	for _, x := range examples {
		heaviest = max(heaviest, x.Weight)
	}
	for i, x := range examples {
		for at, l := range model.Labels {
			if _, isSlot := headway.Label(l.Name).Asked(); isSlot && x.Weight == heaviest {
				conversation, _, _ := strings.Cut(x.Turn, ".")
				key := slotKey{conversation, l.Name}
				surest[key] = max(surest[key], l.Probability(judged[2*i][at])*asked[2*i])
				truth[key] = truth[key] || slices.Contains(x.Labels, headway.Label(l.Name))
			}
		}
	}
	never := neverBelow(surest, truth)
	for i := range model.Labels {
		l := &model.Labels[i]
		if _, isSlot := headway.Label(l.Name).Asked(); isSlot {
			l.Suggest = min(l.Act, never)
		}
	}
}

type slotKey struct{ conversation, asks string }

// neverBelow gives the highest score under which few enough slots were asked for.
func neverBelow(surest map[slotKey]float64, truth map[slotKey]bool) float64 {
	var scores []float64
	for _, s := range surest {
		scores = append(scores, s)
	}
	sort.Float64s(scores)
	best := 0.0
	for _, cut := range scores {
		below, wrong := 0, 0
		for key, s := range surest {
			if s < cut {
				below++
				if truth[key] {
					wrong++
				}
			}
		}
		if float64(wrong) <= mostWrong*float64(below) {
			best = cut
		}
	}
	return best
}

// calibrate makes a label's scores the share of sentences, among those that
// teach about it, that carry it.
func calibrate(l *linear.Label, at int, lessons []linear.Example, judged [][]float64) {
	var scores []float64
	var carries []bool
	for i, x := range lessons {
		if x.Asked[l.Name] {
			scores = append(scores, judged[i][at])
			carries = append(carries, x.Labels[l.Name])
		}
	}
	l.Calibrate(scores, carries)
}

// leastPrecision is what a label must reach on unseen documents to count
// unchecked.
const leastPrecision = .5

// fewest is how many sentences (each counted as written and stripped) a cut
// must let through for its precision to be known at all.
const fewest = 30

// bestCut gives the score with the highest F1 among those from which at least
// half are right, and 2 (never) where there is none.
func bestCut(scores []float64, carries []bool) float64 {
	order := make([]int, len(scores))
	there := 0
	for i := range order {
		order[i] = i
		if carries[i] {
			there++
		}
	}
	sort.Slice(order, func(a, b int) bool { return scores[order[a]] > scores[order[b]] })
	best, cut, hits := 0.0, 2.0, 0
	for n, i := range order {
		if carries[i] {
			hits++
		}
		if n+1 < len(order) && scores[order[n+1]] == scores[i] {
			continue
		}
		precision := float64(hits) / float64(n+1)
		if f1 := 2 * float64(hits) / float64(n+1+there); n+1 >= fewest && precision >= leastPrecision && f1 > best {
			best, cut = f1, scores[i]
		}
	}
	return cut
}

func distinct(parts []int) []int {
	seen := map[int]bool{}
	var all []int
	for _, p := range parts {
		if !seen[p] {
			seen[p] = true
			all = append(all, p)
		}
	}
	sort.Ints(all)
	return all
}
