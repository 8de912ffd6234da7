package storetest

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

func notes(t *testing.T, open func(t *testing.T) store.Store) {
	unsure := headway.Note{ID: "n1", Words: "is this the measure?", Member: "anna", At: monday}
	t.Run("they come back as they were first written, in their workspace only", func(t *testing.T) {
		s := open(t)
		must(t, s.PutNote(ctx, home, unsure))
		must(t, s.PutNote(ctx, home, headway.Note{ID: "n1", Words: "changed", Member: "ben", At: monday}))
		ask := []headway.NoteID{"n1", "n2"}
		same(t, "notes", got[map[headway.NoteID]headway.Note](t)(s.Notes(ctx, home, ask)), map[headway.NoteID]headway.Note{"n1": unsure})
		same(t, "in another workspace", got[map[headway.NoteID]headway.Note](t)(s.Notes(ctx, "theirs", ask)), map[headway.NoteID]headway.Note{})
		wantCode(t, s.PutNote(ctx, home, headway.Note{ID: "n3", Member: "anna", At: monday}), headway.Invalid)
	})
	t.Run("they hang on words of one conversation", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		must(t, s.PutNote(ctx, home, unsure))
		on := func(c headway.Conversation, turn int) headway.Span {
			return headway.Span{Text: c.Turns[turn].Text.ID, Start: 0, End: 3}
		}
		hang := headway.Operation{Deed: headway.DeedNote, Note: unsure.ID, Span: on(cs[0], 0), More: []headway.Span{on(cs[0], 1)}}
		apply(t, s, hang)
		takeOff := hang
		takeOff.Verdict = headway.Undecided
		apply(t, s, takeOff)
		for _, spoil := range []struct {
			want headway.Code
			with func(*headway.Operation)
		}{
			{headway.NotFound, func(op *headway.Operation) { op.Note = "n2" }},
			{headway.NotFound, func(op *headway.Operation) { op.More[0].Text = "nowhere" }},
			{headway.Invalid, func(op *headway.Operation) { op.More[0].End = 1000 }},
			{headway.Invalid, func(op *headway.Operation) { op.More[0] = on(cs[1], 0) }},
			{headway.Invalid, func(op *headway.Operation) { op.More = make([]headway.Span, 300) }},
			{headway.Invalid, func(op *headway.Operation) { op.Verdict = headway.Kept }},
		} {
			op := hang
			op.More = []headway.Span{hang.More[0]}
			spoil.with(&op)
			refuse(t, s, spoil.want, op)
		}
		mark := headway.Operation{Deed: headway.DeedMark, Label: headway.Struggle, Verdict: headway.Kept, Span: on(cs[0], 0), More: []headway.Span{on(cs[0], 1)}}
		apply(t, s, mark)
		mark.More = []headway.Span{on(cs[1], 0)}
		refuse(t, s, headway.Invalid, mark)
	})
}
