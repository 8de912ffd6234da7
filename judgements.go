package headway

import (
	"slices"
	"time"
)

// Judgements is what members have said of places, the newest on each.
type Judgements struct {
	Guesses     map[GuessID]map[Span]Verdict
	Labels      map[Label]map[Span]Verdict
	Assumptions map[Span]Verdict // by the span of our sentence
	// Heard tells of the places in Labels who heard the label there when the
	// member decided; places where nobody did are not in it.
	Heard map[Label]map[Span]Hearer
	// Made tells of the places in Labels who decided, when, and how the passage
	// goes on.
	Made  map[Label]map[Span]Made
	Notes []Noted // in the order in which they were written
}

// Hearer is who heard a label, and whether surely enough to count.
type Hearer struct {
	By      string
	Counted bool
}

// Made is the deed behind a verdict on a label.
type Made struct {
	Seq    int64
	Member MemberID
	At     time.Time
	More   []Span // the passage's other spans
}

// Noted is a note and the passage that it hangs on.
type Noted struct {
	Note   NoteID
	On     Passage
	Seq    int64
	Member MemberID
	At     time.Time
}

// NewJudgements replays operations, in order, into the newest verdict on each
// place, as the words stand now: see [Hang].
func NewJudgements(operations []Operation) Judgements {
	j := Judgements{
		Guesses:     map[GuessID]map[Span]Verdict{},
		Labels:      map[Label]map[Span]Verdict{},
		Assumptions: map[Span]Verdict{},
		Heard:       map[Label]map[Span]Hearer{},
		Made:        map[Label]map[Span]Made{},
	}
	operations = Hang(operations).Operations
	settled := lastSettled(operations)
	for _, op := range operations {
		switch op.Deed {
		case DeedJudge:
			put(j.Guesses, op.Guess, op.Span, op.Verdict)
		case DeedMark:
			put(j.Labels, op.Label, op.Span, op.Verdict)
			j.mind(op)
		case DeedTest:
			set(j.Assumptions, op.Span, op.Verdict)
		case DeedNote:
			j.note(op)
		case DeedSettle:
			if settled[op.subject()] == op.Seq {
				j.settle(op)
			}
		}
	}
	return j
}

// mind remembers who decided, and who heard what was decided on; a verdict taken
// back, or given on what nobody heard, is none on a hearer.
func (j Judgements) mind(op Operation) {
	within(j.Made, op.Label)[op.Span] = Made{op.Seq, op.Member, op.At, op.More}
	within(j.Heard, op.Label)[op.Span] = Hearer{op.By, op.Counted}
	if op.Verdict == Undecided {
		delete(j.Made[op.Label], op.Span)
	}
	if op.Verdict == Undecided || op.By == "" {
		delete(j.Heard[op.Label], op.Span)
	}
}

// note hangs a note up, or takes it off.
func (j *Judgements) note(op Operation) {
	j.Notes = slices.DeleteFunc(j.Notes, func(n Noted) bool { return n.Note == op.Note })
	if op.Verdict != Undecided {
		j.Notes = append(j.Notes, Noted{op.Note, op.Passage(), op.Seq, op.Member, op.At})
	}
}

func put[K comparable](places map[K]map[Span]Verdict, key K, at Span, v Verdict) {
	set(within(places, key), at, v)
}

// within gives the places of a key, to be written to.
func within[K comparable, V any](places map[K]map[Span]V, key K) map[Span]V {
	if places[key] == nil {
		places[key] = map[Span]V{}
	}
	return places[key]
}

func set(places map[Span]Verdict, at Span, v Verdict) {
	if v == Undecided {
		delete(places, at)
		return
	}
	places[at] = v
}
