package eval

import (
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// The kinds are scored on whole interviews drawn at random; all other files
// teach, and are measured only in tables of their own.
var (
	wholeInterviews = []string{"ai-*", "more-*"}
	alsoTeach       = []string{"rare-*", "survey", "podcast", "invented/*"}
)

// What a sentence counts for while learning. What is suggested rests on the
// interviews; to count, a kind must hold on them and on what we wrote.
const (
	fully     = 1
	unlike    = 1.2 // another genre than interviews
	written   = .6  // by us, in many trades
	notChance = .5  // picked for its cues
)

// KindExamples gives every labelled sentence of customers to learn from.
func KindExamples(dataDir string) ([]hear.KindExample, error) {
	rows, err := kindRows(dataDir)
	return kindExamples(rows), err
}

func kindRows(dataDir string) ([]Labelled, error) {
	rows, err := ReadLabels(dataDir, append(wholeInterviews[:2:2], alsoTeach...)...)
	return OfSide(rows, headway.Theirs), err
}

func kindExamples(rows []Labelled) []hear.KindExample {
	var examples []hear.KindExample
	for _, r := range rows {
		examples = append(examples, kindExample(r))
	}
	return examples
}

func kindExample(r Labelled) hear.KindExample {
	x := hear.KindExample{Example: hear.Example{Row: r.Row, Labels: r.Labels, Part: Fold(r.Document()), Weight: fully}}
	switch {
	case r.Invented():
		x.Weight, x.Proof = written, "written"
	case isFile(r, "rare-*"):
		x.Weight = notChance
	case isFile(r, "survey", "podcast"):
		x.Weight = unlike
	default:
		x.Proof = "interviews"
	}
	return x
}

func isFile(r Labelled, patterns ...string) bool {
	for _, p := range patterns {
		if ok, _ := path.Match(p, r.File); ok {
			return true
		}
	}
	return false
}

// heardKinds is a labelled sentence of a customer with what was heard in it by
// weights that do not know it.
type heardKinds struct {
	Labelled
	scores             []headway.Scored // of every kind
	suggested, counted map[headway.Label]bool
}

func newHeardKinds(r Labelled, scores, suggested []headway.Scored) heardKinds {
	h := heardKinds{r, scores, map[headway.Label]bool{}, map[headway.Label]bool{}}
	for _, s := range suggested {
		h.suggested[s.Label] = true
		h.counted[s.Label] = s.Counted
	}
	return h
}

func hearKinds(by *hear.Theirs, rows []Labelled) (all []heardKinds) {
	for _, r := range rows {
		scores := by.Sentence(r.Row)
		all = append(all, newHeardKinds(r, scores, by.Suggested(scores)))
	}
	return all
}

// judgeKinds hears every row with weights and thresholds fitted on the other
// folds.
func judgeKinds(rows []Labelled) []heardKinds {
	parts := make([][]heardKinds, Folds)
	var folds sync.WaitGroup
	for fold := range Folds {
		folds.Go(func() {
			fit, measure := Split(rows, fold)
			parts[fold] = hearKinds(hear.FitTheirs(kindExamples(fit)), measure)
		})
	}
	folds.Wait()
	var all []heardKinds
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// withoutGenre hears the rows of some files with weights that have learned
// from no sentence of them.
func withoutGenre(rows []Labelled, files ...string) []heardKinds {
	var fit, measure []Labelled
	for _, r := range rows {
		if isFile(r, files...) {
			measure = append(measure, r)
		} else {
			fit = append(fit, r)
		}
	}
	return hearKinds(hear.FitTheirs(kindExamples(fit)), measure)
}

func ofFiles(all []heardKinds, files ...string) (kept []heardKinds) {
	for _, h := range all {
		if isFile(h.Labelled, files...) {
			kept = append(kept, h)
		}
	}
	return kept
}

// printKinds prints how well the twelve kinds are heard: in the genre they were
// learned from, in genres never learned from, and in sentences we wrote.
func printKinds(w io.Writer, p pass) {
	fmt.Fprintln(w, "*Suggested* is shown, *counted* may count unchecked. Plain cues: F1 of three to eight words a kind, each enough by itself. Saying none of every sentence, the commonest answer, has F1 0. Intervals over documents. Annotators among themselves: micro .87 on interviews, .825 on spoken sessions, .92 on reviews; macro .84 to .90.")
	printKindTable(w, "Whole interviews, weights of the other folds", ofFiles(p.kinds, wholeInterviews...))
	printCalibration(w, "Whole interviews", ofFiles(p.kinds, wholeInterviews...))
	printConfusion(w, ofFiles(p.kinds, wholeInterviews...))
	printKindTable(w, "Survey answers, weights of the other folds", ofFiles(p.kinds, "survey"))
	for _, genre := range p.unseen {
		printKindTable(w, genre.title, genre.of)
	}
	printKindTable(w, "Written, not real: invented conversations, weights of the other folds", ofFiles(p.kinds, "inv*"))
}

// leastCases is how often a kind must stand in the labels to enter the macro
// average.
const leastCases = 5

func printKindTable(w io.Writer, title string, all []heardKinds) {
	fmt.Fprintf(w, "\n%s:\n\n| kind | n | plain cues | suggested F1 | precision | recall | counted precision | recall |\n|---|---|---|---|---|---|---|---|\n", title)
	var plain, suggested, counted, macro = Tally{}, Tally{}, Tally{}, []float64(nil)
	for _, kind := range headway.Kinds() {
		p, s, c := Tally{}, Tally{}, Tally{}
		for _, h := range all {
			doc, there := h.Document(), h.Has(kind)
			p.Of(doc).Add(plainCue(h.Row.Sentence, kind), there)
			s.Of(doc).Add(h.suggested[kind], there)
			c.Of(doc).Add(h.counted[kind], there)
		}
		printKindRow(w, string(kind), p, s, c)
		plain.join(p)
		suggested.join(s)
		counted.join(c)
		if s.Sum().N() >= leastCases {
			macro = append(macro, s.Sum().F1())
		}
	}
	printKindRow(w, "all (micro)", plain, suggested, counted)
	fmt.Fprintf(w, "\nAny kind or none: F1 %s.\n", anyKind(all).F1())
	fmt.Fprintf(w, "\nMacro F1 %s over %d kinds with at least %d cases; %d sentences of %d documents.\n", Dot(mean(macro)), len(macro), leastCases, len(all), len(suggested))
}

// anyKind counts whether a sentence carries any kind at all.
func anyKind(all []heardKinds) Tally {
	t := Tally{}
	for _, h := range all {
		suggested := false
		for _, is := range h.suggested {
			suggested = suggested || is
		}
		t.Of(h.Document()).Add(suggested, len(h.Labels) > 0)
	}
	return t
}

func printKindRow(w io.Writer, name string, plain, suggested, counted Tally) {
	s, c := suggested.Sum(), counted.Sum()
	precision := "-" // none was counted
	if c.Hit+c.False > 0 {
		precision = Dot(c.Precision())
	}
	fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %s | %s | %s |\n", name, s.N(), Dot(plain.Sum().F1()),
		suggested.F1(), Dot(s.Precision()), Dot(s.Recall()), precision, Dot(c.Recall()))
}

// join adds the counts of o, document by document.
func (t Tally) join(o Tally) {
	for doc, c := range o {
		*t.Of(doc) = t.Of(doc).Plus(*c)
	}
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, v := range all {
		sum += v
	}
	if len(all) == 0 {
		return 0
	}
	return sum / float64(len(all))
}

// plainCue is the list that anyone would write first.
func plainCue(sentence string, kind headway.Label) bool {
	lower := " " + strings.ToLower(sentence) + " "
	for _, w := range plainCues[kind] {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

var plainCues = map[headway.Label][]string{
	headway.Situation:   {" when i ", " i work ", " i am a", " i'm a", " we are a", " every day", " my job"},
	headway.Struggle:    {"difficult", "hard to", "problem", "frustrat", "slow", "annoying", "struggl", "time-consuming"},
	headway.Motivation:  {" i want", " so that", " in order to", "my goal", " i'd like to", " i hope"},
	headway.Measure:     {"minutes", "hours", "percent", "%", " than before", "what matters"},
	headway.Alternative: {"instead", "before that", "used to", "manually", "by hand", "otherwise"},
	headway.Pull:        {"because it", "recommended", "attracted", "the reason i", "made me try"},
	headway.Anxiety:     {"worr", "afraid", "concern", "risk", "not sure", "trust"},
	headway.Habit:       {"always", "used to it", "habit", "familiar", "prefer to"},
	headway.Request:     {" wish", "would be nice", "should add", "would like to see", "would love", "please"},
	headway.Result:      {"saved", "helped", "as a result", "ended up", "since then", "now i"},
	headway.Realization: {"realiz", "realis", "surpris", "never thought", "hadn't thought"},
	headway.Decision:    {"decide", "decision", "budget", "approv", "price", "choose", "chose"},
}
