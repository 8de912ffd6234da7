package mirror

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// Change is what differs between two mirrors: of one study at two times, or of
// two studies, the first of which is then called before. Every count has the n
// that it is of.
type Change struct {
	Before  Extent        `json:"before"`
	After   Extent        `json:"after"`
	Came    []Customer    `json:"came"` // in the second and not in the first
	Left    []Customer    `json:"left"` // the other way round
	Guesses []GuessChange `json:"guesses"`
	Kinds   []KindChange  `json:"kinds"`
	Lines   []LineChange  `json:"lines"` // that more people say first, by how many; what is said no more last
	Slots   []SlotChange  `json:"slots"` // all eleven, in codebook order
}

// Extent is what a mirror rests on.
type Extent struct {
	N             int `json:"n"` // people
	Conversations int `json:"conversations"`
	CouldAsk      int `json:"could_ask"` // of them with words of ours
}

// Tally is what became of a guess, in people of N.
type Tally struct {
	Confirmed    int `json:"confirmed"`
	Contradicted int `json:"contradicted"`
	Candidates   int `json:"candidates"`
	Checked      int `json:"checked"` // sentences judged
	N            int `json:"n"`
}

// GuessChange is a guess of which something changed. One that was written later
// has no Before, one that only the first mirror has no After.
type GuessChange struct {
	Guess  headway.Guess `json:"guess"`
	Before *Tally        `json:"before,omitempty"`
	After  *Tally        `json:"after,omitempty"`
	Near   []Line        `json:"near"` // sentences that came near it since, nearest first
}

// Of counts people, of N.
type Of struct {
	People int `json:"people"`
	N      int `json:"n"`
}

// KindChange is a kind that others say, or more or fewer, or of more or fewer people.
type KindChange struct {
	Kind   headway.Label `json:"kind"`
	Before Of            `json:"before"`
	After  Of            `json:"after"`
}

// LineChange is a line that is new, grew, shrank or is gone.
type LineChange struct {
	Line   Line `json:"line"` // as the second mirror has it, if it does
	Before Of   `json:"before"`
	After  Of   `json:"after"`
	// Surprise says that no guess came near it in the second mirror, and that it
	// was not there, or no surprise, in the first.
	Surprise bool `json:"surprise,omitempty"`
}

// SlotChange is what was asked, in conversations in which one could ask.
type SlotChange struct {
	Slot   headway.Label `json:"slot"`
	Before AskedIn       `json:"before"`
	After  AskedIn       `json:"after"`
}

// AskedIn counts the conversations of N in which a slot was asked for.
type AskedIn struct {
	Asked   int `json:"asked"`
	Perhaps int `json:"perhaps"` // in which a question may have asked for it
	N       int `json:"n"`
}

// Never says that one could have asked, and nobody did, not even perhaps.
func (a AskedIn) Never() bool { return a.N > 0 && a.Asked+a.Perhaps == 0 }

// NewlyAsked says that it was asked for in the second mirror only.
func (s SlotChange) NewlyAsked() bool { return s.Before.Asked == 0 && s.After.Asked > 0 }

// Nothing says that nothing changed: nobody came or left, and nothing else counts
// than before.
func (c Change) Nothing() bool {
	return c.Before == c.After && len(c.Came)+len(c.Left)+len(c.Guesses)+len(c.Kinds)+len(c.Lines) == 0 &&
		!slices.ContainsFunc(c.Slots, func(s SlotChange) bool { return s.Before != s.After })
}

// Compare tells what differs between two mirrors. Guesses are the same where
// their words and slots are; lines where their sentences mean the same.
func Compare(before, after Standing) Change {
	return Change{
		Before:  extentOf(before.Mirror),
		After:   extentOf(after.Mirror),
		Came:    without(after.People, before.People),
		Left:    without(before.People, after.People),
		Guesses: guessChanges(before.Mirror, after.Mirror),
		Kinds:   kindChanges(before.Mirror, after.Mirror),
		Lines:   lineChanges(before.Mirror, after.Mirror),
		Slots:   slotChanges(before.Mirror, after.Mirror),
	}
}

func extentOf(m Mirror) Extent { return Extent{m.N, m.Conversations, m.CouldAsk} }

// without gives the people of one list who are not in another.
func without(people, others []Customer) []Customer {
	there := map[headway.PersonID]bool{}
	for _, p := range others {
		there[p.ID] = true
	}
	return slices.DeleteFunc(append([]Customer{}, people...), func(p Customer) bool { return there[p.ID] })
}

// asWritten is what a guess of one study and of another are the same by.
type asWritten struct {
	slot headway.Label
	text string
}

func writtenAs(g headway.Guess) asWritten { return asWritten{g.Slot, g.Text} }

func guessChanges(before, after Mirror) []GuessChange {
	changes := []GuessChange{}
	old := map[asWritten]Held{}
	for _, h := range before.YouSaid {
		old[writtenAs(h.Guess)] = h
	}
	for _, h := range after.YouSaid {
		was, known := old[writtenAs(h.Guess)]
		delete(old, writtenAs(h.Guess))
		if c := (GuessChange{h.Guess, nil, tallyOf(h), newNear(was, h)}); !known {
			changes = append(changes, c)
		} else if c.Before = tallyOf(was); *c.Before != *c.After || len(c.Near) > 0 {
			changes = append(changes, c)
		}
	}
	for _, h := range before.YouSaid {
		if _, left := old[writtenAs(h.Guess)]; left {
			changes = append(changes, GuessChange{h.Guess, tallyOf(h), nil, []Line{}})
		}
	}
	return changes
}

func tallyOf(h Held) *Tally {
	return &Tally{h.Confirmed, h.Contradicted, h.Candidates, h.Checked, h.N}
}

// newNear gives the sentences near a guess that were not.
func newNear(before, after Held) []Line {
	was := map[headway.Span]bool{}
	for _, l := range before.Nearest {
		was[l.Span] = true
	}
	return slices.DeleteFunc(append([]Line{}, after.Nearest...), func(l Line) bool { return was[l.Span] })
}

func kindChanges(before, after Mirror) []KindChange {
	changes := []KindChange{}
	for _, kind := range headway.Kinds() {
		c := KindChange{kind, before.peopleOf(kind), after.peopleOf(kind)}
		if c.Before != c.After && c.Before.People+c.After.People > 0 {
			changes = append(changes, c)
		}
	}
	return changes
}

func (m Mirror) peopleOf(kind headway.Label) Of {
	for _, said := range m.TheySaid.Slots {
		if said.Kind == kind {
			return Of{said.People, m.N}
		}
	}
	return Of{0, m.N}
}

// sameLine is what two lines are the same by: their group, or else their place.
type sameLine struct {
	kind  headway.Label
	group headway.GroupID
	span  headway.Span
}

func keyOf(l Line) sameLine {
	if l.Group != "" {
		return sameLine{kind: l.Kind, group: l.Group}
	}
	return sameLine{kind: l.Kind, span: l.Span}
}

func lineChanges(before, after Mirror) []LineChange {
	old := map[sameLine]Line{}
	for _, l := range before.lines() {
		old[keyOf(l)] = l
	}
	changes := []LineChange{}
	for _, l := range after.lines() {
		was, known := old[keyOf(l)]
		delete(old, keyOf(l))
		surprise := l.Surprise && !(known && was.Surprise)
		if was.People != l.People || surprise {
			changes = append(changes, LineChange{l, Of{was.People, before.N}, Of{l.People, after.N}, surprise})
		}
	}
	for _, l := range before.lines() {
		if was, gone := old[keyOf(l)]; gone {
			changes = append(changes, LineChange{l, Of{was.People, before.N}, Of{0, after.N}, false})
		}
	}
	sorted := []LineChange{}
	for _, i := range takeTurns(changes, func(c LineChange) int { return slices.Index(headway.Kinds(), c.Line.Kind) }) {
		sorted = append(sorted, changes[i]) // else one kind fills the front
	}
	slices.SortStableFunc(sorted, func(a, b LineChange) int { return cmp.Compare(b.gained(), a.gained()) })
	return sorted
}

func (m Mirror) lines() (all []Line) {
	for _, said := range m.TheySaid.Slots {
		all = append(all, said.Lines...)
	}
	return all
}

// gained is by how many people a line grew; less than nothing where it shrank.
func (c LineChange) gained() int { return c.After.People - c.Before.People }

func slotChanges(before, after Mirror) []SlotChange {
	changes := []SlotChange{}
	for _, slot := range headway.Slots() {
		changes = append(changes, SlotChange{slot, before.askedFor(slot), after.askedFor(slot)})
	}
	return changes
}

func (m Mirror) askedFor(slot headway.Label) AskedIn {
	for _, g := range m.NobodyAsked {
		if g.Slot == slot {
			return AskedIn{g.Asked, g.Perhaps, g.N}
		}
	}
	return AskedIn{}
}

// AtMost keeps the first so many lines, and of each guess the nearest sentences.
func (c Change) AtMost(lines, near int) Change {
	c.Lines = atMost(c.Lines, lines)
	c.Guesses = slices.Clone(c.Guesses)
	for i := range c.Guesses {
		c.Guesses[i].Near = atMost(c.Guesses[i].Near, near)
	}
	return c
}

// Spans lists every place that the change shows.
func (c Change) Spans() (all []headway.Span) {
	for _, g := range c.Guesses {
		for _, l := range g.Near {
			all = append(all, l.Span)
		}
	}
	for _, l := range c.Lines {
		all = append(all, l.Line.Span)
	}
	return all
}
