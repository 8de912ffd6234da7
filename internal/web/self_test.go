package web

import (
	"os"
	"strings"
	"testing"
)

func TestPageAndIslandSuggestByTheSameWords(t *testing.T) {
	island, err := os.ReadFile("../../web/src/about-us.ts")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.TrimPrefix(aboutUs.String(), "(?i)")
	if !strings.Contains(string(island), "/"+words+"/i") {
		t.Errorf("web/src/about-us.ts does not have the words %s", words)
	}
}

func TestAnAnswerAboutUsIsOnlyOneThatNamesUs(t *testing.T) {
	for answer, want := range map[string]bool{
		"Our low price": true, "the QUALITY": true, "it is cheaper": true,
		"be home when the kids are up": false, "the featureless sea": false, "": false,
	} {
		if got := aboutUs.MatchString(answer); got != want {
			t.Errorf("%q: %t, want %t", answer, got, want)
		}
	}
}
