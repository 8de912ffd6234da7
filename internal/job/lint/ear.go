package lint

import (
	_ "embed"
	"sync"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/encoder"
	"github.com/headway-oss/headway/internal/encoder/weights"
)

// Rules hear only wordings that somebody thought of, and hear some where they are
// right. So an ear reads the statement, too: an encoder that has learned from
// statements of ours, good and bad (tools/statements). It says how sure it is that
// something stands in the way, and what that would be.

//go:embed statements.encoder
var earWeights []byte

var ear = sync.OnceValue(func() *encoder.Model { return weights.Above(earWeights) })

// Where the ear is this sure that a statement is bad, it warns by itself; and where
// it is this sure that it is good, what a doubtful rule says is no more than a hint.
const (
	surelyBad  = .95
	surelyGood = .05
)

// opinion is what the ear makes of a statement.
type opinion struct {
	bad  float32 // how likely something stands in the way, 0 to 1
	code Code    // what that would be
}

// listen reads a statement. The first label of the ear is whether it is bad, the
// others are the faults.
func listen(text string) opinion {
	heard := ear().Logits(nil, []encoder.Row{{Sentence: embed.AppendPieces(nil, text)}})
	labels, most := ear().Labels(), 1
	for i := range heard[1:] {
		if heard[1+i] > heard[most] {
			most = 1 + i
		}
	}
	return opinion{labels[0].Chance(heard[0]), Code(labels[most].Name)}
}

// isDoubtful are the faults that rules find where there are none, once in a while.
// A name, a kind of tool, a feature or an empty word is what it is.
var isDoubtful = map[Code]bool{Purchase: true, TooHigh: true, TooLow: true, NoSituation: true, NoObject: true, HardToRead: true}

// whatIsHeard tells for each fault what seems wrong, and what to write.
var whatIsHeard = map[Code]string{
	Product:     "asks for a product. Say what the customer would get done, with whatever it may be.",
	Feature:     "asks for a feature. Ask what the customer would do with it, and write that.",
	Company:     "is about the firm. Say what the customer wants for themselves.",
	Purchase:    "is about buying, or agreeing to. Write what the customer wants to be able to do once they have it.",
	TooHigh:     "asks for what everybody wants. Say what they would do, and what would be different for whom.",
	TooLow:      "asks for a step on the way. Say what the customer has when all the steps are done.",
	NoSituation: "tells no circumstance. Say what is going on when they want it.",
	NoObject:    "does not tell what it is done to. Name it.",
	Vague:       "has nothing in it that could be seen or counted. Name what it is done to, or what would be different.",
	Jargon:      "is not how anybody talks at home. Write it in the customer's words.",
	HardToRead:  "has to be read twice. Make two sentences of it, or leave a part out.",
}

// secondHearing weighs what rules say by what the ear makes of the statement.
func (r *reading) secondHearing(all []Warning) []Warning {
	if len(r.words) == 0 {
		return all
	}
	switch heard := listen(r.text); {
	case heard.bad < surelyGood:
		for i := range all {
			all[i].Hint = all[i].Hint || isDoubtful[all[i].Code]
		}
	case heard.bad >= surelyBad && !Counted(all):
		start, end := r.placeOf(heard.code)
		all = append(all, Warning{Code: heard.code, Start: start, End: end, Why: "Read as a whole, it seems that this " + whatIsHeard[heard.code]})
	}
	return all
}

// placeOf gives the words that a fault which the ear hears is about: the want, or
// all where there is none or it is no fault of the want.
func (r *reading) placeOf(code Code) (start, end int) {
	if code == NoSituation || code == HardToRead || r.want.empty() {
		return r.words[0].start, r.words[len(r.words)-1].end
	}
	return r.bytes(r.want)
}
