package segment

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
)

// Stem gives the part of an English word that its forms share, in lower case:
// "counting", "counted" and "counts" give "count". It is Porter's second
// algorithm (Snowball English).
func Stem(word string) string {
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	return english.Stem(word, false)
}

// IsStop says whether a word of any case is so common in English that sharing
// it means nothing: articles, pronouns, auxiliaries, fillers of speech.
func IsStop(word string) bool { return member(stopWords, word) }

// Denies says whether a word in lower case takes back what stands beside it:
// "never", "isn't".
func Denies(word string) bool {
	return strings.HasSuffix(strings.ReplaceAll(word, "’", "'"), "n't") || slices.Contains(denials, word)
}

var denials = []string{"not", "never", "no", "nothing", "none", "nobody", "cannot", "without", "hardly"}

//go:embed stop.txt
var stopText string

var stopWords = wordSet(stopText)
