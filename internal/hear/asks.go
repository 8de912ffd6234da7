package hear

import (
	_ "embed"
	"encoding/json"
	"math"
	"strings"

	"github.com/headway-oss/headway"
)

// What a question asks for is weighed in two strokes. The model says of each
// slot how likely such words ask for it. Then these likelihoods are laid
// beside each other, since one question hardly asks for two things: "Who
// decides about this?" does not ask how they know that it worked, though none
// of its words speaks against that.

// aim is the second stroke: what each of its signs adds to the log-odds that a
// question asks for a slot. It is the same for all slots, so that few labels
// settle it.
type aim aimSigns

// aimSigns are what the second stroke goes by, for one slot of one sentence.
type aimSigns struct {
	Alone  float64 `json:"alone"`  // log-odds of the slot by the model, and of being asked at all
	Beside float64 `json:"beside"` // log of the likelihoods of all slots together
	Asking float64 `json:"asking"` // log-odds that the sentence asks anything
	Cued   float64 `json:"cued"`   // 1 where a cue for the slot fits, else 0
	Aside  float64 `json:"aside"`  // 1 where a cue says that something else is asked plainly, else 0
	Always float64 `json:"always"` // 1
}

//go:embed asks.json
var aimJSON []byte

func mustReadAim(data []byte) (a aim) {
	if err := json.Unmarshal(data, &a); err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return a
}

// chance gives the share of sentences with such signs that ask for their slot.
func (a aim) chance(s aimSigns) float64 {
	sum := a.Alone*s.Alone + a.Beside*s.Beside + a.Asking*s.Asking + a.Cued*s.Cued + a.Aside*s.Aside + a.Always*s.Always
	return 1 / (1 + math.Exp(-sum))
}

// weigh turns the scores of a question's asks labels, by the model alone, into
// what they are beside each other. Scores are in the order of oursLabels.
func (a aim) weigh(scores []float64, question float64, fit cueSet) {
	together := sum(scores[firstAsks:]) * question
	for i := firstAsks; i < len(scores); i++ {
		scores[i] = a.chance(signsOf(scores[i]*question, together, question, fit, i))
	}
}

func signsOf(score, together, question float64, fit cueSet, label int) aimSigns {
	s := aimSigns{Alone: odds(score), Beside: math.Log(together + .01), Asking: odds(question), Always: 1}
	switch {
	case fit.has(label):
		s.Cued = 1
	case fit&plainly != 0:
		s.Aside = 1
	}
	return s
}

// odds gives the logarithm of the odds of a probability, within what a
// calibrated one can know.
func odds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// firstAsks is where the asks labels begin in oursLabels; they are its last.
var firstAsks = len(headway.Acts())

func isAsks(label headway.Label) bool { return strings.HasPrefix(string(label), "asks:") }

// cueSet says for which labels a cue fits; bit i stands for oursLabels[i].
type cueSet uint64

// plainly is in a set where one of its cues says that the question asks for
// that and nothing else, as "how many" does. The cue's name begins so.
const plainly cueSet = 1 << 63

func (c cueSet) has(label int) bool { return c>>label&1 == 1 }

// cued gives the labels for which a cue fits the sentence listened to.
func (e *ear) cued() (fit cueSet) {
	for _, h := range e.hits {
		fit |= oursCueLabels[h.Cue]
	}
	return fit
}
