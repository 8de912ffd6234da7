package source

import (
	"strings"

	"github.com/headway-oss/headway"
)

// The ways in which a line says who speaks.
type labelStyle int

const (
	noLabel   labelStyle = iota
	byColon              // Name: text, also with a time before or behind the name
	byBold               // **Name:** text, **Name** (00:04:08): text
	byTime               // Name  0:04, the text below
	byHeading            // ### Name, the text below
	byLine               // Speaker 1, or a role, alone on its line, the text below
	byQuote              // > P7: text
	boldQuery            // a whole line in bold: a question
)

// A label is what stands before the words of a line. Where name is "", the
// line goes on with what was said before.
type label struct {
	style labelStyle
	name  string
	ms    int64 // noTime where none is given
	rest  string
}

// labelOf reads the label of one line, without the blanks around it.
func labelOf(line string) label {
	l := label{ms: noTime, rest: line}
	if line == "" {
		return l
	}
	switch first := line[0]; {
	case first == '>':
		if name, rest, ok := namePrefix(unbold(strings.TrimLeft(line, "> "))); ok {
			return label{style: byQuote, name: name, ms: noTime, rest: rest}
		}
		return l
	case first == '#':
		if name := unbold(strings.Trim(line, "# ")); plausibleName(strings.TrimSuffix(name, ":")) {
			return label{style: byHeading, name: strings.TrimSuffix(name, ":"), ms: noTime}
		}
		return l
	case strings.HasPrefix(line, "**"), strings.HasPrefix(line, "__"):
		return boldLabel(line)
	case first == '[', first == '(', isDigit(first):
		if ms, rest, ok := leadingTime(line); ok {
			inner := labelOf(rest)
			if inner.style == byColon || inner.style == byBold {
				inner.ms = ms
				return inner
			}
		}
	}
	if name, rest, ok := namePrefix(line); ok {
		return label{style: byColon, name: name, ms: noTime, rest: rest}
	}
	if isLabelAlone(line) {
		return label{style: byLine, name: line, ms: noTime}
	}
	return timedLabel(line, byColon)
}

// isLabelAlone knows what can only be a label when it stands alone on a line:
// a role, or a speaker by number.
func isLabelAlone(line string) bool {
	if len(line) > 32 || !personLike(line) {
		return false
	}
	number, ok := strings.CutPrefix(strings.ToLower(line), "speaker ")
	_, digits := leadingNumber(number)
	return ok && digits > 0 && digits == len(number) || nobody(line) || roleOf(line) != headway.Unknown
}

// boldLabel reads "**Name:** text", "**Name**: text", "**Name** (00:04): text"
// and a line that is bold as a whole.
func boldLabel(line string) label {
	none := label{ms: noTime, rest: line}
	end := strings.Index(line[2:], line[:2])
	if end < 0 {
		return none
	}
	inner, rest := strings.TrimSpace(line[2:2+end]), strings.TrimSpace(line[2+end+2:])
	if name, colon := strings.CutSuffix(inner, ":"); colon {
		name, ms := trailingTime(strings.TrimSpace(name))
		if plausibleName(name) {
			return label{style: byBold, name: name, ms: ms, rest: rest}
		}
	}
	if after, colon := strings.CutPrefix(rest, ":"); colon && plausibleName(inner) {
		return label{style: byBold, name: inner, ms: noTime, rest: strings.TrimSpace(after)}
	}
	if ms, after, ok := leadingTime(strings.TrimLeft(rest, " ")); ok && plausibleName(inner) {
		return label{style: byBold, name: inner, ms: ms, rest: strings.TrimSpace(strings.TrimPrefix(after, ":"))}
	}
	if rest == "" && strings.HasSuffix(inner, "?") {
		return label{style: boldQuery, ms: noTime, rest: inner}
	}
	return none
}

// timedLabel reads "Name (00:04:08): text", "Name [00:04]" and "Name  0:04".
func timedLabel(line string, style labelStyle) label {
	none := label{ms: noTime, rest: line}
	head := line[:min(len(line), maxName+24)]
	if at := strings.Index(head, "):"); at > 0 {
		if name, ms := trailingTime(head[:at+1]); ms >= 0 && plausibleName(name) {
			return label{style: style, name: name, ms: ms, rest: strings.TrimSpace(line[at+2:])}
		}
	}
	if at := strings.Index(head, "]:"); at > 0 {
		if name, ms := trailingTime(head[:at+1]); ms >= 0 && plausibleName(name) {
			return label{style: style, name: name, ms: ms, rest: strings.TrimSpace(line[at+2:])}
		}
	}
	if len(head) < len(line) || !isDigit(line[len(line)-1]) && line[len(line)-1] != ')' && line[len(line)-1] != ']' {
		return none
	}
	name, ms := trailingTime(line)
	if inner, ok := strings.CutPrefix(name, "["); ok { // "[Marta Berg] 14:02:33" of a Zoom text
		name = strings.TrimSuffix(inner, "]")
	}
	if ms >= 0 && plausibleName(name) {
		return label{style: byTime, name: name, ms: ms}
	}
	return none
}

// timeBefore cuts a time off a line that names nobody: "0:04 the words", or
// "0:04" with the words below.
func timeBefore(line string) (ms int64, rest string, ok bool) {
	if !isDigit(line[0]) && line[0] != '[' && line[0] != '(' {
		return noTime, line, false
	}
	ms, rest, ok = leadingTime(line)
	if !ok {
		return noTime, line, false
	}
	return ms, rest, true
}

// trailingTime cuts a time off the end of "Name 0:04", "Name (00:04:08)",
// "Name [00:04]".
func trailingTime(s string) (name string, ms int64) {
	s = strings.TrimSpace(s)
	at := strings.LastIndexAny(s, " \t([")
	if at <= 0 {
		return s, noTime
	}
	ms, rest, ok := clock(strings.TrimLeft(s[at:], " \t(["))
	if !ok || rest != "" && rest != ")" && rest != "]" {
		return s, noTime
	}
	return strings.TrimRight(s[:at], " \t,-–(["), ms
}

// leadingTime cuts a time off the front of "[00:04:08] Marta: ..." and
// "00:04 - Marta: ...".
func leadingTime(s string) (ms int64, rest string, ok bool) {
	inner := strings.TrimLeft(s, "[(\\")
	ms, rest, ok = clock(inner)
	if !ok {
		return 0, s, false
	}
	rest = strings.TrimLeft(rest, "])\\")
	if rest != "" && len(inner) == len(s) && rest[0] != ' ' && rest[0] != '\t' {
		return 0, s, false
	}
	return ms, strings.TrimLeft(rest, " \t-–"), true
}

// unbold takes the stars off a name.
func unbold(s string) string {
	if strings.HasPrefix(s, "**") {
		s = strings.Replace(s[2:], "**", "", 1)
	}
	return s
}
