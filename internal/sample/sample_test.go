package sample

import (
	"strings"
	"testing"
)

func TestEveryStudySaysThatItIsInvented(t *testing.T) {
	studies := Studies()
	if len(studies) != 2 {
		t.Fatalf("got %d studies, want Jan's and Marta's", len(studies))
	}
	for _, s := range studies {
		if !strings.Contains(s.Name, "invented sample") {
			t.Errorf("%q does not say that it is invented", s.Name)
		}
		if len(s.Files) == 0 || len(s.Guesses) < 3 {
			t.Errorf("%q holds %d files and %d guesses", s.Name, len(s.Files), len(s.Guesses))
		}
	}
}

func TestJudgedWordsStandInTheirFile(t *testing.T) {
	for _, s := range Studies() {
		texts := map[string]string{}
		for _, f := range s.Files {
			texts[f.Name] = string(f.Data)
		}
		for _, j := range s.Judgements {
			if !strings.Contains(texts[j.File], j.Words) {
				t.Errorf("%q is not in %s", j.Words, j.File)
			}
		}
	}
}
