package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences cuts text into sentences. The pieces tile the text; a sentence's
// trailing white space belongs to it. A blank line always ends one, a single
// line feed where the lines look like a list or a chat. Speech without any
// punctuation stays one piece up to 120 words and is then cut before words
// that carry on a story ("so", "but", "and then").
//
// The rules follow the usual order of a hand-written cutter (terminators,
// closers, then what stands on both sides), because a cut must be explainable
// and must never depend on what else was imported.
func Sentences(text string) []Piece {
	if text == "" {
		return nil
	}
	c := cutter{text: text, pieces: make([]Piece, 0, len(text)/72+1)}
	c.line()
	for at := 0; at < len(text); {
		at = c.step(at)
	}
	c.end(len(text))
	return c.pieces
}

type cutter struct {
	text      string
	pieces    []Piece
	start     int  // where the sentence being read starts
	lineStart int  // where its line starts
	bullets   bool // the line is a list item: " - B" starts another
}

// step reads what stands at a byte and gives where to read on; most bytes are
// letters and are passed over at once.
func (c *cutter) step(at int) int {
	switch b := c.text[at]; {
	case b == '\n':
		return c.lineFeed(at)
	case b == '.' || b == '!' || b == '?':
		return c.terminator(at)
	case b == '-' && c.bullets:
		if c.startsBullet(at) {
			c.end(at)
		}
		return at + 1
	case b < utf8.RuneSelf:
		return at + 1
	}
	r, size := utf8.DecodeRuneInString(c.text[at:])
	if isTerminator(r) {
		return c.terminator(at)
	}
	return at + size
}

// end closes the sentence at a byte and starts the next.
func (c *cutter) end(at int) {
	if at <= c.start {
		return
	}
	c.pieces = appendUnpunctuated(c.pieces, c.text, Piece{c.start, at})
	c.start = at
}

func (c *cutter) line() {
	rest := c.text[c.lineStart:]
	c.bullets = len(rest) > 2 && rest[0] == '-' && rest[1] != '-'
}

// lineFeed reads a run of white space with line feeds in it.
func (c *cutter) lineFeed(at int) int {
	after := skipSpace(c.text, at)
	if strings.Count(c.text[at:after], "\n") > 1 || c.lineEndsSentence(at, after) {
		c.end(after)
	}
	c.lineStart = after
	c.line()
	return after
}

// hardWrapped is the length in bytes from which a line may have been broken by
// a text editor in the middle of a sentence.
const hardWrapped = 50

// lineEndsSentence tells a list or a chat from text broken at a margin.
func (c *cutter) lineEndsSentence(at, after int) bool {
	line, rest := c.text[c.lineStart:at], c.text[after:]
	if rest == "" || isListLine(rest) || isListLine(line) && startsUpper(rest) {
		return true
	}
	if strings.HasSuffix(strings.TrimRight(line, " \t\r"), ":") {
		return true
	}
	return len(line) < hardWrapped && startsUpper(rest)
}

// isListLine says whether a line starts with a bullet or a number.
func isListLine(line string) bool {
	for _, bullet := range [...]string{"- ", "* ", "• ", "– ", "· "} {
		if strings.HasPrefix(line, bullet) {
			return true
		}
	}
	digits := countDigits(line)
	return digits > 0 && digits < 4 && len(line) > digits+1 && (line[digits] == '.' || line[digits] == ')') && line[digits+1] == ' '
}

// startsBullet says whether the dash at a byte starts another item on a line
// of items: "- hard to diff -less to type - Slow"; a dash between two spaces
// before a small letter is an aside.
func (c *cutter) startsBullet(at int) bool {
	if at == c.start || c.text[at-1] != ' ' || at+2 >= len(c.text) {
		return false
	}
	next := c.text[at+1:]
	return startsLower(next) || startsUpper(strings.TrimPrefix(next, " "))
}

// terminator reads a run of sentence ends with the quotes, brackets and emoji
// that close it, decides whether the sentence ends, and gives where to read on.
func (c *cutter) terminator(at int) int {
	marks, after := readMarks(c.text, at)
	closed := skipClosers(c.text, after)
	if closed == len(c.text) {
		return closed
	}
	space := skipBlanks(c.text, closed)
	if space == closed && c.text[space] != '\n' {
		if marks.wide || c.missesSpace(at, marks, closed) {
			c.end(closed)
		}
		return closed
	}
	if emoji := skipEmoji(c.text, space); emoji > space {
		closed, space = emoji, skipBlanks(c.text, emoji)
	}
	line := skipSpace(c.text, space)
	if line == len(c.text) || !c.ends(at, after, closed, line, marks) {
		return space
	}
	c.end(line)
	if line > space {
		c.lineStart = line
		c.line()
	}
	return line
}

// marks is a run of terminators: ".", "?!", "...".
type marks struct {
	dots   int
	asks   bool // holds a question or exclamation mark
	wide   bool // ends a sentence without a space after it, as in Chinese
	spread bool // an ellipsis
}

func readMarks(text string, at int) (m marks, after int) {
	for after = at; after < len(text); {
		r, size := utf8.DecodeRuneInString(text[after:])
		if !isTerminator(r) {
			break
		}
		switch r {
		case '.':
			m.dots++
		case '…':
			m.spread = true
		case '。', '！', '？', '｡':
			m.wide = true
		default:
			m.asks = m.asks || r != '۔' && r != '।'
		}
		after += size
	}
	m.spread = m.spread || m.dots > 1
	return m, after
}

// ends decides at a terminator that white space follows.
func (c *cutter) ends(at, after, closed, space int, m marks) bool {
	next := c.text[space:]
	lower := startsLower(next)
	switch {
	case m.asks:
		// "Exactly!" before fixing it; but: too cheesy! very frustrating
		return !lower || closed == after
	case m.spread:
		return !lower
	case m.dots == 0:
		return true
	}
	word := lastWord(c.text[c.start:at])
	switch {
	case isNumberMark(word, c.text[c.start:at]):
		return false
	case isSingleLetter(word):
		return word == "I" || startsSentence(next)
	case dotted(word):
		return !lower && startsSentence(next)
	case isTitle(word):
		return false
	case isAbbreviation(word):
		return !lower && startsSentence(next)
	case takesNumber(word):
		return countDigits(next) == 0
	case lower:
		return closed == after && len(word) > 1
	}
	return true
}

// missesSpace finds the end of a sentence typed without a space, "done.Then
// we", apart from names of files, programs and sites.
func (c *cutter) missesSpace(at int, m marks, closed int) bool {
	if m.dots > 1 || closed-at != 1 {
		return false
	}
	before := c.text[max(c.start, at-40):at]
	if i := strings.LastIndexAny(before, " \n\t"); i >= 0 {
		before = before[i+1:]
	}
	if len(before) < 2 || strings.ContainsAny(before, "./@\\_:") || !isLowerByte(before[len(before)-1]) || !isLowerByte(before[len(before)-2]) {
		return false
	}
	token, _, _ := strings.Cut(c.text[closed:min(len(c.text), closed+40)], " ")
	return startsSentence(token) && !strings.ContainsAny(token, "./@\\_(")
}

func skipClosers(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !strings.ContainsRune("\"'”’»)]}*_」』", r) {
			break
		}
		at += size
	}
	return at
}

func skipEmoji(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isEmoji(r) {
			break
		}
		at += size
	}
	return at
}

// skipBlanks passes over white space up to, not past, a line feed.
func skipBlanks(text string, at int) int {
	for at < len(text) && text[at] != '\n' {
		switch {
		case isSpaceByte(text[at]):
			at++
		case strings.HasPrefix(text[at:], "\u00a0"):
			at += len("\u00a0")
		default:
			return at
		}
	}
	return at
}

func skipSpace(text string, at int) int {
	for at < len(text) && isSpaceByte(text[at]) {
		at++
	}
	return at
}

func isSpaceByte(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

func isLowerByte(b byte) bool { return 'a' <= b && b <= 'z' }

func isTerminator(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '｡', '؟', '۔', '।', '‽', '⁇', '⁈', '⁉':
		return true
	}
	return false
}

func isEmoji(r rune) bool {
	return r >= 0x1F300 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r == 0x200D || r == 0xFE0F
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func countDigits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}
