package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

func TestTheThreeGuessesOfTheStartPageStandOnTheFirstScreen(t *testing.T) {
	m := mirror.Mirror{N: 1}
	for _, slot := range []headway.Label{headway.Motivation, headway.Situation, headway.Alternative, headway.Measure} {
		m.YouSaid = append(m.YouSaid, mirror.Held{Guess: headway.Guess{Slot: slot, Text: string(slot)}})
	}
	var got []string
	for _, line := range viewMirror(headway.Study{}, m, mirror.Texts{}, nil).Glance.YouSaid {
		got = append(got, line.Guess)
	}
	if diff := cmp.Diff([]string{"motivation", "alternative", "measure"}, got); diff != "" {
		t.Errorf("guesses (-want +got):\n%s", diff)
	}
}

func TestTheThankYouPageIsMeantOnlyWhereCustomersSpoke(t *testing.T) {
	for name, test := range map[string]struct {
		m    mirror.Mirror
		want bool
	}{
		"reviews":                     {mirror.Mirror{Conversations: 2, N: 2}, true},
		"a call with nobody placed":   {mirror.Mirror{Conversations: 1, Unplaced: 2}, false},
		"a call in which one can ask": {mirror.Mirror{Conversations: 1, N: 1, CouldAsk: 1}, false},
		"nothing was read":            {mirror.Mirror{}, false},
	} {
		if got := viewMirror(headway.Study{}, test.m, mirror.Texts{}, nil).OnlyVolunteer; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestTheFirstScreenSaysWhenWeBeganToSolveBesideWhatWeTookForGranted(t *testing.T) {
	v := mirrorView{First: []firstView{{Where: "turn 5 of 60, 00:46"}}}
	got := glanceOurs(v, mirror.Mirror{N: 1, Granted: 5, NeverTested: 4})
	want := "We took 5 things for granted aloud, 4 never tested; our earliest solution came at turn 5 of 60, 00:46."
	if len(got) != 1 || got[0].Text != want {
		t.Errorf("%+v, want one line: %s", got, want)
	}
}

func TestTheFirstScreenTakesAnotherSentenceBeforeOneTwice(t *testing.T) {
	text := headway.TextVersion{Text: "I want to reorder. I want calm."}
	both, calm := quoteOf(t, text, 0, 18), quoteOf(t, text, 19, 31)
	v := mirrorView{After: []afterView{{IsAfter: both}, {IsAfter: calm}}}
	isAfter := func(a afterView) quoteView { return a.IsAfter }
	if got := v.unshown(map[string]bool{both.Place: true}, headway.Motivation, isAfter); got.Place != calm.Place {
		t.Errorf("took %s, want %s", got.Words, calm.Words)
	}
	v.After = v.After[:1]
	if got := v.unshown(map[string]bool{both.Place: true}, headway.Motivation, isAfter); got.Place != both.Place {
		t.Error("the only sentence is not shown")
	}
}

func quoteOf(t *testing.T, text headway.TextVersion, start, end int) quoteView {
	t.Helper()
	span := headway.Span{Text: text.ID, Start: start, End: end}
	words, err := text.Cut(span)
	if err != nil {
		t.Fatal(err)
	}
	return quoteView{Words: words, Place: formatSpan(span)}
}

func TestWhatIsNotShownIsCountedHoweverFewAreListed(t *testing.T) {
	m := mirror.Mirror{Granted: 6, TookGranted: make([]mirror.Assumption, 3), Solutions: 5, First: make([]mirror.Before, 2)}
	v := viewMirror(headway.Study{}, m, mirror.Texts{}, nil)
	if v.GrantedAll() != 6 || v.GrantedLeft != 3 || v.FirstLeft != 3 {
		t.Errorf("%d taken for granted, %d not shown; %d more solutions", v.GrantedAll(), v.GrantedLeft, v.FirstLeft)
	}
}

func TestNothingIsCalledNeverTestedBeforeACustomerIsPlaced(t *testing.T) {
	m := mirror.Mirror{Granted: 2, NeverTested: 2}
	for n, want := range []string{"We took 2 things for granted aloud.", "We took 2 things for granted aloud, 2 never tested."} {
		m.N = n
		lines := viewMirror(headway.Study{}, m, mirror.Texts{}, nil).Glance.YouSaid
		if got := lines[len(lines)-1].Text; got != want {
			t.Errorf("with %d customers: %q", n, got)
		}
	}
}
