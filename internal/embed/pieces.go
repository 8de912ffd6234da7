package embed

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Pieces is how many word pieces there are; each is a number below it.
const Pieces = 30522

// unknown stands for a word that no pieces make up, or a word too long to be one.
const (
	unknown     int32 = 100
	longestWord       = 100 // in characters
)

// AppendPieces appends the word pieces of text to dst: the numbers of the known
// words in it, and for other words of the longest known parts, from the front.
// It reads as BERT's uncased tokeniser does (control characters dropped,
// accents stripped, lower case, every punctuation mark and every ideograph a
// word of its own), with two differences. "[SEP]" and its like, written in a
// text, are words in brackets, never marks of the encoder. And a few hundred
// characters newer than the reference's Unicode tables are read by ours.
//
// It allocates only to grow dst.
func AppendPieces(dst []int32, text string) []int32 {
	r := reader{words: vocabulary(), pieces: dst, hash: hashSeed}
	for at := 0; at < len(text); {
		if b := text[at]; b < utf8.RuneSelf {
			r.ascii(b)
			at++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[at:])
		r.character(c, text[at:at+size])
		at += size
	}
	r.endWord()
	return r.pieces
}

// reader holds the word read so far, normalised, and its hash.
type reader struct {
	words  *vocab
	pieces []int32
	hash   uint64
	size   int // bytes of word in use
	chars  int // may pass longestWord: such a word is unknown
	word   [longestWord * utf8.UTFMax]byte
}

// What an ASCII character is: a letter or digit, given as its lower case, or:
const (
	dropped = iota
	blank
	mark
)

var asciiClass = func() (class [utf8.RuneSelf]byte) {
	for b := range class {
		switch c := rune(b); {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			class[b] = blank
		case unicode.IsControl(c):
			class[b] = dropped
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			class[b] = byte(unicode.ToLower(c))
		default:
			class[b] = mark
		}
	}
	return class
}()

func (r *reader) ascii(b byte) {
	switch class := asciiClass[b]; class {
	case dropped:
	case blank:
		r.endWord()
	case mark:
		r.endWord()
		r.pieces = append(r.pieces, r.words.marks[b])
	default:
		r.add(class)
		r.chars++
	}
}

func (r *reader) character(c rune, encoded string) {
	switch {
	case c == utf8.RuneError || unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co):
	case unicode.IsSpace(c):
		r.endWord()
	case isIdeograph(c):
		r.endWord()
		r.decomposed(c, encoded)
		r.endWord()
	default:
		r.decomposed(c, encoded)
	}
}

// decomposed takes an accented letter for the letter and its accent. Marks are
// left in the order written: sorting them would change nothing that is kept.
func (r *reader) decomposed(c rune, encoded string) {
	if syllable := c - hangulFirst; 0 <= syllable && syllable < hangulSyllables {
		r.letter(0x1100 + syllable/(21*28))
		r.letter(0x1161 + syllable/28%21)
		if last := syllable % 28; last > 0 {
			r.letter(0x11a7 + last)
		}
		return
	}
	parts := norm.NFD.PropertiesString(encoded).Decomposition()
	if parts == nil {
		r.letter(c)
	}
	for _, part := range string(parts) {
		r.letter(part)
	}
}

const (
	hangulFirst     = 0xac00 // syllables are numbered by first, middle and last sound: Unicode, 3.12
	hangulSyllables = 19 * 21 * 28
)

func (r *reader) letter(c rune) {
	switch {
	case c < utf8.RuneSelf:
		r.ascii(byte(c))
	case unicode.Is(unicode.Mn, c):
	case unicode.IsPunct(c):
		r.endWord()
		r.addRune(c)
		r.endWord()
	default:
		r.addRune(unicode.ToLower(c))
	}
}

func (r *reader) addRune(c rune) {
	var encoded [utf8.UTFMax]byte
	for _, b := range encoded[:utf8.EncodeRune(encoded[:], c)] {
		r.add(b)
	}
	r.chars++
}

func (r *reader) add(b byte) {
	if r.size < len(r.word) {
		r.word[r.size] = b
		r.size++
		r.hash = hashNext(r.hash, b)
	}
}

func (r *reader) endWord() {
	if r.chars == 0 {
		return
	}
	word := r.word[:r.size]
	if id, found := r.words.starts.find(r.hash, word); found {
		r.pieces = append(r.pieces, id)
	} else {
		r.split(word)
	}
	r.size, r.chars, r.hash = 0, 0, hashSeed
}

// split makes a word of its longest known parts, from the front.
func (r *reader) split(word []byte) {
	whole := len(r.pieces)
	if r.chars > longestWord {
		r.pieces = append(r.pieces, unknown)
		return
	}
	parts := &r.words.starts
	for len(word) > 0 {
		id, size := parts.longestAtFront(word)
		if size == 0 {
			r.pieces = append(r.pieces[:whole], unknown)
			return
		}
		r.pieces = append(r.pieces, id)
		word, parts = word[size:], &r.words.continuations
	}
}

// isIdeograph: the blocks of Chinese characters as the reference lists them.
func isIdeograph(c rune) bool {
	return 0x4e00 <= c && c <= 0x9fff || 0x3400 <= c && c <= 0x4dbf ||
		0xf900 <= c && c <= 0xfaff || 0x20000 <= c && c <= 0x2a6df ||
		0x2a700 <= c && c <= 0x2b81f || 0x2b920 <= c && c <= 0x2ceaf ||
		0x2f800 <= c && c <= 0x2fa1f
}
