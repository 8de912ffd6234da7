package source

import (
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// record is one row of a table as it came: its cells and the line it starts on.
type record struct {
	line  int
	cells []string
	at    extent // in the text
}

// delimiters are the marks that people's spreadsheets put between cells.
const delimiters = ",;\t|"

// sniffSize is how much of a text is read to find out its delimiter, in bytes.
const sniffSize = 64 << 10

// csvReader cuts a text into records. It follows RFC 4180 where the file does,
// and where it does not it keeps the words: a quote that closes nowhere is a
// character like others, and text after a closing quote stays in its cell.
// Cells are parts of the text, copied only where a doubled quote is undone.
type csvReader struct {
	text      string
	delimiter byte
	at        int
	line      int
	width     int // cells of the first record, to tell a broken quote from a long answer
	column    int // cells read of the present record
	lastClose int // no quote closes a cell after this offset
	retries   int // quotes found broken by reading ahead, bounded so that reading stays linear
	cells     []string
	findings  []headway.Finding
}

// maxRetries bounds how often a quote is read to the far end and then found broken.
const maxRetries = 64

// parseCSV gives the records of a text, without blank lines.
func parseCSV(text string, delimiter byte) ([]record, []headway.Finding) {
	r := newCSVReader(text, delimiter)
	var rows []record
	for {
		row, more := r.next()
		if !more {
			return rows, r.findings
		}
		if !row.blank() {
			rows = append(rows, row)
		}
	}
}

func newCSVReader(text string, delimiter byte) *csvReader {
	r := &csvReader{text: text, delimiter: delimiter, line: 1, lastClose: -1}
	r.skipSeparatorLine()
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '"' && r.closesAt(i) {
			r.lastClose = i
			break
		}
	}
	return r
}

// skipSeparatorLine passes over the line "sep=;" that Excel writes for itself.
func (r *csvReader) skipSeparatorLine() {
	if first, _, _ := strings.Cut(r.text, "\n"); separatorLine(first) != 0 {
		r.at, r.line = min(len(first)+1, len(r.text)), 2
	}
}

// separatorLine gives the delimiter that Excel's first line names, or 0.
func separatorLine(line string) byte {
	if len(line) == len("sep=;") && strings.EqualFold(line[:4], "sep=") {
		return line[4]
	}
	return 0
}

func (r record) blank() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// next gives the next record, and false where the text has ended.
func (r *csvReader) next() (record, bool) {
	if r.at >= len(r.text) {
		return record{}, false
	}
	row := record{line: r.line, at: extent{r.at, r.at}}
	start := len(r.cells)
	for {
		r.column = len(r.cells) - start
		cell, ended := r.cell()
		r.cells = append(r.cells, cell)
		if ended {
			break
		}
	}
	row.cells = r.cells[start:len(r.cells):len(r.cells)]
	row.at[1] = r.at
	if cap(r.cells)-len(r.cells) < len(row.cells) {
		// Records share one backing array until it is full, to spare the
		// allocator millions of small slices.
		r.cells = make([]string, 0, max(4096, 2*len(row.cells)))
	}
	if r.width == 0 {
		r.width = len(row.cells)
	}
	return row, true
}

// cell reads one cell and the delimiter or line end after it; ended says
// whether it was the record's last.
func (r *csvReader) cell() (cell string, ended bool) {
	if r.at < len(r.text) && r.text[r.at] == '"' {
		if cell, ok := r.quoted(); ok {
			return cell, r.pass()
		}
		r.find("a quotation mark is never closed; kept it as a character")
	}
	rest := r.text[r.at:]
	end := strings.IndexByte(rest, '\n')
	if end < 0 {
		end = len(rest)
	}
	if d := strings.IndexByte(rest[:end], r.delimiter); d >= 0 {
		end = d
	}
	r.at += end
	return rest[:end], r.pass()
}

// pass goes over the delimiter or line end at r.at.
func (r *csvReader) pass() (ended bool) {
	if r.at >= len(r.text) {
		return true
	}
	ended = r.text[r.at] == '\n'
	if ended {
		r.line++
	}
	r.at++
	return ended
}

// quoted reads a cell in quotes. It fails, and reads nothing, where the quote
// closes nowhere or only after whole rows that it should not have swallowed.
func (r *csvReader) quoted() (string, bool) {
	if r.at >= r.lastClose || r.retries > maxRetries {
		return "", false
	}
	start := r.at + 1
	end, inner, doubled := r.closing(start)
	if end < 0 || r.swallowsRows(r.text[start:end], inner) {
		r.retries++
		return "", false
	}
	cell := r.text[start:end]
	if inner {
		r.find("a quotation mark inside a cell is not doubled; kept it")
	}
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	r.line += strings.Count(cell, "\n")
	r.at = end + 1
	return cell, true
}

// closing finds the quote that closes a cell whose text starts at start, and
// whether quotes stand inside, lone or doubled.
func (r *csvReader) closing(start int) (end int, lone, doubled bool) {
	for i := start; ; i++ {
		n := strings.IndexByte(r.text[i:], '"')
		if n < 0 {
			return -1, lone, doubled
		}
		i += n
		switch {
		case i+1 < len(r.text) && r.text[i+1] == '"':
			doubled = true
			i++
		case r.closesAt(i):
			return i, lone, doubled
		default:
			lone = true
		}
	}
}

// closesAt says whether a cell may end at the quote at i.
func (r *csvReader) closesAt(i int) bool {
	return i+1 == len(r.text) || r.text[i+1] == r.delimiter || r.text[i+1] == '\n'
}

// swallowsRows says whether a cell holds the rest of its row and rows of this
// table: its first line is cut by the delimiter as often as the row still
// needs, and so are whole lines below; one line is enough where a lone quote
// shows that the writer did not double them, else all, and two at least.
func (r *csvReader) swallowsRows(cell string, loneQuote bool) bool {
	if r.width < 3 {
		return false
	}
	lines := strings.Split(cell, "\n")
	cuts := func(line string) int { return strings.Count(line, string(r.delimiter)) }
	if len(lines) < 3 || cuts(lines[0]) != r.width-1-r.column || cuts(lines[1]) != r.width-1 {
		return false
	}
	if loneQuote {
		return true
	}
	whole := lines[1 : len(lines)-1]
	return len(whole) >= 2 && !slices.ContainsFunc(whole, func(line string) bool { return cuts(line) != r.width-1 })
}

// maxSame is how often the same thing is found in one file before the rest is
// only counted.
const maxSame = 20

func (r *csvReader) find(what string) {
	if len(r.findings) < maxSame {
		r.findings = append(r.findings, headway.Finding{Line: r.line, What: what})
	}
}

// sniffDelimiter gives the delimiter under which the beginning of a text is a
// table, and 0 where it is none under any: at least two records, nine in ten of
// as many cells as the first, and of two cells at least.
func sniffDelimiter(text string) byte {
	if line, _, _ := strings.Cut(text[:min(len(text), 16)], "\n"); separatorLine(line) != 0 {
		return separatorLine(line)
	}
	sample, whole := text, true
	if len(text) > sniffSize {
		sample, whole = text[:sniffSize], false
	}
	best, bestScore := byte(0), 0.0
	for i := range len(delimiters) {
		if score := tableScore(sample, delimiters[i], whole); score > bestScore {
			best, bestScore = delimiters[i], score
		}
	}
	return best
}

// tableScore tells how much a sample is a table under a delimiter: the share
// of its records as wide as the first, and a little more for wide ones.
func tableScore(sample string, delimiter byte, whole bool) float64 {
	rows, _ := parseCSV(sample, delimiter)
	if !whole && len(rows) > 2 {
		rows = rows[:len(rows)-1] // cut off in the middle
	}
	if len(rows) < 2 || len(rows[0].cells) < 2 {
		return 0
	}
	same := 0
	for _, row := range rows {
		if len(row.cells) == len(rows[0].cells) {
			same++
		}
	}
	share, need := float64(same)/float64(len(rows)), .6
	if knownHeaderCells(rows[0].cells) >= 2 {
		need = .2 // rows may be ragged where the headers leave no doubt
	}
	if share < need {
		return 0
	}
	return share + min(float64(len(rows[0].cells)), 50)/100
}

// csv reads survey answers, reviews and tickets from a text table.
var csv = format{
	name: "csv",
	is:   isCSV,
	read: func(r *reading) error {
		delimiter := sniffDelimiter(r.text)
		if delimiter == 0 {
			delimiter = ',' // a single column in quotes
		}
		rows, findings := parseCSV(r.text, delimiter)
		r.batch.Findings = append(r.batch.Findings, findings...)
		r.readTable(rows, string(delimiter), "")
		return nil
	},
}

func knownHeaderCells(cells []string) int {
	known := 0
	for _, c := range cells {
		if len(c) < 60 && isKnownHeader(plainHeader(c)) {
			known++
		}
	}
	return known
}

// isCSV says whether a text is a table. Speech has commas too: so a few columns
// make a table only under a known header, in quotes, cut by another mark than
// the comma, or with a column of nothing but numbers, dates or addresses.
func isCSV(p *peek) bool {
	head := p.head()
	if strings.HasPrefix(head, "{") || strings.HasPrefix(head, "[") { // JSON
		return false
	}
	delimiter := sniffDelimiter(head)
	if delimiter == 0 {
		return isQuotedColumn(head)
	}
	rows, _ := parseCSV(head, delimiter)
	first := rows[0].cells
	if knownHeaderCells(first) > 0 || strings.HasPrefix(head, `"`) || hasTypedColumn(rows) {
		return true
	}
	return delimiter != ',' && len(rows) >= 3 && len(first) >= 3 || len(first) >= 4 && len(rows) >= 3
}

// hasTypedColumn says whether at least three rows, all of one width, have data
// in one column.
func hasTypedColumn(rows []record) bool {
	if len(rows) < 3 {
		return false
	}
	width := len(rows[0].cells)
	typed := make([]int, width)
	for _, row := range rows {
		if len(row.cells) != width {
			return false
		}
		for i, c := range row.cells {
			if isTyped(strings.TrimSpace(c)) {
				typed[i]++
			}
		}
	}
	return slices.Max(typed)*5 >= len(rows)*4
}

// isQuotedColumn says whether a text is a table of one column: a known header
// with quoted cells below.
func isQuotedColumn(head string) bool {
	first, rest, more := strings.Cut(head, "\n")
	return more && strings.HasPrefix(rest, `"`) && isKnownHeader(plainHeader(first))
}
