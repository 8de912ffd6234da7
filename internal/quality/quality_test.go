package quality

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestAShareIsSaidAsOneSaysIt(t *testing.T) {
	for _, test := range []struct {
		share       Share
		right, full string
	}{
		{Share{}, "not measured", "not measured"},
		{Share{Is: .667, Of: 3}, "right 2 of 3, too few to tell", "right 2 of 3, too few to tell"},
		{Share{Is: .724, Low: .69, High: .757, Of: 804}, "about 7 in 10 right, n = 804", "about 7 in 10 right (72 %, 69–76 %, n = 804)"},
		{Share{Is: .97, Low: .93, High: 1, Of: 120}, "more than 9 in 10 right, n = 120", "more than 9 in 10 right (97 %, 93–100 %, n = 120)"},
		{Share{Is: .01, Of: 50}, "fewer than 1 in 10 right, n = 50", "fewer than 1 in 10 right (1 %, 0–0 %, n = 50)"},
	} {
		if got := test.share.Right(); got != test.right {
			t.Errorf("%v is said %q, want %q", test.share, got, test.right)
		}
		if got := test.share.Full(); got != test.full {
			t.Errorf("%v is said in full %q, want %q", test.share, got, test.full)
		}
	}
}

// report is invented.
var report = Report{Passes: []Pass{{
	Name: Quick,
	Figures: []Figure{
		{Label: headway.Struggle, Set: Interviews, Counted: Share{Is: .75, Low: .7, High: .8, Of: 200}, OnlySuggested: Share{Is: .42, Low: .3, High: .5, Of: 60}},
		{Label: headway.Pull, Set: Interviews, OnlySuggested: Share{Is: .2, Of: 40}},
		{Label: headway.Struggle, Set: Spoken, Counted: Share{Is: 1, Of: 2}},
		{Label: headway.Struggle, Set: OtherSurvey, Counted: Share{Is: .9, Low: .8, High: 1, Of: 80}},
		{Label: headway.Assumption, Set: RealTalks, Counted: Share{Is: .4, Of: 5}},
	},
	Totals: []Total{
		{Figure: Figure{Label: Any, Set: Spoken, Counted: Share{Is: .5, Low: .4, High: .6, Of: 90}}},
		{Figure: Figure{Label: Any, Set: Interviews, Counted: Share{Is: .7, Low: .6, High: .8, Of: 900}}},
	},
}}}

func TestTheNearestFigureIsFound(t *testing.T) {
	for name, test := range map[string]struct {
		heard           Heard
		short, sentence string
		brief           string
	}{
		"the genre was measured": {
			Heard{headway.Struggle, "rule 1", true, headway.Interview}, "about 8 in 10 right, n = 200",
			"Counted as struggle, heard at once: about 8 in 10 right (75 %, 70–80 %, n = 200) in typed interviews.",
			"about 8 in 10 right, n = 200"},
		"a suggestion has a figure of its own": {
			Heard{headway.Struggle, "rule 1", false, headway.Interview}, "about 4 in 10 right, n = 60",
			"Only suggested as struggle, heard at once: about 4 in 10 right (42 %, 30–50 %, n = 60) in typed interviews.",
			"about 4 in 10 right, n = 60"},
		"a genre that was never measured, and a kind too rare where it is nearest": {
			Heard{headway.Struggle, "rule 1", true, headway.Review}, "never measured on reviews; nearest: of all kinds about 5 in 10 right, n = 90 in spoken talks, about 9 in 10 right, n = 80 in answers to surveys it does not know",
			"Counted as struggle, heard at once: about 5 in 10 right (50 %, 40–60 %, n = 90) of all kinds together, this one being too rare there to tell, in " + Spoken + "; about 9 in 10 right (90 %, 80–100 %, n = 80) in " + OtherSurvey + ". Never measured on reviews.",
			"about 9 in 10 right, n = 80 in answers to surveys it does not know, not measured on reviews"},
		"our side, of few": {
			Heard{headway.Assumption, "detector ours 2", true, headway.Interview}, "right 2 of 5, too few to tell",
			"Counted as assumption, heard at once: right 2 of 5, too few to tell in " + RealTalks + ".",
			"right 2 of 5, too few to tell"},
		"all kinds": {
			Heard{Any, "rule 1", true, headway.Interview}, "about 7 in 10 right, n = 900",
			"Counted, heard at once: about 7 in 10 right (70 %, 60–80 %, n = 900) in typed interviews.",
			"about 7 in 10 right, n = 900"},
		"a hearer that was never measured": {
			Heard{headway.Struggle, "detector of ours alone", true, headway.Interview}, "not measured",
			`How surely "detector of ours alone" hears struggle was not measured.`,
			""},
	} {
		note := report.note(test.heard)
		if got := note.Short(); got != test.short {
			t.Errorf("%s: %q, want %q", name, got, test.short)
		}
		if got := note.Brief(); got != test.brief {
			t.Errorf("%s, in brief: %q, want %q", name, got, test.brief)
		}
		if diff := cmp.Diff(test.sentence, note.Sentence()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAKindThatNeverCountedOnlySuggests(t *testing.T) {
	quick := report.Pass(Quick)
	if !quick.OnlySuggests(headway.Pull) || quick.OnlySuggests(headway.Struggle) || quick.OnlySuggests(headway.Realization) {
		t.Error("pull never counted, struggle did, and realization was not measured")
	}
}

func TestHearersAreOfThePassThatNamesThem(t *testing.T) {
	for by, want := range map[string]string{"rule 1": Quick, "rule 12": Quick, "detector ours 2": Quick, "detector careful 1": Careful, "detector careful 2": Careful, "detector careful 2, own 1": "", "person": "", "model x": "", "": ""} {
		if got := PassOf(by); got != want {
			t.Errorf("%q is of %q, want %q", by, got, want)
		}
	}
}

// What is stored is what the pages show: it must be whole, and hold shares only.
func TestWhatIsStoredIsWhole(t *testing.T) {
	for _, name := range []string{Careful, Quick} {
		p := Stored().Pass(name)
		if p.Version == "" || len(p.Calibration) == 0 || len(p.Mistaken) == 0 || p.Near.Right.Of == 0 || p.Asked.FalseNever.Of == 0 || p.Speed.Words == 0 {
			t.Errorf("the %s lacks something", name)
		}
		for _, set := range []string{Interviews, SameSurveys, OtherSurvey, Spoken, WrittenByUs} {
			total, known := p.Total(set)
			if !known || total.Documents == 0 || total.F1.Of == 0 {
				t.Errorf("the %s was not measured on %s", name, set)
			}
		}
		for _, f := range p.Figures {
			for _, s := range []Share{f.F1, f.Shown, f.Found, f.Counted, f.CountedFound, f.OnlySuggested} {
				if s.Is < 0 || s.Is > 1 || s.Low > s.Is || s.High < s.Is {
					t.Errorf("%s, %s on %s: %v is no share within its interval", name, f.Label, f.Set, s)
				}
			}
		}
	}
	if len(Stored().Pass(Quick).Curve) != 4 || len(Stored().Ceilings) == 0 || !strings.Contains(Stored().Machine, "cores") {
		t.Error("the curve, the ceilings or the machine is missing")
	}
}
