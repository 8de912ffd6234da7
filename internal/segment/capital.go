package segment

import (
	"strings"
	"unicode"
)

// IsAlwaysCapital says whether English writes a word with a capital though it
// names no person, firm or product: "Monday", "I".
func IsAlwaysCapital(word string) bool { return alwaysCapital[word] }

var alwaysCapital = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(`I Monday Tuesday Wednesday Thursday Friday Saturday Sunday
		January February March April May June July August September October November December
		Christmas Easter English AI OK TV PC IT Mr Mrs Ms Dr`) {
		set[word] = true
	}
	return set
}()

// HasCapital says whether a word has a capital anywhere: "iPhone" has one.
func HasCapital(word string) bool { return strings.IndexFunc(word, unicode.IsUpper) >= 0 }

// OwnWord is a word without what hangs on an apostrophe: "Anna's", "I'm".
func OwnWord(word string) string {
	if at := strings.IndexAny(word, "'’"); at > 0 {
		return word[:at]
	}
	return word
}

// EndsSentence says whether a sentence ends where rest begins, or something
// begins that stands for itself: a quotation, the next point of a list.
func EndsSentence(rest string) bool {
	if strings.HasPrefix(rest, " -") {
		return true
	}
	for _, c := range rest {
		switch {
		case strings.ContainsRune(".?!:…\"“”\n*•", c):
			return true
		case !unicode.IsSpace(c) && !unicode.IsPunct(c):
			return false
		}
	}
	return false
}
