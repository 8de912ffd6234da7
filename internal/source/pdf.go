package source

import (
	"bytes"
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/headway-oss/headway"
)

// The limits on what a PDF may unpack to.
const (
	maxPages   = 20_000
	maxContent = 128 << 20 // bytes of drawing orders: 20,000 pages of text draw about 100 MB
)

// portable reads the text of PDF documents, which is recognised again as text.
var portable = format{
	name: "pdf",
	is:   func(p *peek) bool { return bytes.Contains(p.raw[:min(len(p.raw), 1024)], []byte("%PDF-")) },
	read: func(r *reading) error {
		pages, err := pdfPages(r.file.Data)
		if err != nil {
			return err
		}
		text, aside := layPages(pages)
		if aside != "" {
			r.find(0, "headers, footers and page numbers are no speech; kept them here", aside)
		}
		if !hasWords(text) {
			return headway.Errorf(headway.Invalid, "this PDF holds pictures of pages, no text: run OCR first")
		}
		return r.readInner(text)
	},
}

// pdfPages gives the lines of every page, in the order in which they are drawn.
func pdfPages(data []byte) (pages [][]*pdfLine, err error) {
	defer recoverInvalid(&err, "the PDF is damaged: print it to PDF again")
	data = tidyPDF(data)
	doc, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, pdf.ErrInvalidPassword) || err != nil && bytes.Contains(data, []byte("/Encrypt")) {
		return nil, headway.Errorf(headway.Invalid, "the PDF is locked with a password: save it without one")
	}
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "the PDF is damaged (%w): print it to PDF again", err)
	}
	if n := doc.NumPage(); n > maxPages {
		return nil, headway.Errorf(headway.Invalid, "the PDF says it has %d pages, refused: split it", n)
	}
	text := newPDFText()
	for n := 1; n <= doc.NumPage(); n++ {
		page := doc.Page(n)
		if page.V.IsNull() {
			continue
		}
		runs, err := text.page(page)
		if err != nil {
			return nil, headway.Errorf(headway.Invalid, "page %d of the PDF: %w: print it to PDF again", n, err)
		}
		pages = append(pages, pdfLines(runs))
	}
	return pages, nil
}

// tidyPDF makes the frame of a PDF as the library wants it: nothing before the
// header, a version it knows, nothing after the last end mark.
func tidyPDF(data []byte) []byte {
	if at := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); at > 0 {
		data = data[at:]
	}
	if end := bytes.LastIndex(data, []byte("%%EOF")); end > 0 {
		data = data[:end+len("%%EOF")]
	}
	if head := "%PDF-1.7\n"; len(data) > len(head) && (data[5] != '1' || data[8] != '\n' && data[8] != '\r') {
		data = slices.Concat([]byte(head), data[len(head):])
	}
	return data
}

// A pdfLine is text on one height of a page; measures are in points.
type pdfLine struct {
	text   strings.Builder
	x, end float64
	y      float64
	size   float64
}

// pdfLines joins a page's runs to lines. Bold and plain runs of one height are
// one line; a run drawn later goes to the line whose end it touches.
func pdfLines(runs []pdfRun) []*pdfLine {
	var lines []*pdfLine
	for _, run := range runs {
		line := lineOf(lines, run)
		if line == nil {
			line = &pdfLine{x: run.x, y: run.y, end: run.x, size: run.size}
			lines = append(lines, line)
		}
		line.add(run)
	}
	return slices.DeleteFunc(lines, func(l *pdfLine) bool { return strings.TrimSpace(l.text.String()) == "" })
}

// recentLines is how far back a run may belong to a line drawn before.
const recentLines = 60

// lineOf finds the line that a run continues: the last one on its height, or
// an earlier one that ends where the run begins.
func lineOf(lines []*pdfLine, run pdfRun) *pdfLine {
	for i := len(lines) - 1; i >= max(0, len(lines)-recentLines); i-- {
		l := lines[i]
		if math.Abs(l.y-run.y) > .35*max(l.size, run.size, 1) {
			continue
		}
		if i == len(lines)-1 && run.x >= l.x-run.size || math.Abs(run.x-l.end) < 1.5*run.size {
			return l
		}
	}
	return nil
}

// add puts a run at the line's end, after a space where the gap shows one.
func (l *pdfLine) add(run pdfRun) {
	written := l.text.String()
	if run.x-l.end > .17*run.size && written != "" && !strings.HasSuffix(written, " ") && !strings.HasPrefix(run.text, " ") {
		l.text.WriteByte(' ')
	}
	l.text.WriteString(run.text)
	l.end = run.end
	l.size = max(l.size, run.size)
}

// layPages lays the pages end to end as text, one paragraph a line, and gives
// apart what is only furniture of the pages.
func layPages(pages [][]*pdfLine) (text, aside string) {
	furniture := repeatedLines(pages)
	var out, beside strings.Builder
	var before *pdfLine
	for _, lines := range pages {
		right := rightEdge(lines)
		for i, l := range lines {
			words := strings.TrimSpace(l.text.String())
			if isFurniture(furniture, lines, i, words) {
				beside.WriteString(words + "\n")
				continue
			}
			out.WriteString(between(before, l, words, right))
			out.WriteString(words)
			before = l
		}
	}
	clear, _ := clean([]byte(strings.ToValidUTF8(out.String(), "\ufffd")))
	furnitureText, _ := clean([]byte(strings.ToValidUTF8(beside.String(), "\ufffd")))
	return clear, strings.TrimSpace(furnitureText)
}

func rightEdge(lines []*pdfLine) float64 {
	right := 0.0
	for i := range lines {
		right = max(right, lines[i].end)
	}
	return right
}

// startsTurn knows a line that begins something new, however full the line
// before is: a name or a time, a bullet, a heading of a transcript.
var startsTurn = regexp.MustCompile(`^(?:[^:]{1,40}:(?:\s|$)|\[?\(?\d{1,2}:\d{2}|[-–—•*>]\s|\d{1,3}[.)]\s)`)

// between gives what stands between two lines: a space where a paragraph only
// wraps, a line end, or an empty line.
func between(before, l *pdfLine, words string, right float64) string {
	if before == nil {
		return ""
	}
	drop := before.y - l.y
	switch {
	case drop > 1.9*max(l.size, 1):
		return "\n\n"
	case drop > 0 && before.end > .85*right && !startsTurn.MatchString(words):
		return " "
	}
	return "\n"
}

// edgeLines is how many lines at a page's top and bottom may be furniture.
const edgeLines = 2

var (
	anyNumber  = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^\W*(?:(?:page|seite|página|pagina|lapa|lpp\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur|van|no)\s*\d{1,4})?\W*$`)
)

// repeatedLines gives the lines that stand at the edge of half the pages, and
// of two at least, whatever numbers they hold.
func repeatedLines(pages [][]*pdfLine) map[string]bool {
	count := map[string]int{}
	for _, lines := range pages {
		onPage := map[string]bool{}
		for i := range lines {
			if isEdge(lines, i) {
				onPage[plainLine(lines[i].text.String())] = true
			}
		}
		for line := range onPage {
			count[line]++
		}
	}
	repeated := map[string]bool{}
	for line, n := range count {
		if n >= 2 && n*2 >= len(pages) {
			repeated[line] = true
		}
	}
	return repeated
}

func isEdge(lines []*pdfLine, i int) bool { return i < edgeLines || i >= len(lines)-edgeLines }

// plainLine gives a line as it is compared: a short one whatever its numbers,
// "Page 3 of 9", a long one as it is.
func plainLine(line string) string {
	line = strings.ToLower(strings.TrimSpace(line))
	if len(strings.Fields(line)) > 8 {
		return line
	}
	return anyNumber.ReplaceAllString(line, "#")
}

func isFurniture(repeated map[string]bool, lines []*pdfLine, i int, words string) bool {
	return isEdge(lines, i) && (pageNumber.MatchString(words) || repeated[plainLine(words)])
}
