package mirror

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// A part is stored for every conversation, and all of a study are read for
// each mirror. So its long lists are written as columns of numbers, and what
// repeats (texts, persons, kinds, cues) once, in a table of names. What follows
// from the rest (unclear questions, what came unasked) is not written.

// wire is a Part as it is stored. Its fields hide those of the same name.
type wire struct {
	plain
	Names   []string      `json:"names"`
	Spans   spanColumns   `json:"spans"`
	Slots   []wireSlot    `json:"slots"`
	Moments momentColumns `json:"moments"`
	Near    nearColumns   `json:"near"`
	Texts   textColumns   `json:"texts"`
}

// plain is a Part without its methods.
type plain Part

// spanColumns are places: a text's number in wire.Names, a start and a length.
type spanColumns struct {
	Text   []int `json:"t,omitempty"`
	Start  []int `json:"s,omitempty"`
	Length []int `json:"l,omitempty"`
}

// wireSlot is a Slot in numbers of wire.Spans; answers are pairs of question
// and answer, one after the other.
type wireSlot struct {
	Slot     headway.Label `json:"slot"`
	Asked    []int         `json:"a,omitempty"`
	Maybe    []int         `json:"m,omitempty"`
	Answered []int         `json:"w,omitempty"`
	Perhaps  []int         `json:"p,omitempty"`
}

// placeColumns are the columns that moments and near sentences share. Names are
// their numbers in wire.Names, scores are in thousandths.
type placeColumns struct {
	spanColumns
	Kind   []int `json:"k,omitempty"`
	Score  []int `json:"c,omitempty"`
	Person []int `json:"p,omitempty"`
	Turn   []int `json:"n,omitempty"`
}

type momentColumns struct {
	placeColumns
	Flags   []int    `json:"f,omitempty"` // counted 1, unasked 2
	Novelty []int    `json:"o,omitempty"` // in hundredths
	By      []int    `json:"b,omitempty"`
	Why     []int    `json:"y,omitempty"`
	Words   []string `json:"w,omitempty"` // with spaces between
}

type textColumns struct {
	Text   []int `json:"t,omitempty"`
	Person []int `json:"p,omitempty"`
	Turn   []int `json:"n,omitempty"`
	MS     []int `json:"m,omitempty"` // -1 where it is not known
	Line   []int `json:"l,omitempty"`
}

type nearColumns struct {
	placeColumns
	Guess []int `json:"g,omitempty"`
	First []int `json:"i,omitempty"`
}

const (
	flagCounted = 1
	flagUnasked = 2
)

// MarshalJSON writes the part as it is stored.
func (p Part) MarshalJSON() ([]byte, error) {
	w := wire{plain: plain(p)}
	w.plain.Slots, w.plain.Moments, w.plain.Near, w.plain.Texts = nil, nil, nil, nil
	t := names{at: map[string]int{}}
	for _, s := range p.Slots {
		w.Slots = append(w.Slots, wireSlot{s.Slot, w.Spans.all(&t, s.Asked), w.Spans.all(&t, s.MaybeAsked), w.Spans.pairs(&t, s.Answered), w.Spans.pairs(&t, s.Perhaps)})
	}
	for _, m := range p.Moments {
		c := &w.Moments
		c.add(&t, m.Span, m.Kind, m.Score, m.Person, m.Turn)
		flags := 0
		if m.Counted {
			flags |= flagCounted
		}
		if m.Unasked {
			flags |= flagUnasked
		}
		c.Flags = append(c.Flags, flags)
		c.Novelty = append(c.Novelty, int(math.Round(m.Novelty*100)))
		c.By = append(c.By, t.of(m.By))
		c.Why = append(c.Why, t.of(m.Why))
		c.Words = append(c.Words, strings.Join(m.Words, " "))
	}
	for _, n := range p.Near {
		c := &w.Near
		c.add(&t, n.Span, n.Kind, n.Score, n.Person, n.Turn)
		c.Guess = append(c.Guess, t.of(string(n.Guess)))
		c.First = append(c.First, t.of(string(n.First)))
	}
	for _, text := range p.Texts {
		c := &w.Texts
		c.Text = append(c.Text, t.of(string(text.Text)))
		c.Person = append(c.Person, t.of(string(text.Person)))
		c.Turn = append(c.Turn, text.Turn)
		ms := -1
		if text.At.Timed {
			ms = int(text.At.MS)
		}
		c.MS = append(c.MS, ms)
		c.Line = append(c.Line, text.At.Line)
	}
	w.Names = t.list
	return json.Marshal(w)
}

// names is the table of what repeats.
type names struct {
	list []string
	at   map[string]int
}

func (t *names) of(name string) int {
	i, known := t.at[name]
	if !known {
		i = len(t.list)
		t.at[name] = i
		t.list = append(t.list, name)
	}
	return i
}

// span adds a place and gives its number.
func (c *spanColumns) span(t *names, s headway.Span) int {
	c.Text = append(c.Text, t.of(string(s.Text)))
	c.Start = append(c.Start, s.Start)
	c.Length = append(c.Length, s.Len())
	return len(c.Text) - 1
}

func (c *spanColumns) all(t *names, spans []headway.Span) []int {
	var at []int
	for _, s := range spans {
		at = append(at, c.span(t, s))
	}
	return at
}

func (c *spanColumns) pairs(t *names, answers []Answer) []int {
	var at []int
	for _, a := range answers {
		at = append(at, c.span(t, a.Question), c.span(t, a.Answer))
	}
	return at
}

func (c *placeColumns) add(t *names, s headway.Span, kind headway.Label, score float64, person headway.PersonID, turn int) {
	c.span(t, s)
	c.Kind = append(c.Kind, t.of(string(kind)))
	c.Score = append(c.Score, int(math.Round(score*1000)))
	c.Person = append(c.Person, t.of(string(person)))
	c.Turn = append(c.Turn, turn)
}

// UnmarshalJSON reads what MarshalJSON wrote, and refuses with Invalid what
// does not fit together.
func (p *Part) UnmarshalJSON(stored []byte) error {
	var w wire
	if err := json.Unmarshal(stored, &w); err != nil {
		return headway.Errorf(headway.Invalid, "the stored part cannot be read, look at the conversation again: %w", err)
	}
	if !w.fits() {
		return headway.Errorf(headway.Invalid, "the stored part does not fit together, look at the conversation again")
	}
	*p = Part(w.plain)
	for i := range w.Moments.Text {
		p.Moments = append(p.Moments, w.moment(i))
	}
	for i := range w.Near.Text {
		p.Near = append(p.Near, w.nearAt(i))
	}
	for i, text := range w.Texts.Text {
		p.Texts = append(p.Texts, TextOf{headway.TextID(w.Names[text]), headway.PersonID(w.Names[w.Texts.Person[i]]), w.Texts.Turn[i], w.Texts.position(i)})
	}
	for _, s := range w.Slots {
		p.Slots = append(p.Slots, w.slotOf(s, p.Moments))
	}
	return nil
}

// fits says whether all columns are as long as each other and name what is in
// the table.
func (w *wire) fits() bool {
	m, n := &w.Moments, &w.Near
	for _, named := range [][]int{w.Spans.Text, w.Texts.Text, w.Texts.Person, m.Text, m.Kind, m.Person, m.By, m.Why, n.Text, n.Kind, n.Person, n.Guess, n.First} {
		for _, i := range named {
			if i < 0 || i >= len(w.Names) {
				return false
			}
		}
	}
	for _, s := range w.Slots {
		if !w.Spans.has(s.Asked) || !w.Spans.has(s.Maybe) || !w.Spans.has(s.Answered) || !w.Spans.has(s.Perhaps) || len(s.Answered)%2+len(s.Perhaps)%2 > 0 {
			return false
		}
	}
	moments, nears, texts := len(m.Text), len(n.Text), len(w.Texts.Text)
	for _, length := range []int{len(w.Texts.Person), len(w.Texts.Turn), len(w.Texts.MS), len(w.Texts.Line)} {
		if length != texts {
			return false
		}
	}
	for _, length := range []int{len(m.Flags), len(m.Novelty), len(m.By), len(m.Why), len(m.Words)} {
		if length != moments {
			return false
		}
	}
	return w.Spans.even() && m.even() && n.even() && len(n.Guess) == nears && len(n.First) == nears
}

func (c *textColumns) position(i int) Position {
	if c.MS[i] < 0 {
		return Position{Line: c.Line[i]}
	}
	return Position{MS: int64(c.MS[i]), Timed: true, Line: c.Line[i]}
}

func (c *spanColumns) even() bool {
	return len(c.Start) == len(c.Text) && len(c.Length) == len(c.Text)
}

// has says whether all numbers are of places in c.
func (c *spanColumns) has(at []int) bool {
	return !slices.ContainsFunc(at, func(i int) bool { return i < 0 || i >= len(c.Text) })
}

func (c *placeColumns) even() bool {
	n := len(c.Text)
	return c.spanColumns.even() && len(c.Kind) == n && len(c.Score) == n && len(c.Person) == n && len(c.Turn) == n
}

// slotOf reads a slot. What is unclear are its questions without an answer;
// what came unasked are the moments that count as its kind and say so.
func (w *wire) slotOf(s wireSlot, moments []Moment) Slot {
	slot := Slot{Slot: s.Slot, Answered: w.answers(s.Answered), Perhaps: w.answers(s.Perhaps)}
	for _, at := range s.Asked {
		slot.Asked = append(slot.Asked, w.span(&w.Spans, at))
	}
	for _, at := range s.Maybe {
		slot.MaybeAsked = append(slot.MaybeAsked, w.span(&w.Spans, at))
	}
	slot.Unclear = unclear(slot)
	for _, m := range moments {
		if m.Kind == s.Slot && m.Counted && m.Unasked {
			slot.Volunteered = append(slot.Volunteered, m.Span)
		}
	}
	return slot
}

func (w *wire) answers(pairs []int) []Answer {
	var all []Answer
	for at := range slices.Chunk(pairs, 2) {
		all = append(all, Answer{w.span(&w.Spans, at[0]), w.span(&w.Spans, at[1])})
	}
	return all
}

func (w *wire) moment(i int) Moment {
	c := &w.Moments
	m := Moment{
		Span:    w.span(&c.spanColumns, i),
		Kind:    headway.Label(w.Names[c.Kind[i]]),
		Score:   float64(c.Score[i]) / 1000,
		Counted: c.Flags[i]&flagCounted != 0,
		By:      w.Names[c.By[i]],
		Why:     w.Names[c.Why[i]],
		Person:  headway.PersonID(w.Names[c.Person[i]]),
		Turn:    c.Turn[i],
		Unasked: c.Flags[i]&flagUnasked != 0,
		Novelty: float64(c.Novelty[i]) / 100,
	}
	if c.Words[i] != "" {
		m.Words = strings.Split(c.Words[i], " ")
	}
	return m
}

func (w *wire) nearAt(i int) Near {
	c := &w.Near
	return Near{
		Guess:  headway.GuessID(w.Names[c.Guess[i]]),
		Span:   w.span(&c.spanColumns, i),
		Score:  float64(c.Score[i]) / 1000,
		Kind:   headway.Label(w.Names[c.Kind[i]]),
		Person: headway.PersonID(w.Names[c.Person[i]]),
		Turn:   c.Turn[i],
		First:  headway.Side(w.Names[c.First[i]]),
	}
}

func (w *wire) span(c *spanColumns, i int) headway.Span {
	return headway.Span{Text: headway.TextID(w.Names[c.Text[i]]), Start: c.Start[i], End: c.Start[i] + c.Length[i]}
}
