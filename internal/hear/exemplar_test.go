package hear

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/encoder/weights"
)

// An encoder's states mean nothing to another: without new ones no example is named.
func TestExamplesAreReadByTheEncoderThatIsShipped(t *testing.T) {
	if shippedExamples() == nil {
		t.Fatal("the examples were read by another encoder: go run ./tools/train/exemplars")
	}
	lines := exampleLines()
	if width := (len(exemplarStates) - len(weights.Mark())) / len(lines); width*len(lines)+len(weights.Mark()) != len(exemplarStates) || width < 100 {
		t.Errorf("%d bytes of states for %d examples", len(exemplarStates), len(lines))
	}
	for _, kind := range headway.Kinds() {
		set := shippedExamples()[kind]
		if set == nil || len(set.all) > examplesOfLabel {
			t.Errorf("%s has no examples, or more than %d", kind, examplesOfLabel)
		}
	}
}

func TestEveryExampleIsNearestToItself(t *testing.T) {
	for label, set := range shippedExamples() {
		for _, e := range set.all[:min(5, len(set.all))] {
			if got, near := set.nearest(e); got != e.sentence || near.all() < .95 {
				t.Errorf("%s: nearest to %q is %q, by %.2f", label, e.sentence, got, near.all())
			}
		}
	}
}

// What was an example is said again in a few other words: no cue need fit.
func TestAReasonNamesTheExampleThatIsNear(t *testing.T) {
	lines := exampleLines()
	read := readRows(weights.Careful(), []Row{{Side: headway.Theirs, Sentence: exampleOf(lines, headway.Measure)}}, 1)[0]
	heard := []headway.Scored{
		{Label: headway.Measure, Why: bySentence},
		{Label: headway.Measure, Why: "names a threshold: 'under ten minutes'"},
		{Label: headway.Measure},
		{Label: headway.Asks(headway.Measure), Why: bySentence},
	}
	exemplify(heard, exampleOf(lines, headway.Measure), read.state)
	if want := "close to our example '" + exampleOf(lines, headway.Measure) + "'"; heard[0].Why != want {
		t.Errorf("reason %q, want %q", heard[0].Why, want)
	}
	if heard[1].Why != "names a threshold: 'under ten minutes'" || heard[2].Why != "" || heard[3].Why != bySentence {
		t.Errorf("reasons by a cue, of what is not shown, or without examples were changed: %+v", heard[1:])
	}
	far := []headway.Scored{{Label: headway.Measure, Why: bySentence}}
	exemplify(far, "zzz", make([]float32, len(read.state)))
	if far[0].Why != bySentence {
		t.Errorf("what is near nothing is said to be %s", far[0].Why)
	}
}

func exampleOf(lines []string, label headway.Label) string {
	for _, line := range lines {
		if of, sentence, _ := strings.Cut(line, "\t"); of == string(label) {
			return sentence
		}
	}
	return ""
}

func TestOnlySentencesThatStandAloneAreShown(t *testing.T) {
	for sentence, want := range map[string]bool{
		"Two hours instead of ten, every week.": true,
		"I'd pay for that, I'm sure.":           true,
		"Yes.":                                  false,
		"Okay, I'm Tobin from Larkwave.":        false,
		strings.Repeat("and so on ", 20):        false,
	} {
		if got := standsAlone(sentence); got != want {
			t.Errorf("%q: %v, want %v", sentence, got, want)
		}
	}
}
