package hear

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headway-oss/headway"
)

var update = flag.Bool("update", false, "write what is heard into the golden files")

// TestKindsAreHeardAsWritten holds each file of testdata/kinds against what is
// heard. A change of cues or weights shows there as a difference to be read;
// what must not be heard (!) is never rewritten.
func TestKindsAreHeardAsWritten(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.txt")
	if err != nil || len(files) != len(headway.Kinds()) {
		t.Fatalf("%d golden files, want one a kind (%v)", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := heardAgain(t, string(want))
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-written +heard; read it, then go test -update):\n%s", diff)
			}
		})
	}
}

// heardAgain gives a golden file with its > lines as heard now.
func heardAgain(t *testing.T, file string) string {
	var out strings.Builder
	row := Row{Side: headway.Theirs}
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		switch mark, rest, _ := strings.Cut(line, " "); mark {
		case ">":
			continue
		case "", "#":
			row = Row{Side: headway.Theirs}
		case "Q:":
			row.Question = rest
		case "!":
			if has(row, headway.Label(rest)) {
				t.Errorf("%q is heard as %s", row.Sentence, rest)
			}
		default:
			row.Sentence = line
			fmt.Fprintf(&out, "%s\n> %s\n", line, summary(row))
			continue
		}
		out.WriteString(line + "\n")
	}
	return out.String()
}

func has(r Row, label headway.Label) bool {
	return headway.Heard{Labels: Suggested(Sentence(r))}.Has(label)
}

func summary(r Row) string {
	var labels []string
	for _, s := range Suggested(Sentence(r)) {
		name := string(s.Label)
		if s.Counted {
			name += "*"
		}
		labels = append(labels, name)
	}
	if len(labels) == 0 {
		return "-"
	}
	return strings.Join(labels, " ")
}

// What a sentence carries hangs on its row alone, not on what the ear heard
// before.
func TestHearingRemembersNothing(t *testing.T) {
	rows := []Row{
		{Side: headway.Theirs, Question: "What is hard about it?", Sentence: "The counting."},
		{Side: headway.Theirs, Question: "What is hard about it?", Before: "The counting.", Sentence: "It takes hours."},
		{Side: headway.Theirs, Before: "The counting.", Sentence: "It takes hours."},
		{Side: headway.Theirs, Question: "Why did you choose it?", Before: "It takes hours.", Sentence: "The counting."},
	}
	var alone [][]headway.Scored
	for _, r := range rows {
		e := newKindEar()
		e.listen(r)
		alone = append(alone, shippedKinds().judge(e, r))
	}
	shared := newKindEar()
	for range 2 {
		for i, r := range rows {
			shared.listen(r)
			if diff := cmp.Diff(alone[i], shippedKinds().judge(shared, r)); diff != "" {
				t.Errorf("%q after other rows (-alone +after):\n%s", r.Sentence, diff)
			}
		}
	}
}

func TestEveryLabelSaysWhoAndWhy(t *testing.T) {
	for _, s := range Suggested(Sentence(Row{Side: headway.Theirs, Sentence: "I spend three hours every Friday copying numbers, and it is so hard to find the errors."})) {
		if s.By == "" || s.Why == "" || s.Score <= 0 || s.Score >= 1 {
			t.Errorf("%+v lacks who, why or a score", s)
		}
	}
}

func BenchmarkKinds(b *testing.B) {
	sentences := []string{
		"I spend three hours every Friday copying numbers from one book into the other, and half of them are wrong.",
		"My brother told me about it when we met at the market in spring.",
		"So, yeah, that was about it.",
		"If it breaks again before the end of the year I would rather go back to the old one, since I know where everything is.",
	}
	words := 0
	for _, s := range sentences {
		words += len(strings.Fields(s))
	}
	e := newKindEar()
	for b.Loop() {
		for i, s := range sentences {
			r := Row{Side: headway.Theirs, Question: "How do you do that today?", Sentence: s}
			if i > 0 {
				r.Before = sentences[i-1]
			}
			e.listen(r)
			shippedKinds().judge(e, r)
		}
	}
	b.ReportMetric(float64(b.N*words)/b.Elapsed().Seconds(), "words/s")
}
