package source

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
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
	fonts     map[string]*pdfFont
	resources pdf.Value
	state     pdfState
	stack     []pdfState
	depth     int
}

// pdfState is what q saves and Q restores, and the text's own place.
type pdfState struct {
	ctm, text, line     matrix
	font                *pdfFont
	size, leading       float64
	charSpace, wordSize float64
	stretch             float64
}

// maxFormDepth bounds drawings within drawings.
const maxFormDepth = 6

func pageRuns(page pdf.Page) []pdfRun {
	t := pdfText{resources: page.Resources(), state: pdfState{ctm: identity, text: identity, line: identity, stretch: 1}}
	t.draw(page.V.Key("Contents"))
	return t.runs
}

func (t *pdfText) draw(stream pdf.Value) {
	if stream.Kind() != pdf.Stream && stream.Kind() != pdf.Array {
		return
	}
	fonts := t.fonts
	t.fonts = map[string]*pdfFont{}
	pdf.Interpret(stream, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		t.order(op, args)
	})
	t.fonts = fonts
}

// order carries out one drawing order; those that do not move or show text,
// or lack what they need, are passed over.
func (t *pdfText) order(op string, args []pdf.Value) {
	s := &t.state
	if len(args) < operands[op] {
		return
	}
	num := func(i int) float64 { return args[i].Float64() }
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
		t.form(args[0].Name())
	case "BT":
		s.text, s.line = identity, identity
	case "Tf":
		s.font, s.size = t.font(args[0].Name()), num(1)
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
		t.show(args[0].RawString())
	case "'":
		t.move(0, -s.leading)
		t.show(args[0].RawString())
	case "\"":
		s.wordSize, s.charSpace = num(0), num(1)
		t.move(0, -s.leading)
		t.show(args[2].RawString())
	case "TJ":
		for i := range args[0].Len() {
			if v := args[0].Index(i); v.Kind() == pdf.String {
				t.show(v.RawString())
			} else {
				s.text = shift(-v.Float64()/1000*s.size*s.stretch, 0).times(s.text)
			}
		}
	}
}

// operands tells how many an order needs.
var operands = map[string]int{"cm": 6, "Do": 1, "Tf": 2, "Tm": 6, "Td": 2, "TD": 2, "TL": 1, "Tc": 1, "Tw": 1, "Tz": 1, "Tj": 1, "'": 1, "\"": 3, "TJ": 1}

func matrixOf(args []pdf.Value) matrix {
	var m matrix
	for i := range m {
		m[i] = args[i].Float64()
	}
	return m
}

func (t *pdfText) move(x, y float64) {
	t.state.line = shift(x, y).times(t.state.line)
	t.state.text = t.state.line
}

// form draws a drawing within the page.
func (t *pdfText) form(name string) {
	form := t.resources.Key("XObject").Key(name)
	if t.depth >= maxFormDepth || form.Kind() != pdf.Stream || form.Key("Subtype").Name() != "Form" {
		return
	}
	resources, state, stack := t.resources, t.state, t.stack
	if m := form.Key("Matrix"); m.Len() == 6 {
		t.state.ctm = matrixOf([]pdf.Value{m.Index(0), m.Index(1), m.Index(2), m.Index(3), m.Index(4), m.Index(5)}).times(t.state.ctm)
	}
	if own := form.Key("Resources"); !own.IsNull() {
		t.resources = own
	}
	t.depth++
	t.draw(form)
	t.depth--
	t.resources, t.state, t.stack = resources, state, stack
}

// show adds a run and moves to its end.
func (t *pdfText) show(raw string) {
	s := &t.state
	if s.font == nil || raw == "" {
		return
	}
	text := s.font.encoding.Decode(raw)
	width := s.font.width(raw, text)*s.size + float64(s.font.count(raw))*s.charSpace + float64(strings.Count(raw, " "))*s.wordSize
	before := s.text.times(s.ctm)
	s.text = shift(width*s.stretch, 0).times(s.text)
	after := s.text.times(s.ctm)
	run := pdfRun{text: text, x: before[4], end: after[4], y: before[5], size: math.Abs(s.size) * math.Hypot(before[2], before[3])}
	if isFinite(run.x) && isFinite(run.end) && isFinite(run.y) && isFinite(run.size) {
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
	f := &pdfFont{simple: v, encoding: v.Encoder(), composite: v.V.Key("Subtype").Name() == "Type0"}
	if f.composite {
		f.readWidths(v.V.Key("DescendantFonts").Index(0))
	}
	t.fonts[name] = f
	return f
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
