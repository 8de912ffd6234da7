package hear

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headway-oss/headway"
)

func TestACutIsChosenByWhatWasRight(t *testing.T) {
	scores := []float64{.9, .8, .8, .4, .3, .1}
	carries := []bool{true, true, false, true, false, false}
	if got := fairestCut(scores, carries); got != .4 {
		t.Errorf("the fairest cut is %v, want .4 where three of four are right and none is missed", got)
	}
	if got := surestCut(scores, carries); got != 2 {
		t.Errorf("six sentences settle that a kind may count, from %v", got)
	}
	var many []float64
	var right []bool
	for i := range 40 {
		many, right = append(many, 1-float64(i)/100), append(right, i < 16)
	}
	if got := surestCut(many, right); got != many[24] {
		t.Errorf("the surest cut is %v, want %v: 16 of 25 right, then fewer than 62 %%", got, many[24])
	}
	if got := fairestCut([]float64{.2, .1}, []bool{false, false}); got != leastShown {
		t.Errorf("where nothing was right the cut is %v, want %v", got, leastShown)
	}
}

func TestTheSameExamplesGiveTheSameWeights(t *testing.T) {
	var examples []Example
	for i, s := range []string{"It is so hard to open.", "We like it.", "It took three hours.", "I was worried it would break.", "Fine."} {
		x := Example{Row: Row{Side: headway.Theirs, Sentence: s}, Part: i % 2, Weight: 1}
		if i%2 == 0 {
			x.Labels = []headway.Label{headway.Struggle}
		}
		examples = append(examples, x)
	}
	first, err := FitTheirs(examples).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	second, err := FitTheirs(examples).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error("fitting twice gives different weights")
	}
}
