package flow

import (
	"slices"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// Where hearing is slow, a large import does not keep the machine busy for days.
func TestASlowListenerHearsTheNewestForAWhileAndLeavesTheRest(t *testing.T) {
	f := openTest(t)
	f.listenFor, f.perListening = 3*time.Minute, 1
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	f.now = func() time.Time { return now }
	var heard []headway.ConversationID
	f.careful = Pass{attentive.Version, func(c *headway.Conversation) headway.Hearing {
		heard = append(heard, c.ID)
		now = now.Add(time.Minute)
		return attentive.Hear(c)
	}}
	s := studyWith(t, f, "minutes")
	var came []headway.ConversationID
	imports := func(n int) {
		must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(n)}), source.Options{}, nil))(t)
		for _, h := range must(f.Conversations(t.Context(), s.ID))(t) {
			if !slices.Contains(came, h.ID) {
				came = append(came, h.ID)
			}
		}
	}
	listens := func(want ...headway.ConversationID) {
		t.Helper()
		heard = nil
		if err := f.hearNewest(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(heard, want) {
			t.Errorf("heard %v, want %v", heard, want)
		}
	}

	for n := range 5 {
		imports(n)
	}
	listens(came[4], came[3], came[2])
	wantCloseness(t, f, s.ID, Closeness{Heard: 3, All: 5, Left: true})
	listens()
	imports(5)
	listens(came[5])
	wantCloseness(t, f, s.ID, Closeness{Heard: 4, All: 6, Left: true})

	if err := f.HearCarefully(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 6, All: 6})
}

func TestASlowListenerWithTimeEnoughLeavesNothing(t *testing.T) {
	f := openTest(t)
	f.listenFor, f.careful = time.Hour, attentive
	s := studyWith(t, f, "minutes")
	for n := range 3 {
		must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(n)}), source.Options{}, nil))(t)
	}
	if err := f.hearNewest(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCloseness(t, f, s.ID, Closeness{Heard: 3, All: 3})
}
