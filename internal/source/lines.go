package source

import "strings"

// lines walks a text line by line and knows each line's number, without
// holding them all: a source may have millions.
type lines struct {
	rest string
	n    int // of the line given last, 1-based
	at   int // byte offset of rest
	over bool
}

func linesOf(text string) *lines { return &lines{rest: text} }

// next gives the next line without its end, and false after the last.
func (l *lines) next() (line string, ok bool) {
	if l.over {
		return "", false
	}
	l.n++
	end := strings.IndexByte(l.rest, '\n')
	if end < 0 {
		line, l.rest, l.over = l.rest, "", true
		l.at += len(line)
		return line, true
	}
	line, l.rest = l.rest[:end], l.rest[end+1:]
	l.at += end + 1
	return line, true
}

// peek gives the line that next would give, "" after the last.
func (l *lines) peek() string {
	line, _, _ := strings.Cut(l.rest, "\n")
	return line
}

// blank says whether a line holds nothing to read.
func blank(line string) bool { return strings.TrimSpace(line) == "" }
