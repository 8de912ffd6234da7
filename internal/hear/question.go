package hear

import "strings"

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
		tagging:   "right correct yeah huh no true yes eh though or",
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

// shape marks what the words look like as a question.
func (e *ear) shape() {
	start := e.start()
	if len(start) == 0 {
		return
	}
	e.sign(signShape, opening(start))
	last := e.words[len(e.words)-1]
	if last.is&tagging != 0 && len(e.words) > 2 {
		e.sign(signShape, hungOn)
	}
	var seen [4]bool
	for i, w := range e.words {
		seen[0] = seen[0] || w.is&you != 0
		seen[1] = seen[1] || w.is&asking != 0
		if i == 0 {
			continue
		}
		before := e.words[i-1].is
		seen[2] = seen[2] || before&auxiliary != 0 && w.is&you != 0
		seen[3] = seen[3] || before&asking != 0 && w.is&auxiliary != 0
	}
	for i, shape := range [...]uint32{ofYou, askingLate, turnedYou, turnedAsking} {
		if seen[i] {
			e.sign(signShape, shape)
		}
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
