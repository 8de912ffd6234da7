package flow

import (
	"testing"

	"github.com/headway-oss/headway"
)

func TestColleaguesSealBeforeTheRevealAndAreSeenAfterIt(t *testing.T) {
	f := openTest(t)
	s := must(f.OpenStudy(t.Context(), "stock", headway.OurCustomers))(t)
	bearer := signedIn(t, "share 1", headway.Viewer)
	guess := func(slot headway.Label, text string) []headway.Guess {
		return []headway.Guess{{Slot: slot, Text: text}}
	}
	must(f.SealFor(bearer, s.ID, " Cem ", guess(headway.Measure, "nobody counts on a Friday")))(t)
	must(f.SealFor(bearer, s.ID, "", guess(headway.Measure, "nobody counts on a Friday")))(t)
	if _, err := f.SealFor(bearer, s.ID, "Cem", guess(headway.Realization, "no slot")); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("a guess about no slot: %v", err)
	}
	if seen := must(f.Guesses(t.Context(), s.ID))(t); len(seen) != 0 {
		t.Errorf("others see before they guess: %v", seen)
	}
	if phase := must(f.Study(t.Context(), s.ID))(t).Phase; phase != headway.Guessing {
		t.Errorf("a colleague's seal made the study %s", phase)
	}
	must(f.Seal(t.Context(), s.ID, guess(headway.Measure, "no pallet is lost")))(t)
	seen := must(f.Guesses(t.Context(), s.ID))(t)
	if len(seen) != 3 || seen[0].Author != "Cem" || seen[1].Author != "" || seen[2].Text != "no pallet is lost" || !headway.SealsHold(seen, "") {
		t.Errorf("at the reveal there are %+v", seen)
	}
	if _, err := f.SealFor(bearer, s.ID, "Cem", guess(headway.Measure, "too late")); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("after the reveal: %v", err)
	}
	if after := must(f.Guesses(t.Context(), s.ID))(t); len(after) != 3 {
		t.Errorf("a refused guess stays: %v", after)
	}
}
