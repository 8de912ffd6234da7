package cli

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// ink is how words are set: an ANSI code, "" for plain.
type ink string

const (
	plain  ink = ""
	bold   ink = "1"
	faint  ink = "2"
	theirs ink = "36" // customers' words, the same colour wherever they stand
	ours   ink = "33"
	warn   ink = "31"
)

// run is a piece of a paragraph in one ink.
type run struct {
	ink  ink
	text string
}

// paper is where a report is written: so many cells wide, in colour or not.
type paper struct {
	w      io.Writer
	width  int
	colour bool
}

// newPaper measures the terminal behind w. Where there is none, a line has 80
// cells, or as many as COLUMNS says.
func newPaper(w io.Writer, color string) *paper {
	p := &paper{w: w, width: 80, colour: color == "always"}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil {
		p.width = columns
	}
	if fd, ok := terminal(w); ok {
		if columns, _, err := term.GetSize(fd); err == nil {
			p.width = columns
		}
		p.colour = p.colour || color == "auto" && os.Getenv("NO_COLOR") == "" && obeysEscapes()
	}
	p.width = min(max(p.width, 40), 120) // wider lines are hard to read
	return p
}

// terminal gives the descriptor of w, and whether a person is looking at it.
func terminal(w io.Writer) (fd int, ok bool) {
	file, isFile := w.(*os.File)
	if !isFile {
		return 0, false
	}
	return int(file.Fd()), term.IsTerminal(int(file.Fd()))
}

// obeysEscapes says whether a terminal takes ANSI codes for what they are; the
// old console of Windows prints them.
func obeysEscapes() bool {
	if runtime.GOOS == "windows" {
		return os.Getenv("WT_SESSION") != ""
	}
	return os.Getenv("TERM") != "dumb"
}

// gap leaves a line empty.
func (p *paper) gap() { fmt.Fprintln(p.w) }

// head writes a heading with space above it.
func (p *paper) head(text string) {
	p.gap()
	p.par(0, 0, run{bold, strings.ToUpper(text)})
}

// par writes a paragraph, its first line indented by first cells and the
// others by rest. Runs follow each other with a space between.
func (p *paper) par(first, rest int, runs ...run) {
	var line strings.Builder
	at, indent := 0, first
	flush := func() {
		if at > 0 {
			fmt.Fprintln(p.w, strings.Repeat(" ", indent)+line.String())
		}
		line.Reset()
		at, indent = 0, rest
	}
	for _, r := range runs {
		for _, word := range p.words(r.text, rest) {
			n := cells(word)
			if at > 0 && indent+at+1+n > p.width {
				flush()
			}
			if at > 0 {
				line.WriteByte(' ')
				at++
			}
			line.WriteString(p.set(r.ink, word))
			at += n
		}
	}
	flush()
}

// words parts a text at its spaces, and breaks what no line could hold.
func (p *paper) words(text string, indent int) []string {
	room := max(p.width-indent, 10)
	var words []string
	for _, word := range strings.Fields(tame(text)) {
		for cells(word) > room {
			cut := fitting(word, room)
			words, word = append(words, word[:cut]), word[cut:]
		}
		words = append(words, word)
	}
	return words
}

func (p *paper) set(i ink, word string) string {
	if i == plain || !p.colour {
		return word
	}
	return "\x1b[" + string(i) + "m" + word + "\x1b[0m"
}

// tame takes from a text what a terminal would obey: words that came from a
// file must never move the cursor, change colours or turn the reading order.
func tame(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

// cells is how many places of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// fitting is how many bytes of a text fit in room cells; at least one character.
func fitting(text string, room int) int {
	taken := 0
	for i, r := range text {
		if taken += cellsOf(r); taken > room && i > 0 {
			return i
		}
	}
	return len(text)
}

// clipped shortens a text to about room cells, at a space, and says so by "…".
func clipped(text string, room int) string {
	text = strings.Join(strings.Fields(tame(text)), " ")
	if cells(text) <= room {
		return text
	}
	end := fitting(text, room-1)
	if space := strings.LastIndexByte(text[:end+1], ' '); space > end/2 {
		end = space
	}
	return text[:end] + "…"
}

// count words a number of things: "1 file", "3 files", "1,204 words".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	plural := thing + "s"
	if strings.HasSuffix(thing, "person") {
		plural = strings.TrimSuffix(thing, "person") + "people"
	}
	return thousands(n) + " " + plural
}

func thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
