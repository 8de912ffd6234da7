package eval

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/realdata"
)

func TestAveragePrecisionIsOfTheRanking(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs []scoredPair
		want  float64
	}{
		{"all that are the same come first", []scoredPair{{.9, true}, {.2, false}, {.8, true}}, 1},
		{"one comes last", []scoredPair{{.9, false}, {.8, true}}, .5},
		{"of equals the wrong one counts first", []scoredPair{{.9, true}, {.9, false}}, .5},
		{"none is the same", []scoredPair{{.9, false}}, 0},
	} {
		if got := averagePrecision(c.pairs); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestThePairsThatChoseShareNoSentenceWithThoseThatMeasure(t *testing.T) {
	measured := map[string]bool{}
	for line := range strings.Lines(samePairs) {
		f := strings.Split(line, "\t")
		measured[f[0]], measured[f[1]] = true, true
	}
	n := 0
	for line := range strings.Lines(alikePairs) {
		f := strings.Split(line, "\t")
		if f[0] == "sentence_a" {
			continue
		}
		if n++; measured[f[0]] || measured[f[1]] {
			t.Errorf("%s and %s stand in both", f[0], f[1])
		}
	}
	if n != 300 {
		t.Errorf("%d pairs, want 300", n)
	}
}

func TestWhatMeansTheSameIsHardlyEverShownAsADifference(t *testing.T) {
	words, err := wordsOf(realdata.Path(t))
	if err != nil {
		t.Fatal(err)
	}
	reader := alike.NewReader()
	same, below := 0, 0
	for _, table := range []string{samePairs, alikePairs} {
		pairs, err := readTwoSaid(table, words)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			if !p.same {
				continue
			}
			one, two := reader.Read(p.one), reader.Read(p.two)
			same++
			if alike.Likeness(&one, &two) < customer.Apart {
				below++
			}
		}
	}
	if same != 216 || below != 9 {
		t.Errorf("%d of %d pairs that mean the same lie below %.2f; customer.Apart tells of 9 of 216", below, same, customer.Apart)
	}
}

func TestSameMeaningIsMeasuredOnAllPairs(t *testing.T) {
	var out bytes.Buffer
	if err := Same(&out, realdata.Path(t)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"| same-pairs, measured only | all | 151 / 500 |", "| alike-pairs, kept apart | all | 33 / 157 |", "| alike-pairs, chosen on | all | 32 / 143 |", "lines of several people"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}
