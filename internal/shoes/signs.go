package shoes

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// findings is all that was found of one sentence of ours.
type findings struct {
	Part
	Heard
	cues map[family][]string
	near []near
	said *Said
}

// sign is one thing that tells whose a sentence is, about 0 to 2.
type sign struct {
	name string
	of   func(*findings) float64
}

// signs are all of them; weights.json holds a weight of each by name.
var signs = []sign{
	cueSign(famUs), cueSign(famProcess), cueSign(famOffer), cueSign(famCall),
	cueSign(famWant), cueSign(famDelight), cueSign(famDread), cueSign(famHabits), cueSign(famAlways),
	cueSign(famPeople), cueSign(famThey), cueSign(famYou), cueSign(famTold),
	{"people and not us", func(f *findings) float64 { return yes(f.speaksOfPeople() && len(f.cues[famUs]) == 0) }},
	{"figure", func(f *findings) float64 { return yes(strings.ContainsFunc(f.Words, unicode.IsDigit)) }},
	{"heading", func(f *findings) float64 { return yes(f.isHeading()) }},
	{"no verb", func(f *findings) float64 { return yes(isVerbless(lowerWords(f.Words))) }},
	{"short", func(f *findings) float64 { return 4 / float64(max(4, len(segment.Words(f.Words)))) }},
	actSign(headway.Pitch), actSign(headway.Assumption),
	kindSign(headway.Struggle), kindSign(headway.Motivation), kindSign(headway.Anxiety), kindSign(headway.Result),
	kindSign(headway.Measure), kindSign(headway.Decision), kindSign(headway.Request), kindSign(headway.Habit),
	{"covered", func(f *findings) float64 { return f.most(func(n near) float64 { return n.covers }) }},
	{"covered around", func(f *findings) float64 { return f.most(func(n near) float64 { return n.around }) }},
	{"near in meaning", func(f *findings) float64 { return f.most(func(n near) float64 { return n.cosine }) }},
	{"near and of its kind", (*findings).kindred},
	{"stands out", (*findings).standsOut},
	{"shares rare words", func(f *findings) float64 {
		return math.Log2(1+f.most(func(n near) float64 { return n.shares })) / 4
	}},
	{"claim not covered", (*findings).uncovered},
}

// signs lays out what tells whose a sentence is, in the order of the list.
func (f *findings) signs() []float64 {
	values := make([]float64, len(signs))
	for i, s := range signs {
		values[i] = s.of(f)
	}
	return values
}

// cueSign counts the cues of a family, up to two.
func cueSign(of family) sign {
	return sign{string(of), func(f *findings) float64 { return float64(min(2, len(f.cues[of]))) }}
}

// kindSign is how surely a customer's sentence would be heard as a kind, in
// log-odds, and actSign how surely ours as an act.
func kindSign(l headway.Label) sign {
	return sign{"as " + string(l), func(f *findings) float64 { return logOdds(f.Theirs, l) }}
}

func actSign(l headway.Label) sign {
	return sign{"as " + string(l), func(f *findings) float64 { return logOdds(f.Ours, l) }}
}

// neverSure bounds log-odds: beyond it surer tells nothing more.
const neverSure = .01

func logOdds(all []headway.Scored, l headway.Label) float64 {
	score := neverSure
	if at := slices.IndexFunc(all, func(s headway.Scored) bool { return s.Label == l }); at >= 0 {
		score = min(1-neverSure, max(neverSure, all[at].Score))
	}
	return math.Log(score / (1 - score))
}

func (f *findings) speaksOfPeople() bool { return len(f.cues[famPeople])+len(f.cues[famThey]) > 0 }

// claims counts the words by which a sentence says what customers want, feel or do.
func (f *findings) claims() float64 {
	n := 0
	for _, of := range []family{famWant, famDelight, famDread, famHabits} {
		n += min(2, len(f.cues[of]))
	}
	return float64(min(2, n))
}

// uncovered is how much is claimed that no customer's words hold.
func (f *findings) uncovered() float64 {
	return f.claims() * (1 - f.most(func(n near) float64 { return max(n.covers, n.around) }))
}

func (f *findings) most(of func(near) float64) (most float64) {
	for _, n := range f.near {
		most = max(most, of(n))
	}
	return most
}

// standsOut is how much nearer the nearest is than the tenth: what is said of
// anything is about as near to everything.
func (f *findings) standsOut() float64 {
	if len(f.near) == 0 {
		return 0
	}
	return f.near[0].nearness() - f.near[min(9, len(f.near)-1)].nearness()
}

// kindred is the nearness of the nearest that was heard as what ours would be.
func (f *findings) kindred() float64 {
	return f.most(func(n near) float64 { return n.nearness() * alikeKinds(f.Theirs, f.said.sentences[n.at].kinds) })
}

// alikeKinds is the cosine of what was heard in two sentences.
func alikeKinds(a, b []headway.Scored) float64 {
	product, ofA, ofB := 0.0, 0.0, 0.0
	for _, s := range a {
		ofA += s.Score * s.Score
		for _, t := range b {
			if s.Label == t.Label {
				product += s.Score * t.Score
			}
		}
	}
	for _, t := range b {
		ofB += t.Score * t.Score
	}
	if product == 0 {
		return 0
	}
	return product / math.Sqrt(ofA*ofB)
}

func yes(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// isVerbless guesses that a heading has no finite verb.
func isVerbless(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(auxiliaries, w) || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "ed") ||
			len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
	})
}

var auxiliaries = strings.Fields("is are was were be been it's has have had do does did will would can could should may might must")
