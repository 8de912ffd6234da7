package hear

import (
	"encoding/json"
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
	o := newOurs(fitAsking(examples), &linear.Model{}, aim{})
	l := o.lessonsOf(examples)
	l.model, l.scores = leaveOut(modelLabels(), l.of, l.parts, fitting)
	for at := range l.model.Labels {
		l.calibrate(at)
	}
	a := fitAim(l)
	for i, scores := range l.scores {
		hang(scores, l.asked[i], l.cued[i], a)
	}
	for at := range l.model.Labels {
		l.settle(at)
	}
	suggestAsks(l.model.Labels, l.asWritten(), examples)
	return newOurs(o.asking, l.model, a)
}

// oursLessons are what there is to learn, each example twice.
type oursLessons struct {
	of     []linear.Example
	parts  []int
	asked  []float64 // how surely it asks anything
	cued   []cueSet
	model  *linear.Model
	scores [][]float64 // by weights that had not seen it, in the order of oursLabels
}

// asWritten gives the scores of the examples as written, which stand before
// those of the stripped ones.
func (l *oursLessons) asWritten() (scores [][]float64) {
	for i := 0; i < len(l.scores); i += 2 {
		scores = append(scores, l.scores[i])
	}
	return scores
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

// Marshal writes what was learned as it is embedded: the weights of whether
// anything is asked, those of the rest, and the aim of questions.
func (o *Ours) Marshal() (asking, rest, aim []byte, err error) {
	if asking, err = o.asking.Marshal(); err != nil {
		return nil, nil, nil, err
	}
	if rest, err = o.model.Marshal(); err != nil {
		return nil, nil, nil, err
	}
	aim, err = json.MarshalIndent(o.aim, "", "  ")
	return asking, rest, append(aim, '\n'), err
}

var fitting = linear.Options{Epochs: 10, Rate: .25, Shrink: 2e-4}

func modelLabels() []string {
	var names []string
	for _, l := range oursLabels {
		names = append(names, string(l))
	}
	return names
}

// lessonsOf gives the signs of each example, as written and stripped.
func (o *Ours) lessonsOf(examples []Example) *oursLessons {
	l := &oursLessons{}
	e := ears.Get().(*ear)
	defer ears.Put(e)
	for _, x := range examples {
		carries, teaches := taught(x)
		for _, row := range [...]Row{x.Row, Stripped(x.Row)} {
			e.listen(row)
			l.of = append(l.of, linear.Example{
				Signs: append([]uint32(nil), e.signs...), Labels: carries, Asked: teaches, Weight: x.Weight,
			})
			l.cued = append(l.cued, e.cued())
			score, _ := o.asksAnything(e, row)
			l.asked = append(l.asked, score)
			l.parts = append(l.parts, x.Part)
		}
	}
	return l
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

// calibrate makes a label's scores the share of sentences that carry it.
func (l *oursLessons) calibrate(at int) {
	known := &l.model.Labels[at]
	calibrate(known, at, l.of, l.scores)
	for _, scores := range l.scores {
		scores[at] = known.Probability(scores[at])
	}
}

// settle chooses a label's thresholds.
func (l *oursLessons) settle(at int) {
	known := &l.model.Labels[at]
	scores, carries := make([]float64, len(l.of)), make([]bool, len(l.of))
	for i, x := range l.of {
		scores[i], carries[i] = l.scores[i][at], x.Labels[known.Name]
	}
	known.Act = bestCut(scores, carries)
	known.Suggest = min(known.Act/2, .3)
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
