package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// The columns that a file of rows must have. Labels are named so that labelled
// files can be given as they are; they are not looked at.
var neededColumns = []string{"id", "side", "labels", "question", "before", "sentence"}

// rowsAtOnce is how many rows are heard together: enough for all processors.
const rowsAtOnce = 512

// hearTSV hears each row of in from its own columns only, and gives the lines of
// those that it did not hear since they are not English. A row that does not
// have as many columns as the header stops it: a number computed from rows that
// slipped would be worse than none.
func hearTSV(in io.Reader, out *bufio.Writer, by pass) (unheard []int, err error) {
	lines := bufio.NewReaderSize(in, 1<<16)
	header, err := readRow(lines)
	if errors.Is(err, io.EOF) {
		return nil, headway.Errorf(headway.Invalid, "the file is empty: its first line names the columns %s", strings.Join(neededColumns, " "))
	}
	if err != nil {
		return nil, err
	}
	columns, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	out.WriteString("id\tlabels\tcounted\tscores\n")
	batch := &rowBatch{by: by, out: out}
	defer batch.hear() // the last rows, or those before one that slipped
	for n := 2; ; n++ {
		cells, err := readRow(lines)
		if errors.Is(err, io.EOF) {
			return batch.unheard, nil
		}
		if err != nil {
			return nil, err
		}
		if len(cells) != len(header) {
			return batch.unheard, headway.Errorf(headway.Invalid, "line %d has %d columns, the header has %d: nothing after it was heard", n, len(cells), len(header))
		}
		batch.add(n, columns.of(cells, "id"), columns.row(cells))
	}
}

// rowBatch gathers rows to hear them together.
type rowBatch struct {
	by   pass
	out  *bufio.Writer
	ids  []string
	rows []hear.Row
	deaf []bool // rows that are not English

	unheard []int // their lines, of all batches
}

func (b *rowBatch) add(line int, id string, r hear.Row) {
	english := hear.English(r)
	if b.deaf = append(b.deaf, !english); !english {
		b.unheard = append(b.unheard, line)
	}
	b.ids, b.rows = append(b.ids, id), append(b.rows, r)
	if len(b.rows) == rowsAtOnce {
		b.hear()
	}
}

// hear hears and writes what was gathered.
func (b *rowBatch) hear() {
	if len(b.rows) == 0 {
		return
	}
	for i, labels := range b.by.rows(b.rows) {
		if b.deaf[i] {
			silence(labels)
		}
		writeHeard(b.out, b.ids[i], labels, b.by.suggested(labels))
	}
	b.ids, b.rows, b.deaf = b.ids[:0], b.rows[:0], b.deaf[:0]
}

// silence takes everything from labels but their names.
func silence(labels []headway.Scored) {
	for i := range labels {
		labels[i] = headway.Scored{Label: labels[i].Label}
	}
}

// unheardLines says which lines were not heard, by number as far as a reader will go.
func unheardLines(lines []int) string {
	named := make([]string, min(len(lines), 20))
	for i := range named {
		named[i] = strconv.Itoa(lines[i])
	}
	more := ""
	if len(lines) > len(named) {
		more = " and more"
	}
	return fmt.Sprintf("%s not heard, since not English: line %s%s", count(len(lines), "row"), strings.Join(named, ", "), more)
}

// tsvColumns says where a column stands.
type tsvColumns map[string]int

func readHeader(cells []string) (tsvColumns, error) {
	columns := tsvColumns{}
	for i, name := range cells {
		columns[name] = i
	}
	for _, name := range neededColumns {
		if _, has := columns[name]; !has {
			return nil, headway.Errorf(headway.Invalid, "the first line names no column %q: it needs %s", name, strings.Join(neededColumns, " "))
		}
	}
	return columns, nil
}

// of gives a cell, "" for a column that the file does not have.
func (c tsvColumns) of(cells []string, name string) string {
	if i, has := c[name]; has {
		return cells[i]
	}
	return ""
}

func (c tsvColumns) row(cells []string) hear.Row {
	return hear.Row{
		Side:     headway.Side(c.of(cells, "side")),
		Question: c.of(cells, "question"),
		Before:   c.of(cells, "before"),
		Sentence: c.of(cells, "sentence"),
		After:    c.of(cells, "after"),
		Genre:    c.of(cells, "genre"),
	}
}

// readRow gives the next line's cells; a CR before the line's end is no part
// of them. io.EOF stands for the end.
func readRow(lines *bufio.Reader) ([]string, error) {
	line, err := lines.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return nil, err
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	return strings.Split(line, "\t"), nil
}

func writeHeard(out *bufio.Writer, id string, all, suggested []headway.Scored) {
	var counted []string
	scores := make([]string, len(all))
	for i, s := range all {
		scores[i] = string(s.Label) + "=" + strconv.FormatFloat(s.Score, 'f', 3, 64)
		if s.Counted {
			counted = append(counted, string(s.Label))
		}
	}
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", id, listed(names(suggested)), listed(counted), listed(scores))
}

func names(scored []headway.Scored) []string {
	var names []string
	for _, s := range scored {
		names = append(names, string(s.Label))
	}
	return names
}

func listed(words []string) string {
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, ",")
}
