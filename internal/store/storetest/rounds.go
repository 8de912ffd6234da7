package storetest

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

func rounds(t *testing.T, open func(t *testing.T) store.Store) {
	begin := func(t *testing.T) (store.Store, headway.Conversation, headway.Operation) {
		s := open(t)
		add(t, s, three()...)
		return s, three()[0], headway.Operation{Deed: headway.DeedBlind, Member: "anna", Round: "r1", Conversation: three()[0].ID, Members: []headway.MemberID{"anna", "ben"}}
	}
	t.Run("one is opened for two members or more, on a conversation that is here and in no other round", func(t *testing.T) {
		s, _, blind := begin(t)
		for _, spoil := range []struct {
			want headway.Code
			with func(*headway.Operation)
		}{
			{headway.Invalid, func(op *headway.Operation) { op.Members = op.Members[:1] }},
			{headway.Invalid, func(op *headway.Operation) { op.Members = []headway.MemberID{"anna", "anna"} }},
			{headway.Invalid, func(op *headway.Operation) { op.Members = []headway.MemberID{"anna", ""} }},
			{headway.Invalid, func(op *headway.Operation) { op.Round = "" }},
			{headway.NotFound, func(op *headway.Operation) { op.Conversation = "never" }},
		} {
			op := blind
			spoil.with(&op)
			refuse(t, s, spoil.want, op)
		}
		apply(t, s, blind)
		refuse(t, s, headway.Conflict, blind)
		again := blind
		again.Round = "r2"
		refuse(t, s, headway.Conflict, again)
		apply(t, s, headway.Operation{Deed: headway.DeedRelease, Member: "anna", Round: "r1"})
		apply(t, s, again)
	})
	t.Run("it ends when all are done, and who does not mark in it is never done", func(t *testing.T) {
		s, _, blind := begin(t)
		apply(t, s, blind)
		done := func(m headway.MemberID) headway.Operation {
			return headway.Operation{Deed: headway.DeedDone, Member: m, Round: "r1"}
		}
		refuse(t, s, headway.Denied, done("eve"))
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedDone, Member: "anna", Round: "r9"})
		apply(t, s, done("anna"))
		notYet := done("anna")
		notYet.Verdict = headway.Undecided
		apply(t, s, notYet)
		apply(t, s, done("ben"))
		if !onlyRound(t, s).Open() {
			t.Fatal("it ended though one had more to mark")
		}
		apply(t, s, done("anna"))
		if onlyRound(t, s).Open() {
			t.Fatal("all are done and it goes on")
		}
		refuse(t, s, headway.Conflict, done("anna"))
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedRelease, Member: "anna", Round: "r1"})
	})
	t.Run("a disagreement is settled after it, with a reason", func(t *testing.T) {
		s, c, blind := begin(t)
		apply(t, s, blind)
		must(t, s.PutNote(ctx, home, headway.Note{ID: "why", Words: "she names a threshold", Member: "anna", At: monday}))
		settle := headway.Operation{Deed: headway.DeedSettle, Member: "anna", Round: "r1", Label: headway.Measure, Verdict: headway.Kept, Note: "why",
			Span: headway.Span{Text: c.Turns[0].Text.ID, Start: 0, End: 3}}
		refuse(t, s, headway.Denied, settle)
		apply(t, s, headway.Operation{Deed: headway.DeedRelease, Member: "anna", Round: "r1"})
		apply(t, s, settle)
		for _, spoil := range []struct {
			want headway.Code
			with func(*headway.Operation)
		}{
			{headway.Invalid, func(op *headway.Operation) { op.Note = "" }},
			{headway.Invalid, func(op *headway.Operation) { op.Verdict = headway.Supports }},
			{headway.Invalid, func(op *headway.Operation) { op.Label = headway.Pitch }},
			{headway.Invalid, func(op *headway.Operation) { op.Span.End = 1000 }},
			{headway.NotFound, func(op *headway.Operation) { op.Round = "r9" }},
		} {
			op := settle
			spoil.with(&op)
			refuse(t, s, spoil.want, op)
		}
		back := settle
		back.Verdict, back.Note = headway.Undecided, ""
		apply(t, s, back)
	})
	t.Run("it ends with its conversation", func(t *testing.T) {
		s, c, blind := begin(t)
		apply(t, s, blind)
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Member: "anna", Conversations: []headway.ConversationID{c.ID}})
		if onlyRound(t, s).Open() {
			t.Error("it goes on without a conversation")
		}
	})
}

func onlyRound(t *testing.T, s store.Store) headway.Round {
	t.Helper()
	all := deed.Rounds(got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{})))
	if len(all) != 1 {
		t.Fatalf("%d rounds, want 1", len(all))
	}
	return all[0]
}
