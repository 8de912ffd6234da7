package hear

import (
	"strings"
	"unicode"

	"github.com/headway-oss/headway/internal/segment"
)

// A name of a person, a firm or a product carries no weight in the careful pass:
// before the encoder reads a row, every name in it becomes the same one. A model
// that has read much knows that Excel is a tool and Anna a person, and would
// hear a sentence otherwise for that; a name it never met would then be heard
// worse than one it knows.

// anyName stands for every name. The encoder learned it among others in their place.
const anyName = "Acme"

func setOf(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}

// withoutNames gives the row with one and the same name in place of all. A name is
// told by its capital within a sentence, and is then known at a sentence's
// beginning too.
func withoutNames(r Row) Row {
	parts := [...]*string{&r.Sentence, &r.Before, &r.Question}
	names := map[string]bool{}
	for _, part := range parts {
		findNames(*part, names)
	}
	if len(names) > 0 {
		for _, part := range parts {
			*part = replaceNames(*part, names)
		}
	}
	return r
}

// findNames adds the names in text. Where most words have a capital (a heading,
// shouting) a capital tells nothing.
func findNames(text string, names map[string]bool) {
	var found []string
	words, capital, begins := 0, 0, true
	eachWord(text, func(from, to int) {
		word := text[from:to]
		if segment.HasCapital(word) {
			capital++
			if name := segment.OwnWord(word); !begins && !segment.IsAlwaysCapital(strings.TrimSuffix(name, "s")) && !isShouted(name) {
				found = append(found, name)
			}
		}
		words++
		begins = segment.EndsSentence(text[to:])
	})
	if 2*capital > words+2 {
		return
	}
	for _, name := range found {
		names[name] = true
	}
}

// replaceNames puts anyName in place of each run of names.
func replaceNames(text string, names map[string]bool) string {
	var b strings.Builder
	done, last := 0, -1 // what was copied, and where the last name ended
	eachWord(text, func(from, to int) {
		word := text[from:to]
		name := segment.OwnWord(word)
		if !names[name] {
			return
		}
		if last < 0 || strings.TrimSpace(text[last:from]) != "" {
			b.WriteString(text[done:from])
			b.WriteString(anyName)
		}
		b.WriteString(word[len(name):])
		done, last = to, to
	})
	b.WriteString(text[done:])
	return b.String()
}

// eachWord calls visit with the bounds of each run of letters, digits and
// apostrophes between them.
func eachWord(text string, visit func(from, to int)) {
	from := -1
	for at, c := range text {
		inWord := unicode.IsLetter(c) || unicode.IsDigit(c) || from >= 0 && (c == '\'' || c == '’')
		switch {
		case inWord && from < 0:
			from = at
		case !inWord && from >= 0:
			visit(from, at)
			from = -1
		}
	}
	if from >= 0 {
		visit(from, len(text))
	}
}

// isShouted says whether an ordinary word stands in capitals: "a LOT".
func isShouted(word string) bool {
	lower := strings.ToLower(word)
	return word == strings.ToUpper(word) && (segment.IsStop(lower) || segment.Rarity(segment.Stem(lower)) < segment.Unheard)
}
