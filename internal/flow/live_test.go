package flow

import (
	"context"
	"slices"
	"testing"

	"github.com/headway-oss/headway"
)

func TestWhoLooksAtAConversationIsToldOfDeedsInIt(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	c := talk(t, f)
	_, before, err := f.Changes(t.Context(), c.ID, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	moved := f.Moved()
	if err := f.Mark(t.Context(), wordsOf(c, 1, 0, 5), headway.Struggle, headway.Kept); err != nil {
		t.Fatal(err)
	}
	<-moved
	if err := f.Place(t.Context(), c.ID, c.Speakers[0].ID, headway.Ours); err != nil {
		t.Fatal(err)
	}
	changes, last, err := f.Changes(t.Context(), c.ID, "", before)
	if err != nil {
		t.Fatal(err)
	}
	deeds := []headway.Deed{changes[0].Deed, changes[1].Deed}
	if !slices.Equal(deeds, []headway.Deed{headway.DeedMark, headway.DeedPlace}) || !slices.Equal(changes[0].Texts, []headway.TextID{c.Turns[1].Text.ID}) || last != before+2 {
		t.Errorf("told of %+v, last %d", changes, last)
	}
	if none, newest, err := f.Changes(t.Context(), c.ID, "", last+1000); err != nil || len(none) != 0 || newest != last {
		t.Errorf("after a deed that is not done yet: %+v, last %d and not %d, %v", none, newest, last, err)
	}
	if other, _, err := f.Changes(t.Context(), "another", "", before); err != nil || len(other) != 0 {
		t.Errorf("of another conversation was told: %+v, %v", other, err)
	}
}

func TestAnErasureIsToldToWhoeverHasAConversationOfTheirsOpen(t *testing.T) {
	f, _, study, person := berta(t)
	for _, h := range must(f.Conversations(t.Context(), study.ID))(t) {
		_, before, err := f.Changes(t.Context(), h.ID, study.ID, 0)
		do(t, err)
		defer func() {
			changes, _, err := f.Changes(t.Context(), h.ID, study.ID, before)
			do(t, err)
			told := len(changes) == 1 && changes[0].Deed == headway.DeedErase
			if want := h.File != "ida.txt"; told != want {
				t.Errorf("%s is told of %+v", h.File, changes)
			}
		}()
	}
	must(f.Erase(t.Context(), person, true))(t)
}

func TestWhatAnotherProgramDidIsToldToo(t *testing.T) {
	dir := t.TempDir()
	one, other := openAt(t, dir), openAt(t, dir)
	c := talk(t, one)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	moved := other.Moved()
	if err := one.Mark(t.Context(), wordsOf(c, 1, 0, 5), headway.Struggle, headway.Kept); err != nil {
		t.Fatal(err)
	}
	go other.Follow(ctx)
	<-moved
}

func TestAConversationThatIsGuessedAboutTellsNothing(t *testing.T) {
	f := openTest(t)
	c := talk(t, f)
	s := must(f.OpenStudy(t.Context(), "another", headway.OurCustomers))(t)
	if err := f.apply(t.Context(), headway.Operation{Deed: headway.DeedAdd, Study: s.ID, Conversations: []headway.ConversationID{c.ID}}); err != nil {
		t.Fatal(err)
	}
	_, _, err := f.Changes(t.Context(), c.ID, "", 0)
	wantCode(t, err, headway.Denied)
}
