package mirror

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// telling is the order in which gaps as wide as each other matter, once those
// that most told of their own stand behind: what they
// would have done otherwise says what the thing is hired for, how they know it
// worked says when it is solved.
var telling = []headway.Label{
	headway.Alternative, headway.Measure, headway.Motivation, headway.Situation, headway.Struggle, headway.Result,
	headway.Decision, headway.Anxiety, headway.Pull, headway.Habit, headway.Request,
}

// gaps tells for all eleven slots what nobody asked, worst gap first.
func (s *sighting) gaps() []Gap {
	heard := s.heardIn()
	var gaps []Gap
	for _, slot := range headway.Slots() {
		g := Gap{Slot: slot}
		for i := range s.parts {
			s.look(&g, i, heard)
		}
		gaps = append(gaps, g)
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(
			cmp.Compare(a.covered(), b.covered()),
			first(!a.mostlyTold(), !b.mostlyTold()),
			cmp.Compare(slices.Index(telling, a.Slot), slices.Index(telling, b.Slot)))
	})
	return gaps
}

// covered is the share of conversations in which the slot was asked for, those
// in which it perhaps was by half; where nobody could ask anywhere, the share
// of sources that told it.
func (g Gap) covered() float64 {
	switch {
	case g.N > 0:
		return (float64(g.Asked) + float64(g.Perhaps)/2) / float64(g.N)
	case g.Unasked > 0:
		return float64(g.Unasked-g.Silent) / float64(g.Unasked)
	}
	return 0
}

// mostlyTold says that in half of the conversations or more customers told the
// slot of their own.
func (g Gap) mostlyTold() bool { return g.N > 0 && 2*g.Volunteered >= g.N }

// inPart is a kind in one conversation.
type inPart struct {
	part int
	kind headway.Label
}

// heardIn tells which kinds were heard in which conversations, and whether any
// of it came unasked.
func (s *sighting) heardIn() map[inPart]bool {
	unasked := map[inPart]bool{}
	for _, m := range s.moments {
		at := inPart{m.part, m.Kind}
		unasked[at] = unasked[at] || m.Unasked
	}
	return unasked
}

// look adds one conversation to a gap.
func (s *sighting) look(g *Gap, part int, heard map[inPart]bool) {
	p := &s.parts[part]
	unasked, told := heard[inPart{part, g.Slot}]
	switch {
	case p.couldBeAsked():
		g.N++
		if unasked {
			g.Volunteered++
		}
		s.ask(g, p, p.slot(g.Slot))
	case p.nobodyThere():
		g.Unasked++
		if !told {
			g.Silent++
		}
	}
}

func (p *Part) slot(name headway.Label) Slot {
	for _, s := range p.Slots {
		if s.Slot == name {
			return s
		}
	}
	return Slot{Slot: name}
}

func (s *sighting) ask(g *Gap, p *Part, slot Slot) {
	switch {
	case len(s.asked(slot)) == 0 && len(s.doubtful(slot)) > 0:
		g.Perhaps++
		g.doubt(p.Conversation, s.doubtful(slot))
	case len(s.asked(slot)) == 0:
		g.Never = append(g.Never, p.Conversation)
	case len(s.answers(slot)) > 0:
		g.Asked++
		g.Answered++
	default:
		g.Asked++
		g.Unclear++
	}
}

// asked lists the questions that ask for a slot as members see it: without
// those they dismissed, with those suggested ones they kept.
func (s *sighting) asked(slot Slot) []headway.Span {
	asks := headway.Asks(slot.Slot)
	if len(s.judged.Labels[asks]) == 0 {
		return slot.Asked
	}
	var asked []headway.Span
	for _, q := range slot.Asked {
		if s.counts(asks, q, true) {
			asked = append(asked, q)
		}
	}
	for _, q := range slot.MaybeAsked {
		if s.counts(asks, q, false) {
			asked = append(asked, q)
		}
	}
	return asked
}

// mostDoubtful is how many doubtful questions a gap names.
const mostDoubtful = 3

// doubt names questions of a conversation, as long as there is room.
func (g *Gap) doubt(c headway.ConversationID, questions []headway.Span) {
	for _, q := range questions {
		if len(g.Doubtful) < mostDoubtful {
			g.Doubtful = append(g.Doubtful, Doubt{c, q})
		}
	}
}

// doubtful lists the questions that may ask for a slot and that nobody
// dismissed.
func (s *sighting) doubtful(slot Slot) []headway.Span {
	var questions []headway.Span
	for _, q := range slot.MaybeAsked {
		if s.verdict(headway.Asks(slot.Slot), q) != headway.Dismissed {
			questions = append(questions, q)
		}
	}
	return questions
}

// answers lists a slot's answers as they stand after members judged them.
func (s *sighting) answers(slot Slot) []Answer {
	asked := s.asked(slot)
	var all []Answer
	for _, a := range slot.Answered {
		if slices.Contains(asked, a.Question) && s.counts(slot.Slot, a.Answer, true) {
			all = append(all, a)
		}
	}
	for _, a := range slot.Perhaps {
		heard := slices.Contains(slot.MaybeAsked, a.Question) // then only the question is in doubt
		if slices.Contains(asked, a.Question) && s.counts(slot.Slot, a.Answer, heard) {
			all = append(all, a)
		}
	}
	return all
}
