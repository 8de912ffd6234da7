package lint

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway/internal/segment"
)

// reading is a statement taken apart: when ..., help me ..., so that ...
type reading struct {
	mark  int // code points of the list's mark that was left out before text
	text  string
	words []word
	lead  lead
	want  stretch   // from the verb of the progress, or the thing wanted
	why   stretch   // from the "so that"; empty where there is none
	rest  []stretch // the situation: what is neither
}

// word is one word in lower case, and what parts it from the one before.
type word struct {
	is         string
	start, end int // bytes of the text
	gap        gap
}

type gap int

const (
	blank gap = iota
	comma
	stop // a full stop, colon, semicolon, dash
)

// stretch is words from one to before the other.
type stretch struct{ from, to int }

func (s stretch) empty() bool { return s.from >= s.to }

// lead is how the progress is begun.
type lead struct {
	kind     leadKind
	from, to int // "I want to", "help me"
}

type leadKind int

const (
	none  leadKind = iota
	deed           // I want to find; help me find
	thing          // I want a map
	other          // I want her to find
	third          // help a nurse who ... find
)

// listMark is how a list begins a line ("1. ", "- ", "a) "): no word of the
// statement.
var listMark = regexp.MustCompile(`^\s*(?:[-*+•–>]|\(?(?:\d{1,3}[.)]{1,2}|[A-Za-z]\)))\s+`)

func read(text string) *reading {
	mark := listMark.FindString(text)
	text = text[len(mark):]
	r := &reading{mark: utf8.RuneCountInString(mark), text: text, words: wordsOf(text)}
	r.lead = r.findLead()
	r.part()
	return r
}

func wordsOf(text string) (words []word) {
	end := 0
	for _, p := range segment.Words(text) {
		w := word{strings.ReplaceAll(strings.ToLower(p.Of(text)), "’", "'"), p.Start, p.End, gapOf(text[end:p.Start])}
		words, end = append(words, w), p.End
	}
	return words
}

func gapOf(between string) gap {
	switch {
	case strings.ContainsAny(between, ".;:!?()–—…\n") || strings.Contains(between, " - "):
		return stop
	case strings.Contains(between, ","):
		return comma
	}
	return blank
}

// at gives a word, "" beyond the ends.
func (r *reading) at(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].is
}

// says tells whether the words from i on are these.
func (r *reading) says(i int, phrase string) bool {
	for w := range strings.FieldsSeq(phrase) {
		if r.at(i) != w || i < 0 {
			return false
		}
		i++
	}
	return true
}

// fronts says whether a clause begins at a word.
func (r *reading) fronts(i int) bool {
	return i == 0 || i < len(r.words) && r.words[i].gap != blank
}

// findLead gives the first wording that begins the progress, one's own want before
// another's ("a customer wants ..."), a want before a need, and never one inside
// another clause ("when I want ...").
func (r *reading) findLead() lead {
	var others, weak lead
	for i := range r.words {
		l, strong, inside := r.leadAt(i)
		switch {
		case l.kind == none || inside:
		case strong && r.at(i) != "wants":
			return l
		case strong && others.kind == none:
			others = l
		case weak.kind == none:
			weak = l
		}
	}
	if others.kind != none {
		return others
	}
	return weak
}

// leadAt reads a lead whose verb is word i.
func (r *reading) leadAt(i int) (l lead, strong, inside bool) {
	w := r.at(i)
	before := r.at(i - 1)
	switch {
	case (w == "help" || w == "let") && r.mayAsk(i):
		return r.helped(i), w == "help", false
	case wants[w] && !notWanting[before] && before != "":
		return r.wanted(i, i+1), true, r.inside(i - 1)
	case likes[w] && (before == "would" || strings.HasSuffix(before, "'d") || before == "really" || before == "id"):
		subject := i - 1
		if before == "would" {
			subject--
		}
		return r.wanted(i, i+1), true, r.inside(subject)
	case (w == "need" || w == "needs" || w == "must") && before != "" && (subjects[before] || !stopWord(before)):
		return r.wanted(i, i+1), false, r.inside(i - 1)
	case (w == "trying" || w == "looking" || w == "hoping") && (before == "am" || before == "is" || strings.HasSuffix(before, "'m") || before == "are" || before == "i'm"):
		return r.wanted(i, i+1), false, r.inside(i - 1)
	case (w == "goal" || w == "aim" || w == "job" || w == "thing") && r.says(i+1, "is to"):
		return lead{deed, i, i + 3}, true, false
	}
	return lead{}, false, false
}

// mayAsk says whether "help" at i is a plea, not what somebody does.
func (r *reading) mayAsk(i int) bool {
	before := r.at(i - 1)
	if r.fronts(i) || pleas[before] {
		return true
	}
	return (r.at(i+1) == "me" || r.at(i+1) == "us") && !subjects[before] && !notPleading[before]
}

func (r *reading) helped(i int) lead {
	from := i + 1
	if !myself[r.at(from)] || r.at(from) == "her" && owners["her"] && !r.verbAfter(from) {
		return lead{third, i, from}
	}
	for r.at(from+1) == "to" || r.at(from+1) == "with" && r.at(i) == "help" {
		from++
	}
	return lead{deed, i, from + 1}
}

// verbAfter guesses "help her find" against "help her mother find".
func (r *reading) verbAfter(i int) bool { return r.at(i+1) != "" && !kin[r.at(i+1)] }

// wanted reads on from a verb of wanting, past "is", "just", "to".
func (r *reading) wanted(verb, from int) lead {
	for adverbs[r.at(from)] && from < verb+4 {
		from++
	}
	if r.at(from) == "to" {
		return lead{deed, verb, from + 1}
	}
	if r.at(verb) == "rather" || r.at(verb) == "must" {
		return lead{deed, verb, from}
	}
	for i := from + 1; i < from+7 && i < len(r.words) && r.words[i].gap == blank && !situates[r.at(i)]; i++ {
		if r.at(i) == "to" {
			return lead{other, verb, from}
		}
	}
	return lead{thing, verb, from}
}

// inside says whether the clause of a subject hangs on another one.
func (r *reading) inside(subject int) bool {
	i := subject
	if subject, _, _ := strings.Cut(r.at(i), "'"); !subjects[subject] && subject != "id" { // "when two of my drivers want ..."
		for ; i > 0 && r.words[i].gap == blank; i-- {
			if binders[r.at(i)] {
				return true
			}
		}
		return binders[r.at(i)]
	}
	for i > 0 && r.words[i].gap == blank && (owners[r.at(i-1)] || asides[r.at(i-1)]) {
		i--
	}
	return i > 0 && r.words[i].gap == blank && binders[r.at(i-1)] && !(r.at(i-1) == "what" && r.fronts(i-1)) && !r.says(i-2, "at all")
}

// part finds where the reason stands and what is left for the situation.
func (r *reading) part() {
	n := len(r.words)
	lead := r.lead
	if lead.kind == none {
		lead.from = r.afterOpening()
		lead.to = lead.from
	}
	r.want = stretch{min(lead.to, n), n}
	r.why = stretch{n, n}
	for i := r.want.from; i < n; i++ {
		if i > r.want.from && r.words[i].gap == stop {
			r.want.to = i
			break
		}
		if size := r.reasonAt(i); size > 0 {
			r.want.to = i
			break
		}
	}
	for i := r.want.to; i < n; i++ {
		if size := r.reasonAt(i); size > 0 {
			r.why = stretch{min(i+size, n), r.sentenceEnd(i)}
			r.addRest(stretch{r.want.to, i})
			r.addRest(stretch{r.why.to, n})
			break
		}
	}
	if r.why.from == n {
		r.addRest(stretch{r.want.to, n})
	}
	before := stretch{0, min(lead.from, n)}
	if size := r.reasonAt(0); size > 0 && r.why.empty() && before.to > size {
		r.why = stretch{size, before.to}
		before.to = 0
	}
	r.addRest(before)
}

func (r *reading) addRest(s stretch) {
	if !s.empty() {
		r.rest = append(r.rest, s)
	}
}

// afterOpening is where the progress begins of a statement without a lead: after
// the comma of its "when".
func (r *reading) afterOpening() int {
	if !situates[r.at(0)] && !owners[r.at(0)] && r.at(0) != "on" && r.at(0) != "at" && r.at(0) != "in" {
		return 0
	}
	for i := 1; i < len(r.words); i++ {
		if r.words[i].gap != blank {
			if r.reasonAt(i) > 0 {
				break
			}
			return i
		}
	}
	return 0
}

func (r *reading) sentenceEnd(i int) int {
	for i++; i < len(r.words) && r.words[i].gap != stop; i++ {
	}
	return i
}

// reasonAt gives how many words begin a reason at i, 0 for none.
func (r *reading) reasonAt(i int) int {
	switch w := r.at(i); {
	case r.says(i, "so that"), r.says(i, "in order"), r.says(i, "so as"):
		return 2
	case w == "because", w == "otherwise", w == "cos", w == "'cause":
		return 1
	case r.says(i, "that way"), r.says(i, "which means"):
		return 2
	case w == "so" && (i > 0 && r.words[i].gap != blank || i == 0 || clauseSubj[r.at(i+1)]):
		if degrees[r.at(i+1)] {
			return 0
		}
		return 1
	}
	return 0
}

// opensWhen says whether words begin as a circumstance does: "after a storm", "on
// Fridays". A want in them is somebody's inside it: "my boss wants it by noon".
func (r *reading) opensWhen() bool { return situates[r.at(0)] || opensSituation[r.at(0)] }

// opensWant says whether words begin as a want does: "I want to", "help me".
func (r *reading) opensWant() bool {
	for i := range 3 {
		if l, _, _ := r.leadAt(i); l.kind != none {
			return true
		}
	}
	return r.opensWhen() || r.opensWhy() // a statement of its own
}

func (r *reading) opensWhy() bool { return r.reasonAt(0) > 0 }

// bytes gives where a stretch stands in the text.
func (r *reading) bytes(s stretch) (start, end int) {
	if s.empty() {
		return 0, len(r.text)
	}
	return r.words[s.from].start, r.words[s.to-1].end
}

// each gives the words of a stretch.
func (r *reading) each(s stretch) []word {
	if s.empty() {
		return nil
	}
	return r.words[s.from:s.to]
}

func stopWord(w string) bool { return segment.IsStop(w) }
