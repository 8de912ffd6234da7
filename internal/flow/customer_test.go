package flow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// Zenith Boxes, its people and what they say are invented.
var (
	firstCall = source.File{Name: "first-call.txt", Data: []byte(`Jan Ours: What is hard about the bookings?

Ute Lind: I want the bookings done before lunch so that I can go home on time.

Jan Ours: We will send you the import by Friday.

Bo Ekdahl: I am afraid that the auditor finds a gap and the licence is gone.
`)}
	secondCall = source.File{Name: "second-call.txt", Data: []byte(`Jan Ours: How has it been?

Ute Lind: The import never came, and it was not the scanner as you had said.

Jan Ours: I see.

Ute Lind: Lunch is right though.
`)}
)

// zenith imports both calls into a study that looked without guessing, and
// gives what is said of everybody.
func zenith(t *testing.T, f *Flow) (first, second headway.Conversation) {
	t.Helper()
	s := must(f.OpenStudy(t.Context(), "Zenith", headway.OneCustomer))(t)
	if err := f.Skip(t.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{firstCall, secondCall}), source.Options{Ours: []string{"Jan Ours"}, Theirs: []string{"Ute Lind", "Bo Ekdahl"}}, nil))(t)
	for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
		c := must(f.store.Conversation(t.Context(), f.ws, h.ID))(t)
		if h.File == firstCall.Name {
			first = c
		} else {
			second = c
		}
	}
	return first, second
}

// turn gives all words of a turn.
func turn(c headway.Conversation, n int) headway.Span {
	text := c.Turns[n].Text
	return headway.Span{Text: text.ID, End: headway.NewRuler(text.Text).Point(len(text.Text))}
}

func saidIn(c headway.Conversation, n int) headway.PersonID {
	return c.Speaker(c.Turns[n].Speaker).Person()
}

// do fails at the first error.
func do(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestANameAloneNeverMakesTwoPeopleOneAndAMemberMay(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first, second := zenith(t, f)
	ute, again := saidIn(first, 1), saidIn(second, 1)
	all := must(f.Everybody(ctx))(t)
	if len(all.People) != 3 || len(all.Named("ute")) != 2 {
		t.Fatalf("people are %+v", all.People)
	}
	if why := all.Perhaps(10); len(why) != 1 || why[0].Why != "the same name in two conversations" {
		t.Errorf("suggested are %+v", why)
	}
	do(t, f.SetRole(ctx, again, headway.User), f.Merge(ctx, again, ute))
	p := must(must(f.Everybody(ctx))(t).Person(again))(t)
	if p.ID != ute || p.Role != headway.User || len(p.Conversations) != 2 || !slices.Equal(p.Merged, []headway.PersonID{again}) {
		t.Errorf("as one they are %+v", p)
	}
	if why := must(f.Everybody(ctx))(t).Perhaps(10); len(why) != 0 {
		t.Errorf("suggested still: %+v", why)
	}
	do(t, f.Split(ctx, again))
	if p := must(must(f.Everybody(ctx))(t).Person(ute))(t); len(p.Conversations) != 1 || p.Role != "" {
		t.Errorf("split, %+v keeps what was the other's", p)
	}
}

func TestNobodyIsListedWhoseStudyStillGuesses(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first, _ := zenith(t, f)
	s := must(f.OpenStudy(ctx, "Guessing", headway.OneCustomer))(t)
	must(f.store.Apply(ctx, f.ws, headway.Operation{Deed: headway.DeedAdd, Study: s.ID, Conversations: []headway.ConversationID{first.ID}, At: f.now()}))(t)
	all := must(f.Everybody(ctx))(t)
	if len(all.People) != 1 || len(all.Guessing) != 1 {
		t.Errorf("listed are %+v, guessing %+v", all.People, all.Guessing)
	}
	if _, err := f.Customer(ctx, saidIn(first, 1)); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("their page gives %v", err)
	}
}

func TestABuyerAndAUserOfOneFirmAreShownSideBySide(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first, _ := zenith(t, f)
	ute, bo := saidIn(first, 1), saidIn(first, 3)
	do(t,
		f.SetAccount(ctx, ute, "Zenith  Boxes"), f.SetAccount(ctx, bo, "zenith boxes"),
		f.SetRole(ctx, ute, headway.User), f.SetRole(ctx, bo, headway.Buyer),
		f.Mark(ctx, headway.Passage{turn(first, 1)}, headway.Motivation, headway.Kept),
		f.Mark(ctx, headway.Passage{turn(first, 3)}, headway.Anxiety, headway.Kept))
	p := must(must(f.Everybody(ctx))(t).Person(ute))(t)
	c := must(f.Account(ctx, p.Firm.ID))(t)
	if len(c.People) != 2 || len(c.Voices) != 2 {
		t.Fatalf("the account has %d people and %d roles", len(c.People), len(c.Voices))
	}
	if len(c.Differences) != 1 {
		t.Fatalf("differences are %+v", c.Differences)
	}
	d := c.Differences[0]
	if diff := cmp.Diff([2]headway.Span{turn(first, 1), turn(first, 3)}, [2]headway.Span{d.A.Span, d.B.Span}); diff != "" || c.Words(d.B.Span).IsZero() {
		t.Error(diff)
	}
	if recent := must(f.Everybody(ctx))(t).Recent(10); len(recent) != 2 {
		t.Errorf("an account stands once among the recent ones: %+v", recent)
	}
}

func TestWhatPassedBetweenACustomerAndUsIsOnTheirPage(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first, second := zenith(t, f)
	ute := saidIn(first, 1)
	do(t, f.Merge(ctx, saidIn(second, 1), ute), f.Promise(ctx, turn(first, 2), ute, headway.Kept),
		f.Mark(ctx, headway.Passage{turn(first, 1)}, headway.Measure, headway.Kept))
	seq := must(f.SendBack(ctx, ute, []headway.Span{turn(first, 1)}))(t)
	do(t, f.Reply(ctx, seq, headway.Supports, turn(second, 3)), f.Repair(ctx, turn(second, 1), turn(first, 2), headway.Kept))
	c := must(f.Customer(ctx, ute))(t)
	if len(c.Promises) != 1 || len(c.PlayBacks) != 1 || len(c.Repairs) != 1 || c.PlayBacks[0].Reply.Answer.Span != turn(second, 3) {
		t.Fatalf("the page has %+v", c.Customer)
	}
	if measure := c.Of(headway.Measure).Lines[0]; measure.Confirmed.IsZero() {
		t.Error("their measure was confirmed, and the page does not know when")
	}
	if len(c.Next) == 0 || c.Next[0].Recall != turn(second, 1) || c.Next[0].Text != "What did we get wrong last time?" {
		t.Errorf("the next questions begin with %+v", c.Next)
	}
	study := must(f.Studies(ctx))(t)[0].ID
	asks := func() string {
		m, texts, err := f.Mirror(ctx, study, mirror.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		return m.NextQuestions[0].Text + " " + texts.Quote(m.NextQuestions[0].Recall).String()
	}
	if got := asks(); !strings.HasPrefix(got, "What did we get wrong last time? The import never came") {
		t.Errorf("the study's next questions begin with %q", got)
	}
	for range 6 {
		must(f.Undo(ctx))(t)
	}
	if got := asks(); strings.HasPrefix(got, "What did we get wrong") {
		t.Error("undone, it still opens the study's next questions")
	}
	p := must(f.Customer(ctx, ute))(t)
	if len(p.Promises)+len(p.PlayBacks)+len(p.Repairs) != 0 || len(p.Talks) != 1 {
		t.Errorf("undone, the page still has %+v", p.Customer)
	}
	if err := f.Promise(ctx, turn(first, 1), ute, headway.Kept); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("their own words as our promise: %v", err)
	}
}

func TestWhoseWordsMayBeKeptNoLongerIsListedWithWhatWouldBeLost(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	first, _ := zenith(t, f)
	ute, bo := saidIn(first, 1), saidIn(first, 3)
	now := f.now()
	do(t, f.SetConsent(ctx, ute, headway.ConsentGiven, now.Add(-time.Hour)), f.SetConsent(ctx, bo, headway.ConsentGiven, now.AddDate(1, 0, 0)),
		f.Mark(ctx, headway.Passage{turn(first, 1)}, headway.Motivation, headway.Kept), f.Promise(ctx, turn(first, 2), ute, headway.Kept))
	lapsed := must(f.Lapsed(ctx))(t)
	if len(lapsed) != 1 || lapsed[0].Person.ID != ute {
		t.Fatalf("lapsed are %+v", lapsed)
	}
	if l := lapsed[0]; l.Conversations != 1 || l.Turns != 1 || l.Kept != 1 || l.Promises != 1 {
		t.Errorf("would be lost: %+v", l)
	}
	if c := must(f.Customer(ctx, ute))(t); c.Words(turn(first, 1)).IsZero() {
		t.Error("something was deleted by itself")
	}
}
