package mirror

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
)

// solution finds where one of us first pitched or advised, and what the
// customer had spoken of by then; nil where nobody did.
func (r *reading) solution() *Solution {
	at := slices.IndexFunc(r.sentences, func(s sentence) bool {
		return s.side == headway.Ours && (s.Counts(headway.Pitch) || s.Counts(headway.Advice))
	})
	if at < 0 {
		return nil
	}
	s := r.sentences[at]
	solution := &Solution{Span: s.Span, Act: headway.Pitch, Turn: s.Turn, Turns: len(r.c.Turns)}
	if !s.Counts(headway.Pitch) {
		solution.Act = headway.Advice
	}
	solution.MS, solution.Timed = spokenAt(r.c.Turns[s.Turn], s.Span)
	solution.Spoken = r.spokenOf(at)
	solution.PlayedBack = r.playedBack(at)
	return solution
}

// spokenAt gives the last time known at or before a place in a turn. Marks
// belong to the turn's first text; in a later version the turn's start is all
// that is sure.
func spokenAt(t headway.Turn, s headway.Span) (ms int64, known bool) {
	ms, known = t.Started()
	if !strings.HasSuffix(string(s.Text), ".1") {
		return ms, known
	}
	for _, mark := range t.Times {
		if mark.Offset <= s.Start {
			ms = mark.MS
		}
	}
	return ms, known
}

// spokenOf lists the slots that customers had spoken of before a sentence, in
// codebook order.
func (r *reading) spokenOf(before int) []headway.Label {
	spoken := []headway.Label{}
	for _, slot := range headway.Slots() {
		if slices.ContainsFunc(r.sentences[:before], func(s sentence) bool {
			return s.side == headway.Theirs && s.Counts(slot)
		}) {
			spoken = append(spoken, slot)
		}
	}
	return spoken
}

// playedBack lists the slots that one of us had given back before a sentence.
// A play-back gives back what the customer said in the turn before it, and any
// earlier sentence of theirs that it shares two content words with.
func (r *reading) playedBack(before int) []headway.Label {
	given := map[headway.Label]bool{}
	for i, s := range r.sentences[:before] {
		if s.side == headway.Ours && s.Counts(headway.Playback) {
			r.giveBack(i, given)
		}
	}
	list := []headway.Label{}
	for _, slot := range headway.Slots() {
		if given[slot] {
			list = append(list, slot)
		}
	}
	return list
}

func (r *reading) giveBack(at int, given map[headway.Label]bool) {
	playback := r.sentences[at]
	last := -1 // the customer's last turn before the play-back
	for i := at - 1; i >= 0; i-- {
		s := r.sentences[i]
		if s.side != headway.Theirs {
			continue
		}
		if last < 0 {
			last = s.Turn
		}
		if s.Turn == last || shared(s.words, playback.words) >= 2 {
			for _, l := range s.Labels {
				given[l.Label] = given[l.Label] || l.Counted
			}
		}
	}
}

// shared counts the content stems two sentences have in common.
func shared(a, b []*word) int {
	n := 0
	for i, w := range a {
		has := func(o *word) bool { return o.id == w.id }
		if w.tells() && slices.ContainsFunc(b, has) && !slices.ContainsFunc(a[:i], has) {
			n++
		}
	}
	return n
}

// assumptions lists what our side stated as fact about the customer, with the
// customer's next words.
func (r *reading) assumptions() []Assumption {
	var all []Assumption
	for i, s := range r.sentences {
		if s.side != headway.Ours || !s.Counts(headway.Assumption) {
			continue
		}
		a := Assumption{Conversation: r.c.ID, Span: s.Span, Turn: s.Turn, Candidate: NeverTested}
		if next := r.nextTheirs(i); next >= 0 {
			a.Next = r.sentences[next].Span
			a.Candidate = r.tested(i, next)
		}
		all = append(all, a)
	}
	return all
}

// nextTheirs finds the customer's next sentence, past a mere "hm" of the same turn.
func (r *reading) nextTheirs(after int) int {
	for i := after + 1; i < len(r.sentences); i++ {
		s := &r.sentences[i]
		if s.side != headway.Theirs {
			continue
		}
		goesOn := i+1 < len(r.sentences) && r.sentences[i+1].Turn == s.Turn
		if goesOn && len(s.words) == 1 && answers().sounds[s.words[0].form] {
			continue
		}
		return i
	}
	return -1
}

// tagWords is the length up to which a question only asks for consent to what
// was just stated: "Right?", "Isn't that so?".
const tagWords = 3

// tested says what a customer's next words seem to make of a statement: their
// first words, unless one of us asked something else in between.
func (r *reading) tested(stated, next int) Tested {
	for _, s := range r.sentences[stated+1 : next] {
		if s.side == headway.Ours && s.IsQuestion() && len(s.words) > tagWords {
			return NeverTested
		}
	}
	return answerOf(r.sentences[next].words)
}

//go:embed data/answers.yaml
var answersYAML []byte

// beginnings are how replies begin, and what each tells; sounds tell nothing.
type beginnings struct {
	tell   map[string]Tested
	sounds map[string]bool
}

var answers = sync.OnceValue(func() beginnings {
	var file struct{ Confirmed, Contradicted, Hesitated []string }
	if err := yaml.Unmarshal(answersYAML, &file); err != nil {
		panic("mirror: data/answers.yaml: " + err.Error())
	}
	b := beginnings{map[string]Tested{}, map[string]bool{}}
	for _, words := range file.Confirmed {
		b.tell[words] = Confirmed
	}
	for _, words := range file.Contradicted {
		b.tell[words] = Contradicted
	}
	for _, sound := range file.Hesitated {
		b.sounds[sound] = true
	}
	return b
})

// longestAnswer is how many words the longest beginning has.
const longestAnswer = 5

// answerOf reads the first words of a reply.
func answerOf(words []*word) Tested {
	for n := min(longestAnswer, len(words)); n > 0; n-- {
		var forms []string
		for _, w := range words[:n] {
			forms = append(forms, strings.ReplaceAll(w.form, "’", "'"))
		}
		if said, known := answers().tell[strings.Join(forms, " ")]; known {
			return said
		}
	}
	return NeverTested
}
