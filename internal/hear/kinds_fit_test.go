package hear

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headway-oss/headway"
)

func TestWhatIsShownIsCutByWhatWasRight(t *testing.T) {
	if got := fairestCut(proof{[]float64{.9, .8, .8, .4, .3, .1}, []bool{true, true, false, true, false, false}}); got != .4 {
		t.Errorf("the fairest cut is %v, want .4 where three of four are right and none is missed", got)
	}
	if got := fairestCut(proof{[]float64{.2, .1}, []bool{false, false}}); got != leastShown {
		t.Errorf("where nothing was right the cut is %v, want %v", got, leastShown)
	}
}

// falling gives n sentences with scores from high downwards, the first of them right.
func falling(n, right int, high float64) (p proof) {
	for i := range n {
		p.scores, p.carries = append(p.scores, high-float64(i)/100), append(p.carries, i < right)
	}
	return p
}

func TestWhatCountsMustHoldInEveryGenre(t *testing.T) {
	one := falling(40, 16, .99)
	for _, c := range []struct {
		name   string
		genres []proof
		want   float64
	}{
		{"six sentences settle nothing", []proof{falling(6, 6, .9)}, 2},
		{"16 of 30 right, and half were two more wrong", []proof{one}, one.scores[29]},
		{"another genre where only the first is right", []proof{one, falling(40, 1, .99)}, 2},
		{"another genre that shows nothing so high", []proof{one, falling(40, 0, .45)}, one.scores[29]},
		{"one genre shows little, from a score where it is as likely wrong", []proof{falling(40, 40, .655), falling(40, 0, .1)}, falling(40, 40, .655).scores[15]},
	} {
		if got := surestCut(half, c.genres...); got != c.want {
			t.Errorf("%s: counts from %v, want %v", c.name, got, c.want)
		}
	}
}

func TestTheSameExamplesGiveTheSameWeights(t *testing.T) {
	var examples []KindExample
	for i, s := range []string{"It is so hard to open.", "We like it.", "It took three hours.", "I was worried it would break.", "Fine."} {
		x := KindExample{Example{Row: Row{Side: headway.Theirs, Sentence: s}, Part: i % 2, Weight: 1}, "talks"}
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
