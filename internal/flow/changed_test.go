package flow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// bringIn takes invented interviews into a study, and gives the time after it.
func bringIn(t *testing.T, f *Flow, study headway.StudyID, from, to int) time.Time {
	t.Helper()
	var files []source.File
	for n := from; n < to; n++ {
		files = append(files, invented(n))
	}
	must(f.ImportNow(t.Context(), study, FileList(files), source.Options{}, nil))(t)
	return f.now()
}

func changedSince(t *testing.T, f *Flow, study headway.StudyID, since time.Time) mirror.Change {
	t.Helper()
	c, texts, err := f.ChangedSince(t.Context(), study, since)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range c.Spans() {
		if texts.Quote(at).IsZero() {
			t.Errorf("%v cannot be cut", at)
		}
	}
	return c
}

func TestWhatASecondImportChangedIsTold(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes instead of hours")
	since := bringIn(t, f, s.ID, 0, 2)
	bringIn(t, f, s.ID, 0, 5) // the first two are known
	c := changedSince(t, f, s.ID, since)
	if want := (mirror.Extent{N: 2, Conversations: 2, CouldAsk: 2}); c.Before != want {
		t.Errorf("before %+v", c.Before)
	}
	if want := (mirror.Extent{N: 5, Conversations: 5, CouldAsk: 5}); c.After != want {
		t.Errorf("after %+v", c.After)
	}
	if len(c.Came) != 3 || len(c.Left) != 0 {
		t.Errorf("came %v, left %v", c.Came, c.Left)
	}
	if len(c.Guesses) != 1 || c.Guesses[0].Before.N != 2 || c.Guesses[0].After.N != 5 || len(c.Guesses[0].Near) == 0 {
		t.Errorf("guesses %+v", c.Guesses)
	}
	if c := changedSince(t, f, s.ID, f.now()); !c.Nothing() || c.After.N != 5 {
		t.Errorf("since now changed %+v", c)
	}
	if c := changedSince(t, f, s.ID, s.Opened.Add(-time.Hour)); c.Before != (mirror.Extent{}) || len(c.Came) != 5 || c.Guesses[0].Before != nil {
		t.Errorf("since before it was opened: %+v of %+v", c.Before, c.After)
	}
}

func TestWhatOneOfUsDecidedSinceIsAChangeThoughNobodyCame(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes instead of hours")
	since := bringIn(t, f, s.ID, 0, 2)
	m, _, err := f.Mirror(t.Context(), s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	near := m.YouSaid[0].Nearest[0]
	if err := f.Judge(t.Context(), s.ID, m.YouSaid[0].Guess.ID, near.Span, headway.Supports); err != nil {
		t.Fatal(err)
	}
	c := changedSince(t, f, s.ID, since)
	if c.Before != c.After || len(c.Came) != 0 || len(c.Guesses) != 1 || c.Guesses[0].Before.Confirmed != 0 || c.Guesses[0].After.Confirmed != 1 {
		t.Errorf("changed %+v", c)
	}
}

func TestACorrectedWordIsNoChangeOfWhatCustomersSaid(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes instead of hours")
	bringIn(t, f, s.ID, 0, 2)
	m, _, err := f.Mirror(t.Context(), s.ID, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	near := m.YouSaid[0].Nearest[0]
	if err := f.Judge(t.Context(), s.ID, m.YouSaid[0].Guess.ID, near.Span, headway.Supports); err != nil {
		t.Fatal(err)
	}
	since := f.now()
	c, _, err := f.Conversation(t.Context(), near.Conversation, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, turn := range c.Turns {
		if turn.Text.ID == near.Span.Text {
			must(f.CorrectText(t.Context(), turn.Text.ID, turn.Text.Text+" Truly."))(t)
		}
	}
	for _, g := range changedSince(t, f, s.ID, since).Guesses {
		if *g.Before != *g.After {
			t.Errorf("a correction changed %+v into %+v", *g.Before, *g.After)
		}
	}
}

func TestTwoStudiesOfTheSameConversationsDifferInTheirGuessesOnly(t *testing.T) {
	f := openTest(t)
	a := studyWith(t, f, "The count takes minutes instead of hours")
	bringIn(t, f, a.ID, 0, 3)
	b := studyWith(t, f, "They want to be home early")
	heads := must(f.Conversations(t.Context(), a.ID))(t)
	var ids []headway.ConversationID
	for _, h := range heads {
		ids = append(ids, h.ID)
	}
	if n := must(f.AddTo(t.Context(), b.ID, append(ids, ids[0])))(t); n != 3 {
		t.Errorf("%d were added", n)
	}
	if n := must(f.AddTo(t.Context(), b.ID, ids))(t); n != 0 {
		t.Errorf("%d were added again", n)
	}
	c, _, err := f.Beside(t.Context(), a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if c.Before != c.After || len(c.Came)+len(c.Left)+len(c.Kinds) != 0 || len(c.Guesses) != 2 {
		t.Errorf("%+v", c)
	}
	if n := must(f.LeaveOut(t.Context(), b.ID, ids[:1]))(t); n != 1 {
		t.Errorf("%d left", n)
	}
	if c, _, err = f.Beside(t.Context(), a.ID, b.ID); err != nil || len(c.Left) != 1 || c.After.N != 2 {
		t.Errorf("one left: %+v, %v", c, err)
	}
	_, _, err = f.Beside(t.Context(), a.ID, a.ID)
	wantCode(t, err, headway.Invalid)
}

func TestTakingAConversationOutOfAStudyIsUndoneAndDoneAgain(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes")
	since := bringIn(t, f, s.ID, 0, 2)
	out := must(f.Conversations(t.Context(), s.ID))(t)[0].ID
	must(f.LeaveOut(t.Context(), s.ID, []headway.ConversationID{out}))(t)
	count := func() int { return len(must(f.Conversations(t.Context(), s.ID))(t)) }
	if c := changedSince(t, f, s.ID, since); count() != 1 || len(c.Left) != 1 || c.Before.N != 2 || c.After.N != 1 {
		t.Errorf("%d are left; changed %+v", count(), c)
	}
	must(f.Undo(t.Context()))(t)
	if count() != 2 {
		t.Errorf("undone, %d are in it", count())
	}
	must(f.Redo(t.Context()))(t)
	if count() != 1 {
		t.Errorf("done again, %d are in it", count())
	}
	must(f.StudyOf(t.Context(), "Guessing", headway.OneCustomer, []headway.ConversationID{out}))(t)
	if c := changedSince(t, f, s.ID, since); len(c.Left) != 0 || c.Before.N != 1 {
		t.Errorf("what another study guesses about is shown: %+v", c)
	}
}

func TestAStudyOfChosenConversationsGuessesBeforeItShowsThem(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first := studyWith(t, f, "The count takes minutes")
	bringIn(t, f, first.ID, 0, 2)
	id := must(f.Conversations(ctx, first.ID))(t)[0].ID
	s := must(f.StudyOf(ctx, "Only one", headway.OneCustomer, []headway.ConversationID{id}))(t)
	if s.Phase != headway.Guessing {
		t.Fatalf("it is %s", s.Phase)
	}
	_, _, err := f.Conversation(ctx, id, s.ID)
	wantCode(t, err, headway.Denied)
	_, _, err = f.Conversation(ctx, id, "")
	wantCode(t, err, headway.Denied)
	if _, _, err := f.Conversation(ctx, id, first.ID); err != nil {
		t.Error("the study that showed it does no more:", err)
	}
	_, _, err = f.ChangedSince(ctx, s.ID, s.Opened)
	wantCode(t, err, headway.Denied)
	_, _, err = f.Beside(ctx, first.ID, s.ID)
	wantCode(t, err, headway.Denied)
	if err := f.Skip(ctx, s.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Conversation(ctx, id, s.ID); err != nil {
		t.Error(err)
	}
}

func TestOnlyWhatIsHereIsPutIntoAStudy(t *testing.T) {
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes")
	_, err := f.AddTo(t.Context(), s.ID, []headway.ConversationID{"nowhere"})
	wantCode(t, err, headway.NotFound)
	_, err = f.AddTo(t.Context(), s.ID, nil)
	wantCode(t, err, headway.Invalid)
	_, err = f.StudyOf(t.Context(), "Nothing", headway.OurCustomers, []headway.ConversationID{"nowhere"})
	wantCode(t, err, headway.NotFound)
	if studies := must(f.Studies(t.Context()))(t); len(studies) != 1 {
		t.Errorf("a study of nothing was opened: %v", studies)
	}
	if diff := cmp.Diff(0, must(f.LeaveOut(t.Context(), s.ID, []headway.ConversationID{"nowhere"}))(t)); diff != "" {
		t.Error(diff)
	}
}

func TestFromWhenOnChangesAreAskedForIsReadAsPeopleWriteIt(t *testing.T) {
	f := openTest(t)
	s := must(f.OpenStudy(t.Context(), "stock", headway.OurCustomers))(t)
	_, err := f.RevealedAt(t.Context(), s.ID)
	wantCode(t, err, headway.Denied)
	early := f.now()
	must(f.Seal(t.Context(), s.ID, []headway.Guess{{Slot: headway.Measure, Text: "minutes"}}))(t)
	sealed := must(f.RevealedAt(t.Context(), s.ID))(t)
	if !sealed.After(early) || !sealed.Before(f.now()) {
		t.Errorf("sealed at %v", sealed)
	}
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)
	for value, want := range map[string]time.Time{
		"": now.AddDate(0, 0, -7), "week": now.AddDate(0, 0, -7), "month": now.AddDate(0, 0, -30), "seal": sealed,
		"2026-11-15": time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC), "2026-11-15T08:00:00+01:00": time.Date(2026, 11, 15, 7, 0, 0, 0, time.UTC),
	} {
		got := must(ReadSince(value, now, func() (time.Time, error) { return sealed, nil }))(t)
		if !got.Equal(want) {
			t.Errorf("%q is read as %v", value, got)
		}
	}
	for _, value := range []string{"yesterday", "15.11.2026", "2026-02-31"} {
		_, err := ReadSince(value, now, nil)
		wantCode(t, err, headway.Invalid)
	}
}
