package main

import (
	"strings"
	"testing"
)

func TestABundleHeavierThanItMayBeFailsTheBuild(t *testing.T) {
	for name, c := range map[string]struct {
		weights map[string]int
		says    string
	}{
		"all are light":           {map[string]int{"src/app.ts": 17_000, "src/reader/reader.ts": 30_000, "styles/app.css": 9_000, "styles/reader.css": 9_000}, ""},
		"the shell":               {map[string]int{"src/app.ts": 17_001}, "src/app.ts is 17001 bytes compressed, 1 more"},
		"the reader":              {map[string]int{"src/reader/reader.ts": 31_000}, "1000 more"},
		"both sheets of a reader": {map[string]int{"styles/app.css": 12_000, "styles/reader.css": 7_000}, "styles of a transcript are 19000"},
	} {
		err := overweight(c.weights)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}
