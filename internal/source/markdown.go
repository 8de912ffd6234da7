package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// unmark takes the markup of one Markdown line away and leaves its words:
// emphasis, code ticks, escapes, links (their address goes, their text stays).
// Tags are words here: people speak of <div>. Times in brackets, "[00:12:34.05]", become marks at the place where they stood.
func unmark(line string) (text string, times []headway.TimeMark) {
	if !strings.ContainsAny(line, "*_`\\[&") {
		return line, nil
	}
	line = entities(line)
	m := marker{drop: emphasis(line)}
	m.out.Grow(len(line))
	for i := 0; i < len(line); {
		words := strings.IndexAny(line[i:], marks)
		if words < 0 {
			words = len(line) - i
		}
		m.write(line[i : i+words])
		if i += words; i < len(line) {
			i += m.step(line, i)
		}
	}
	text = strings.TrimSpace(m.out.String())
	for k, last := len(m.times)-1, utf8.RuneCountInString(text); k >= 0 && m.times[k].Offset > last; k-- {
		m.times[k].Offset = last
	}
	return text, m.times
}

// marks are the characters that may be markup.
const marks = "*_`\\[!"

type marker struct {
	drop   []bool // bytes of emphasis
	out    strings.Builder
	points int
	times  []headway.TimeMark
}

// step takes the mark at i and gives the size of what it took, in bytes.
func (m *marker) step(line string, i int) int {
	rest := line[i:]
	switch c := rest[0]; {
	case m.drop != nil && m.drop[i]:
		return 1
	case c == '\\' && len(rest) > 1 && isPunct(rest[1]) && !strings.HasPrefix(rest, `\[`):
		m.write(rest[1:2])
		return 2
	case c == '[' || strings.HasPrefix(rest, `\[`):
		return m.bracket(rest)
	case c == '!' && strings.HasPrefix(rest, "!["), c == '`':
		return 1
	}
	m.write(rest[:1])
	return 1
}

func (m *marker) write(s string) {
	if m.out.Len() == 0 {
		s = strings.TrimLeft(s, " \t")
	}
	m.out.WriteString(s)
	m.points += utf8.RuneCountInString(s)
}

// bracket reads a time, a link, or a bracket that is one.
func (m *marker) bracket(rest string) int {
	open := strings.IndexByte(rest, '[') + 1
	if ms, after, ok := clock(rest[open:]); ok {
		after = strings.TrimPrefix(after, `\`)
		if closed, ok := strings.CutPrefix(after, "]"); ok {
			if m.points == 0 || strings.HasSuffix(m.out.String(), " ") {
				closed = strings.TrimPrefix(closed, " ")
			}
			m.times = append(m.times, headway.TimeMark{Offset: m.points, MS: ms})
			return len(rest) - len(closed)
		}
	}
	if open == 1 {
		if text, size := link(rest); size > 0 {
			inner, _ := unmark(text)
			m.write(inner)
			return size
		}
	}
	m.write("[")
	return open
}

// link reads "[text](address)" at the front of s and gives its text and size.
func link(s string) (text string, size int) {
	text, _, ok := strings.Cut(s[1:min(len(s), 400)], "]")
	if !ok || strings.Contains(text, "[") {
		return "", 0
	}
	after := s[len(text)+2:]
	end := closing(after[:min(len(after), 2000)])
	if end < 2 || after[0] != '(' || strings.ContainsAny(after[:end], " \t") && !strings.Contains(after[:end], `"`) {
		return "", 0
	}
	return text, len(text) + 2 + end + 1
}

// closing gives where the bracket at the front of s is closed, or -1.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth <= 0 {
				return i
			}
		}
	}
	return -1
}

// emphasis marks the stars and underscores that come in pairs around words:
// "*so* slow", but not "5 * 3", "f**k" or "snake_case_name".
func emphasis(line string) []bool {
	if !strings.ContainsAny(line, "*_") {
		return nil
	}
	drop := make([]bool, len(line))
	var open [2][4][]int // where runs of one to three stars, or underscores, opened
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
			continue
		}
		if line[i] != '*' && line[i] != '_' {
			continue
		}
		n := run(line, i)
		if n <= 3 {
			kind := &open[btoi(line[i] == '_')][n]
			before, _ := utf8.DecodeLastRuneInString(line[:i])
			after, _ := utf8.DecodeRuneInString(line[i+n:])
			opens := !isWordRune(before) && after != utf8.RuneError && !unicode.IsSpace(after)
			closes := !isWordRune(after) && before != utf8.RuneError && !unicode.IsSpace(before)
			switch {
			case closes && len(*kind) > 0:
				from := (*kind)[len(*kind)-1]
				*kind = (*kind)[:len(*kind)-1]
				for k := range n {
					drop[from+k], drop[i+k] = true, true
				}
			case opens:
				*kind = append(*kind, i)
			}
		}
		i += n - 1
	}
	return drop
}

// run counts how often the byte at i stands there in a row.
func run(s string, i int) int {
	n := 1
	for i+n < len(s) && s[i+n] == s[i] {
		n++
	}
	return n
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isPunct(b byte) bool {
	return b > ' ' && b < 0x7f && !isLetter(b) && !isDigit(b)
}
