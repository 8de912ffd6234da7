package cue

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a token of a sentence, or half of a contraction.
type word struct {
	id         int32
	start, end int   // bytes of the sentence
	gap        pause // what parts it from the word before
}

type pause uint8

const (
	blank pause = iota // a blank, a hyphen, a quotation mark
	comma
	stop // a full stop, colon, semicolon, dash or bracket: no pattern reaches over it
)

// Words that stand for what is written in many ways.
const (
	numeral  = "#" // digits
	currency = "€"
	asking   = "?"
)

// opened lists contractions that are not "stem + n't, 'm, 're, 've, 'll", and
// those whose apostrophe is often lost.
var opened = map[string][2]string{
	"can't": {"can", "not"}, "cannot": {"can", "not"}, "won't": {"will", "not"}, "shan't": {"shall", "not"}, "ain't": {"is", "not"},
	"dont": {"do", "not"}, "doesnt": {"does", "not"}, "didnt": {"did", "not"}, "cant": {"can", "not"}, "wont": {"will", "not"},
	"couldnt": {"could", "not"}, "wouldnt": {"would", "not"}, "shouldnt": {"should", "not"}, "isnt": {"is", "not"}, "arent": {"are", "not"},
	"wasnt": {"was", "not"}, "werent": {"were", "not"}, "havent": {"have", "not"}, "hasnt": {"has", "not"}, "hadnt": {"had", "not"},
	"im": {"i", "am"}, "ive": {"i", "have"}, "youre": {"you", "are"}, "theyre": {"they", "are"}, "youve": {"you", "have"},
	"gonna": {"going", "to"}, "wanna": {"want", "to"}, "gotta": {"have", "to"},
}

var endings = []struct{ tail, word string }{
	{"n't", "not"}, {"'m", "am"}, {"'re", "are"}, {"'ve", "have"}, {"'ll", "will"}, {"'d", "'d"}, {"'s", "'s"},
}

// open parts a contraction in lower case; second is empty for other words.
func open(w string) (first, second string) {
	if two, ok := opened[w]; ok {
		return two[0], two[1]
	}
	if strings.IndexByte(w, '\'') < 0 {
		return w, ""
	}
	for _, e := range endings {
		if head, ok := strings.CutSuffix(w, e.tail); ok && head != "" {
			return head, e.word
		}
	}
	return w, ""
}

// scan gives each token of text in lower case, with its place and pause. The
// token is valid until the next call of yield.
func scan(text string, yield func(token []byte, start, end int, gap pause)) {
	var lower [64]byte
	gap := blank
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		if !inWord(r) {
			if sign := ownWord(r); sign != "" {
				yield(append(lower[:0], sign...), at, at+size, gap)
				gap = blank
			} else {
				gap = max(gap, pauseOf(r, text, at))
			}
			at += size
			continue
		}
		token, end := wordAt(text, at, lower[:0])
		yield(token, at, end, gap)
		at, gap = end, blank
	}
}

// wordAt reads the word that starts at a byte: letters, digits, and between
// them apostrophes, in numbers also points and commas.
func wordAt(text string, start int, token []byte) (_ []byte, end int) {
	digits := isDigit(text[start])
	end = start
	for end < len(text) {
		r, size := rune(text[end]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[end:])
		}
		switch {
		case 'A' <= r && r <= 'Z':
			token = append(token, byte(r)+'a'-'A')
		case r < utf8.RuneSelf && inWord(r):
			token = append(token, byte(r))
		case inWord(r):
			token = utf8.AppendRune(token, unicode.ToLower(r))
		case isApostrophe(r) && letterAt(text, end+size):
			token = append(token, '\'')
		case digits && (r == '.' || r == ',') && end+1 < len(text) && isDigit(text[end+1]):
			token = append(token, byte(r))
		default:
			return token, end
		}
		end += size
	}
	return token, end
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// ownWord gives the word that a sign is, or "".
func ownWord(r rune) string {
	switch r {
	case '?':
		return asking
	case '%':
		return "%"
	case '$', '€', '£', '¥', '₹':
		return currency
	}
	return ""
}

func pauseOf(r rune, text string, at int) pause {
	switch r {
	case ',':
		return comma
	case '.', ';', ':', '!', '(', ')', '[', ']', '–', '—', '…', '\n', '*', '|':
		return stop
	case '-':
		if at+1 < len(text) && text[at+1] != ' ' && text[at+1] != '-' {
			return blank
		}
		return stop
	}
	return blank
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func letterAt(text string, at int) bool {
	return at < len(text) && inWord(rune(text[at]))
}
