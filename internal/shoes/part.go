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
// heading, of a quotation or of a table's cell. In a PDF a point's mark may be a
// sign of a font of its own.
var bullet = regexp.MustCompile(`^[\s\x{a0}]*(?:(?:[-*+•‣⁃∙●○■□▪▫▶►➢➔→✓✔◆◇–—·◦>|\x{7f}\x{f020}-\x{f0ff}]|\d{1,2}[.)]|#{1,6})[\s\x{a0}]+)*`)

// Cut cuts a text into its parts. A line ends what stands on it, so a heading or
// a bullet does not run on, unless it was only wrapped; a bullet of several
// sentences is several parts.
func Cut(text string) []Part {
	var parts []Part
	begins, ends, at := 0, 0, 0 // a block of lines that run on, and the code point at which it begins
	longest, lines := 0, 0      // in that block
	flush := func() {
		block := text[begins:ends]
		mark := len(bullet.FindString(block))
		parts = appendParts(parts, strings.ReplaceAll(block[mark:], "\n", " "), at+utf8.RuneCountInString(block[:mark]))
		at += utf8.RuneCountInString(block)
		begins, longest, lines = ends, 0, 0
	}
	before := ""
	for line := range strings.Lines(text) {
		full := wrapped
		if lines > 1 && longest >= column {
			full = min(full, longest*3/4)
		}
		if ends > begins && !runsOn(before, line, full) {
			flush()
		}
		ends += len(line)
		before, longest, lines = line, max(longest, len(line)), lines+1
	}
	flush()
	return parts
}

// How many bytes a line has that may have been wrapped, and the longest line of a
// narrow column: there others were that are nearly as long.
const (
	wrapped = 60
	column  = 35
)

// dangling are words with which no heading or point ends.
var dangling = regexp.MustCompile(`(?i)\s(?:a|an|the|and|or|of|by|our|their|its|his|my|your|that|which|than|as)$`)

// runsOn says whether a line goes on with the one before: that does not end, and
// this begins small, or the former breaks off or is as long as a full one.
func runsOn(before, line string, full int) bool {
	before, line = strings.TrimSpace(before), strings.TrimSpace(line)
	if before == "" || line == "" || bullet.FindString(line) != "" || strings.HasPrefix(before, "#") || strings.HasSuffix(before, "|") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	open := (Part{Words: before}).isHeading() || strings.ContainsAny(before[len(before)-1:], ",;")
	return open && (unicode.IsLower(first) || len(before) >= full || dangling.MatchString(before))
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
