package source

import (
	"bytes"
	"io"
	"math"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/headway-oss/headway"
)

// A pdfRun is text that a page draws in one stroke; measures are in points.
type pdfRun struct {
	text   string
	x, end float64
	y      float64
	size   float64
}

// matrix is a PDF transformation [a b c d e f] (ISO 32000-1, 8.3.4).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times gives the transformation that applies m first and then o.
func (m matrix) times(o matrix) matrix {
	return matrix{
		m[0]*o[0] + m[1]*o[2], m[0]*o[1] + m[1]*o[3],
		m[2]*o[0] + m[3]*o[2], m[2]*o[1] + m[3]*o[3],
		m[4]*o[0] + m[5]*o[2] + o[4], m[4]*o[1] + m[5]*o[3] + o[5],
	}
}

func shift(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// pdfText follows the drawing orders of a page and gathers its runs. The
// library's own walk gives no widths for composite fonts, which most programs
// write today, and without widths no gap between words can be told from one
// within a word.
type pdfText struct {
	runs      []pdfRun
	fonts     map[string]*pdfFont // by the name they have where they are used
	known     map[string]*pdfFont // by what the document says of them: pages share fonts
	resources pdf.Value
	state     pdfState
	stack     []pdfState
	depth     int
	left      int64 // bytes that the document's content may still unpack to
}

// pdfState is what q saves and Q restores, and the text's own place.
type pdfState struct {
	ctm, text, line     matrix
	font                *pdfFont
	size, leading       float64
	charSpace, wordSize float64
	stretch             float64
}

// maxRuns bounds the strokes of text on one page, several hundred full pages of
// single letters: a small file can unpack to orders that would fill the memory.
const maxRuns = 4_000_000

// maxFormDepth bounds drawings within drawings.
const maxFormDepth = 6

func newPDFText() *pdfText { return &pdfText{known: map[string]*pdfFont{}, left: maxContent} }

// page gives the runs of a page. It fails with Invalid where the page's
// content is damaged, or unpacks to more than any document of text.
func (t *pdfText) page(page pdf.Page) ([]pdfRun, error) {
	t.runs, t.stack, t.resources = nil, nil, page.Resources()
	t.state = pdfState{ctm: identity, text: identity, line: identity, stretch: 1}
	contents := page.V.Key("Contents")
	streams := []pdf.Value{contents}
	if contents.Kind() == pdf.Array {
		streams = nil
		for i := range contents.Len() {
			streams = append(streams, contents.Index(i))
		}
	}
	var content []byte
	for _, s := range streams {
		data, err := t.unpack(s)
		if err != nil {
			return nil, err
		}
		content = append(append(content, data...), '\n')
	}
	err := t.draw(content)
	return t.runs, err
}

// unpack gives a stream's bytes, as long as the document stays within its
// bounds.
func (t *pdfText) unpack(stream pdf.Value) ([]byte, error) {
	if stream.Kind() != pdf.Stream {
		return nil, nil
	}
	in := stream.Reader()
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, t.left+1))
	if err != nil && len(data) == 0 {
		return nil, headway.Errorf(headway.Invalid, "its content cannot be unpacked (%w)", err)
	}
	if t.left -= int64(len(data)); t.left < 0 {
		return nil, headway.Errorf(headway.Invalid, "the document unpacks to more than %d MiB, refused", maxContent>>20)
	}
	return data, nil
}

func (t *pdfText) draw(content []byte) error {
	fonts := t.fonts
	t.fonts = map[string]*pdfFont{}
	defer func() { t.fonts = fonts }()
	d := drawing{data: content}
	for {
		op, args, more := d.next()
		if !more {
			return nil
		}
		if err := t.order(op, args); err != nil {
			return err
		}
		if len(t.runs) > maxRuns {
			return headway.Errorf(headway.Invalid, "it draws more than %d pieces of text, refused", maxRuns)
		}
	}
}

// order carries out one drawing order; those that do not move or show text,
// or lack what they need, are passed over.
func (t *pdfText) order(op string, args []operand) error {
	s := &t.state
	if len(args) < operands[op] {
		return nil
	}
	num := func(i int) float64 { return args[i].number }
	switch op {
	case "q":
		t.stack = append(t.stack, *s)
	case "Q":
		if n := len(t.stack); n > 0 {
			*s, t.stack = t.stack[n-1], t.stack[:n-1]
		}
	case "cm":
		s.ctm = matrixOf(args).times(s.ctm)
	case "Do":
		return t.form(args[0].text)
	case "BT":
		s.text, s.line = identity, identity
	case "Tf":
		s.font, s.size = t.font(args[0].text), num(1)
		if s.font == nil {
			return headway.Errorf(headway.Invalid, "its font %q is damaged", args[0].text)
		}
	case "Tm":
		s.line = matrixOf(args)
		s.text = s.line
	case "Td":
		t.move(num(0), num(1))
	case "TD":
		s.leading = -num(1)
		t.move(num(0), num(1))
	case "T*":
		t.move(0, -s.leading)
	case "TL":
		s.leading = num(0)
	case "Tc":
		s.charSpace = num(0)
	case "Tw":
		s.wordSize = num(0)
	case "Tz":
		s.stretch = num(0) / 100
	case "Tj":
		t.show(args[0].text)
	case "'":
		t.move(0, -s.leading)
		t.show(args[0].text)
	case "\"":
		s.wordSize, s.charSpace = num(0), num(1)
		t.move(0, -s.leading)
		t.show(args[2].text)
	case "TJ":
		for _, v := range args[0].list {
			if v.isText {
				t.show(v.text)
			} else {
				s.text = shift(-v.number/1000*s.size*s.stretch, 0).times(s.text)
			}
		}
	}
	return nil
}

// operands tells how many an order needs.
var operands = map[string]int{"cm": 6, "Do": 1, "Tf": 2, "Tm": 6, "Td": 2, "TD": 2, "TL": 1, "Tc": 1, "Tw": 1, "Tz": 1, "Tj": 1, "'": 1, "\"": 3, "TJ": 1}

func matrixOf(args []operand) matrix {
	var m matrix
	for i := range m {
		m[i] = args[i].number
	}
	return m
}

func (t *pdfText) move(x, y float64) {
	t.state.line = shift(x, y).times(t.state.line)
	t.state.text = t.state.line
}

// form draws a drawing within the page.
func (t *pdfText) form(name string) error {
	form := t.resources.Key("XObject").Key(name)
	if t.depth >= maxFormDepth || form.Kind() != pdf.Stream || form.Key("Subtype").Name() != "Form" {
		return nil
	}
	content, err := t.unpack(form)
	if err != nil {
		return err
	}
	resources, state, stack := t.resources, t.state, t.stack
	if v := form.Key("Matrix"); v.Len() == 6 {
		var m matrix
		for i := range m {
			m[i] = v.Index(i).Float64()
		}
		t.state.ctm = m.times(t.state.ctm)
	}
	if own := form.Key("Resources"); !own.IsNull() {
		t.resources = own
	}
	t.depth++
	err = t.draw(content)
	t.depth--
	t.resources, t.state, t.stack = resources, state, stack
	return err
}

// show adds a run and moves to its end.
func (t *pdfText) show(raw string) {
	s := &t.state
	if s.font == nil || raw == "" {
		return
	}
	text := strings.ReplaceAll(s.font.encoding.Decode(raw), "\x7f", "•") // codes that mean nothing show a bullet (ISO 32000-1, D.2)
	width := s.font.width(raw, text)*s.size + float64(s.font.count(raw))*s.charSpace + float64(strings.Count(raw, " "))*s.wordSize
	before := s.text.times(s.ctm)
	s.text = shift(width*s.stretch, 0).times(s.text)
	after := s.text.times(s.ctm)
	run := pdfRun{text: text, x: before[4], end: after[4], y: before[5], size: math.Abs(s.size) * math.Hypot(before[2], before[3])}
	if isFinite(run.x) && isFinite(run.end) && isFinite(run.y) && isFinite(run.size) && len(t.runs) <= maxRuns {
		t.runs = append(t.runs, run)
	}
}

func isFinite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// pdfFont knows how a font's codes read and how wide they are, in ems.
type pdfFont struct {
	simple    pdf.Font
	encoding  pdf.TextEncoding
	composite bool // codes of two bytes
	widths    map[int]float64
	otherwise float64
}

func (t *pdfText) font(name string) *pdfFont {
	if f := t.fonts[name]; f != nil {
		return f
	}
	v := pdf.Font{V: t.resources.Key("Font").Key(name)}
	said := v.V.String()
	if f := t.known[said]; f != nil {
		t.fonts[name] = f
		return f
	}
	if !t.closes(v.V.Key("ToUnicode")) {
		return nil
	}
	f := &pdfFont{simple: v, encoding: v.Encoder(), composite: v.V.Key("Subtype").Name() == "Type0"}
	if f.composite {
		f.readWidths(v.V.Key("DescendantFonts").Index(0))
	}
	t.fonts[name], t.known[said] = f, f
	return f
}

// closes says whether the last string of a stream is closed, without which the
// library would read it for ever. What is no stream is closed.
func (t *pdfText) closes(stream pdf.Value) bool {
	data, err := t.unpack(stream)
	return err == nil && bytes.LastIndexByte(data, '<') <= bytes.LastIndexByte(data, '>')
}

// readWidths reads a composite font's widths: "c [w ...]" for codes from c on,
// "c d w" for those from c to d (ISO 32000-1, 9.7.4.3).
func (f *pdfFont) readWidths(v pdf.Value) {
	f.widths, f.otherwise = map[int]float64{}, 1
	if dw := v.Key("DW"); !dw.IsNull() {
		f.otherwise = dw.Float64() / 1000
	}
	w := v.Key("W")
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range list.Len() {
				f.widths[first+j] = list.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		last := min(int(w.Index(i+1).Int64()), 0xffff)
		for code := max(first, 0); code <= last; code++ {
			f.widths[code] = w.Index(i+2).Float64() / 1000
		}
		i += 3
	}
}

func (f *pdfFont) count(raw string) int {
	if f.composite {
		return len(raw) / 2
	}
	return len(raw)
}

// width gives how wide a run is, in ems.
func (f *pdfFont) width(raw, text string) float64 {
	sum := 0.0
	if f.composite {
		for i := 0; i+1 < len(raw); i += 2 {
			w, known := f.widths[int(raw[i])<<8|int(raw[i+1])]
			if !known {
				w = f.otherwise
			}
			sum += w
		}
		return sum
	}
	if f.simple.V.Key("Widths").Len() == 0 {
		return estimatedWidth(text)
	}
	for i := range len(raw) {
		sum += f.simple.Width(int(raw[i])) / 1000
	}
	return sum
}

// estimatedWidth is about how wide a text is in Helvetica, for the fonts that
// every reader has and no file describes.
func estimatedWidth(text string) float64 {
	sum := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("il.,:;'|!Ijtf ()[]/-", r):
			sum += .28
		case strings.ContainsRune("mwMW@%", r):
			sum += .85
		case 'A' <= r && r <= 'Z':
			sum += .68
		default:
			sum += .55
		}
	}
	return sum
}
