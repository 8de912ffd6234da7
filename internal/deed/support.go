package deed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// Support tells which words are gone that something may have rested on, and which
// people. It comes of the deeds that erased them, so of ids and dates alone.
type Support struct {
	turns  map[headway.TurnID]time.Time
	people map[headway.PersonID]time.Time
}

// NewSupport reads who was erased, in order, and whom members had merged with them
// by then.
func NewSupport(operations []headway.Operation) Support {
	var s Support
	if !slices.ContainsFunc(operations, func(op headway.Operation) bool { return op.Deed == headway.DeedErase }) {
		return s
	}
	s = Support{map[headway.TurnID]time.Time{}, map[headway.PersonID]time.Time{}}
	into := map[headway.PersonID]headway.PersonID{}
	for i := range operations {
		switch op := &operations[i]; op.Deed {
		case headway.DeedMerge:
			into[op.Person] = op.Into
		case headway.DeedSplit:
			delete(into, op.Person)
		case headway.DeedErase:
			s.forget(op, into)
		}
	}
	return s
}

func (s Support) forget(op *headway.Operation, into map[headway.PersonID]headway.PersonID) {
	for _, turn := range op.Turns {
		if s.turns[turn].IsZero() {
			s.turns[turn] = op.At
		}
	}
	is := nowIs(into, op.Person)
	s.people[op.Person], s.people[is] = op.At, op.At
	for other := range into {
		if nowIs(into, other) == is {
			s.people[other] = op.At
		}
	}
}

// nowIs follows a person to the one that members merged them into.
func nowIs(into map[headway.PersonID]headway.PersonID, p headway.PersonID) headway.PersonID {
	for range len(into) {
		next, merged := into[p]
		if !merged {
			break
		}
		p = next
	}
	return p
}

// Words gives when the words at some places were forgotten, the last of them; the
// zero time where all stand. It is all that something needs to know that rests on
// words and is no deed on them.
func (s Support) Words(at ...headway.Span) (on time.Time) {
	for _, span := range at {
		if gone := s.turns[span.Text.Turn()]; gone.After(on) {
			on = gone
		}
	}
	return on
}

// Person gives when a person was forgotten, by their own id or one that was merged
// with theirs; the zero time where they were not.
func (s Support) Person(p headway.PersonID) time.Time { return s.people[p] }

// Of gives when what a deed rests on was forgotten: any of its words, or to whom it
// was done; the zero time where all of it stands, and for deeds that say nothing of
// what anybody said.
func (s Support) Of(op headway.Operation) time.Time {
	if s.turns == nil || !rests(op.Deed) {
		return time.Time{}
	}
	on := s.Words(op.Span, op.Answer)
	for _, at := range op.More {
		on = latest(on, s.Words(at))
	}
	if op.Deed == headway.DeedPromise || op.Deed == headway.DeedPlayback {
		on = latest(on, s.Person(op.Person))
	}
	return on
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// rests says whether a deed says something of what was said, and holds for as long
// as the words are there. A new deed that rests on
// words needs its name here, and nothing else.
func rests(d headway.Deed) bool {
	switch d {
	case headway.DeedJudge, headway.DeedMark, headway.DeedNote, headway.DeedTest,
		headway.DeedPromise, headway.DeedPlayback, headway.DeedReply, headway.DeedRepair, headway.DeedSettle,
		headway.DeedBear, headway.DeedChoose, headway.DeedEpisode:
		return true
	}
	return false
}

// Lost is a deed that held until what it rests on was forgotten. Its places have no
// words any more.
type Lost struct {
	headway.Operation           // as it hung last: ids and places
	On                time.Time `json:"on"` // when that was forgotten
}

// String says so where the deed showed.
func (l Lost) String() string { return Forgotten(l.On) }

// Forgotten says of something that it lost its support on some days: "lost support:
// forgotten on 22 November 2026". It tells no name and no words.
func Forgotten(on ...time.Time) string {
	on = slices.Clone(on)
	slices.SortFunc(on, time.Time.Compare)
	var days []string
	for _, t := range on {
		days = append(days, t.UTC().Format("2 January 2006"))
	}
	return "lost support: forgotten on " + strings.Join(slices.Compact(days), " and ")
}

// ForgottenAll says of several deeds that they lost their support; "" for none.
func ForgottenAll(lost []Lost) string {
	if len(lost) == 0 {
		return ""
	}
	on := make([]time.Time, len(lost))
	for i, l := range lost {
		on[i] = l.On
	}
	return Forgotten(on...)
}

// Losses lists the deeds that lost their support and that nobody had taken back or
// decided anew, in the order in which they were made.
func Losses(operations []headway.Operation) []Lost {
	support := NewSupport(operations)
	if support.turns == nil {
		return nil
	}
	return losses(operations, Hang(operations), support)
}

func losses(operations []headway.Operation, hanging Hanging, support Support) (lost []Lost) {
	if support.turns == nil {
		return nil
	}
	resting := hanging.Operations
	for _, w := range hanging.Waiting { // nobody need say any more where they hang
		resting = append(slices.Clip(resting), w.Operations...)
	}
	history, last, gone := NewHistory(operations), map[subject]int64{}, map[int64]time.Time{}
	for _, op := range resting {
		gone[op.Seq] = support.Of(op)
		if rests(op.Deed) && history.Stands(op.Seq) {
			last[subjectOf(op)] = max(last[subjectOf(op)], op.Seq)
		}
	}
	for _, op := range resting {
		on := gone[op.Seq]
		if op.Deed == headway.DeedReply {
			on = latest(on, gone[op.Of])
		}
		if !on.IsZero() && last[subjectOf(op)] == op.Seq && op.Verdict != headway.Undecided {
			lost = append(lost, Lost{op, on})
		}
	}
	slices.SortFunc(lost, func(a, b Lost) int { return cmp.Compare(a.Seq, b.Seq) })
	return lost
}

// On keeps of what was lost the deeds that hung on words of one text.
func On(lost []Lost, text headway.TextID) (on []Lost) {
	for _, l := range lost {
		if slices.ContainsFunc(append(l.Passage(), l.Answer), func(s headway.Span) bool { return s.Text == text }) {
			on = append(on, l)
		}
	}
	return on
}
