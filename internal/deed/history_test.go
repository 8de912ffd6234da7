package deed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// log is operations as a store appends them.
type log []headway.Operation

func (l *log) do(op headway.Operation) int64 {
	op.Seq = int64(len(*l)) + 1
	if op.Member == "" {
		op.Member = "anna"
	}
	*l = append(*l, op)
	return op.Seq
}

// undo takes back the latest deed of a member, and says how many operations that took.
func (l *log) undo(t *testing.T, by headway.MemberID) int {
	t.Helper()
	return l.reverse(t, by, deed.NewHistory(*l).Latest(by))
}

func (l *log) redo(t *testing.T, by headway.MemberID) int {
	t.Helper()
	return l.reverse(t, by, deed.NewHistory(*l).Undone(by))
}

func (l *log) reverse(t *testing.T, by headway.MemberID, ops []headway.Operation) int {
	t.Helper()
	h, batch := deed.NewHistory(*l), int64(0)
	if len(ops) > 1 {
		batch = int64(len(*l)) + 1
	}
	for _, op := range ops {
		back, err := h.Inverse(op)
		if err != nil {
			t.Fatal(err)
		}
		back.Member, back.Batch = by, batch
		l.do(back)
	}
	return len(ops)
}

func marked(at int, v headway.Verdict) headway.Operation {
	return headway.Operation{Deed: headway.DeedMark, Label: headway.Struggle, Span: headway.Span{Text: "t.1", Start: at, End: at + 1}, Verdict: v}
}

// verdicts reads the log's verdicts on the first three places.
func (l log) verdicts() [3]headway.Verdict {
	labels := deed.NewJudgements(l).Labels[headway.Struggle]
	return [3]headway.Verdict{labels[marked(0, "").Span], labels[marked(1, "").Span], labels[marked(2, "").Span]}
}

func (l log) want(t *testing.T, want ...headway.Verdict) {
	t.Helper()
	if got := l.verdicts(); got != [3]headway.Verdict(want) {
		t.Errorf("the verdicts are %q, want %q", got, want)
	}
}

func TestDeedsAreUndoneAndDoneAgainOneByOne(t *testing.T) {
	var l log
	l.do(marked(0, headway.Kept))
	l.do(marked(0, headway.Dismissed))
	l.do(marked(1, headway.Kept))
	l.undo(t, "anna")
	l.want(t, headway.Dismissed, "", "")
	l.undo(t, "anna")
	l.want(t, headway.Kept, "", "") // what was decided before holds again
	l.undo(t, "anna")
	l.want(t, "", "", "")
	if n := l.undo(t, "anna"); n != 0 {
		t.Errorf("%d more deeds were undone than there are", n)
	}
	for _, want := range [][]headway.Verdict{{headway.Kept, "", ""}, {headway.Dismissed, "", ""}, {headway.Dismissed, headway.Kept, ""}} {
		l.redo(t, "anna")
		l.want(t, want...)
	}
	if n := l.redo(t, "anna"); n != 0 {
		t.Errorf("%d more deeds were done again than were undone", n)
	}
	l.undo(t, "anna")
	l.want(t, headway.Dismissed, "", "")
	l.do(marked(2, headway.Kept))
	if n := l.redo(t, "anna"); n != 0 {
		t.Error("what was undone could be done again after something else was done")
	}
	l.want(t, headway.Dismissed, "", headway.Kept)
}

func TestEachUndoesTheirOwn(t *testing.T) {
	var l log
	l.do(marked(0, headway.Kept))
	bens := marked(1, headway.Kept)
	bens.Member = "ben"
	l.do(bens)
	l.undo(t, "anna")
	l.want(t, "", headway.Kept, "")
	if n := l.redo(t, "ben"); n != 0 {
		t.Error("ben did again what anna had undone")
	}
	l.undo(t, "ben")
	l.want(t, "", "", "")
}

func TestWhatWasDoneAsOneIsUndoneAsOne(t *testing.T) {
	var l log
	for at := range 3 {
		op := marked(at, headway.Dismissed)
		op.Batch = 1
		l.do(op)
	}
	l.undo(t, "anna")
	l.want(t, "", "", "")
	l.redo(t, "anna")
	l.want(t, headway.Dismissed, headway.Dismissed, headway.Dismissed)
	l.undo(t, "anna")
	l.want(t, "", "", "")
}

func TestADecisionThatWasOvertakenIsNotUndone(t *testing.T) {
	var l log
	first := l.do(marked(0, headway.Kept))
	newer := marked(0, headway.Dismissed)
	newer.Member = "ben"
	l.do(newer)
	_, err := deed.NewHistory(l).Inverse(l[first-1])
	wantCode(t, err, headway.Conflict)
	l.undo(t, "ben")
	l.want(t, headway.Kept, "", "")
	l.undo(t, "anna")
	l.want(t, "", "", "")
	_, err = deed.NewHistory(l).Inverse(l[first-1])
	wantCode(t, err, headway.Conflict)
}

func TestWhatIsSealedStaysSealed(t *testing.T) {
	var l log
	for _, d := range []headway.Deed{headway.DeedSeal, headway.DeedRemove, headway.DeedErase, headway.DeedOpen} {
		seq := l.do(headway.Operation{Deed: d})
		_, err := deed.NewHistory(l).Inverse(l[seq-1])
		wantCode(t, err, headway.Invalid)
	}
	if ops := deed.NewHistory(l).Latest("anna"); ops != nil {
		t.Errorf("%v was offered to be undone", ops)
	}
}

func TestTheInverseOfADeed(t *testing.T) {
	text := headway.Correction{From: []headway.TextID{"t.1"}, To: []headway.TextID{"t.2"}, Kept: []headway.Piece{{From: headway.Span{Text: "t.1", End: 3}, To: headway.Span{Text: "t.2", Start: 1, End: 4}}}}
	back := text.Inverse()
	for name, c := range map[string]struct{ before, deed, want headway.Operation }{
		"a side goes back to what it was before": {
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s", Side: headway.Ours},
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s", Side: headway.Theirs},
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s", Side: headway.Ours},
		},
		"the first side to what the file said": {
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "other", Side: headway.Ours},
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s", Side: headway.Theirs},
			headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s"},
		},
		"a merge is split": {
			headway.Operation{Deed: headway.DeedOpen},
			headway.Operation{Deed: headway.DeedMerge, Person: "p", Into: "q"},
			headway.Operation{Deed: headway.DeedSplit, Person: "p"},
		},
		"a split is merged into whom it was": {
			headway.Operation{Deed: headway.DeedMerge, Person: "p", Into: "q"},
			headway.Operation{Deed: headway.DeedSplit, Person: "p"},
			headway.Operation{Deed: headway.DeedMerge, Person: "p", Into: "q"},
		},
		"a correction is corrected back": {
			headway.Operation{Deed: headway.DeedOpen},
			headway.Operation{Deed: headway.DeedCorrect, Conversation: "c", Correction: &text},
			headway.Operation{Deed: headway.DeedCorrect, Conversation: "c", Correction: &back},
		},
		"a mask is lifted": {
			headway.Operation{Deed: headway.DeedOpen},
			headway.Operation{Deed: headway.DeedMask, Conversation: "c", Correction: &text},
			headway.Operation{Deed: headway.DeedLift, Conversation: "c", Correction: &back},
		},
		"a note is taken off": {
			headway.Operation{Deed: headway.DeedOpen},
			headway.Operation{Deed: headway.DeedNote, Note: "n", Span: headway.Span{Text: "t.1", End: 1}},
			headway.Operation{Deed: headway.DeedNote, Note: "n", Span: headway.Span{Text: "t.1", End: 1}, Verdict: headway.Undecided},
		},
		"a role is not known again": {
			headway.Operation{Deed: headway.DeedRole, Person: "q", Role: headway.User},
			headway.Operation{Deed: headway.DeedRole, Person: "p", Role: headway.Buyer},
			headway.Operation{Deed: headway.DeedRole, Person: "p"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var l log
			l.do(c.before)
			seq := l.do(c.deed)
			got, err := deed.NewHistory(l).Inverse(l[seq-1])
			if err != nil {
				t.Fatal(err)
			}
			c.want.Undoes = seq
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func wantCode(t *testing.T, err error, want headway.Code) {
	t.Helper()
	if got := headway.ErrorCode(err); got != want {
		t.Errorf("the error is %v (%q), want %q", err, got, want)
	}
}
