package deed

import (
	"slices"
	"time"

	"github.com/headway-oss/headway"
)

// Judgements is what members have said of places, the newest on each.
type Judgements struct {
	Guesses     map[headway.GuessID]map[headway.Span]headway.Verdict
	Labels      map[headway.Label]map[headway.Span]headway.Verdict
	Assumptions map[headway.Span]headway.Verdict // by the span of our sentence
	// Heard tells of the places in Labels who heard the label there when the
	// member decided; places where nobody did are not in it.
	Heard map[headway.Label]map[headway.Span]Hearer
	// Made tells of the places in Labels who decided, when, and how the passage
	// goes on.
	Made  map[headway.Label]map[headway.Span]Made
	Notes []Noted // in the order in which they were written
	// Lost is what is in none of these any more, since its words were forgotten: see
	// [Losses].
	Lost []Lost
}

// Hearer is who heard a label, and whether surely enough to count.
type Hearer struct {
	By      string
	Counted bool
}

// Made is the deed behind a verdict on a label.
type Made struct {
	Seq    int64
	Member headway.MemberID
	At     time.Time
	More   []headway.Span // the passage's other spans
}

// Noted is a note and the passage that it hangs on.
type Noted struct {
	Note   headway.NoteID
	On     headway.Passage
	Seq    int64
	Member headway.MemberID
	At     time.Time
}

// NewJudgements replays operations, in order, into the newest verdict on each
// place, as the words stand now: see [Hang]. What rested on words that were
// forgotten counts no more.
func NewJudgements(operations []headway.Operation) Judgements {
	j := Judgements{
		Guesses:     map[headway.GuessID]map[headway.Span]headway.Verdict{},
		Labels:      map[headway.Label]map[headway.Span]headway.Verdict{},
		Assumptions: map[headway.Span]headway.Verdict{},
		Heard:       map[headway.Label]map[headway.Span]Hearer{},
		Made:        map[headway.Label]map[headway.Span]Made{},
	}
	hanging, support := Hang(operations), NewSupport(operations)
	j.Lost = losses(operations, hanging, support)
	operations = hanging.Operations
	settled := lastSettled(operations)
	for _, op := range operations {
		if !support.Of(op).IsZero() {
			continue
		}
		switch op.Deed {
		case headway.DeedJudge:
			put(j.Guesses, op.Guess, op.Span, op.Verdict)
		case headway.DeedMark:
			put(j.Labels, op.Label, op.Span, op.Verdict)
			j.mind(op)
		case headway.DeedTest:
			set(j.Assumptions, op.Span, op.Verdict)
		case headway.DeedNote:
			j.note(op)
		case headway.DeedSettle:
			if settled[subjectOf(op)] == op.Seq {
				j.settle(op)
			}
		}
	}
	return j
}

// mind remembers who decided, and who heard what was decided on; a verdict taken
// back, or given on what nobody heard, is none on a hearer.
func (j Judgements) mind(op headway.Operation) {
	within(j.Made, op.Label)[op.Span] = Made{op.Seq, op.Member, op.At, op.More}
	within(j.Heard, op.Label)[op.Span] = Hearer{op.By, op.Counted}
	if op.Verdict == headway.Undecided {
		delete(j.Made[op.Label], op.Span)
	}
	if op.Verdict == headway.Undecided || op.By == "" {
		delete(j.Heard[op.Label], op.Span)
	}
}

// note hangs a note up, or takes it off.
func (j *Judgements) note(op headway.Operation) {
	j.Notes = slices.DeleteFunc(j.Notes, func(n Noted) bool { return n.Note == op.Note })
	if op.Verdict != headway.Undecided {
		j.Notes = append(j.Notes, Noted{op.Note, op.Passage(), op.Seq, op.Member, op.At})
	}
}

func put[K comparable](places map[K]map[headway.Span]headway.Verdict, key K, at headway.Span, v headway.Verdict) {
	set(within(places, key), at, v)
}

// within gives the places of a key, to be written to.
func within[K comparable, V any](places map[K]map[headway.Span]V, key K) map[headway.Span]V {
	if places[key] == nil {
		places[key] = map[headway.Span]V{}
	}
	return places[key]
}

func set(places map[headway.Span]headway.Verdict, at headway.Span, v headway.Verdict) {
	if v == headway.Undecided {
		delete(places, at)
		return
	}
	places[at] = v
}
