package deed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Everybody and everything in these texts is invented.

const counting = "We count the boxes by hand, and the sheet never agrees."

// desk is a history of one conversation, written down as it happens.
type desk struct {
	t    *testing.T
	ops  []headway.Operation
	text map[headway.TextID]headway.TextVersion
}

func newDesk(t *testing.T) (*desk, headway.TextVersion) {
	first := headway.FirstText("t", counting)
	return &desk{t: t, text: map[headway.TextID]headway.TextVersion{first.ID: first}}, first
}

func (d *desk) do(op headway.Operation) int64 {
	op.Seq = int64(len(d.ops)) + 1
	op.Conversation = "c"
	d.ops = append(d.ops, op)
	return op.Seq
}

// mark keeps words where they stand first in a text.
func (d *desk) mark(text headway.TextVersion, words string) headway.Span {
	d.t.Helper()
	at := spanOf(d.t, text, words)
	d.do(headway.Operation{Deed: headway.DeedMark, Label: headway.Struggle, Verdict: headway.Kept, Span: at})
	return at
}

func (d *desk) edit(text headway.TextVersion, old, now string) (headway.TextVersion, int64) {
	d.t.Helper()
	at := spanOf(d.t, text, old)
	return d.reword(text, deed.Edit{Start: at.Start, End: at.End, Words: now})
}

func (d *desk) reword(text headway.TextVersion, edits ...deed.Edit) (headway.TextVersion, int64) {
	d.t.Helper()
	c, words, err := deed.Editing(text, edits)
	if err != nil {
		d.t.Fatal(err)
	}
	d.text[words.ID] = words
	return words, d.correct(c)
}

// put puts words before others.
func (d *desk) put(text headway.TextVersion, words, before string) (headway.TextVersion, int64) {
	d.t.Helper()
	at := spanOf(d.t, text, before).Start
	return d.reword(text, deed.Edit{Start: at, End: at, Words: words})
}

func (d *desk) correct(c headway.Correction) int64 {
	d.t.Helper()
	if err := c.Check(d.text); err != nil {
		d.t.Fatal(err)
	}
	return d.do(headway.Operation{Deed: headway.DeedCorrect, Correction: &c})
}

func (d *desk) undo(seq int64) {
	d.t.Helper()
	op, err := deed.NewHistory(d.ops).Inverse(d.ops[seq-1])
	if err != nil {
		d.t.Fatal(err)
	}
	d.do(op)
}

// kept gives the words that are marked, and those that wait.
func (d *desk) kept() (marked, waiting []string) {
	d.t.Helper()
	hanging := deed.Hang(d.ops)
	for _, op := range hanging.Operations {
		if op.Deed == headway.DeedMark {
			marked = append(marked, d.read(op.Passage()))
		}
	}
	for _, w := range hanging.Waiting {
		waiting = append(waiting, d.read(w.Stood))
	}
	return marked, waiting
}

func (d *desk) read(at headway.Passage) (words string) {
	d.t.Helper()
	for i, s := range at {
		q, err := d.text[s.Text].Cut(s)
		if err != nil {
			d.t.Fatal(err)
		}
		if i > 0 {
			words += "|"
		}
		words += q.String()
	}
	return words
}

func (d *desk) want(marked, waiting []string) {
	d.t.Helper()
	m, w := d.kept()
	if diff := cmp.Diff(marked, m); diff != "" {
		d.t.Errorf("marked (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(waiting, w); diff != "" {
		d.t.Errorf("waiting (-want +got):\n%s", diff)
	}
}

func spanOf(t *testing.T, text headway.TextVersion, words string) headway.Span {
	t.Helper()
	for at := range text.Len() {
		s := headway.Span{Text: text.ID, Start: at, End: at + len([]rune(words))}
		if q, err := text.Cut(s); err == nil && q.String() == words {
			return s
		}
	}
	t.Fatalf("%q is not in %q", words, text.Text)
	return headway.Span{}
}

func TestWordsThatWereKeptMoveAndWordsThatWereNotWait(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "the boxes")
	d.mark(first, "by hand")
	d.mark(first, "hand, and")
	d.mark(first, "never agrees")
	d.edit(first, "hand", "phone")
	d.want([]string{"the boxes", "never agrees"}, []string{"by hand", "hand, and"})
}

func TestACorrectionThatIsTakenBackBringsEverythingBackWhereItWas(t *testing.T) {
	d, first := newDesk(t)
	at := d.mark(first, "by hand")
	second, seq := d.edit(first, "hand", "phone")
	d.mark(second, "by phone")
	_, again := d.edit(second, "boxes", "crates")
	d.undo(again)
	d.want([]string{"by phone"}, []string{"by hand"})
	d.undo(seq)
	d.want([]string{"by hand"}, []string{"by phone"})
	if got := deed.NewJudgements(d.ops).Labels[headway.Struggle][at]; got != headway.Kept {
		t.Errorf("at the place that it had it is %q", got)
	}
}

func TestPartOfAWordIsAnotherWord(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "We count")
	d.mark(first, "the boxes")
	second, _ := d.edit(first, " count", "'d count")
	d.want([]string{"the boxes"}, []string{"We count"})
	d.edit(second, " boxes", "boxes")
	d.want(nil, []string{"We count", "the boxes"})
}

func TestWhatWasPutAmongWordsTearsThemApartAndBesideThemDoesNot(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "the boxes")
	second, _ := d.put(first, "all ", "the")
	d.want([]string{"the boxes"}, nil)
	d.put(second, "big ", "boxes")
	d.want(nil, []string{"the boxes"})
}

func TestASplitPartsAPassageAndJoiningMakesItWhole(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "boxes by hand")
	d.mark(first, "by hand")
	c, parts, err := deed.Splitting(first, len("We count the boxes"))
	if err != nil {
		t.Fatal(err)
	}
	d.text[parts[0].ID], d.text[parts[1].ID] = parts[0], parts[1]
	split := d.correct(c)
	d.want([]string{"boxes |by hand", "by hand"}, nil)
	joined, whole := deed.Joining(parts[0], parts[1])
	d.text[whole.ID] = whole
	join := d.correct(joined)
	d.want([]string{"boxes by hand", "by hand"}, nil)
	d.undo(join)
	d.want([]string{"boxes |by hand", "by hand"}, nil)
	d.undo(split)
	d.want([]string{"boxes by hand", "by hand"}, nil)
}

func TestWordsPutBetweenTheHalvesOfAPassageTearItApart(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "boxes by hand")
	c, parts, err := deed.Splitting(first, len("We count the boxes"))
	if err != nil {
		t.Fatal(err)
	}
	d.text[parts[0].ID], d.text[parts[1].ID] = parts[0], parts[1]
	d.correct(c)
	_, seq := d.put(parts[1], "only ", "by")
	d.want(nil, []string{"boxes |by hand"})
	d.undo(seq)
	d.want([]string{"boxes |by hand"}, nil)
}

func TestWhatHangsOnMaskedWordsMovesWithTheMask(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "boxes by hand")
	d.mark(first, "box")
	at := spanOf(t, first, "boxes")
	c, masked, err := deed.Masking(first, []deed.Edit{{Start: at.Start, End: at.End, Words: "[goods]"}})
	if err != nil {
		t.Fatal(err)
	}
	d.text[masked.ID] = masked
	seq := d.correct(c)
	d.want([]string{"[goods] by hand", "[goods]"}, nil)
	d.undo(seq)
	d.want([]string{"boxes by hand", "box"}, nil)
}

func TestAMemberSaysWhereWhatWaitsHangsNow(t *testing.T) {
	d, first := newDesk(t)
	at := d.mark(first, "by hand")
	second, seq := d.edit(first, "hand", "phone")
	settled := d.do(headway.Operation{Deed: headway.DeedReview, Span: at, Answer: spanOf(t, second, "by phone")})
	d.want([]string{"by phone"}, nil)
	_, more := d.edit(second, "We count", "They count")
	d.want([]string{"by phone"}, nil)
	d.undo(more)
	d.undo(settled)
	d.want(nil, []string{"by hand"})
	d.undo(int64(len(d.ops)))
	d.want([]string{"by phone"}, nil)
	d.undo(seq)
	d.want([]string{"by hand"}, nil)
}

func TestWhatIsLetGoHangsNowhereUntilItsWordsStandAgain(t *testing.T) {
	d, first := newDesk(t)
	at := d.mark(first, "by hand")
	_, seq := d.edit(first, "hand", "phone")
	d.do(headway.Operation{Deed: headway.DeedReview, Span: at})
	d.want(nil, nil)
	d.undo(seq)
	d.want([]string{"by hand"}, nil)
}

func TestAMarkOnWordsThatWereCorrectedMeanwhileFollowsThem(t *testing.T) {
	d, first := newDesk(t)
	second, _ := d.edit(first, "We count", "Then we count")
	d.edit(second, "sheet", "ledger")
	d.mark(first, "the boxes")
	d.mark(first, "the sheet")
	d.want([]string{"the boxes"}, []string{"the sheet"})
}

func TestWhatWasTakenBackBeforeItsWordsWentDoesNotWait(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "by hand")
	d.undo(1)
	d.edit(first, "hand", "phone")
	d.want(nil, nil)
}

func TestAConversationThatWasRemovedComesAgainAsItCame(t *testing.T) {
	d, first := newDesk(t)
	d.mark(first, "by hand")
	second, _ := d.edit(first, "hand", "phone")
	d.mark(second, "the boxes")
	d.do(headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{"c"}})
	d.want([]string{"by hand", "the boxes"}, nil)
	for at := range deed.NewJudgements(d.ops).Labels[headway.Struggle] {
		if at.Text != first.ID {
			t.Errorf("a mark hangs on %s", at.Text)
		}
	}
}
