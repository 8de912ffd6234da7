package hear

import (
	"embed"
	"hash/fnv"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear/cue"
	"github.com/headway-oss/headway/internal/hear/linear"
)

//go:embed rules/en/ours/*.yaml
var oursRules embed.FS

// oursBook holds the cues of our side; oursCueSigns the sign each of them is.
var (
	oursBook     = mustCompile(oursRules, "rules/en/ours/*.yaml")
	oursCueSigns = cueSigns(oursBook)
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

//go:embed asking.weights
var askingWeights []byte

//go:embed ours.weights
var oursWeights []byte

// shipped is the detector of our side that Sentence uses.
var shipped = sync.OnceValue(func() *Ours {
	return newOurs(mustRead(askingWeights), mustRead(oursWeights))
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
	at     map[headway.Label]int // index of a label in model
}

func newOurs(asking, model *linear.Model) *Ours {
	o := &Ours{asking: asking, model: model, at: map[headway.Label]int{}}
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
		share := s.Score / (open + closed)
		s.Score = v.question * share
		s.Counted = v.asks && (share > .5 || share == .5 && label == headway.QOpen)
	case hangsOnQuestion(label):
		s.Score *= v.question
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
const by = "detector ours 1"

func hangsOnQuestion(label headway.Label) bool {
	return strings.HasPrefix(string(label), "q-") || strings.HasPrefix(string(label), "asks:")
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
