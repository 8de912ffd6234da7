package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway/internal/segment"
)

// cues hears the wordings of rules in each part.
func cues(r *reading) (all []Warning) {
	book := book()
	listener := book.Listen()
	hear := func(s stretch, tags ...string) {
		if s.empty() {
			return
		}
		start, end := r.bytes(s)
		for _, hit := range listener.Hear(r.text[start:end], book.Tags(append(tags, r.about()...)...)) {
			c := book.Cues()[hit.Cue]
			all = append(all, Warning{Code: Code(c.Label), Start: start + hit.Start, End: start + hit.End, Why: c.Why})
		}
	}
	hear(r.want, "progress", r.lead.kind.tag())
	if verb := r.verb(); verb > r.want.from {
		hear(stretch{verb, r.want.to}, "progress", deed.tag())
	}
	hear(r.why, "reason")
	for _, s := range r.rest {
		hear(s, "situation")
	}
	return all
}

func (k leadKind) tag() string {
	return map[leadKind]string{none: "deed", deed: "deed", thing: "thing", other: "other", third: "third"}[k]
}

// about gives what the statement's world is about, where that changes what a
// word is worth: an outage of software is no tool, a house is no product.
func (r *reading) about() (tags []string) {
	for _, s := range append([]stretch{r.want}, r.rest...) {
		for _, w := range r.each(s) {
			if known().OfSoftware[w.is] {
				tags = append(tags, "of-software")
			}
			if known().Buying[w.is] {
				tags = append(tags, "buying")
			}
		}
	}
	return tags
}

// verb is the word with which the progress begins: in "I want her to see it"
// the one after the "to".
func (r *reading) verb() int {
	if r.lead.kind == other {
		for i := r.want.from; i < r.want.to; i++ {
			if r.at(i) == "to" {
				return i + 1
			}
		}
	}
	return r.want.from
}

// addsNothing says whether the reason tells nothing beyond the step itself: that
// it is done, in words that were there before, or in a clerk's.
func (r *reading) addsNothing() bool {
	said := r.said()
	fresh, again, status := 0, 0, false
	for _, w := range r.each(r.why) {
		switch {
		case known().Status[w.is]:
			status = true
		case stopWord(w.is):
		case told(said, w.is):
			again++
		case !known().Done.has(w.is):
			fresh++
		}
	}
	short := r.why.to-r.why.from <= 6
	switch {
	case fresh == 0:
		return again > 0 || status
	case fresh == 1 && short && status:
		return true // "my slot is confirmed"
	}
	return fresh == 1 && short && r.repeatsThing(said)
}

// repeatsThing says whether the reason is that a thing named before has
// something done to it: "the code is read".
func (r *reading) repeatsThing(said []string) bool {
	return r.at(r.why.from) == "the" && told(said, r.at(r.why.from+1)) && doneTo[r.at(r.why.from+2)]
}

// said lists the stems of the want and the situation.
func (r *reading) said() (stems []string) {
	for _, s := range append([]stretch{r.want}, r.rest...) {
		for _, w := range r.each(s) {
			if !stopWord(w.is) {
				stems = append(stems, segment.Stem(w.is))
			}
		}
	}
	return stems
}

// told says whether a word was said before, in any form: "shaken" after "shake".
func told(said []string, word string) bool {
	stem := segment.Stem(word)
	return slices.ContainsFunc(said, func(s string) bool {
		return s == stem || len(s) >= 4 && len(stem) >= 4 && (strings.HasPrefix(s, stem) || strings.HasPrefix(stem, s))
	})
}

// want looks at what is wanted: whether it is anything, done to anything, and
// more than what everybody wants.
func want(r *reading) (all []Warning) {
	start, end := r.bytes(r.want)
	warn := func(code Code, why string) {
		all = append(all, Warning{Code: code, Start: start, End: end, Why: why})
	}
	switch {
	case r.want.empty():
		warn(NoObject, "It does not say what the customer wants to do. Write a verb, and what it is done to.")
	case r.lead.kind == none && (owners[r.at(r.want.from)] || measures[r.at(r.want.from)]):
		warn(NoObject, "It names a thing and no act. Write a verb: what does the customer want to do with it?")
	case r.doneToNothing():
		warn(NoObject, "The verb is done to nothing. Name what in the customer's world it is done to.")
	default:
		switch own, generic, empty, bare := r.ownWords(); {
		case own == 0 && empty, own == 1 && bare:
			warn(Vague, "Nothing in it could be seen or counted. Name what it is done to, or what would be different.")
		case own == 0 && generic:
			warn(TooHigh, "Everybody wants that, so it tells no customer from another. Say what they would do, and what would be different for whom.")
		}
	}
	if r.asksForThing() {
		warn(Feature, "It asks for a thing and does not say what for. Begin with a verb: what would the customer do with it?")
	}
	if r.addsNothing() {
		warn(TooLow, "The reason only says the want again, so this is a step on the way. Say what the customer has in the end.")
	}
	return all
}

// core is the progress up to where another clause begins.
func (r *reading) core() stretch {
	s := stretch{r.verb(), r.want.to}
	for i := s.from + 1; i < s.to; i++ {
		if r.words[i].gap != blank || situates[r.at(i)] && r.at(i) != "as" && !r.knowing(i) {
			return stretch{s.from, i}
		}
	}
	return s
}

// knowing says whether "if" or "when" at i is what is to be known: "find out if".
func (r *reading) knowing(i int) bool {
	for i--; i > 0 && r.at(i) != "out" && beside(r.at(i)); i-- {
	}
	return knows[r.at(i)]
}

// doneToNothing says whether the progress is verbs and what goes with them.
func (r *reading) doneToNothing() bool {
	if r.lead.kind == thing {
		return false
	}
	s := r.core()
	if r.lead.kind == third {
		return r.endsBare(s)
	}
	verbs, bare, unready, state := 0, 0, false, false
	for i := s.from; i < s.to; i++ {
		switch w := r.at(i); {
		case r.isObject(i) || known().Whole[w]:
			return false
		case known().Bare[w]:
			verbs, bare = verbs+1, bare+1
		case !beside(w):
			verbs++
			state = state || r.at(i-1) == "be" // "be asked"
		}
		unready = unready || readies[r.at(i)]
	}
	return verbs == 0 && unready || verbs > 0 && (verbs == bare || verbs == 1 && r.lead.kind == deed && !state)
}

// isObject says whether what a verb is done to begins at i.
func (r *reading) isObject(i int) bool {
	w := r.at(i)
	if w == "a" || w == "the" {
		return !amounts[r.at(i+1)]
	}
	return owners[w] || objects[w] || times[w] ||
		r.knowing(i) && situates[w]
}

// beside says whether a word only goes with a verb.
func beside(w string) bool {
	return known().Beside[w] || len(w) > 5 && strings.HasSuffix(w, "ly") && !nounsInLy[w]
}

// endsBare says whether a verb ends the stretch that cannot stand alone: "help a
// carer who is new manage".
func (r *reading) endsBare(s stretch) bool {
	i := s.to - 1
	for i > s.from && beside(r.at(i)) {
		i--
	}
	before := r.at(i - 1)
	return known().Bare[r.at(i)] && !clauseSubj[before] && !auxiliaries[before]
}

// ownWords counts the words of the progress that not everybody's would have, and
// says whether others are everybody's, or so empty that they leave open what it is
// about, the barest of them things, stuff and everything. Next
// to a want of everybody's, what the situation has told already counts for
// nothing: "when I run a bakery, I want to grow the bakery".
func (r *reading) ownWords() (own int, generic, empty, bare bool) {
	s := stretch{r.want.from, r.want.to}
	told := stems{}
	if verb := r.at(r.verb()); known().Generic.has(verb) && !stopWord(verb) {
		for _, rest := range r.rest {
			for _, w := range r.each(rest) {
				told[segment.Stem(w.is)] = true
			}
		}
	}
	for i, w := range r.each(s) {
		switch {
		case w.is == "thing" || owners[r.at(s.from+i-1)] && w.is == "things":
			// one that is told apart: "his things", "the three things that"
		case known().Empty[segment.Stem(w.is)]:
			empty = true
			bare = bare || barest[w.is]
		case known().Generic.has(w.is):
			generic = true
		case !stopWord(w.is) && !known().Mild.has(w.is) && !told.has(w.is) && !known().Beside[w.is]:
			own++
		}
	}
	return own, generic, empty, bare
}

// asksForThing says whether a thing is wanted, with no word of what for: "I want
// automatic margin detection".
func (r *reading) asksForThing() bool {
	if r.lead.kind != thing || r.want.empty() {
		return false
	}
	first := r.at(r.want.from)
	if pointers[first] || stopWord(first) && !owners[first] && !measures[first] {
		return false
	}
	for i, w := range r.each(r.want) {
		if i > 0 && purposes[w.is] {
			return false
		}
	}
	for _, w := range r.each(r.want) {
		if known().Unmade[w.is] {
			return false
		}
	}
	return true
}

// situation says whether a circumstance is told in which it is wanted.
func situation(r *reading) []Warning {
	if len(r.words) == 0 || r.tellsSituation() {
		return nil
	}
	start, end := r.bytes(stretch{r.lead.from, min(r.want.to, len(r.words))})
	return []Warning{{Code: NoSituation, Start: start, End: end, Why: "It does not say when this is wanted. Begin with the circumstance: \"When ...\"."}}
}

func (r *reading) tellsSituation() bool {
	for _, s := range r.rest {
		if r.isSituation(s) {
			return true
		}
	}
	return r.marksSituation(r.want)
}

// isSituation says whether words that are neither want nor reason tell a
// circumstance: not a mere role ("as a baker"), not a mere filler.
func (r *reading) isSituation(s stretch) bool {
	if r.at(s.from) == "as" && owners[r.at(s.from+1)] {
		return r.marksSituation(stretch{s.from + 1, s.to})
	}
	own := 0
	for _, w := range r.each(s) {
		if !known().Beside[w.is] && !fillers[w.is] {
			own++
		}
	}
	return own > 0 && (own > 1 || r.marksSituation(s) || whenWords[r.at(s.from)])
}

// marksSituation finds a word that begins a circumstance among others.
func (r *reading) marksSituation(s stretch) bool {
	for i := s.from; i < s.to; i++ {
		w := r.at(i)
		switch {
		case circumstances[w] && !notCircumstance[r.at(i-1)] && !r.knowing(i):
			return true
		case w == "once" && clauseSubj[r.at(i+1)]:
			return true
		case w == "until" && i < r.want.from:
			return true // after the want it is where it ends
		case r.lead.kind == third && tellsWho[w]:
			return true
		case w == "with" && r.at(s.from) == "a" && r.lead.kind != third && i < r.want.from:
			return true
		case (w == "whose" || w == "who") && i < r.want.from:
			return true
		case beforeTimes[w] && r.timeAfter(i+1):
			return true
		case slices.ContainsFunc(circumstancePhrases, func(phrase string) bool { return r.says(i, phrase) }):
			return true
		}
	}
	return false
}

// timeAfter says whether a time, or a day of its own, comes within three words: "on
// a wet Monday", "at my own wedding".
func (r *reading) timeAfter(i int) bool {
	for j := i; j < i+3 && j < r.want.to; j++ {
		if times[r.at(j)] || events[r.at(j)] {
			return true
		}
	}
	return false
}

// reason hints where no reason is told.
func reason(r *reading) []Warning {
	if !r.why.empty() || r.want.empty() {
		return nil
	}
	start, end := r.bytes(r.want)
	return []Warning{{Code: NoReason, Start: start, End: end, Why: "It does not say why it matters. Add: \"so that ...\", in the customer's eyes.", Hint: true}}
}

// jargon finds words of meetings: one that nobody says at home, two that few do,
// or long ones upon each other.
func jargon(r *reading) []Warning {
	strong, weak, long := 0, map[string]bool{}, 0
	var all, longest []Warning
	for _, w := range r.words {
		warning := Warning{Code: Jargon, Start: w.start, End: w.end, Why: fmt.Sprintf("%q is a word of meetings and brochures. Write what the customer would say at home.", r.text[w.start:w.end])}
		if utf8.RuneCountInString(w.is) >= longWord {
			long++
			longest = append(longest, warning)
		}
		switch {
		case known().Strong[w.is]:
			strong++
		case known().Weak[w.is], isLatin(w.is):
			weak[segment.Stem(w.is)] = true
		default:
			continue
		}
		all = append(all, warning)
	}
	switch {
	case strong > 0 || len(weak) > 1:
		return all
	case long >= mostLong:
		return longest
	}
	return nil
}

// isLatin says whether a word is long and made as words of meetings are:
// "provision", "continuity".
func isLatin(w string) bool {
	w = strings.TrimSuffix(w, "s")
	return utf8.RuneCountInString(w) >= longWord && slices.ContainsFunc(latin, func(end string) bool { return strings.HasSuffix(w, end) })
}
