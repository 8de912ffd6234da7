package job

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// readings is what members read in customers' words, by the text that holds them.
type readings struct {
	marks   map[headway.TextID][]reading
	refuses map[headway.Label]map[headway.Span]headway.Verdict
	guessed map[headway.Label]bool
}

// reading is one passage that a member took for one kind.
type reading struct {
	kind headway.Label
	told Told
}

// newReadings gathers what members kept, and what they laid on claims and guesses.
func newReadings(s Study) *readings {
	r := &readings{marks: map[headway.TextID][]reading{}, refuses: s.Judged.Labels, guessed: map[headway.Label]bool{}}
	for _, kind := range headway.Kinds() {
		for span, verdict := range s.Judged.Labels[kind] {
			if verdict == headway.Kept {
				told := Told{Span: span, More: s.Judged.Made[kind][span].More, Status: headway.StatusSaid, Kept: true, By: s.Judged.Heard[kind][span].By}
				r.add(kind, told)
			}
		}
	}
	for _, c := range s.Claims {
		for _, borne := range s.Held.Bearing(c.ID) {
			r.bear(slotOf(c.Part), borne.Verdict, Told{Span: borne.On.First(), More: borne.On.More(), Claim: c.ID})
		}
	}
	for _, g := range s.Guesses {
		r.guessed[g.Slot] = true
		for span, verdict := range s.Judged.Guesses[g.ID] {
			r.bear(g.Slot, verdict, Told{Span: span, Guess: g.ID})
		}
	}
	for _, all := range r.marks {
		slices.SortFunc(all, func(a, b reading) int {
			return cmp.Or(cmp.Compare(a.told.Span.Start, b.told.Span.Start), cmp.Compare(a.told.Span.End, b.told.Span.End),
				cmp.Compare(a.told.Claim, b.told.Claim), cmp.Compare(a.told.Guess, b.told.Guess), cmp.Compare(a.kind, b.kind))
		})
	}
	return r
}

// bear adds words that a member laid on something of ours that is about a slot:
// what supports it says it, what bears partly on it lets a member read it.
func (r *readings) bear(kind headway.Label, verdict headway.Verdict, told Told) {
	told.Kept = true
	switch {
	case kind == "":
		return
	case verdict == headway.Supports:
		told.Status = headway.StatusSaid
	case verdict == headway.Partly:
		told.Status = headway.StatusInferred
	default:
		return
	}
	r.add(kind, told)
}

func (r *readings) add(kind headway.Label, told Told) {
	r.marks[told.Span.Text] = append(r.marks[told.Span.Text], reading{kind, told})
}

// slotOf gives the slot that a part of a job's card is about, or "".
func slotOf(p headway.Part) headway.Label {
	switch p {
	case headway.PartSituation:
		return headway.Situation
	case headway.PartProgress, headway.PartFunctional, headway.PartEmotional, headway.PartSocial:
		return headway.Motivation
	case headway.PartMeasure, headway.PartThreshold:
		return headway.Measure
	case headway.PartAlternative:
		return headway.Alternative
	case headway.PartWanted:
		return headway.Request
	case headway.PartFound:
		return headway.Realization
	}
	return ""
}

// slots gives what an episode tells of each kind.
func (r *readings) slots(e *Episode) []Slot {
	told := map[headway.Label][]Told{}
	for i := range e.own {
		r.hear(told, &e.own[i])
	}
	slots := make([]Slot, 0, len(headway.Kinds()))
	for _, kind := range headway.Kinds() {
		slot := Slot{Kind: kind, Told: told[kind]}
		slot.Status, slot.Unchecked = r.status(slot)
		slots = append(slots, slot)
	}
	return slots
}

// hear adds what a sentence tells: what members took from it, and what else was
// heard surely enough to count and nobody dismissed.
func (r *readings) hear(told map[headway.Label][]Told, s *sentence) {
	read := map[headway.Label]bool{}
	for _, mark := range r.marks[s.Span.Text] {
		if !mark.told.Span.Overlaps(s.Span) {
			continue
		}
		read[mark.kind] = true
		if mark.told.Span.Start >= s.Span.Start {
			mark.told.Conversation, mark.told.Turn = s.conversation, s.turn
			told[mark.kind] = append(told[mark.kind], mark.told)
		}
	}
	for _, l := range s.Labels {
		if !l.Counted || read[l.Label] || r.refuses[l.Label][s.Span] == headway.Dismissed {
			continue
		}
		told[l.Label] = append(told[l.Label], Told{Span: s.Span, Conversation: s.conversation, Turn: s.turn,
			Status: headway.StatusSaid, By: l.By, Score: l.Score})
	}
}

// status tells what a slot rests on, and whether nobody has checked that.
func (r *readings) status(s Slot) (status headway.Status, unchecked bool) {
	says := func(kept bool) func(Told) bool {
		return func(t Told) bool { return t.Status == headway.StatusSaid && t.Kept == kept }
	}
	switch {
	case slices.ContainsFunc(s.Told, says(true)):
		return headway.StatusSaid, false
	case slices.ContainsFunc(s.Told, says(false)):
		return headway.StatusSaid, true
	case len(s.Told) > 0:
		return headway.StatusInferred, false
	case r.guessed[s.Kind]:
		return headway.StatusOurs, false
	}
	return headway.StatusUnknown, false
}
