package hear

import (
	"strings"

	"github.com/headway-oss/headway"
)

// Questions are told by their shape, since transcripts lose question marks and
// capitals: what the sentence starts with once fillers are passed over,
// whether a verb stands before its subject ("do you", "what are the"), and
// what is hung on at the end ("right", "is that so").

// class is what a word can be in the shape of a question; a word may be several.
type class uint16

const (
	filler    class = 1 << iota // passed over at the start: and, so, okay
	auxiliary                   // do, is, can, didn't
	subject                     // you, it, the
	asking                      // what, how, why
	bidding                     // tell, walk, describe
	tagging                     // right, correct: a question when it stands last
	wanting                     // curious, wonder
	anything                    // anything, any
	content                     // carries meaning of its own
	you                         // you, your
)

var classes = func() map[string]class {
	set := map[string]class{}
	for c, words := range map[class]string{
		filler:    "and so but well okay ok yeah yes yep um uh er hmm now great oh ah alright right then also cool awesome interesting perfect sure mhm mm gotcha no wow or because like actually maybe just basically",
		auxiliary: "do does did is are was were am have has had can could would will should shall may might dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt cant couldnt wouldnt wont shouldnt aint",
		subject:   "you i we they he she it that this there these those the your our my their his her its someone anyone anybody somebody people everyone a",
		asking:    "what how why when where who which whose whats hows wheres whos whens whyd howd whatd whered whatre whatve",
		bidding:   "tell walk talk take describe explain share show give help say speak elaborate",
		tagging:   "right correct yeah huh no true yes eh though or really seriously",
		wanting:   "curious wonder wondering love interested like want",
		anything:  "anything any anyone anywhere something",
		you:       "you your youre youve youd youll yourself yourselves",
	} {
		for _, w := range strings.Fields(words) {
			set[w] |= c
		}
	}
	return set
}()

// The shapes.
const (
	startsTurned      uint32 = iota + 1 // do you, is it
	startsAsking                        // what are, how did: turned within a few words
	startsAskingAlone                   // what, how: not turned
	startsBidding                       // tell me, walk us
	startsRequest                       // can you tell, could you share
	startsWanting                       // I'm curious, I'd love to hear
	startsAnything                      // anything else
	startsYou                           // you have, your team
	startsStatement                     // I, that, thank
	turnedYou                           // do you, anywhere
	turnedAsking                        // what do, how are: anywhere
	hungOn                              // ..., right
	ofYou                               // speaks of you at all
	askingLate                          // holds what, how anywhere
)

// asksAnything says how surely a sentence is a question, and whether it counts
// as one. A survey's column header always is, whatever its words; a question
// mark decides unless it is only told of. The rest is weighed.
func (o *Ours) asksAnything(e *ear, r Row) (score float64, asks bool) {
	if r.Genre == string(headway.Survey) {
		return 1, true
	}
	switch markOf(e.words, r.Sentence) {
	case marked:
		return markedScore, true
	case toldOf:
		return 1 - markedScore, false
	}
	how := howAsked(e.words, r.Sentence)
	for i := range e.words {
		if i == 0 || how == runOn && mayStart(e.words, i) {
			e.listenFor(how, r, i)
			score = max(score, o.asking.Scores(e.asking[:0], e.signs)[how])
		}
	}
	return score, score >= o.asking.Labels[how].Act
}

// What the asking model knows: a set of weights for each way in which a
// question can stand without its mark.
const (
	unmarked = iota // other punctuation is there
	bare            // a sentence without any
	runOn           // several sentences without any
)

var askingNames = []string{"unmarked", "bare", "run-on"}

// howAsked says which weights a sentence is heard with.
func howAsked(words []word, sentence string) int {
	switch {
	case strings.ContainsAny(sentence, ".?!…:;"):
		return unmarked
	case len(words) <= 2*breath:
		return bare
	}
	return runOn
}

// markedScore is the share of sentences with a question mark that are
// questions, rounded down: .98 in typed interviews, .9 in speech.
const markedScore = .9

// mark is what a question mark, or none, says about a sentence.
type mark int

const (
	noMark mark = iota
	marked
	toldOf // the question is another's: he said "why?"; or "Really?", which only keeps the other talking
)

func markOf(words []word, sentence string) mark {
	at := strings.LastIndexByte(sentence, '?')
	if at < 0 {
		return noMark
	}
	if isQuoted(sentence, at) {
		return toldOf
	}
	for _, w := range words {
		if w.is&(filler|tagging) == 0 {
			return marked
		}
	}
	return toldOf
}

// isQuoted says whether a question mark stands inside quotation marks, those
// that a sentence before opened included.
func isQuoted(sentence string, at int) bool {
	before, after := sentence[:at], sentence[at+1:]
	opened := strings.Count(before, "\"") + strings.Count(before, "“") + strings.Count(before, "”")
	return after == "\"" || after == "”" || opened%2 == 1 && strings.ContainsAny(after, "\"”")
}

// mayStart says whether a question may start at a word of speech without
// punctuation: at the first, and at every word that questions start with.
func mayStart(words []word, i int) bool {
	return i == 0 || words[i].is&(asking|auxiliary|bidding|wanting|anything) != 0
}

// breath is how many words of speech are looked at together; most questions
// are over by then.
const breath = 12

// listenFor gathers the signs by which a sentence is told to be a question; of
// a run-on, those of the words that follow a place in it.
func (e *ear) listenFor(how int, r Row, from int) {
	e.signs = e.signs[:0]
	words := e.words[from:]
	if how == runOn {
		words = words[:min(len(words), breath)]
		if from > 0 {
			e.sign(signBefore, e.words[from-1].frame())
		}
	}
	end := uint32(0)
	if how == unmarked {
		end = e.punctuation(r)
	}
	if how != runOn {
		words = start(words)
		e.sign(signLength, uint32(lengthStep(len(words))))
	}
	if how == bare {
		e.context(r)
	}
	e.frame(words, end)
	if from+len(words) >= len(e.words) {
		e.ending(words)
	}
}

// frame marks the words by which a question is built. Words with a meaning of
// their own are all alike here: what is asked about differs in every trade,
// how one asks does not.
func (e *ear) frame(words []word, end uint32) {
	if len(words) == 0 {
		return
	}
	for i, w := range words {
		e.sign(signWord, w.frame())
		if i > 0 {
			e.sign(signPair, words[i-1].frame(), w.frame())
		}
		if i > 1 {
			e.sign(signTriple, words[i-2].frame(), words[i-1].frame(), w.frame())
		}
	}
	e.first(words, word.frame)
	shape := opening(words)
	e.sign(signShape, shape)
	e.sign(signShape, shape, end)
	e.turns(words)
}

// turns marks verbs that stand before "you" and words that ask, anywhere.
func (e *ear) turns(words []word) {
	var seen [4]bool
	for i, w := range words {
		seen[0] = seen[0] || w.is&you != 0
		seen[1] = seen[1] || w.is&asking != 0
		if i > 0 {
			before := words[i-1].is
			seen[2] = seen[2] || before&auxiliary != 0 && w.is&you != 0
			seen[3] = seen[3] || before&asking != 0 && w.is&auxiliary != 0
		}
	}
	for i, shape := range [...]uint32{ofYou, askingLate, turnedYou, turnedAsking} {
		if seen[i] {
			e.sign(signShape, shape)
		}
	}
	if last := words[len(words)-1]; last.is&tagging != 0 && len(words) > 2 {
		e.sign(signShape, hungOn)
	}
}

// opening names how a sentence starts.
func opening(start []word) uint32 {
	at := func(i int) class {
		if i < len(start) {
			return start[i].is
		}
		return 0
	}
	switch {
	case at(0)&auxiliary != 0 && at(1)&you != 0 && at(2)&bidding != 0:
		return startsRequest
	case at(0)&auxiliary != 0 && at(1)&subject != 0:
		return startsTurned
	case at(0)&asking != 0:
		for i := 1; i < 7; i++ {
			if at(i)&auxiliary != 0 && at(i+1)&subject != 0 {
				return startsAsking
			}
		}
		return startsAskingAlone
	case at(0)&bidding != 0:
		return startsBidding
	case at(0)&wanting != 0, at(1)&wanting != 0, at(2)&wanting != 0:
		return startsWanting
	case at(0)&anything != 0:
		return startsAnything
	case at(0)&you != 0:
		return startsYou
	}
	return startsStatement
}
