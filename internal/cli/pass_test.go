package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

func TestListeningIsToldInSecondsAndMinutes(t *testing.T) {
	for second, want := range map[int]string{ // of the slowest
		0: "a few seconds", 2: "a few seconds", 30: "10 to 30 seconds", 600: "3 to 10 minutes",
	} {
		if got := listening(second * slowListening * runtime.NumCPU()); got != want {
			t.Errorf("%d seconds: %q, want %q", second, got, want)
		}
	}
}

// Rows go to the pass many at a time, and come out in order whatever their number.
func TestRowsAreHeardInBatchesAndWrittenInOrder(t *testing.T) {
	var batches []int
	counting := pass{
		rows: func(rows []hear.Row) [][]headway.Scored {
			batches = append(batches, len(rows))
			return quickRows(rows)
		},
		suggested: hear.Suggested,
	}
	var in strings.Builder
	in.WriteString("id\tside\tlabels\tquestion\tbefore\tsentence\n")
	for i := range 2*rowsAtOnce + 3 {
		fmt.Fprintf(&in, "%d\tours\t-\t\t\tHow many of the %d boxes?\n", i, i)
	}
	var out bytes.Buffer
	buffered := bufio.NewWriter(&out)
	if _, err := hearTSV(strings.NewReader(in.String()), buffered, counting); err != nil {
		t.Fatal(err)
	}
	buffered.Flush()
	if got, want := fmt.Sprint(batches), fmt.Sprint([]int{rowsAtOnce, rowsAtOnce, 3}); got != want {
		t.Errorf("batches of %s, want %s", got, want)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 1+2*rowsAtOnce+3 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines[1:] {
		if id, _, _ := strings.Cut(line, "\t"); id != fmt.Sprint(i) {
			t.Fatalf("line %d is of row %s", i, id)
		}
	}
}
