package hear_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

const struggle, request = 1, 8 // places in headway.Kinds

const likes, wishes = "What do you like about the oven?", "What should we change?"

// verdicts of ten conversations on sentences that were all held to be as likely
// as not. Struggles are kept of each one, and requests as kept says.
func verdicts(of int, kept func(i int) bool) (all []hear.Judged) {
	for i := range of {
		j := hear.Judged{Kind: struggle, Score: .5, Kept: i%4 < 2, Part: i % 10, Row: hear.Row{Side: headway.Theirs, Question: wishes}}
		if i%2 == 1 {
			j.Kind, j.Kept = request, kept(i)
			if i%4 == 1 {
				j.Row.Question = likes
			}
		}
		all = append(all, j)
	}
	return all
}

// allAt gives every kind of a row with this score.
func allAt(score float64) (all []headway.Scored) {
	for _, kind := range headway.Kinds() {
		all = append(all, headway.Scored{Label: kind, Score: score})
	}
	return all
}

func after(o hear.Own, question string) []headway.Scored {
	return o.Corrected(hear.Row{Side: headway.Theirs, Question: question}, allAt(.5))
}

func TestWithoutVerdictsNothingIsHeardDifferently(t *testing.T) {
	own := hear.FitOwn(nil)
	if !own.IsZero() {
		t.Fatalf("learned %+v from nothing", own)
	}
	c := said(bakery...)
	plain, corrected := hear.Carefully(c), hear.CarefullyOwn(c, 1, own)
	if corrected.Version != hear.CarefulVersion+", own 1" {
		t.Errorf("heard by %q", corrected.Version)
	}
	corrected.Version = plain.Version
	for i := range corrected.Sentences {
		for j := range corrected.Sentences[i].Labels {
			corrected.Sentences[i].Labels[j].By = plain.Sentences[i].Labels[j].By
		}
	}
	a, _ := json.Marshal(plain)
	b, _ := json.Marshal(corrected)
	if diff := cmp.Diff(string(a), string(b)); diff != "" {
		t.Error(diff)
	}
}

func TestVerdictsThatAgreeWithWhatIsHeardTeachNothing(t *testing.T) {
	half := func(i int) bool { return i%8 < 4 }
	if own := hear.FitOwn(verdicts(400, half)); !own.IsZero() {
		t.Errorf("half of what was as likely as not was kept, and it learned %v", own.Strength)
	}
}

func TestFewVerdictsTeachNothing(t *testing.T) {
	if own := hear.FitOwn(verdicts(8, func(int) bool { return false })); !own.IsZero() {
		t.Errorf("eight verdicts taught %v", own.Strength)
	}
}

func TestWhatIsAlwaysDismissedIsHeardLess(t *testing.T) {
	own := hear.FitOwn(verdicts(120, func(int) bool { return false }))
	got := after(own, wishes)
	if own.IsZero() || got[request].Score > .2 {
		t.Errorf("after 60 dismissals a request is still %.2f likely", got[request].Score)
	}
	if got[request].Score > got[struggle].Score {
		t.Errorf("requests were dismissed, struggles are heard less: %.2f, %.2f", got[request].Score, got[struggle].Score)
	}
}

func TestWhatIsKeptAfterOneQuestionIsHeardMoreThere(t *testing.T) {
	own := hear.FitOwn(verdicts(120, func(i int) bool { return i%4 == 3 })) // after wishes only
	if own.IsZero() {
		t.Fatal("learned nothing")
	}
	a, b := after(own, wishes)[request].Score, after(own, likes)[request].Score
	if a < b+.05 {
		t.Errorf("a request is %.2f likely after %q, %.2f after %q", a, wishes, b, likes)
	}
}

func TestTheSameVerdictsTeachTheSame(t *testing.T) {
	kept := func(i int) bool { return i%3 == 0 }
	if diff := cmp.Diff(hear.FitOwn(verdicts(120, kept)), hear.FitOwn(verdicts(120, kept))); diff != "" {
		t.Error(diff)
	}
}

func TestOurOwnSentencesAreNotCorrected(t *testing.T) {
	own := hear.FitOwn(verdicts(120, func(int) bool { return false }))
	row := hear.Row{Side: headway.Ours, Sentence: "How do you do that today?"}
	heard := hear.CarefulSentences([]hear.Row{row})[0]
	if diff := cmp.Diff(heard, own.Corrected(row, heard)); diff != "" {
		t.Error(diff)
	}
}

func TestOwnLabelsSurviveBeingKept(t *testing.T) {
	own := hear.FitOwn(verdicts(120, func(int) bool { return false }))
	kept, err := json.Marshal(own)
	if err != nil {
		t.Fatal(err)
	}
	var again hear.Own
	if err := json.Unmarshal(kept, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after(own, likes), after(again, likes)); diff != "" {
		t.Error(diff)
	}
}
