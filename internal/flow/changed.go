package flow

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// ChangedSince tells what differs between a study's mirror as it would have stood
// before a time and as it stands now. Before it are the conversations that had
// come into the study by then (not those that took place by then), the guesses
// that were written and what members had said of places. How conversations are
// heard, how their words stand, which side a speaker is on and who is one person
// are today's in both: none of these is something that customers changed. What was
// removed or erased since is in neither. Denied before the reveal.
func (f *Flow) ChangedSince(ctx context.Context, study headway.StudyID, since time.Time) (mirror.Change, mirror.Texts, error) {
	now, err := f.seen(ctx, study)
	if err != nil {
		return mirror.Change{}, nil, err
	}
	then, in := now.asOf(since)
	gone, err := f.partsGone(ctx, now, in)
	if err != nil {
		return mirror.Change{}, nil, err
	}
	then.parts = append(then.parts, gone...)
	return f.compared(ctx, then, now)
}

// partsGone gives the parts of conversations that a study held and holds no more,
// of those that are here and that no other study guesses about.
func (f *Flow) partsGone(ctx context.Context, s seen, in map[headway.ConversationID]bool) ([]mirror.Part, error) {
	in = maps.Clone(in)
	for _, p := range s.parts {
		delete(in, p.Conversation)
	}
	ids := slices.Sorted(maps.Keys(in))
	if len(ids) == 0 {
		return nil, nil
	}
	hidden, err := f.hidden(ctx, ids, s.study.ID)
	if err != nil {
		return nil, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return nil, err
	}
	heads = slices.DeleteFunc(heads, func(h store.Head) bool { return hidden[h.ID] != "" })
	return f.partsFrom(ctx, s.study.ID, heads, s.guesses)
}

// Beside tells what differs between two studies as they stand: what the second
// has more or less of than the first. Denied before the reveal of both.
func (f *Flow) Beside(ctx context.Context, first, second headway.StudyID) (mirror.Change, mirror.Texts, error) {
	if first == second {
		return mirror.Change{}, nil, headway.Errorf(headway.Invalid, "choose two different studies; what changed in one stands under its changes")
	}
	a, err := f.seen(ctx, first)
	if err != nil {
		return mirror.Change{}, nil, err
	}
	b, err := f.seen(ctx, second)
	if err != nil {
		return mirror.Change{}, nil, err
	}
	return f.compared(ctx, a, b)
}

// most lines and sentences near a guess that a change lists.
const (
	linesChanged = 200
	nearChanged  = 12
)

func (f *Flow) compared(ctx context.Context, a, b seen) (mirror.Change, mirror.Texts, error) {
	c := mirror.Compare(a.stand(), b.stand()).AtMost(linesChanged, nearChanged)
	texts, err := f.texts(ctx, c.Spans())
	return c, texts, err
}

// seen is all that a mirror is laid together from.
type seen struct {
	study   headway.Study
	guesses []headway.Guess
	parts   []mirror.Part
	ops     []headway.Operation
	merged  map[headway.PersonID]headway.PersonID
}

func (f *Flow) seen(ctx context.Context, study headway.StudyID) (s seen, err error) {
	if s.study, err = f.revealed(ctx, study); err != nil {
		return s, err
	}
	r, ops, err := f.reflection(ctx, study)
	if err != nil {
		return s, err
	}
	s.ops = ops
	if s.parts, err = f.partsOf(ctx, study, r); err != nil {
		return s, err
	}
	if s.guesses, err = f.store.Guesses(ctx, f.ws, study); err != nil {
		return s, err
	}
	s.merged, err = f.store.Merges(ctx, f.ws)
	return s, err
}

func (s seen) stand() mirror.Standing {
	return mirror.Stand(s.study, s.guesses, s.parts, deed.NewJudgements(s.ops), s.merged)
}

// asOf leaves out what came at a time or later, and tells which conversations the
// study held then. Operations are in the order in
// which they were done: what follows the first that is as late is later, whatever
// the clock said then.
func (s seen) asOf(since time.Time) (seen, map[headway.ConversationID]bool) {
	cut := slices.IndexFunc(s.ops, func(op headway.Operation) bool { return !op.At.Before(since) })
	if cut < 0 {
		return s, nil
	}
	in := held(s.study.ID, s.ops[:cut])
	s.parts = slices.DeleteFunc(slices.Clone(s.parts), func(p mirror.Part) bool { return !in[p.Conversation] })
	s.guesses = slices.DeleteFunc(slices.Clone(s.guesses), func(g headway.Guess) bool { return !g.At.Before(since) })
	s.ops = slices.Concat(s.ops[:cut], slices.DeleteFunc(slices.Clone(s.ops[cut:]), judges))
	return s, in
}

// held gives the conversations that a study held after operations.
func held(study headway.StudyID, ops []headway.Operation) map[headway.ConversationID]bool {
	in := map[headway.ConversationID]bool{}
	for _, op := range ops {
		switch {
		case op.Deed == headway.DeedRemove, op.Deed == headway.DeedLeave && op.Study == study:
			for _, c := range op.Conversations {
				delete(in, c)
			}
		case op.Deed == headway.DeedAdd && op.Study == study:
			for _, c := range op.Conversations {
				in[c] = true
			}
		}
	}
	return in
}

// judges says whether an operation says something of a place. What says how
// words stand is none of these: places are where today's words are.
func judges(op headway.Operation) bool {
	switch op.Deed {
	case headway.DeedJudge, headway.DeedMark, headway.DeedNote, headway.DeedTest, headway.DeedSettle:
		return true
	}
	return false
}

// RevealedAt gives when a study was sealed or skipped. Denied before.
func (f *Flow) RevealedAt(ctx context.Context, study headway.StudyID) (time.Time, error) {
	s, err := f.revealed(ctx, study)
	if err != nil {
		return time.Time{}, err
	}
	ops, _, err := f.operations(ctx)
	for _, op := range ops {
		if op.Study == study && (op.Deed == headway.DeedSeal && op.Verdict != headway.Undecided || op.Deed == headway.DeedSkip) {
			return op.At, err
		}
	}
	return s.Opened, err
}

// ReadSince reads from when on changes are asked for: a day (2026-11-15, from its
// first moment in UTC), a time as in RFC 3339, "week" (also "") or "month" for the
// last seven or thirty days, or "seal" for what revealed gives.
func ReadSince(value string, now time.Time, revealed func() (time.Time, error)) (time.Time, error) {
	const day = 24 * time.Hour
	switch value {
	case "", "week":
		return now.Add(-7 * day), nil
	case "month":
		return now.Add(-30 * day), nil
	case "seal":
		return revealed()
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339Nano} {
		if at, err := time.Parse(layout, value); err == nil {
			return at, nil
		}
	}
	return time.Time{}, headway.Errorf(headway.Invalid, "%q is no day: write one such as %s, or week, month or seal", value, now.UTC().Format(time.DateOnly))
}
