package eval

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
)

// heardAsStruggle is a sentence of a document, whether it is one, and how it was heard.
func heardAsStruggle(document string, there, suggested, counted bool) heardKinds {
	h := heardKinds{Labelled: Labelled{ID: document + ".0.0", File: "ai-1"}, suggested: map[headway.Label]bool{headway.Struggle: suggested}, counted: map[headway.Label]bool{headway.Struggle: counted}}
	h.scores = []headway.Scored{{Label: headway.Struggle, Score: .75}}
	if there {
		h.Labels = []headway.Label{headway.Struggle}
	}
	return h
}

func TestWhatOnlySuggestsIsMeasuredApartFromWhatCounts(t *testing.T) {
	all := []heardKinds{
		heardAsStruggle("a", true, true, true), heardAsStruggle("a", true, true, false),
		heardAsStruggle("b", false, true, false), heardAsStruggle("b", true, false, false),
	}
	f := kindTallies(all, headway.Struggle).figure(headway.Struggle, quality.Interviews)
	for name, c := range map[string]struct {
		got  quality.Share
		is   float64
		want int
	}{
		"counted":        {f.Counted, 1, 1},
		"only suggested": {f.OnlySuggested, .5, 2},
		"shown":          {f.Shown, .667, 3},
		"found":          {f.Found, .667, 3},
		"counted found":  {f.CountedFound, .333, 3},
	} {
		if c.got.Is != c.is || c.got.Of != c.want || c.got.Low > c.is || c.got.High < c.is {
			t.Errorf("%s: %+v, want %v of %d", name, c.got, c.is, c.want)
		}
	}
	total := kindTotal(kindSet{quality.Interviews, all})
	if total.N != 3 || total.Documents != 2 || total.Sentences != 4 || total.Counted != f.Counted {
		t.Errorf("total %+v", total)
	}
}

func TestAWronglyCountedSentenceSaysWhatItWas(t *testing.T) {
	wrong := heardAsStruggle("a", false, true, true)
	wrong.Labels = []headway.Label{headway.Result, headway.Anxiety}
	found := mistaken([]heardKinds{wrong, heardAsStruggle("b", false, true, true), heardAsStruggle("c", true, true, true)})
	for _, m := range found {
		instead := map[headway.Label]int{}
		for _, i := range m.Instead {
			if i.N > 0 {
				instead[i.Label] = i.N
			}
		}
		want, wrong, nothing := map[headway.Label]int{}, 0, 0
		if m.Label == headway.Struggle {
			want, wrong, nothing = map[headway.Label]int{headway.Result: 1, headway.Anxiety: 1}, 2, 1
		}
		if diff := cmp.Diff(want, instead); diff != "" || m.Wrong != wrong || m.Nothing != nothing {
			t.Errorf("%s: %d wrong, %d nothing: %s", m.Label, m.Wrong, m.Nothing, diff)
		}
	}
}

func TestEachPartOfTheLearningCurveHoldsTheSmallerOnes(t *testing.T) {
	in := map[float64]int{}
	for n := range 1000 {
		document, before := fmt.Sprintf("doc%d", n), false
		for _, part := range curveParts {
			now := drawn(document, part)
			if before && !now {
				t.Fatalf("%s is in a smaller part and not in %v", document, part)
			}
			if before = now; now {
				in[part]++
			}
		}
	}
	for _, part := range curveParts {
		if share := float64(in[part]) / 1000; share < part-.05 || share > part+.05 {
			t.Errorf("%v of documents are drawn for the part %v", share, part)
		}
	}
}

func TestSpeedCountsWhatWasHeard(t *testing.T) {
	p := pass{hearing: func(c *headway.Conversation) headway.Hearing {
		return headway.Hearing{Sentences: make([]headway.Heard, len(c.Turns))}
	}}
	a, b := heardAsStruggle("a", true, true, true), heardAsStruggle("b", true, true, true)
	a.Row.Sentence, b.Row.Sentence = "The lid leaks.", "It leaks again."
	s := speed(p, []heardKinds{a, a, b}, time.Millisecond)
	if s.Sentences <= 0 || s.Words < 2.9*s.Sentences || s.Words > 3.1*s.Sentences || s.Cores < 1 {
		t.Errorf("sentences of three words: %+v", s)
	}
}
