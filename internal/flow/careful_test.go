package flow

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// attentive hears a struggle in each sentence of a customer's and nothing else,
// so that everything it heard can be told from what was heard quickly.
var attentive = Pass{"attentive 1", func(c *headway.Conversation) headway.Hearing {
	h := hear.Conversation(c)
	h.Version = "attentive 1"
	for i := range h.Sentences {
		h.Sentences[i].Labels = nil
		if h.Sentences[i].Side == headway.Theirs {
			h.Sentences[i].Labels = []headway.Scored{{Label: headway.Struggle, Score: .9, Counted: true, By: "attentive 1", Why: "listened"}}
		}
	}
	return h
}}

// heardBy counts the sentences that a study's mirror shows, by who heard them.
func heardBy(t *testing.T, f *Flow, study headway.StudyID) map[string]int {
	t.Helper()
	m, _, err := f.Mirror(t.Context(), study, mirror.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, said := range m.TheySaid.Slots {
		for _, l := range said.Lines {
			by[l.By]++
		}
	}
	return by
}

func wantHeardBy(t *testing.T, f *Flow, study headway.StudyID, want map[string]int) {
	t.Helper()
	if diff := cmp.Diff(want, heardBy(t, f, study)); diff != "" {
		t.Errorf("sentences by who heard them (-want +got):\n%s", diff)
	}
}

func wantCloseness(t *testing.T, f *Flow, study headway.StudyID, want Closeness) {
	t.Helper()
	if got := must(f.Closeness(t.Context(), study))(t); got != want {
		t.Errorf("heard carefully: %+v, want %+v", got, want)
	}
}

func TestWhatIsHeardCarefullyIsInEveryMirrorUntilASideChanges(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	both := FileList([]source.File{invented(1), invented(2)})
	s := studyWith(t, f, "The count takes minutes instead of hours")
	other := must(f.OpenStudy(t.Context(), "another", headway.OurCustomers))(t)
	must(f.Seal(t.Context(), other.ID, []headway.Guess{{Slot: headway.Pull, Text: "It is cheap"}}))(t)
	for _, study := range []headway.StudyID{s.ID, other.ID} {
		must(f.ImportNow(t.Context(), study, both, source.Options{}, nil))(t)
	}
	quick := heardBy(t, f, s.ID)
	if len(quick) == 0 || quick["attentive 1"] > 0 {
		t.Fatalf("after the import: %v", quick)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 0, All: 2})

	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 2, All: 2})
	careful := map[string]int{"attentive 1": 8}
	wantHeardBy(t, f, s.ID, careful)
	wantHeardBy(t, f, other.ID, careful)
	head := must(f.Conversations(t.Context(), s.ID))(t)[0]
	if _, h, err := f.Conversation(t.Context(), head.ID, s.ID); err != nil || h.Version != "attentive 1" {
		t.Errorf("the conversation's page shows what %q heard, %v", h.Version, err)
	}

	// A study that comes later has the same of it, though its import heard quickly.
	third := must(f.OpenStudy(t.Context(), "a third", headway.OurCustomers))(t)
	must(f.Seal(t.Context(), third.ID, []headway.Guess{{Slot: headway.Habit, Text: "They count on Fridays"}}))(t)
	must(f.ImportNow(t.Context(), third.ID, both, source.Options{}, nil))(t)
	wantHeardBy(t, f, third.ID, careful)

	for _, speaker := range head.Speakers {
		if err := f.Place(t.Context(), head.ID, speaker.ID, headway.Theirs); err != nil {
			t.Fatal(err)
		}
	}
	wantCloseness(t, f, "", Closeness{Heard: 1, All: 2})
	mixed := heardBy(t, f, s.ID)
	if mixed["attentive 1"] != 4 || len(mixed) == 1 {
		t.Errorf("with one conversation stale: %v", mixed)
	}
	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantHeardBy(t, f, s.ID, map[string]int{"attentive 1": 10}) // the interviewer's two questions, too
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches > 0 {
		t.Errorf("%q", v.Wrong)
	}
}

func TestASpanOfTheCarefulPassIsVerifiedToo(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	must(f.ImportNow(t.Context(), studyWith(t, f, "minutes").ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	var heard []store.Derived
	for row, err := range f.store.AllDerived(t.Context(), f.ws, stepHearCarefully, attentive.Version) {
		heard = append(heard, must(row, err)(t))
	}
	nowhere := headway.Hearing{Conversation: headway.ConversationID(heard[0].Subject), Version: attentive.Version}
	nowhere.Sentences = []headway.Heard{{Span: headway.Span{Text: "nowhere", End: 1}}}
	if err := f.store.PutDerived(t.Context(), f.ws, must(hearingRow(heard[0].Inputs, nowhere))(t)); err != nil {
		t.Fatal(err)
	}
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 1 {
		t.Errorf("%d mismatches, want 1: %q", v.Mismatches, v.Wrong)
	}
}

func TestAListenerThatIsStoppedLeavesAllUsableAndIsTakenUpAgain(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	f.perListening = 1
	ctx, stop := context.WithCancel(t.Context())
	heard := 0
	f.careful = Pass{attentive.Version, func(c *headway.Conversation) headway.Hearing {
		if heard++; heard == 2 {
			stop()
			select {} // however long it takes, nobody waits for it
		}
		return attentive.Hear(c)
	}}
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1), invented(2), invented(3)}), source.Options{}, nil))(t)
	if err := f.Listen(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 1, All: 3})
	if by := heardBy(t, f, s.ID); by["attentive 1"] != 4 || len(by) == 1 {
		t.Errorf("the mirror after the stop: %v", by)
	}
	p := must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(4)}), source.Options{}, nil))(t)
	if p.Added != 1 {
		t.Errorf("an import after the stop: %+v", p)
	}

	again := openAt(t, dir)
	again.careful = attentive
	if err := again.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantHeardBy(t, again, s.ID, map[string]int{"attentive 1": 16})
}

func TestAListenerHearsWhatIsImportedMeanwhile(t *testing.T) {
	f := openTest(t)
	heard := make(chan headway.ConversationID)
	f.careful = Pass{attentive.Version, func(c *headway.Conversation) headway.Hearing {
		heard <- c.ID
		return attentive.Hear(c)
	}}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- f.Listen(ctx) }()
	s := studyWith(t, f, "minutes")
	var last headway.ConversationID
	for n := range 2 {
		must(f.Import(t.Context(), s.ID, []source.File{invented(n)}, source.Options{}))(t)
		id := <-heard
		if id == last {
			t.Errorf("%s was heard twice", id)
		}
		last = id
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// leasedStore tells once a lease was taken.
type leasedStore struct {
	store.Store
	taken chan struct{}
}

func (s leasedStore) Acquire(ctx context.Context, ws headway.WorkspaceID, name, holder string, now, until time.Time) error {
	defer close(s.taken)
	return s.Store.Acquire(ctx, ws, name, holder, now, until)
}

func TestAnImportGoesFirst(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	s := studyWith(t, f, "minutes")
	taken := make(chan struct{})
	f.store = leasedStore{f.store, taken}
	f.start(t.Context(), &running{study: s.ID}, func(ctx context.Context) (Progress, error) {
		<-taken // the careful pass has begun, and finds nothing yet
		return f.ImportNow(ctx, s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil)
	})
	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 1, All: 1})
}

func TestNewRulesOfTheCarefulPassHearAgainAndOldOnesAreDropped(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.careful.Version = "attentive 2"
	wantCloseness(t, f, s.ID, Closeness{Heard: 0, All: 1})
	clear(f.shown) // another start
	if by := heardBy(t, f, s.ID); by["attentive 1"] != 0 {
		t.Errorf("shown by rules that are no more: %v", by)
	}
	if err := f.Rederive(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for range f.store.AllDerived(t.Context(), f.ws, stepHearCarefully, "attentive 1") {
		t.Error("what the old rules heard is still kept")
	}
}

func TestPagesCountAgainOnceAFiftiethIsHeardOrAllMayBe(t *testing.T) {
	for _, test := range []struct {
		heard, all, more int
		again            bool
	}{
		{0, 3, 0, false},
		{0, 3, 1, true},
		{100, 2600, 51, false},
		{100, 2600, 52, true},
		{2599, 2600, 1, true},
		{2580, 2600, 19, false},
		{2600, 2600, 0, false},
		{10, 2600, -1, true}, // a backup was put in its place
	} {
		t.Run(fmt.Sprintf("%d of %d and then %d", test.heard, test.all, test.more), func(t *testing.T) {
			c := counted{Closeness: Closeness{Heard: test.heard, All: test.all}, listened: 7}
			if got := c.behind(7 + test.more); got != test.again {
				t.Errorf("counted again: %v", got)
			}
		})
	}
}

// carefulStore lets a test hear carefully just before an import stores what it heard.
type carefulStore struct {
	store.Store
	before func()
}

func (s carefulStore) PutDerived(ctx context.Context, ws headway.WorkspaceID, rows ...store.Derived) error {
	if len(rows) > 0 && rows[0].Step == stepHear {
		s.before()
	}
	return s.Store.PutDerived(ctx, ws, rows...)
}

func TestAnImportThatStoresAfterTheCarefulPassDoesNotOutdoIt(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	s := studyWith(t, f, "minutes")
	late := New(Config{Workspace: f.ws, Blobs: f.blobs, Careful: attentive, Store: carefulStore{f.store, func() {
		if err := f.HearCarefully(t.Context()); err != nil {
			t.Error(err)
		}
	}}})
	must(late.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	wantHeardBy(t, f, s.ID, map[string]int{"attentive 1": 4})
}
