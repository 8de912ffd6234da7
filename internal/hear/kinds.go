package hear

import (
	"embed"
	"fmt"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/cue"
	"github.com/headway-oss/headway/internal/hear/linear"
	"github.com/headway-oss/headway/internal/segment"
)

// The twelve kinds are heard by cues: what the sentence says (rules/en/kinds),
// what was asked before it (rules/en/asked) and what the sentence before said.
// A cue is strong or weak, and speaks for some kinds and against others: its
// weights, one a kind, are fitted on labelled sentences and shipped beside the
// rules.

//go:embed rules/en/kinds/*.yaml rules/en/asked/*.yaml
var kindRules embed.FS

var (
	kindBook      = mustCompile(kindRules, "rules/en/kinds/*.yaml")
	kindCueSigns  = cueSigns(kindBook)
	askedBook     = mustCompile(kindRules, "rules/en/asked/*.yaml")
	askedCueSigns = cueSigns(askedBook)
	kindLabels    = headway.Kinds()
	hintLabel     = len(kindLabels) // cues that show no kind come after all kinds
	cueKinds      = kindsOfCues(kindBook)
)

// kindsOfCues gives for each cue the index of its kind, or hintLabel.
func kindsOfCues(book *cue.Book) []int {
	var at []int
	for _, c := range book.Cues() {
		at = append(at, kindIndex(c.Label))
	}
	return at
}

func kindIndex(label string) int {
	for i, k := range kindLabels {
		if string(k) == label {
			return i
		}
	}
	return hintLabel
}

//go:embed kinds.weights
var kindWeights []byte

var shippedKinds = sync.OnceValue(func() *Theirs {
	model, err := linear.Unmarshal(kindWeights)
	if err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return &Theirs{model}
})

// theirs hears the twelve kinds in a customer's sentence.
func theirs(r Row) []headway.Scored { return shippedKinds().Sentence(r) }

// kindSuggests gives the score from which a kind is worth showing.
func kindSuggests(label headway.Label) float64 {
	i := kindIndex(string(label))
	if i == hintLabel {
		return 1
	}
	return shippedKinds().model.Labels[i].Suggest
}

// byCues names who hears the kinds, with the version of rules and weights.
const byCues = "rule 1"

// Theirs hears the twelve kinds in customers' sentences.
type Theirs struct{ model *linear.Model }

// Sentence gives every kind in codebook order.
func (t *Theirs) Sentence(r Row) []headway.Scored {
	e := kindEars.Get().(*kindEar)
	defer kindEars.Put(e)
	e.listen(r)
	return t.judge(e, r)
}

// judge weighs the signs of r, which e has listened to.
func (t *Theirs) judge(e *kindEar, r Row) []headway.Scored {
	e.scores = t.model.Scores(e.scores[:0], e.signs)
	all := make([]headway.Scored, len(kindLabels))
	for i, label := range kindLabels {
		all[i] = headway.Scored{Label: label, Score: e.scores[i], Counted: e.scores[i] >= t.model.Labels[i].Act, By: byCues}
	}
	for i := range all {
		if all[i].Counted || all[i].Score >= t.model.Labels[i].Suggest {
			all[i].Why = e.why(r.Sentence, i, t.model)
		}
	}
	return all
}

// Suggested keeps the kinds at or above their suggesting threshold.
func (t *Theirs) Suggested(all []headway.Scored) []headway.Scored {
	return suggested(all, func(label headway.Label) float64 { return t.model.Labels[kindIndex(string(label))].Suggest })
}

// kindEar gathers the signs of one customer's sentence. It remembers what the
// last question asked for and what the last sentence carried, since a turn is
// heard sentence by sentence. It is for one goroutine at a time.
type kindEar struct {
	cues, asked *cue.Listener
	signs       []uint32
	scores      []float64
	pieces      []segment.Piece
	hits        []cue.Hit
	question    string
	wanted      []int  // cues of askedBook that fit the question
	asking      uint32 // its length
	tags        cue.Tags
	last        string
	carried     uint // kinds of which a cue fits the sentence heard last, bit by bit
}

var kindEars = sync.Pool{New: func() any { return newKindEar() }}

func newKindEar() *kindEar {
	return &kindEar{cues: kindBook.Listen(), asked: askedBook.Listen()}
}

// Families of signs on the customer's side.
const (
	kindSignCue uint32 = iota + 100
	kindSignAsked
	kindSignAnswer
	kindSignBefore
	kindSignLength
	kindSignFirst // the sentence opens its turn
	kindSignSmall
	kindSignQuestion // how long the question was; its part is 0 where none was asked
)

func kindSign(family, part uint32) uint32 {
	h := mix(mix(2166136261, family), part)
	return h ^ h>>15
}

func (e *kindEar) sign(family, part uint32) { e.signs = append(e.signs, kindSign(family, part)) }

// listen gathers the signs of a row.
func (e *kindEar) listen(r Row) {
	e.signs = e.signs[:0]
	e.ask(r.Question)
	before := e.before(r.Before)
	e.hits = e.cues.Hear(r.Sentence, e.tags)
	e.last, e.carried = r.Sentence, e.kinds()
	length := uint32(lengthStep(e.cues.Words()))

	for _, h := range e.hits {
		e.sign(kindSignCue, kindCueSigns[h.Cue])
	}
	for _, w := range e.wanted {
		e.sign(kindSignAsked, askedCueSigns[w])
		e.sign(kindSignAnswer, mix(askedCueSigns[w], length))
	}
	for i := range kindLabels {
		if before&(1<<i) != 0 {
			e.sign(kindSignBefore, uint32(i))
		}
	}
	e.sign(kindSignLength, length)
	e.sign(kindSignQuestion, e.asking)
	e.smallWords(r.Sentence)
	if r.Before == "" {
		e.sign(kindSignFirst, 0)
	}
}

// smallWords marks the words that carry no matter of their own (I, had, would,
// still): they tell how something is said in any trade.
func (e *kindEar) smallWords(sentence string) {
	e.pieces = segment.AppendWords(e.pieces[:0], sentence)
	for _, p := range e.pieces[:min(len(e.pieces), mostWords)] {
		if w := p.Of(sentence); segment.IsStop(w) {
			e.sign(kindSignSmall, smallWord(w))
		}
	}
}

// smallWord hashes a word without its case and apostrophes.
func smallWord(w string) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		if b := w[i] | 0x20; 'a' <= b && b <= 'z' {
			h = (h ^ uint32(b)) * 16777619
		}
	}
	return h
}

// ask hears what the question asked for.
func (e *kindEar) ask(question string) {
	if question == e.question && e.wanted != nil {
		return
	}
	e.question, e.wanted, e.last = question, []int{}, ""
	var names []string
	for _, h := range e.asked.Hear(question, 0) {
		e.wanted = append(e.wanted, h.Cue)
		names = append(names, askedBook.Cues()[h.Cue].ID())
	}
	e.tags = kindBook.Tags(names...)
	e.asking = 0
	if question != "" {
		e.asking = 1 + uint32(lengthStep(e.asked.Words()))
	}
}

// before gives the kinds of which a cue fits the sentence before.
func (e *kindEar) before(sentence string) uint {
	if sentence == "" {
		return 0
	}
	if sentence != e.last {
		e.hits = e.cues.Hear(sentence, e.tags)
		e.carried = e.kinds()
	}
	return e.carried
}

func (e *kindEar) kinds() (set uint) {
	for _, h := range e.hits {
		set |= 1 << cueKinds[h.Cue]
	}
	return set
}

// why names the cue of a kind that weighs most, and the words it fits.
func (e *kindEar) why(sentence string, kind int, m *linear.Model) string {
	best, most := -1, -1.0
	for i, h := range e.hits {
		if cueKinds[h.Cue] != kind {
			continue
		}
		e.signs = append(e.signs[:0], kindSign(kindSignCue, kindCueSigns[h.Cue]))
		e.scores = m.Scores(e.scores[:0], e.signs)
		if e.scores[kind] > most {
			best, most = i, e.scores[kind]
		}
	}
	if best < 0 {
		return byHow
	}
	h := e.hits[best]
	if words := sentence[h.Start:h.End]; len(words) <= longestShown {
		return fmt.Sprintf("%s: '%s'", kindBook.Cues()[h.Cue].Why, words)
	}
	return kindBook.Cues()[h.Cue].Why
}

// longestShown is how many bytes of the words that fit a cue are shown.
const longestShown = 60
