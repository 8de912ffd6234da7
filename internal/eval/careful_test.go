package eval

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestOpinionsAreKeptToAThirtySecond(t *testing.T) {
	data := t.TempDir()
	for _, file := range []string{"ai-1", "more-01", "rare-1", "survey", "podcast", "invented/inv1"} {
		path := filepath.Join(data, "labels", file+".tsv")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("id\tside\tlabels\tsentence\nm1.000.01\tours\t-\tSo?\nm1.001.00\ttheirs\t-\tOh\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ours, theirs := Labelled{ID: "m1.000.01", File: "survey"}, Labelled{ID: "m1.001.00", File: "survey"}
	ours.Row.Side, theirs.Row.Side = headway.Ours, headway.Theirs
	given := Opinions{}
	given[opinionKey{"survey", "m1.000.01", headway.Ours, asWritten}] = []float32{-4.02, 3.5}
	given[opinionKey{"survey", "m1.000.01", headway.Ours, asStripped}] = []float32{-4, 0}
	given[opinionKey{"survey", "m1.001.00", headway.Theirs, asUnseen}] = []float32{.01, -30}
	var file bytes.Buffer
	if err := given.Write(&file, data); err != nil {
		t.Fatal(err)
	}
	read, err := readOpinions(&file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   Labelled
		form Form
		want []float32
	}{{ours, asWritten, []float32{-4.03125, 3.5}}, {ours, asStripped, []float32{-4, 0}}, {theirs, asUnseen, []float32{0, -30}}, {theirs, asWritten, nil}} {
		if diff := cmp.Diff(c.want, read.Of(c.of, c.form)); diff != "" {
			t.Errorf("%s of %s:\n%s", c.form, c.of.ID, diff)
		}
	}
}

func TestNamesInsideASentenceAreSwappedAndNothingElse(t *testing.T) {
	for text, kept := range map[string][]string{
		"Before that I used Nordwind, on Monday in May.": {"Before that I used ", ", on Monday in May."},
		"We asked Priya and Priya said no.":              {"We asked ", " and ", " said no."},
		"Nothing here is a name, I think.":               {"Nothing here is a name, I think."},
	} {
		rest := []byte(swapNames(text))
		for _, part := range kept {
			at := bytes.Index(rest, []byte(part))
			if at < 0 {
				t.Errorf("%q became %q, which lost %q", text, swapNames(text), part)
				break
			}
			rest = rest[at+len(part):]
		}
		if len(kept) > 1 && swapNames(text) == text {
			t.Errorf("%q was left as it is", text)
		}
	}
	if swapNames("so Anna, then Anna") != "so "+swapNames("to Anna")[3:]+", then "+swapNames("to Anna")[3:] {
		t.Error("the same name became two")
	}
}

func TestAScoreOfHalfPromisesThatHalfAreRight(t *testing.T) {
	heard := func(score float64, there bool) heardKinds {
		h := heardKinds{scores: []headway.Scored{{Label: headway.Habit, Score: score}}, counted: map[headway.Label]bool{headway.Habit: true}}
		if there {
			h.Labels = []headway.Label{headway.Habit}
		}
		return h
	}
	honest := calibration([]heardKinds{heard(.5, true), heard(.5, false)})
	if off := expectedError(honest); off != 0 {
		t.Errorf("one of two right at .5 is off by %v", off)
	}
	boastful := calibration([]heardKinds{heard(.95, true), heard(.95, false), heard(1, false)})
	if off := expectedError(boastful); math.Abs(off-1.9/3) > 1e-9 {
		t.Errorf("one of three right where 2.9 were promised is off by %v, want %v", off, 1.9/3)
	}
}
