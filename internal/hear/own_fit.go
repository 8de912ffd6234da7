package hear

import (
	"math"

	"github.com/headway-oss/headway/internal/embed"
)

// Judged is a kind that was suggested in a customer's sentence, and what a
// member said of it.
type Judged struct {
	Row   Row
	Kind  int     // its place in headway.Kinds
	Score float64 // as the careful pass comes, without own labels
	Kept  bool
	// Part is one of ownParts, the same for all sentences of a conversation.
	Part int
}

// ownParts is how many parts conversations fall into, to see on one what the
// others taught.
const ownParts = 5

// How far verdicts may move the log-odds of what is heard: standard deviations
// of a prior around "change nothing". All kinds may shift together, each by
// itself, and each after questions of some meaning. That a sentence's own
// meaning may shift it too did not help with up to 500 verdicts (decision 10).
const (
	ownTogether = .3
	ownKind     = .5
	ownAsked    = .5
)

// worthLearning is how much likelier (in nats, over all) the verdicts on
// conversations that were not learned from must become for anything to be
// learned. Where people agree with what is heard as it comes, nothing is.
const worthLearning = 2

// FitOwn learns from verdicts, in their order and without chance. What it
// learns is as strong as pays on conversations not learned from, and often that
// is nothing: the zero Own.
func FitOwn(judged []Judged) Own {
	lessons := make([]ownLesson, len(judged))
	for i, j := range judged {
		lessons[i] = ownLesson{j.Kind, odds(j.Score), j.Kept, meaning(j.Row.Question), j.Part % ownParts}
	}
	best, least := 0.0, unlikely(lessons, 0)
	for _, strength := range []float64{.5, 1} {
		if miss := unlikely(lessons, strength); miss < least-worthLearning {
			best, least = strength, miss
		}
	}
	if best == 0 {
		return Own{}
	}
	return fitOwn(lessons, best)
}

type ownLesson struct {
	kind  int
	odds  float64
	kept  bool
	asked []float64
	part  int
}

// unlikely is how unlikely (negative log-likelihood, nats) the verdicts of each
// part are by what the other parts taught.
func unlikely(lessons []ownLesson, strength float64) (miss float64) {
	for part := range ownParts {
		var others, own []ownLesson
		for _, l := range lessons {
			if l.part == part {
				own = append(own, l)
			} else {
				others = append(others, l)
			}
		}
		var taught Own
		if strength > 0 {
			taught = fitOwn(others, strength)
		}
		for _, l := range own {
			right := chance(l.odds + taught.shift(l.kind, l.asked))
			if !l.kept {
				right = 1 - right
			}
			miss -= math.Log(max(right, 1e-9))
		}
	}
	return miss
}

// fitRounds is enough for weights that no longer move in their fourth place, up
// to some thousand verdicts.
const fitRounds = 200

// fitOwn fits weights that make the verdicts likely and stay near 0: logistic
// regression with a Gaussian prior, by accelerated gradient steps (Nesterov).
func fitOwn(lessons []ownLesson, strength float64) Own {
	f := newOwnFit(lessons, strength)
	for round := range fitRounds {
		f.step(lessons, float64(round)/float64(round+3))
	}
	return f.own(strength)
}

// ownFit holds the weights in units of their prior: together, one a kind, and
// one row of numbers a kind for what was asked.
type ownFit struct {
	at, ahead, slope []float64
	rate             float64
	strength         float64
}

// asksOf gives where a kind's numbers for what was asked begin.
func asksOf(kind int) int { return 1 + len(kindLabels) + kind*embed.Dim }

func newOwnFit(lessons []ownLesson, strength float64) *ownFit {
	n, steep := asksOf(len(kindLabels)), 1.0
	f := &ownFit{at: make([]float64, n), ahead: make([]float64, n), slope: make([]float64, n), strength: strength}
	for _, l := range lessons {
		length := ownTogether*ownTogether + ownKind*ownKind
		for _, x := range l.asked {
			length += ownAsked * ownAsked * x * x
		}
		steep += strength * strength * length / 4
	}
	f.rate = 1 / steep
	return f
}

// step moves all weights once, looking ahead by a part of the last move.
func (f *ownFit) step(lessons []ownLesson, momentum float64) {
	copy(f.slope, f.ahead) // the prior's pull
	for _, l := range lessons {
		miss := chance(l.odds+f.shift(l)) - truth(l.kept)
		f.slope[0] += miss * ownTogether * f.strength
		f.slope[1+l.kind] += miss * ownKind * f.strength
		asks := f.slope[asksOf(l.kind):]
		for i, x := range l.asked {
			asks[i] += miss * ownAsked * f.strength * x
		}
	}
	for i, slope := range f.slope {
		next := f.ahead[i] - f.rate*slope
		f.ahead[i] = next + momentum*(next-f.at[i])
		f.at[i] = next
	}
}

func (f *ownFit) shift(l ownLesson) float64 {
	sum := ownTogether*f.ahead[0] + ownKind*f.ahead[1+l.kind]
	asks := f.ahead[asksOf(l.kind):]
	for i, x := range l.asked {
		sum += ownAsked * asks[i] * x
	}
	return sum * f.strength
}

func truth(kept bool) float64 {
	if kept {
		return 1
	}
	return 0
}

// own gives the weights as they are kept, four places each.
func (f *ownFit) own(strength float64) Own {
	o := Own{Strength: strength}
	fourPlaces := func(x float64) float64 { return math.Round(x*1e4) / 1e4 }
	for kind := range kindLabels {
		o.Shift = append(o.Shift, fourPlaces(strength*(ownTogether*f.at[0]+ownKind*f.at[1+kind])))
		asked := make([]float64, embed.Dim)
		for i := range asked {
			asked[i] = fourPlaces(strength * ownAsked * f.at[asksOf(kind)+i])
		}
		o.Asked = append(o.Asked, asked)
	}
	return o
}
