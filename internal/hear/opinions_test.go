package hear

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// deaf is the opinion of an encoder that hears nothing at all.
func deaf() []float32 {
	read := make([]float32, len(oursLabels))
	for i := range read {
		read[i] = -9
	}
	return read
}

func TestWhereShapeTellsAQuestionTheEncoderCannotDenyIt(t *testing.T) {
	runOn := "so what we usually do here is that we look at the whole thing together and then " + strings.Repeat("we go on from there and see what comes of it ", 6) + "and how do you plan the bread for the next day"
	for _, c := range []struct {
		name, sentence string
		asks           bool
	}{
		{"a question mark", "How do you plan the bread?", true},
		{"words that run on past what is read", runOn, true},
		{"no mark, and read to its end", "how do you plan the bread", false},
		{"no question", "We plan the bread.", false},
	} {
		row := Row{Side: headway.Ours, Sentence: c.sentence}
		heard := shippedCareful().Weigh(OpinionsOf(row, Sentence(row), deaf()))
		if asksAny(heard) != c.asks {
			t.Errorf("%s: %q is a question: %v, want %v", c.name, c.sentence, !c.asks, c.asks)
		}
	}
}

func TestNoWordOfTheirsIsAQuestionOfOurs(t *testing.T) {
	row := Row{Side: headway.Theirs, Sentence: "How would I know?"}
	if OpinionsOf(row, Sentence(row), nil).ShapeAsks {
		t.Error("a customer's question is taken for one of ours")
	}
}
