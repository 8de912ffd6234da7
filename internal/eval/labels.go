// Package eval measures what hear hears against sentences labelled by people
// or by annotators working from the codebook, and prints every figure that
// Headway shows about itself, with n, an interval over documents, a baseline
// and the annotators' ceiling.
//
//	err := eval.Run(os.Stdout, "../shared/data")
package eval

import (
	"hash/crc32"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// Labelled is one sentence of a label file.
type Labelled struct {
	ID     string // document.turn.sentence
	File   string // name without folder and ending: "ai-1"
	Row    hear.Row
	Labels []headway.Label // none for "-"
}

// Document is the part of the id before the first dot.
func (l Labelled) Document() string {
	doc, _, _ := strings.Cut(l.ID, ".")
	return doc
}

// Turn is the id without its sentence.
func (l Labelled) Turn() string {
	if i := strings.LastIndexByte(l.ID, '.'); i >= 0 {
		return l.ID[:i]
	}
	return l.ID
}

// Has says whether the sentence carries a label.
func (l Labelled) Has(label headway.Label) bool {
	for _, own := range l.Labels {
		if own == label {
			return true
		}
	}
	return false
}

// IsQuestion says whether the sentence carries any q- label.
func (l Labelled) IsQuestion() bool {
	for _, own := range l.Labels {
		if strings.HasPrefix(string(own), "q-") {
			return true
		}
	}
	return false
}

// Invented says whether the sentence was written for this project: such
// sentences may teach, and are measured only in tables of their own.
func (l Labelled) Invented() bool { return strings.HasPrefix(l.File, "inv") }

// Folds is the number of parts that documents fall into.
const Folds = 5

// Fold gives a document's part, 0 to 4: the same in all files and for ever.
func Fold(document string) int {
	return int(crc32.ChecksumIEEE([]byte(document)) % Folds)
}

// ReadLabels reads the label files that a pattern under dataDir/labels names
// ("ai-*", "invented/*"), in order of name. Files are cut at line feed and
// tab, without any quoting; columns are found by name, so that a file may have
// more of them.
func ReadLabels(dataDir string, patterns ...string) (rows []Labelled, err error) {
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(dataDir, "labels", filepath.FromSlash(pattern)+".tsv"))
		if err != nil || len(names) == 0 {
			return nil, headway.Errorf(headway.NotFound, "no label files %s.tsv under %s: give the data folder with --data", pattern, filepath.Join(dataDir, "labels"))
		}
		sort.Strings(names)
		for _, name := range names {
			if rows, err = appendFile(rows, name); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

func appendFile(rows []Labelled, name string) (all []Labelled, err error) {
	defer headway.Wrap(&err, "read labels %s", filepath.Base(name))
	table, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	file := strings.TrimSuffix(filepath.Base(name), ".tsv")
	lines := strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")
	columns := columnsOf(lines[0])
	for i, line := range lines[1:] {
		fields := strings.Split(line, "\t")
		if len(fields) != len(columns) {
			return nil, headway.Errorf(headway.Invalid, "line %d has %d columns, the header has %d", i+2, len(fields), len(columns))
		}
		rows = append(rows, labelledOf(file, columns, fields))
	}
	return rows, nil
}

func columnsOf(header string) map[string]int {
	columns := map[string]int{}
	for i, name := range strings.Split(header, "\t") {
		columns[name] = i
	}
	return columns
}

func labelledOf(file string, columns map[string]int, fields []string) Labelled {
	get := func(name string) string {
		if i, has := columns[name]; has {
			return fields[i]
		}
		return ""
	}
	l := Labelled{ID: get("id"), File: file, Row: hear.Row{
		Side:     headway.Side(get("side")),
		Question: get("question"),
		Before:   get("before"),
		Sentence: get("sentence"),
		After:    get("after"),
		Genre:    get("genre"),
	}}
	for _, label := range strings.Split(get("labels"), ",") {
		if label != "" && label != "-" {
			l.Labels = append(l.Labels, headway.Label(label))
		}
	}
	return l
}

// OfSide keeps the rows of one side.
func OfSide(rows []Labelled, side headway.Side) []Labelled {
	var kept []Labelled
	for _, r := range rows {
		if r.Row.Side == side {
			kept = append(kept, r)
		}
	}
	return kept
}

// Split parts rows into those of a fold, to measure, and the others, to fit.
func Split(rows []Labelled, fold int) (fit, measure []Labelled) {
	for _, r := range rows {
		if Fold(r.Document()) == fold {
			measure = append(measure, r)
		} else {
			fit = append(fit, r)
		}
	}
	return fit, measure
}
