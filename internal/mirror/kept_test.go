package mirror

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// mark is a verdict on the n-th sentence of a text.
func mark(text headway.TextID, n int, l headway.Label, v headway.Verdict, by string, counted bool) headway.Operation {
	at := headway.Span{Text: text, Start: 10 * n, End: 10*n + 5}
	return headway.Operation{Deed: headway.DeedMark, Span: at, Label: l, Verdict: v, By: by, Counted: counted}
}

func TestOnlyVerdictsOnWhatSomebodyHeardAreInTheRunningPrecision(t *testing.T) {
	j := deed.NewJudgements([]headway.Operation{
		mark("a", 1, headway.Struggle, headway.Kept, "rule 1", true),
		mark("a", 2, headway.Struggle, headway.Dismissed, "rule 1", true),
		mark("a", 3, headway.Struggle, headway.Kept, "rule 1", false),
		mark("a", 4, headway.Struggle, headway.Kept, "detector careful 1", true),
		mark("a", 5, headway.Struggle, headway.Kept, "", false),
		mark("b", 1, headway.Measure, headway.Dismissed, "rule 1", false),
	})
	want := []Kept{
		{headway.Struggle, "detector careful 1", true, 1, 1},
		{headway.Struggle, "rule 1", true, 1, 2},
		{headway.Struggle, "rule 1", false, 1, 1},
		{headway.Measure, "rule 1", false, 0, 1},
	}
	if diff := cmp.Diff(want, KeptOf(j, nil)); diff != "" {
		t.Error(diff)
	}
	here := KeptOf(j, func(text headway.TextID) bool { return text == "b" })
	if diff := cmp.Diff(want[3:], here); diff != "" {
		t.Errorf("of one text: %s", diff)
	}
	if got := KeptIn(want, headway.Struggle).Sentence(); got != "kept 3 of 4" {
		t.Errorf("of few it says %q", got)
	}
}

func TestTheNewestVerdictOnAPlaceCountsForWhoeverHeardItThen(t *testing.T) {
	j := deed.NewJudgements([]headway.Operation{
		mark("a", 1, headway.Struggle, headway.Dismissed, "rule 1", false),
		mark("a", 1, headway.Struggle, headway.Kept, "detector careful 1", true),
		mark("a", 2, headway.Struggle, headway.Kept, "rule 1", true),
		mark("a", 2, headway.Struggle, headway.Undecided, "", false),
	})
	if diff := cmp.Diff([]Kept{{headway.Struggle, "detector careful 1", true, 1, 1}}, KeptOf(j, nil)); diff != "" {
		t.Error(diff)
	}
}

func TestAShareIsToldFromTenOn(t *testing.T) {
	for _, test := range []struct {
		kept, decided int
		want          string
	}{
		{0, 0, ""},
		{9, 9, "kept 9 of 9"},
		{41, 52, "kept 41 of 52, 79 % (66–88 %)"},
		{10, 10, "kept 10 of 10, 100 % (72–100 %)"},
	} {
		if got := (Kept{Kept: test.kept, Decided: test.decided}).Sentence(); got != test.want {
			t.Errorf("%d of %d: %q, want %q", test.kept, test.decided, got, test.want)
		}
	}
}

func TestAMirrorCountsVerdictsOnItsOwnCustomersOnly(t *testing.T) {
	d := newDesk(t)
	part := d.hear("one.txt", "Ana struggle: The lid leaks.")
	at := part.Moments[0].Span
	d.judged = deed.NewJudgements([]headway.Operation{
		{Deed: headway.DeedMark, Span: at, Label: headway.Struggle, Verdict: headway.Kept, By: "rule 1", Counted: true},
		mark("elsewhere", 1, headway.Struggle, headway.Dismissed, "rule 1", true),
	})
	if diff := cmp.Diff([]Kept{{headway.Struggle, "rule 1", true, 1, 1}}, d.mirror().Kept); diff != "" {
		t.Error(diff)
	}
}

func TestAKindSaysByWhomAndInWhichGenreItWasHeardUnchecked(t *testing.T) {
	d := newDesk(t)
	one := d.hear("one.txt", "Ana struggle: The lid leaks.")
	d.hear("two.txt", "Bo struggle: The box was broken.")
	d.hear("three.txt", "Cy struggle: The print fades.")
	m := one.Moments[0]
	if diff := cmp.Diff([]HeardIn{{m.By, one.Genre, 3}}, d.said(headway.Struggle).Heard); diff != "" {
		t.Error(diff)
	}
	d.mark(headway.Struggle, "The lid leaks.", headway.Kept)
	if got := d.said(headway.Struggle).Heard[0].Sentences; got != 2 {
		t.Errorf("%d sentences unchecked, want 2: one was kept", got)
	}
}
