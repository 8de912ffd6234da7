package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// MarkHeard decides on the first that was heard of a label.
func (f *fake) MarkHeard(ctx context.Context, c headway.ConversationID, through headway.StudyID, l headway.Label, v headway.Verdict) ([]headway.Operation, error) {
	_, hearing, err := f.Conversation(ctx, c, through)
	if err != nil {
		return nil, err
	}
	for _, h := range hearing.Sentences {
		if slices.ContainsFunc(h.Labels, func(s headway.Scored) bool { return s.Label == l && s.Counted }) && v == headway.Kept {
			return nil, f.Mark(ctx, headway.Passage{h.Span}, l, v)
		}
	}
	return nil, headway.Errorf(headway.Invalid, "there is nothing of %s left to decide on here", l)
}

func (f *fake) Note(_ context.Context, at headway.Passage, words string) (headway.NoteID, error) {
	if words == "" {
		return "", headway.Errorf(headway.Invalid, "a note needs words")
	}
	id := headway.NoteID(fmt.Sprintf("note%d", len(f.notes)+1))
	f.notes = append(f.notes, headway.Note{ID: id, Words: words, Member: "here", At: time.Date(2026, 3, 3, 14, 5, 0, 0, time.UTC)})
	f.ops = append(f.ops, headway.Operation{Seq: int64(len(f.ops) + 1), Deed: headway.DeedNote, Member: "here", Note: id, Span: at.First(), More: at.More()})
	return id, nil
}

func (f *fake) TakeOffNote(_ context.Context, id headway.NoteID) error {
	f.ops = append(f.ops, headway.Operation{Deed: headway.DeedNote, Note: id, Verdict: headway.Undecided})
	return nil
}

func (f *fake) Notes(_ context.Context, ids ...headway.NoteID) (map[headway.NoteID]headway.Note, error) {
	found := map[headway.NoteID]headway.Note{}
	for _, n := range f.notes {
		if slices.Contains(ids, n.ID) {
			found[n.ID] = n
		}
	}
	return found, nil
}

// Undo drops the last deed, as if it had never been.
func (f *fake) Undo(context.Context) ([]headway.Operation, error) {
	if len(f.ops) == 0 {
		return nil, headway.Errorf(headway.NotFound, "there is nothing of yours to undo")
	}
	last := f.ops[len(f.ops)-1]
	f.ops = f.ops[:len(f.ops)-1]
	last.Verdict = headway.Undecided
	return []headway.Operation{last}, nil
}

func (f *fake) Redo(context.Context) ([]headway.Operation, error) {
	return nil, headway.Errorf(headway.NotFound, "there is nothing of yours to do again")
}

// Doubtful gives the first customer's label that nobody decided on.
func (f *fake) Doubtful(ctx context.Context, d flow.Doubts) (next flow.Doubtful, err error) {
	next.Kinds = map[headway.Label]int{}
	judged := deed.NewJudgements(f.ops)
	for _, t := range f.talks[d.Study] {
		for _, h := range t.h.Sentences {
			for _, l := range h.Labels {
				if h.Side != headway.Theirs || judged.Labels[l.Label][h.Span] != "" {
					continue
				}
				one := flow.Doubt{Conversation: t.c.ID, At: h.Span, Label: l.Label}
				next.Kinds[l.Label]++
				next.Left++
				if !next.Found && !d.Skipped[one] {
					next.Doubt, next.Heard, next.Turn, next.Found = one, l, h.Turn, true
				}
			}
		}
	}
	return next, nil
}

func (f *fake) Record(_ context.Context, id headway.ConversationID, _ headway.StudyID, data []byte) error {
	f.recorded = data
	return nil
}

func (f *fake) HasRecording(context.Context, headway.ConversationID, headway.StudyID) (bool, error) {
	return f.recorded != nil, nil
}

func (f *fake) Recording(context.Context, headway.ConversationID, headway.StudyID) ([]byte, time.Time, error) {
	if f.recorded == nil {
		return nil, time.Time{}, headway.Errorf(headway.NotFound, "this conversation has no recording")
	}
	return f.recorded, time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC), nil
}

func (f *fake) DropRecording(context.Context, headway.ConversationID, headway.StudyID) error {
	f.recorded = nil
	return nil
}

// MasksAtImport is off in the fake.
func (f *fake) MasksAtImport(context.Context) (bool, error) { return false, nil }
