package deed

import "unicode"

// words cuts a text, given as code points, where a word can begin or end without
// being another word for it: between letters there is no such place, nor within
// "can't", "3.5" and a character of several code points; scripts that write no
// spaces between words are cut at each character. cuts[i] says whether the text
// can be cut before code point i; it can at both ends.
func words(text []rune) (cuts []bool) {
	cuts = make([]bool, len(text)+1)
	cuts[0], cuts[len(text)] = true, true
	for i := 1; i < len(text); i++ {
		cuts[i] = !together(text, i)
	}
	return cuts
}

// together says whether the code points before and at i belong to one word.
func together(text []rune, i int) bool {
	before, at := text[i-1], text[i]
	switch {
	case attached(at), before == zeroWidthJoiner, isFlag(before) && isFlag(at):
		return true
	case unspaced(before) || unspaced(at):
		return false
	case inWord(at):
		return inWord(before) || i > 1 && binds(before) && inWord(text[i-2])
	case binds(at):
		return inWord(before) && i+1 < len(text) && inWord(text[i+1])
	}
	return unicode.IsSpace(before) && unicode.IsSpace(at)
}

const zeroWidthJoiner = '\u200D'

// attached says whether a code point changes the one before it: accents, the
// parts of an emoji.
func attached(r rune) bool {
	return unicode.Is(unicode.M, r) || r == zeroWidthJoiner || r == '\u200C' || 0x1F3FB <= r && r <= 0x1F3FF || 0xE0020 <= r && r <= 0xE007F
}

func isFlag(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

func inWord(r rune) bool { return r == '_' || unicode.In(r, unicode.L, unicode.N, unicode.M) }

// binds says whether a mark between two letters or digits holds them together.
func binds(r rune) bool {
	switch r {
	case '\'', '’', '-', '‐', '‑', '.', ',', ':', '@', '&', '·':
		return true
	}
	return false
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
