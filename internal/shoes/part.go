package shoes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/segment"
)

// Part is a sentence, a heading or a bullet of a text of ours.
type Part struct {
	From, To int // where it stands in the text, in code points, To exclusive
	Words    string
}

// mostPart is how many bytes of a sentence without an end are read as one.
const mostPart = 2000

// bullet is what stands before a line's words: the mark of a point, of a
// heading, of a quotation or of a table's cell.
var bullet = regexp.MustCompile(`^[\s\x{a0}]*(?:(?:[-*+•–—·▪◦>|]|\d{1,2}[.)]|#{1,6})[\s\x{a0}]+)*`)

// Cut cuts a text into its parts. A line ends what stands on it, so a heading or
// a bullet does not run on, unless it was only wrapped; a bullet of several
// sentences is several parts.
func Cut(text string) []Part {
	var parts []Part
	begins, ends, at := 0, 0, 0 // a block of lines that run on, and the code point at which it begins
	flush := func() {
		block := text[begins:ends]
		mark := len(bullet.FindString(block))
		parts = appendParts(parts, strings.ReplaceAll(block[mark:], "\n", " "), at+utf8.RuneCountInString(block[:mark]))
		at += utf8.RuneCountInString(block)
		begins = ends
	}
	before := ""
	for line := range strings.Lines(text) {
		if ends > begins && !runsOn(before, line) {
			flush()
		}
		ends += len(line)
		before = line
	}
	flush()
	return parts
}

// wrapped is how many bytes a line has that may have been wrapped.
const wrapped = 60

// runsOn says whether a line goes on with the one before: that does not end, and
// this begins small, or the former is as long as a wrapped one.
func runsOn(before, line string) bool {
	before, line = strings.TrimSpace(before), strings.TrimSpace(line)
	if before == "" || line == "" || bullet.FindString(line) != "" || strings.HasPrefix(before, "#") || strings.HasSuffix(before, "|") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	open := (Part{Words: before}).isHeading() || strings.ContainsAny(before[len(before)-1:], ",;")
	return open && (unicode.IsLower(first) || len(before) >= wrapped)
}

// appendParts adds the sentences of one line, which begins at a code point.
func appendParts(parts []Part, line string, begins int) []Part {
	ruler := headway.NewRuler(line) // goes along the line once, however long it is
	for _, piece := range segment.Sentences(line) {
		piece = piece.Trim(line)
		if words := piece.Of(line); len(segment.Words(words)) > 0 && len(words) <= mostPart {
			from := begins + ruler.Point(piece.Start)
			parts = append(parts, Part{from, from + utf8.RuneCountInString(words), words})
		}
	}
	return parts
}

// isHeading says whether a part has no end as a sentence has one.
func (p Part) isHeading() bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(p.Words, `"'”’)»`))
	return !strings.ContainsRune(".!?:;,…", last)
}
