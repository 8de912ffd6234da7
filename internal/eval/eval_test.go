package eval_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/hear"
)

// The folds are fixed for ever: figures of different versions compare.
func TestFoldsNeverMove(t *testing.T) {
	for document, want := range map[string]int{"ai00203": 2, "ft084": 3, "inv1-01": 2, "": 0} {
		if got := eval.Fold(document); got != want {
			t.Errorf("fold of %q is %d, want %d", document, got, want)
		}
	}
}

func TestLabelFilesAreCutAtTabAndLineFeedOnly(t *testing.T) {
	data := t.TempDir()
	writeLabels(t, data, "mugs", "id\tside\tlabels\tquestion\tbefore\tsentence\nm1.000.01\tours\tq-open,asks:habit\tIt \"chips.\tSo.\tWhat \"keeps you, then?\nm1.001.00\ttheirs\t-\t\t\tOh\n")
	rows, err := eval.ReadLabels(data, "mugs")
	if err != nil {
		t.Fatal(err)
	}
	want := []eval.Labelled{
		{ID: "m1.000.01", File: "mugs", Row: hear.Row{Side: headway.Ours, Question: "It \"chips.", Before: "So.", Sentence: "What \"keeps you, then?"}, Labels: []headway.Label{headway.QOpen, headway.Asks(headway.Habit)}},
		{ID: "m1.001.00", File: "mugs", Row: hear.Row{Side: headway.Theirs, Sentence: "Oh"}},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if rows[0].Document() != "m1" || rows[0].Turn() != "m1.000" || !rows[0].IsQuestion() || rows[1].IsQuestion() {
		t.Errorf("row %q is of document %q, turn %q", rows[0].ID, rows[0].Document(), rows[0].Turn())
	}
}

func TestALabelFileWithAMissingColumnIsRefusedWithItsLine(t *testing.T) {
	data := t.TempDir()
	writeLabels(t, data, "short", "id\tside\tsentence\na.0\tours\n")
	_, err := eval.ReadLabels(data, "short")
	if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v, want one that names line 2", err)
	}
}

func TestMissingDataIsNamed(t *testing.T) {
	err := eval.Run(&bytes.Buffer{}, t.TempDir())
	if headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("error %v, want not_found", err)
	}
}

func TestFiguresOfACount(t *testing.T) {
	tally := eval.Tally{}
	for range 3 {
		tally.Of("a").Add(true, true)
	}
	tally.Of("a").Add(true, false)
	tally.Of("b").Add(false, true)
	sum := tally.Sum()
	if sum.Precision() != .75 || sum.Recall() != .75 || sum.F1() != .75 || sum.N() != 4 {
		t.Errorf("precision %v, recall %v, F1 %v of n %d", sum.Precision(), sum.Recall(), sum.F1(), sum.N())
	}
	low, high := tally.Interval(eval.Count.F1)
	if again, _ := tally.Interval(eval.Count.F1); low != again || low > .75 || high < .75 {
		t.Errorf("interval %v-%v, the second time from %v", low, high, again)
	}
	if (eval.Count{}).F1() != 0 {
		t.Error("the F1 of nothing is 0")
	}
}

func TestInventedSentencesAreToldFromReal(t *testing.T) {
	if !(eval.Labelled{File: "inv3"}).Invented() || (eval.Labelled{File: "podcast"}).Invented() {
		t.Error("inv3 is invented, podcast is real")
	}
}

func writeLabels(t *testing.T, data, name, table string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(data, "labels"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "labels", name+".tsv"), []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
}
