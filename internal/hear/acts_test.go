package hear_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

var updateOurs = flag.Bool("update-ours", false, "rewrite testdata/ours/acts.txt")

// testdata/ours/acts.txt holds a sentence of ours a line, invented for this
// test from many trades: what counts, a bar, the sentence, and after another
// bar the customer's words before it, where they matter. Lines that begin with
// # are notes.
func TestActsAndAsksAreHeardAsTheFileShows(t *testing.T) {
	const file = "testdata/ours/acts.txt"
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(string(want)) {
		if _, rest, found := strings.Cut(line, "| "); found && line[0] != '#' {
			sentence, before, _ := strings.Cut(strings.TrimSpace(rest), " | ")
			line = countedLabels(sentence, before) + " | " + strings.TrimSpace(rest) + "\n"
		}
		got.WriteString(line)
	}
	if *updateOurs {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Error(diff)
	}
}

func countedLabels(sentence, before string) string {
	var names []string
	for _, s := range hear.Sentence(hear.Row{Side: headway.Ours, Sentence: sentence, Question: before}) {
		if s.Counted {
			names = append(names, string(s.Label))
		}
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, ",")
}
