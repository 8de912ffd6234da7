package eval

import (
	"io"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/realdata"
)

// TestCandidatesForAGuessAreMostlyAboutIt holds the bar of the 300 pairs:
// six in ten candidates are about the guess, for it or against it.
func TestCandidatesForAGuessAreMostlyAboutIt(t *testing.T) {
	pairs, err := readPairs(realdata.Path(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(pairs) != 300 {
		t.Fatalf("%d pairs", len(pairs))
	}
	var words Count
	for _, p := range pairs {
		words.Add(sharesWords(p), p.about)
	}
	for name, hearing := range map[string]func(*headway.Conversation) headway.Hearing{"quick": hear.Conversation, "careful": hear.Carefully} {
		var near Count
		for _, p := range pairs {
			near.Add(nearAsHeardBy(hearing)(p), p.about)
		}
		t.Logf("%s: precision %.3f, recall %.3f", name, near.Precision(), near.Recall())
		if near.Precision() < .6 {
			t.Errorf("precision of candidates as heard by the %s pass %.3f, the bar is .6", name, near.Precision())
		}
		if near.Precision() <= words.Precision() || near.Recall() <= words.Recall() {
			t.Errorf("plain shared words do as well as the %s pass: precision %.3f and recall %.3f against %.3f and %.3f",
				name, words.Precision(), words.Recall(), near.Precision(), near.Recall())
		}
	}
}

func TestTheTableOfGuessesNamesBothHalves(t *testing.T) {
	var table strings.Builder
	if err := Guesses(&table, realdata.Path(t)); err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"| kept apart | near", "| set on | near", "| all | shares two"} {
		if !strings.Contains(table.String(), half) {
			t.Errorf("the table lacks %q:\n%s", half, table.String())
		}
	}
	if err := Guesses(io.Discard, "nowhere"); err == nil {
		t.Error("a folder without labels is taken")
	}
}
