package hear

import (
	"embed"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/cue"
	"github.com/headway-oss/headway/internal/hear/linear"
)

//go:embed rules/en/ours/*.yaml
var oursRules embed.FS

// oursBook holds the cues of our side; oursCueSigns the sign each of them is,
// oursCueLabels the label it speaks for.
var (
	oursBook      = mustCompile(oursRules, "rules/en/ours/*.yaml")
	oursCueSigns  = cueSigns(oursBook)
	oursCueLabels = cueLabels(oursBook)
)

func mustCompile(fsys embed.FS, pattern string) *cue.Book {
	files, err := cue.Read(fsys, pattern)
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them
	}
	book, err := cue.Compile(files...)
	if err != nil {
		panic(err)
	}
	return book
}

// cueSigns hashes the names of cues, so that weights survive a new order of
// the files.
func cueSigns(book *cue.Book) []uint32 {
	var signs []uint32
	for _, c := range book.Cues() {
		h := fnv.New32a()
		h.Write([]byte(c.ID()))
		signs = append(signs, h.Sum32())
	}
	return signs
}

// cueLabels gives for each cue the label it speaks for, as a set.
func cueLabels(book *cue.Book) []cueSet {
	var of []cueSet
	for _, c := range book.Cues() {
		set := cueSet(1) << slices.Index(oursLabels, headway.Label(c.Label))
		if strings.HasPrefix(c.Name, "plainly") {
			set |= plainly
		}
		of = append(of, set)
	}
	return of
}

//go:embed asking.weights
var askingWeights []byte

//go:embed ours.weights
var oursWeights []byte

// shipped is the detector of our side that Sentence uses.
var shipped = sync.OnceValue(func() *Ours {
	return newOurs(mustRead(askingWeights), mustRead(oursWeights), mustReadAim(aimJSON))
})

func mustRead(weights []byte) *linear.Model {
	model, err := linear.Unmarshal(weights)
	if err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return model
}

func ours(r Row) []headway.Scored { return shipped().Sentence(r) }

// Ours hears acts, questions and what they ask for in our side's sentences.
type Ours struct {
	asking *linear.Model         // whether a sentence asks anything
	model  *linear.Model         // acts, and what a question asks for
	aim    aim                   // lays what a question may ask for beside each other
	at     map[headway.Label]int // index of a label in model
}

func newOurs(asking, model *linear.Model, a aim) *Ours {
	o := &Ours{asking: asking, model: model, aim: a, at: map[headway.Label]int{}}
	for i, l := range model.Labels {
		o.at[headway.Label(l.Name)] = i
	}
	return o
}

// Sentence gives every label of our side in codebook order.
func (o *Ours) Sentence(r Row) []headway.Scored {
	e := ears.Get().(*ear)
	defer ears.Put(e)
	e.listen(r)
	e.scores = o.model.Scores(e.scores[:0], e.signs)
	heard := verdict{o: o, scores: e.scores}
	heard.question, heard.asks = o.asksAnything(e, r)
	hang(heard.scores, heard.question, e.cued(), o.aim)
	all := make([]headway.Scored, 0, len(oursLabels))
	for _, label := range oursLabels {
		all = append(all, heard.scored(label, e))
	}
	return all
}

var oursLabels = headway.Labels(headway.Ours)

// verdict weighs the scores of one sentence against each other: what kind of
// question it is and what it asks for hang on its being a question.
type verdict struct {
	o        *Ours
	scores   []float64
	question float64 // 0 to 1
	asks     bool    // it counts as a question
}

func (v *verdict) scored(label headway.Label, e *ear) headway.Scored {
	i := v.o.at[label]
	known := v.o.model.Labels[i]
	s := headway.Scored{Label: label, Score: v.scores[i], By: by}
	switch {
	case label == headway.QOpen || label == headway.QClosed:
		open, closed := v.scores[v.o.at[headway.QOpen]], v.scores[v.o.at[headway.QClosed]]
		share := s.Score / max(open+closed, math.SmallestNonzeroFloat64)
		s.Score = v.question * share
		s.Counted = v.asks && (share > .5 || share == .5 && label == headway.QOpen)
	case hangsOnQuestion(label):
		s.Counted = v.asks && s.Score >= known.Act
	default:
		s.Counted = s.Score >= known.Act
	}
	if s.Counted || s.Score >= known.Suggest {
		s.Why = e.why(label)
	}
	return s
}

// by names who hears our side, with the version of its weights.
const by = "detector ours 2"

// hang minds how surely anything is asked in the scores that hang on it.
func hang(scores []float64, question float64, fit cueSet, a aim) {
	for i, label := range oursLabels[:firstAsks] {
		if hangsOnQuestion(label) {
			scores[i] *= question
		}
	}
	a.weigh(scores, question, fit)
}

func hangsOnQuestion(label headway.Label) bool {
	return strings.HasPrefix(string(label), "q-") || isAsks(label)
}

// why names the first cue that speaks for a label.
func (e *ear) why(label headway.Label) string {
	for _, h := range e.hits {
		if c := oursBook.Cues()[h.Cue]; c.Label == string(label) {
			return c.Why
		}
	}
	return ""
}

// Suggested keeps the labels at or above this detector's suggesting thresholds.
func (o *Ours) Suggested(all []headway.Scored) []headway.Scored { return suggested(all, o.suggests) }

// suggests gives the score from which a label of ours is worth showing.
func (o *Ours) suggests(label headway.Label) float64 {
	if i, known := o.at[label]; known {
		return o.model.Labels[i].Suggest
	}
	return 1
}
