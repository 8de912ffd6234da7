package eval

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// finishTable is lines that say when a job is done, each about the customers or
// about us. What they are stands beside them.
//
//go:embed data/jobs/finish.tsv
var finishTable string

// finishLine is a line that says when a job is done.
type finishLine struct {
	half, trade string
	us          bool
	line        string
}

// measureFinishLines prints how well a finish line about us is told from one in the
// customers' measure.
func measureFinishLines(w io.Writer) error {
	all, err := readFinishLines(finishTable)
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
	rows, err := labelledRows(table, 4, "finish")
	for _, f := range rows {
		all = append(all, finishLine{f[0], f[1], f[2] == "us", f[3]})
	}
	return all, err
}

// labelledRows gives the rows of a table below its head, cut into so many columns.
// What the columns are stands beside it, under its name.
func labelledRows(table string, columns int, name string) (rows [][]string, err error) {
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		row := strings.Split(line, "\t")
		if len(row) != columns {
			return nil, headway.Errorf(headway.Invalid, "a row of data/jobs/%s.tsv has %d columns: give it the %d that data/jobs/%s.md names", name, len(row), columns, name)
		}
		rows = append(rows, row)
	}
	return rows[1:], nil
}
