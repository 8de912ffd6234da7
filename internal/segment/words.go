package segment

import (
	"unicode"
	"unicode/utf8"
)

// Words gives the words of text in order: letters, digits and the apostrophes
// inside them (don't, o'clock); compounds split at the hyphen; scripts without
// spaces give a word for each character.
func Words(text string) []Piece {
	return AppendWords(make([]Piece, 0, len(text)/5), text)
}

// AppendWords adds the words of text to dst, for callers that pass over many
// texts and keep the slice.
func AppendWords(dst []Piece, text string) []Piece {
	for at := 0; at < len(text); {
		start, size := at, 1
		kind := byteKinds[text[at]]
		if kind == wide {
			kind, size = runeKind(text[at:])
		}
		switch kind {
		case alone:
			at += size
			dst = append(dst, Piece{start, at})
		case inWord:
			at = wordEnd(text, at+size)
			dst = append(dst, Piece{start, at})
		default:
			at += size
		}
	}
	return dst
}

// wordEnd gives where the word read so far ends.
func wordEnd(text string, at int) int {
	for at < len(text) {
		size := 1
		kind := byteKinds[text[at]]
		if kind == wide {
			kind, size = runeKind(text[at:])
		}
		if kind == apostrophe && !letterAt(text, at+size) {
			return at
		}
		if kind != inWord && kind != apostrophe {
			return at
		}
		at += size
	}
	return at
}

func letterAt(text string, at int) bool {
	if at >= len(text) {
		return false
	}
	kind := byteKinds[text[at]]
	if kind == wide {
		kind, _ = runeKind(text[at:])
	}
	return kind == inWord
}

// What a character is to a word.
const (
	between    = iota
	inWord     // a letter, a digit, a mark on a letter
	apostrophe // inside a word only
	alone      // a word of its own: Han, kana
	wide       // the first byte of a longer rune: look at the rune
)

var byteKinds = func() (kinds [256]byte) {
	for b := range kinds {
		switch {
		case b >= utf8.RuneSelf:
			kinds[b] = wide
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
			kinds[b] = inWord
		case b == '\'':
			kinds[b] = apostrophe
		}
	}
	return kinds
}()

func runeKind(text string) (kind byte, size int) {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '’' || r == 'ʼ':
		return apostrophe, size
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return alone, size
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return inWord, size
	}
	return between, size
}
