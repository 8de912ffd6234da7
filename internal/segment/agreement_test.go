package segment_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/realdata"
	"github.com/headway-oss/headway/internal/segment"
)

// The labelled interviews were cut by another program; most cuts should be the
// same. Differences left on purpose: it does not cut before a lower-case
// letter ("all the time. in 80 %") nor after "etc.".
func TestCutsOfRealInterviewsAgreeWithTheLabels(t *testing.T) {
	data := realdata.Path(t)
	files, _ := filepath.Glob(filepath.Join(data, "labels", "*-[0-9]*.tsv"))
	same, ours, theirs := 0, 0, 0
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "rare") {
			continue // single sentences, not whole turns
		}
		for turn, want := range labelledTurns(t, file) {
			text, found := interviewTurn(data, turn)
			if !found || squeeze(strings.Join(want, " ")) != squeeze(text) {
				continue
			}
			got := map[string]bool{}
			for _, p := range segment.Sentences(text) {
				got[squeeze(p.Of(text))] = true
			}
			ours += len(got)
			theirs += len(want)
			for _, s := range want {
				if got[squeeze(s)] {
					same++
				} else if testing.Verbose() {
					t.Logf("%s not cut so: %s", turn, s)
				}
			}
		}
	}
	if theirs < 5000 {
		t.Fatalf("only %d labelled sentences found in their interviews", theirs)
	}
	f1 := 2 * float64(same) / float64(ours+theirs)
	t.Logf("%d of %d labelled sentences are cut the same, F1 %.4f", same, theirs, f1)
	if f1 < .95 {
		t.Errorf("agreement F1 %.4f, want at least .95", f1)
	}
}

func labelledTurns(t *testing.T, file string) map[string][]string {
	t.Helper()
	table, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	turns := map[string][]string{}
	for _, line := range strings.Split(string(table), "\n")[1:] {
		if fields := strings.Split(line, "\t"); len(fields) == 6 {
			turn := fields[0][:strings.LastIndex(fields[0], ".")]
			turns[turn] = append(turns[turn], fields[5])
		}
	}
	return turns
}

var turnStart = regexp.MustCompile(`(?m)^(?:User|AI|Assistant): `)

func interviewTurn(data, turn string) (text string, found bool) {
	doc, nth, _ := strings.Cut(strings.TrimPrefix(turn, "ai"), ".")
	file, err := os.ReadFile(filepath.Join(data, "interviews", "transcripts", doc+".md"))
	n, errTurn := strconv.Atoi(nth)
	if err != nil || errTurn != nil {
		return "", false
	}
	turns := turnStart.Split(string(file), -1)
	if n+1 >= len(turns) {
		return "", false
	}
	return strings.TrimSpace(turns[n+1]), true
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
