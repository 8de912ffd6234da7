package deed_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// inOrder numbers operations as a workspace does.
func inOrder(ops ...headway.Operation) []headway.Operation {
	for i := range ops {
		ops[i].Seq = int64(i + 1)
		ops[i].At = time.Date(2026, 3, 2, 9, i, 0, 0, time.UTC)
	}
	return ops
}

func at(text headway.TextID, start, end int) headway.Span {
	return headway.Span{Text: text, Start: start, End: end}
}

// talkOf says that texts "a…" are of the conversation that is marked, others not.
func talkOf(text headway.TextID) headway.ConversationID {
	if text[0] == 'a' {
		return "talk"
	}
	return "another"
}

func mark(m headway.MemberID, s headway.Span, l headway.Label) headway.Operation {
	return headway.Operation{Deed: headway.DeedMark, Member: m, Span: s, Label: l, Verdict: headway.Kept}
}

var blind = headway.Operation{Deed: headway.DeedBlind, Member: "anna", Round: "r", Conversation: "talk", Members: []headway.MemberID{"anna", "ben"}}

func seqs(ops []headway.Operation) (all []int64) {
	for _, op := range ops {
		all = append(all, op.Seq)
	}
	return all
}

func TestWhileARoundIsOpenNobodySeesWhatOthersThinkOfItsWords(t *testing.T) {
	hides := []headway.Operation{
		mark("ben", at("a.1", 0, 5), headway.Struggle),
		{Deed: headway.DeedMark, Member: "ben", Span: at("b.1", 0, 5), More: []headway.Span{at("a.1", 0, 9)}, Label: headway.Habit, Verdict: headway.Kept},
		{Deed: headway.DeedNote, Member: "ben", Span: at("a.1", 0, 5), Note: "n"},
		{Deed: headway.DeedJudge, Member: "ben", Span: at("a.1", 0, 5), Guess: "g", Verdict: headway.Supports},
		{Deed: headway.DeedTest, Member: "ben", Span: at("a.2", 0, 5), Answer: at("a.1", 0, 5), Verdict: headway.Supports},
		{Deed: headway.DeedReview, Member: "ben", Span: at("a.1", 0, 5)},
		{Deed: headway.DeedPromise, Member: "ben", Span: at("a.1", 0, 5), Verdict: headway.Kept},
		{Deed: headway.DeedRepair, Member: "ben", Span: at("b.1", 0, 5), Answer: at("a.1", 0, 5), Verdict: headway.Kept},
	}
	shows := []headway.Operation{
		mark("anna", at("a.1", 0, 5), headway.Struggle),
		mark("ben", at("b.1", 0, 5), headway.Struggle),
		{Deed: headway.DeedPlace, Member: "ben", Conversation: "talk", Speaker: "s", Side: headway.Ours},
		{Deed: headway.DeedDone, Member: "ben", Round: "r"},
	}
	before := mark("ben", at("a.1", 0, 5), headway.Habit)
	ops := inOrder(append(append([]headway.Operation{before, blind}, hides...), shows...)...)
	first := int64(3 + len(hides))
	own := []int64{1, 2, first, first + 1, first + 2, first + 3}
	if diff := cmp.Diff(own, seqs(deed.Visible(ops, "anna", talkOf))); diff != "" {
		t.Error("anna:", diff)
	}
	if diff := cmp.Diff([]int64{1, 2, first + 1, first + 2, first + 3}, seqs(deed.Visible(ops, "", talkOf))); diff != "" {
		t.Error("nobody in particular:", diff)
	}
	if got := len(deed.Visible(ops, "ben", talkOf)); got != len(ops)-1 {
		t.Errorf("ben sees %d of %d: all but anna's mark is his or open", got, len(ops))
	}
	done := headway.Operation{Deed: headway.DeedDone, Member: "anna", Round: "r"}
	ops = inOrder(append(ops, done)...)
	if diff := cmp.Diff(seqs(ops), seqs(deed.Visible(ops, "anna", talkOf))); diff != "" {
		t.Error("when all are done:", diff)
	}
}

func TestARoundTellsWhoIsDoneAndWhenItEnded(t *testing.T) {
	ops := inOrder(
		blind,
		headway.Operation{Deed: headway.DeedDone, Member: "ben", Round: "r"},
		headway.Operation{Deed: headway.DeedDone, Member: "ben", Round: "r", Verdict: headway.Undecided},
		headway.Operation{Deed: headway.DeedDone, Member: "anna", Round: "r"},
		headway.Operation{Deed: headway.DeedRelease, Member: "anna", Round: "r"},
		headway.Operation{Deed: headway.DeedRelease, Member: "anna", Round: "r"},
	)
	want := []headway.Round{{
		ID: "r", Conversation: "talk", Members: blind.Members, Done: []headway.MemberID{"anna"}, By: "anna",
		Opened: ops[0].At, Since: 1, Until: 5, Ended: ops[4].At,
	}}
	if diff := cmp.Diff(want, deed.Rounds(ops)); diff != "" {
		t.Error(diff)
	}
}

func settled(s headway.Span, l headway.Label, v headway.Verdict) headway.Operation {
	return headway.Operation{Deed: headway.DeedSettle, Member: "anna", Round: "r", Span: s, Label: l, Verdict: v, Note: "why"}
}

func TestWhatIsSettledTakesThePlaceOfTheMarksInItsSentence(t *testing.T) {
	sentence := at("a.1", 10, 20)
	ops := inOrder(
		mark("anna", at("a.1", 12, 15), headway.Struggle), // within
		mark("ben", at("a.1", 5, 30), headway.Struggle),   // around
		mark("ben", sentence, headway.Habit),              // of another kind
		settled(sentence, headway.Struggle, headway.Dismissed),
	)
	j := deed.NewJudgements(ops)
	want := map[headway.Label]map[headway.Span]headway.Verdict{
		headway.Struggle: {at("a.1", 5, 10): headway.Kept, at("a.1", 20, 30): headway.Kept, sentence: headway.Dismissed},
		headway.Habit:    {sentence: headway.Kept},
	}
	if diff := cmp.Diff(want, j.Labels); diff != "" {
		t.Error(diff)
	}
	if made := j.Made[headway.Struggle][sentence]; made.Seq != 4 || made.Member != "anna" {
		t.Errorf("decided by %v", made)
	}
	if made := j.Made[headway.Struggle][at("a.1", 5, 10)]; made.Member != "ben" {
		t.Errorf("what is left of a wider mark is %v's", made.Member)
	}
}

func TestASettlementTakenBackLeavesTheMarksAsTheyWere(t *testing.T) {
	sentence := at("a.1", 10, 20)
	ops := inOrder(
		mark("ben", at("a.1", 12, 15), headway.Struggle),
		settled(sentence, headway.Struggle, headway.Dismissed),
		settled(sentence, headway.Struggle, headway.Undecided),
	)
	if diff := cmp.Diff(deed.NewJudgements(ops[:1]), deed.NewJudgements(ops)); diff != "" {
		t.Error(diff)
	}
	again := settled(sentence, headway.Struggle, headway.Kept)
	ops = inOrder(append(ops, again)...)
	if diff := cmp.Diff(map[headway.Span]headway.Verdict{sentence: headway.Kept}, deed.NewJudgements(ops).Labels[headway.Struggle]); diff != "" {
		t.Error(diff)
	}
}
