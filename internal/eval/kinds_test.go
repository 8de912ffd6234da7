package eval

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestThresholdsRestOnInterviewsAndOnWhatWeWrote(t *testing.T) {
	for file, want := range map[string]string{"ai-1": "interviews", "more-08": "interviews", "survey": "", "podcast": "", "rare-2": "", "inv7": "written"} {
		if got := kindExamples([]Labelled{{ID: "d.0.0", File: file}})[0].Proof; got != want {
			t.Errorf("a sentence of %s is proof of %q, want %q", file, got, want)
		}
	}
}

func TestKindTableShowsSuggestedAndCountedApart(t *testing.T) {
	hard := func(id string, there, suggested, counted bool) heardKinds {
		h := heardKinds{Labelled: Labelled{ID: id}, suggested: map[headway.Label]bool{headway.Struggle: suggested}, counted: map[headway.Label]bool{headway.Struggle: counted}}
		if there {
			h.Labels = []headway.Label{headway.Struggle}
		}
		return h
	}
	var out strings.Builder
	printKindTable(&out, "Two", []heardKinds{
		hard("a.0.0", true, true, true), hard("a.0.1", true, true, false),
		hard("b.0.0", false, true, false), hard("b.0.1", true, false, false),
	})
	for _, want := range []string{"| struggle | 3 | .000 | .667 (.000-1.000) | .667 | .667 | 1.000 | .333 |", "| habit | 0 | .000 | .000 (.000-.000) | .000 | .000 | - | .000 |", "4 sentences of 2 documents"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}
