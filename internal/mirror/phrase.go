package mirror

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Phrase is how one kind is spoken of, in one table for all faces.
type Phrase struct {
	Kind headway.Label
	Name string // short, for a margin: "alternative"
	Ask  string // ends "nobody asked ...": "what they would have done otherwise"
	Said string // heads a list of sentences: "What else they did or would have done"
}

// phrases stand in codebook order.
var phrases = []Phrase{
	{headway.Situation, "situation", "in what situation the need arises", "When and where the need arises"},
	{headway.Struggle, "struggle", "what is hard for them today", "What is hard for them"},
	{headway.Motivation, "aim", "what they are trying to get done, and why", "What they are after"},
	{headway.Measure, "measure", "how they know it worked", "How they know it worked"},
	{headway.Alternative, "alternative", "what they would have done otherwise", "What else they did or would have done"},
	{headway.Pull, "pull", "what draws them to a new way", "What draws them"},
	{headway.Anxiety, "doubt", "what they fear or doubt", "What they fear or doubt"},
	{headway.Habit, "habit", "what keeps them with the way they have", "What keeps them where they are"},
	{headway.Request, "request", "what they would ask for", "What they asked for"},
	{headway.Result, "result", "what came of it", "What came of it"},
	{headway.Realization, "realization", "what they came to see", "Where their view changed"},
	{headway.Decision, "decision", "how it is decided, and by whom", "How it is decided"},
}

// Words gives how a kind is spoken of. A label that is no kind speaks for itself.
func Words(kind headway.Label) Phrase {
	for _, p := range phrases {
		if p.Kind == kind {
			return p
		}
	}
	return Phrase{kind, string(kind), string(kind), string(kind)}
}

// Ask gives what a question for a slot asks, to follow "nobody asked":
// "what they would have done otherwise".
func Ask(slot headway.Label) string { return Words(slot).Ask }

// Name gives a slot's short name: "alternative".
func Name(slot headway.Label) string { return Words(slot).Name }

// Sentence says what became of a guess, in counts of people: "perhaps heard
// from 4 of 9, 0 checked"; once sentences were judged "heard from 3 of 9,
// contradicted by 1"; "not heard yet (0 of 9)". It never says false. What lost its
// support follows, and counts in none of these.
func (h Held) Sentence() string {
	if len(h.Lost) > 0 {
		return h.sentence() + "; " + deed.ForgottenAll(h.Lost)
	}
	return h.sentence()
}

func (h Held) sentence() string {
	switch {
	case h.Confirmed > 0 && h.Contradicted > 0:
		return fmt.Sprintf("heard from %d of %d, contradicted by %d", h.Confirmed, h.N, h.Contradicted)
	case h.Confirmed > 0:
		return fmt.Sprintf("heard from %d of %d", h.Confirmed, h.N)
	case h.Contradicted > 0:
		return fmt.Sprintf("contradicted by %d of %d, not heard yet", h.Contradicted, h.N)
	case h.Candidates > 0:
		return fmt.Sprintf("perhaps heard from %d of %d, %d checked", h.Candidates, h.N, h.Checked)
	}
	return fmt.Sprintf("not heard yet (0 of %d)", h.N)
}

// Forgot says how much that members had kept lost its support: "2 sentences kept as
// struggle and measure lost support: forgotten on 22 November 2026"; "" for nothing.
func (t TheySaid) Forgot() string {
	if len(t.Lost) == 0 {
		return ""
	}
	var kinds []string
	for _, kind := range headway.Kinds() {
		if slices.ContainsFunc(t.Lost, func(l deed.Lost) bool { return l.Label == kind }) {
			kinds = append(kinds, Name(kind))
		}
	}
	sentences := "1 sentence"
	if len(t.Lost) > 1 {
		sentences = fmt.Sprintf("%d sentences", len(t.Lost))
	}
	return fmt.Sprintf("%s kept as %s %s", sentences, strings.Join(kinds, " and "), deed.ForgottenAll(t.Lost))
}

// State says what became of an assumption: "confirmed", as a member judged or the
// next words seem to say; or what a verdict rested on was forgotten.
func (a Assumption) State() string {
	if a.Lost.IsZero() {
		return string(a.Candidate)
	}
	return string(a.Candidate) + "; " + deed.Forgotten(a.Lost)
}

// Interval gives the 95 % Wilson interval of the share of people a guess was
// heard from, and whether there are enough people (ten) to speak of a share.
func (h Held) Interval() (low, high float64, ok bool) {
	low, high = wilson(h.Confirmed, h.N)
	return low, high, h.N >= enough
}

// Sentence says a gap in words: "nobody asked what they would have done
// otherwise: 0 of 12"; "asked in 3 of 12 how they know it worked: answered in
// 2, answer unclear in 1"; "perhaps asked in 1 of 12 ..." where no question
// surely asks for it; of sources in which nobody could be asked "nobody
// could be asked how they know it worked; 3 of 40 told it".
func (g Gap) Sentence() string {
	sentence := fmt.Sprintf("nobody asked %s: 0 of %d", Ask(g.Slot), g.N)
	switch {
	case g.N == 0:
		return g.untold()
	case g.Asked == 0 && g.Perhaps > 0:
		sentence = fmt.Sprintf("perhaps asked in %d of %d %s", g.Perhaps, g.N, Ask(g.Slot))
	case g.Asked > 0:
		sentence = fmt.Sprintf("asked in %d of %d %s: answered in %d", g.Asked, g.N, Ask(g.Slot), g.Answered)
	}
	if g.Unclear > 0 {
		sentence += fmt.Sprintf(", answer unclear in %d", g.Unclear)
	}
	if g.Volunteered > 0 {
		sentence += fmt.Sprintf("; told unasked in %d", g.Volunteered)
	}
	return sentence
}

func (g Gap) untold() string {
	told := g.Unasked - g.Silent
	switch {
	case g.Unasked == 0:
		return fmt.Sprintf("nothing read yet in which one could ask %s", Ask(g.Slot))
	case told == 0:
		return fmt.Sprintf("nobody could be asked %s, and nobody told it: 0 of %d", Ask(g.Slot), g.Unasked)
	}
	return fmt.Sprintf("nobody could be asked %s; %d of %d told it", Ask(g.Slot), told, g.Unasked)
}
