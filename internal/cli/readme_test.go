package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTheReadmeShowsWhatTheProgramPrints keeps the example of README.md true.
func TestTheReadmeShowsWhatTheProgramPrints(t *testing.T) {
	const from, to = "<!-- example -->\n", "<!-- /example -->"
	readme, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(text), from)
	block, after, closed := strings.Cut(rest, to)
	if !opened || !closed {
		t.Fatalf("%s has no example between %q and %q", readme, from, to)
	}
	want := exampleBlock(t)
	if *update {
		if err := os.WriteFile(readme, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(block, want); diff != "" {
		t.Errorf("the example in README.md is not what the program prints (-README +program); run go test ./internal/cli -args -update:\n%s", diff)
	}
}

// exampleBlock runs the example and sets it as Markdown.
func exampleBlock(t *testing.T) string {
	t.Helper()
	t.Chdir("../..")
	t.Setenv("COLUMNS", "80")
	t.Setenv("HEADWAY_DATA_DIR", t.TempDir())
	args := []string{"mirror", "--ours", "Marta", "--theirs", "*", "--guess", "motivation=he wants a modern system that lowers his stock", "internal/sample/erp"}
	var out, complaints bytes.Buffer
	if status := Main(t.Context(), args, Streams{In: strings.NewReader(""), Out: &out, Err: &complaints}); status != allDone {
		t.Fatalf("status %d: %s", status, complaints.String())
	}
	command := "$ headway mirror --ours Marta --theirs '*' \\\n    --guess motivation=\"he wants a modern system that lowers his stock\" internal/sample/erp\n"
	return "```\n" + command + out.String() + "```\n"
}
