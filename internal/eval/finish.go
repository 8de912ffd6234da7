package eval

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// finishLines are lines that say when a job is done, each about the customers or
// about us. What they are stands beside them.
//
//go:embed data/jobs/finish.tsv
var finishLines string

// finishLine is a line that says when a job is done.
type finishLine struct {
	half, trade string
	us          bool
	line        string
}

// FinishLines prints how well a finish line about us is told from one in the
// customers' measure.
func FinishLines(w io.Writer) error {
	all, err := readFinishLines(finishLines)
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\n## Jobs: finish lines about us\n\n| half | lines | about us | precision | recall |\n|---|---|---|---|---|\n")
	for _, half := range []string{"dev", "kept"} {
		t, n := Tally{}, 0
		for _, l := range all {
			if l.half == half {
				t.Of(l.trade).Add(job.AboutUs(l.line) != "", l.us)
				n++
			}
		}
		fmt.Fprintf(w, "| %s | %d | %d | %s | %s |\n", half, n, t.Sum().N(), withInterval(t, Count.Precision), withInterval(t, Count.Recall))
	}
	return nil
}

func readFinishLines(table string) (all []finishLine, err error) {
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, headway.Errorf(headway.Invalid, "a row of the finish lines has not the four columns that data/jobs/finish.md names")
		}
		if i > 0 {
			all = append(all, finishLine{f[0], f[1], f[2] == "us", f[3]})
		}
	}
	return all, nil
}
