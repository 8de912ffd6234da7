package source

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

var update = flag.Bool("update", false, "write the golden files anew")

// One specimen for each shape that conversations come in, written for this
// test with invented people, firms and products. Beside it stands what is read
// from it.
func TestSpecimensAreReadAsTheirGoldenFilesSay(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*/*.input")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no specimens: %v", err)
	}
	for _, input := range inputs {
		name := strings.TrimSuffix(filepath.ToSlash(input), ".input")
		t.Run(strings.TrimPrefix(name, "testdata/"), func(t *testing.T) {
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			batch, err := Read(File{Name: filepath.Base(name), Data: data}, Options{})
			compareGolden(t, name+".golden", show(batch, err))
			checkBatch(t, batch)
		})
	}
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run the test with -update and read what it wrote", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got):\n%s", file, diff)
	}
}

// show writes a batch so that a person can check it.
func show(b Batch, err error) string {
	var out strings.Builder
	if err != nil {
		fmt.Fprintf(&out, "error %s: %v\n", headway.ErrorCode(err), err)
		return out.String()
	}
	fmt.Fprintf(&out, "format %s\n", b.Format)
	showFindings(&out, b.Findings)
	if b.Table != nil {
		fmt.Fprintf(&out, "table: %d of %d rows wrote something\n", b.Table.Written, b.Table.Rows)
		for _, c := range b.Table.Columns {
			fmt.Fprintf(&out, "  column %q: %s, %d filled\n", c.Header, or(c.Role, "not used"), c.Filled)
		}
	}
	for _, c := range b.Conversations {
		showConversation(&out, c)
	}
	return out.String()
}

func showConversation(out *strings.Builder, c headway.Conversation) {
	fmt.Fprintf(out, "\n%s", c.Genre)
	if c.Row > 0 {
		fmt.Fprintf(out, " row %d", c.Row)
	}
	if c.Title != "" {
		fmt.Fprintf(out, " %q", c.Title)
	}
	if !c.Date.Time.IsZero() {
		fmt.Fprintf(out, " at %s (%s)", c.Date.Time.Format("2006-01-02 15:04:05"), c.Date.From)
	}
	if c.Product != "" {
		fmt.Fprintf(out, " about %s", c.Product)
	}
	out.WriteByte('\n')
	names := map[headway.SpeakerID]string{}
	for _, s := range c.Speakers {
		names[s.ID] = or(s.Name, "nobody")
		fmt.Fprintf(out, "  %s: %s", names[s.ID], s.Side)
		for _, more := range []string{string(s.Settled), s.Email, s.Key} {
			if more != "" {
				fmt.Fprintf(out, ", %s", more)
			}
		}
		if s.Guess != "" {
			fmt.Fprintf(out, " (perhaps %s: %s)", s.Guess, s.GuessWhy)
		}
		out.WriteByte('\n')
	}
	showFindings(out, c.Findings)
	for _, turn := range c.Turns {
		fmt.Fprintf(out, "%s", names[turn.Speaker])
		for _, m := range turn.Times {
			fmt.Fprintf(out, " @%d=%dms", m.Offset, m.MS)
		}
		if turn.EndMS > 0 {
			fmt.Fprintf(out, " until %dms", turn.EndMS)
		}
		for _, m := range turn.Lines {
			fmt.Fprintf(out, " @%d=line %d", m.Offset, m.Line)
		}
		fmt.Fprintf(out, "\n    %s\n", strings.ReplaceAll(turn.Text.Text, "\n", "\n    "))
	}
}

func showFindings(out *strings.Builder, findings []headway.Finding) {
	for _, f := range findings {
		fmt.Fprintf(out, "  ! line %d: %s", f.Line, f.What)
		if f.Text != "" {
			fmt.Fprintf(out, ": %q", f.Text)
		}
		out.WriteByte('\n')
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
