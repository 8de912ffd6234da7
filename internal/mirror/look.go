package mirror

import (
	"math"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// Look sees one conversation: who is in it, what was asked and answered, what
// its customers' sentences carry and which of them are near a guess, where we
// began to solve, what we took for granted and how we led it. No person's verdict enters, so
// a part stays valid while members judge.
func Look(c *headway.Conversation, h headway.Hearing, guesses []headway.Guess) Part {
	r := read(c, h, guesses)
	part := Part{
		Conversation: c.ID,
		File:         c.File,
		Row:          c.Row,
		Title:        c.Title,
		Product:      c.Product,
		Genre:        c.Genre,
		Date:         c.Date,
		People:       r.people,
		Findings:     len(c.Findings),
		Unheard:      h.Unheard,
		CouldAsk:     c.Genre != headway.Review && r.spoke(headway.Ours),
	}
	part.Slots = r.slots()
	part.Moments = r.moments()
	part.Near = r.near(Chosen())
	part.Solution = r.solution()
	part.Assumptions = r.assumptions()
	part.Conduct = r.conduct()
	part.Texts = r.texts()
	return part
}

// reading is a conversation laid out for looking: its sentences in order, with
// their words and with what had been asked before each.
type reading struct {
	c         *headway.Conversation
	people    []Person // in the order of c.Speakers
	sentences []sentence
	unplaced  bool // a speaker with words whose side nobody has settled
	nearness  *nearness
}

// sentence is one heard sentence. Its side is the speaker's of now; who placed
// the speaker since it was heard is minded.
type sentence struct {
	headway.Heard
	side   headway.Side
	person headway.PersonID
	text   string
	words  []*word
	meant  []float32 // see cosines
	asks   *question // of ours; nil where it asks nothing
	// asked holds our questions that this sentence may answer: all since the
	// customer last spoke before them.
	asked []question
}

// question is a sentence of ours, the slots it asks for, and those it may ask
// for: suggestions of hearing. Hearing suggests so rarely that a slot which no
// question of a conversation asks for or may ask for is called never asked.
type question struct {
	span         headway.Span
	slots, maybe []headway.Label
}

func (q question) asks(slot headway.Label) bool   { return slices.Contains(q.slots, slot) }
func (q question) mayAsk(slot headway.Label) bool { return slices.Contains(q.maybe, slot) }

// questionOf reads a sentence of ours; it is nil where nothing was asked.
func questionOf(s *sentence) *question {
	q := question{span: s.Span}
	for _, l := range s.Labels {
		switch slot, asks := l.Label.Asked(); {
		case asks && l.Counted:
			q.slots = append(q.slots, slot)
		case asks:
			q.maybe = append(q.maybe, slot)
		}
	}
	if len(q.slots) == 0 && len(q.maybe) == 0 && !s.IsQuestion() {
		return nil
	}
	return &q
}

func read(c *headway.Conversation, h headway.Hearing, guesses []headway.Guess) *reading {
	r := &reading{c: c, nearness: newNearness(guesses)}
	speakers := make(map[headway.SpeakerID]int, len(c.Speakers))
	for i, s := range c.Speakers {
		speakers[s.ID] = i
		r.people = append(r.people, personOf(s))
	}
	r.sentences = make([]sentence, 0, len(h.Sentences))
	heard := h.Sentences
	var words []segment.Piece
	for i := range c.Turns {
		speaker, known := speakers[c.Turns[i].Speaker]
		if !known {
			continue
		}
		person := &r.people[speaker]
		words = segment.AppendWords(words[:0], c.Turns[i].Text.Text)
		person.Words += len(words)
		n := 0
		for n < len(heard) && heard[n].Turn == i {
			n++
		}
		r.readTurn(c.Turns[i].Text, heard[:n], words, person)
		heard = heard[n:]
	}
	r.unplaced = r.spoke(headway.Unknown)
	r.rememberQuestions()
	return r
}

func personOf(s headway.Speaker) Person {
	return Person{ID: s.Person(), Speaker: s.ID, Name: s.Name, Side: s.Side, Settled: s.Settled, Guess: s.Guess, Why: s.GuessWhy}
}

// readTurn deals a turn's words out to its sentences, both in order.
func (r *reading) readTurn(text headway.TextVersion, heard []headway.Heard, words []segment.Piece, person *Person) {
	ruler := headway.NewRuler(text.Text)
	all := make([]*word, 0, len(words))
	next := 0
	for _, h := range heard {
		start, end := ruler.Byte(h.Span.Start), ruler.Byte(h.Span.End)
		if h.Span.Text != text.ID || start < 0 || end < 0 {
			continue // heard in another version of the text
		}
		for next < len(words) && words[next].Start < start {
			next++
		}
		first := len(all)
		for next < len(words) && words[next].Start < end {
			all = append(all, r.word(words[next].Of(text.Text), len(all) > first))
			next++
		}
		r.sentences = append(r.sentences, sentence{Heard: h, side: person.Side, person: person.ID, text: text.Text[start:end], words: all[first:]})
	}
}

// word looks a written word up and notes how it is written inside a sentence,
// where a capital letter means a name.
func (r *reading) word(written string, inside bool) *word {
	w := r.nearness.word(written)
	if inside {
		if first := written[0]; 'A' <= first && first <= 'Z' {
			w.capital++
		} else {
			w.small++
		}
	}
	return w
}

// rememberQuestions gives every customer's sentence the questions of ours it
// may answer: those since a customer last spoke before them.
func (r *reading) rememberQuestions() {
	var open []question
	answering := false
	for i := range r.sentences {
		s := &r.sentences[i]
		switch s.side {
		case headway.Theirs:
			answering = true
			s.asked = open
		case headway.Ours:
			if s.asks = questionOf(s); s.asks != nil {
				if answering {
					open, answering = nil, false
				}
				open = append(open, *s.asks)
			}
		}
	}
}

// texts lists whose words the customers' turns hold.
func (r *reading) texts() []TextOf {
	var texts []TextOf
	for i := range r.c.Turns {
		turn := &r.c.Turns[i]
		if p := slices.IndexFunc(r.people, func(p Person) bool { return p.Speaker == turn.Speaker }); p >= 0 && r.people[p].Side == headway.Theirs {
			texts = append(texts, TextOf{turn.Text.ID, r.people[p].ID, i, positionOf(turn)})
		}
	}
	return texts
}

func positionOf(t *headway.Turn) Position {
	var at Position
	at.MS, at.Timed = t.Started()
	if len(t.Lines) > 0 {
		at.Line = t.Lines[0].Line
	}
	return at
}

// spoke says whether anybody of a side has words in the conversation.
func (r *reading) spoke(side headway.Side) bool {
	return slices.ContainsFunc(r.people, func(p Person) bool { return p.Side == side && p.Words > 0 })
}

// slots tells for each slot what was asked, what answers it, and what came
// unasked.
func (r *reading) slots() []Slot {
	kinds := headway.Slots()
	slots := make([]Slot, len(kinds))
	for i, kind := range kinds {
		slots[i] = r.slot(kind)
	}
	return slots
}

func (r *reading) slot(kind headway.Label) Slot {
	slot := Slot{Slot: kind}
	for i := range r.sentences {
		s := &r.sentences[i]
		switch {
		case s.asks != nil && s.asks.asks(kind):
			slot.Asked = append(slot.Asked, s.Span)
		case s.asks != nil && s.asks.mayAsk(kind):
			slot.MaybeAsked = append(slot.MaybeAsked, s.Span)
		case s.side == headway.Theirs && s.Has(kind):
			r.answer(&slot, s)
		}
	}
	slot.Unclear = unclear(slot)
	return slot
}

// unclear lists the questions that nothing answers.
func unclear(slot Slot) []headway.Span {
	var open []headway.Span
	for _, q := range slot.Asked {
		if !slices.ContainsFunc(slot.Answered, func(a Answer) bool { return a.Question == q }) {
			open = append(open, q)
		}
	}
	return open
}

// answer files a customer's sentence of the slot's kind under the questions
// that asked for it, or under what came unasked.
func (r *reading) answer(slot *Slot, s *sentence) {
	counts := s.Counts(slot.Slot)
	for _, q := range s.asked {
		switch asks := q.asks(slot.Slot); {
		case asks && counts:
			slot.Answered = append(slot.Answered, Answer{q.span, s.Span})
		case asks || counts && q.mayAsk(slot.Slot):
			slot.Perhaps = append(slot.Perhaps, Answer{q.span, s.Span})
		}
	}
	if counts && r.unasked(s, slot.Slot) {
		slot.Volunteered = append(slot.Volunteered, s.Span)
	}
}

// unasked says whether a customer brought a kind up of their own: no question
// before asks for it or may. Where a speaker is not placed yet, that one may
// have asked, so nothing is.
func (r *reading) unasked(s *sentence, kind headway.Label) bool {
	return !r.unplaced && !slices.ContainsFunc(s.asked, func(q question) bool { return q.asks(kind) || q.mayAsk(kind) })
}

// moments lists what customers' sentences carry, suggestions included: a person
// may keep them.
func (r *reading) moments() []Moment {
	var moments []Moment
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.side != headway.Theirs {
			continue
		}
		for _, l := range s.Labels {
			m := Moment{
				Span:    s.Span,
				Kind:    l.Label,
				Score:   round(l.Score),
				Counted: l.Counted,
				By:      l.By,
				Person:  s.person,
				Turn:    s.Turn,
				Unasked: r.unasked(s, l.Label),
			}
			if l.Counted {
				m.Why = l.Why
				m.Novelty = r.novelty(s)
				m.Words = s.content()
			}
			moments = append(moments, m)
		}
	}
	return moments
}

// content lists the words under which a sentence may be gathered, one for each
// stem, in order.
func (s *sentence) content() []string {
	var forms []string
	var seen []int
	for _, w := range s.words {
		if w.tells() && !slices.Contains(seen, w.id) {
			seen = append(seen, w.id)
			forms = append(forms, w.form)
		}
	}
	return forms
}

// round keeps three decimals: parts are stored, and no score is surer.
func round(score float64) float64 { return math.Round(score*1000) / 1000 }
