package mirror

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// talk makes a conversation and its hearing from a script, so that these tests
// do not depend on what is heard by which rule. One line is one sentence:
//
//	us q-open,asks:alternative: How did you do it before?
//	Ana alternative,?habit: With a sheet of paper.
//
// Lines of one speaker that follow each other make one turn. A label behind a
// question mark is a suggestion. "us" is ours, names are theirs, a name with
// a question mark is placed nowhere yet. Everybody in here is invented.
func talk(t testing.TB, name, script string) (*headway.Conversation, headway.Hearing) {
	t.Helper()
	d := headway.NewDraft(name)
	c := d.Conversation()
	c.File, c.Genre = name, headway.Interview
	h := headway.Hearing{Conversation: c.ID, Version: "by hand"}
	var turn []spoken
	flush := func() {
		if len(turn) > 0 {
			h.Sentences = append(h.Sentences, sayTurn(t, d, turn)...)
		}
		turn = nil
	}
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		s := readLine(t, line)
		if len(turn) > 0 && turn[0].speaker != s.speaker {
			flush()
		}
		turn = append(turn, s)
	}
	flush()
	return c, h
}

type spoken struct {
	speaker string
	labels  []headway.Scored
	text    string
}

func readLine(t testing.TB, line string) spoken {
	t.Helper()
	head, text, found := strings.Cut(line, ": ")
	if !found {
		t.Fatalf("no speaker in %q", line)
	}
	speaker, labels, _ := strings.Cut(head, " ")
	s := spoken{speaker: speaker, text: text}
	for name := range strings.SplitSeq(labels, ",") {
		label, suggested := strings.CutPrefix(name, "?")
		if label == "" {
			continue
		}
		score := .8
		if suggested {
			score = .3
		}
		s.labels = append(s.labels, headway.Scored{Label: headway.Label(label), Score: score, Counted: !suggested, By: "rule"})
	}
	return s
}

func sayTurn(t testing.TB, d *headway.Draft, sentences []spoken) []headway.Heard {
	t.Helper()
	var texts []string
	for _, s := range sentences {
		texts = append(texts, s.text)
	}
	name := sentences[0].speaker
	turn := d.Say(name, strings.Join(texts, " "))
	sideOf(d.Speaker(name))
	ruler := headway.NewRuler(turn.Text.Text)
	var heard []headway.Heard
	at := 0
	for _, s := range sentences {
		heard = append(heard, headway.Heard{
			Span:   turn.Text.SpanOf(ruler, at, at+len(s.text)),
			Turn:   len(d.Conversation().Turns) - 1,
			Side:   d.Speaker(name).Side,
			Labels: s.labels,
		})
		at += len(s.text) + 1
	}
	return heard
}

func sideOf(s *headway.Speaker) {
	switch {
	case s.Name == "us":
		s.Side, s.Settled = headway.Ours, headway.SettledRole
	case !strings.HasSuffix(s.Name, "?"):
		s.Side, s.Settled = headway.Theirs, headway.SettledRole
	}
}

// desk is a study while a test builds it.
type desk struct {
	t       testing.TB
	study   headway.Study
	guesses []headway.Guess
	parts   []Part
	texts   Texts
	judged  deed.Judgements
	choices Choices
	spans   map[string]headway.Span // by the words of the sentence
}

func newDesk(t testing.TB) *desk {
	return &desk{
		t:      t,
		study:  headway.Study{ID: "study", About: headway.OurCustomers},
		texts:  Texts{},
		judged: deed.NewJudgements(nil),
		spans:  map[string]headway.Span{},
	}
}

func (d *desk) guess(slot headway.Label, text string) headway.GuessID {
	d.t.Helper()
	g, err := headway.NewGuess(d.study.ID, slot, text)
	if err != nil {
		d.t.Fatal(err)
	}
	d.guesses = append(d.guesses, g)
	return g.ID
}

// hear adds a conversation; guesses come before it.
func (d *desk) hear(name, script string, more ...func(*headway.Conversation)) Part {
	d.t.Helper()
	c, h := talk(d.t, name, script)
	for _, m := range more {
		m(c)
	}
	for _, turn := range c.Turns {
		d.texts[turn.Text.ID] = turn.Text
	}
	for _, s := range h.Sentences {
		d.spans[d.texts.Quote(s.Span).String()] = s.Span
	}
	p := Look(c, h, d.guesses)
	d.parts = append(d.parts, p)
	return p
}

// at gives the place of a sentence by its words.
func (d *desk) at(sentence string) headway.Span {
	d.t.Helper()
	span, known := d.spans[sentence]
	if !known {
		d.t.Fatalf("nobody said %q", sentence)
	}
	return span
}

func (d *desk) judge(g headway.GuessID, sentence string, v headway.Verdict) {
	d.t.Helper()
	if d.judged.Guesses[g] == nil {
		d.judged.Guesses[g] = map[headway.Span]headway.Verdict{}
	}
	d.judged.Guesses[g][d.at(sentence)] = v
}

func (d *desk) mark(l headway.Label, sentence string, v headway.Verdict) {
	d.t.Helper()
	if d.judged.Labels[l] == nil {
		d.judged.Labels[l] = map[headway.Span]headway.Verdict{}
	}
	d.judged.Labels[l][d.at(sentence)] = v
}

func (d *desk) mirror() Mirror { return Join(d.study, d.guesses, d.parts, d.judged, d.choices) }

func (d *desk) gap(slot headway.Label) Gap {
	d.t.Helper()
	for _, g := range d.mirror().NobodyAsked {
		if g.Slot == slot {
			return g
		}
	}
	d.t.Fatalf("no gap for %s", slot)
	return Gap{}
}

// said gives what was heard of a kind, its zero value for nothing.
func (d *desk) said(kind headway.Label) Said {
	for _, s := range d.mirror().TheySaid.Slots {
		if s.Kind == kind {
			return s
		}
	}
	return Said{}
}

// words gives the sentences of lines.
func (d *desk) words(lines []Line) []string {
	var all []string
	for _, l := range lines {
		all = append(all, d.texts.Quote(l.Span).String())
	}
	return all
}

func genre(g headway.Genre) func(*headway.Conversation) {
	return func(c *headway.Conversation) { c.Genre = g }
}

func product(name string) func(*headway.Conversation) {
	return func(c *headway.Conversation) { c.Product = name }
}
