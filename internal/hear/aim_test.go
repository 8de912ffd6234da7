package hear_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// Invented: a baker and a vet want to be left in peace for an hour; another baker
// wants something in hand that nobody can argue with.
const (
	bakersPeace = "Petra: The phone in the bakery never stopped ringing. I was up at two and somebody wanted me at every hour. I only wanted that nobody could reach me for one afternoon."
	vetsPeace   = "Petra: They call me at supper and at church. I could not put the thing down. All I was after was some hours in which I belong to no one."
	bakersProof = "Petra: They said the bakery had sent the wrong rolls and I had nothing to show. I wanted it in writing, dated, so that they cannot say it was us."
)

func TestAimsOfTheSameProgressLieCloserThanThoseOfTheSameTrade(t *testing.T) {
	toward := func(words string) (sum []float64) {
		for _, aim := range hear.Aims(said(words)) {
			if sum == nil {
				sum = make([]float64, len(aim.Toward))
			}
			for d, n := range aim.Toward {
				sum[d] += float64(aim.Weight) * float64(n)
			}
		}
		return sum
	}
	progress, trade := cosine(toward(bakersPeace), toward(vetsPeace)), cosine(toward(bakersPeace), toward(bakersProof))
	if progress <= trade {
		t.Errorf("same progress %.2f, same trade %.2f", progress, trade)
	}
}

func TestAnAimStandsOnACustomersWordsAndSurvivesItsFile(t *testing.T) {
	c := said("Ivo: What were you after?",
		"Petra: I wanted that nobody could reach me for an afternoon. I had a phone in each hand. It rang at night. It rang at church. It rang at supper.",
		"Ivo: We could sell you a quieter phone.")
	h := hear.Carefully(c)
	if len(h.Aims) != 2 {
		t.Fatalf("five sentences of a customer make %d aims, want 2", len(h.Aims))
	}
	for _, aim := range h.Aims {
		if words, err := c.Turns[1].Text.Cut(aim.Span); err != nil || aim.Weight <= 0 {
			t.Errorf("%v, weight %g: %v", words, aim.Weight, err)
		}
	}
	written, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var back headway.Hearing
	if err := json.Unmarshal(written, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(h.Aims, back.Aims); diff != "" {
		t.Error(diff)
	}
}

func TestTheQuickPassReadsNoAims(t *testing.T) {
	if h := hear.Conversation(said(bakersPeace)); len(h.Aims) > 0 {
		t.Errorf("%d aims", len(h.Aims))
	}
}

func cosine(a, b []float64) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab, aa, bb = ab+a[i]*b[i], aa+a[i]*a[i], bb+b[i]*b[i]
	}
	return ab / math.Sqrt(aa*bb)
}
