package mirror

import (
	"strings"

	"github.com/headway-oss/headway/internal/segment"
)

// figures is the rarity of a number, whichever: about one word in 128.
const figures = 7

func rarity(stem string) float64 {
	if stem == numeral {
		return figures
	}
	return segment.Rarity(stem)
}

// word is what is known of one written form.
type word struct {
	form string // lower case
	stem string // "" for a stop word
	id   int    // of the stem among those met, 0 for a stop word
	// touches lists the matters of guesses it speaks of, in the guesses' order.
	touches []touch
	// Seen inside sentences, where a capital letter means a name.
	capital, small int
}

// isName says that the word is mostly written as a name.
func (w *word) isName() bool { return w.capital > w.small }

// tells says whether lines may gather under the word: not a stop word, not a
// figure, not a letter or two, not one that says nothing alone.
func (w *word) tells() bool {
	return w.stem != "" && w.stem != numeral && len(w.form) > 2 && !w.isName() && !associated().hollow[w.stem]
}

// numeral stands for every number, written in figures or in letters.
const numeral = "#"

var numberWords = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`two three four five six seven eight nine ten eleven twelve fifteen twenty thirty
		forty fifty sixty ninety hundred hundreds thousand thousands million half dozen twice percent`) {
		set[w] = true
	}
	return set
}()

// vocabulary remembers the words met in one conversation, so that each form is
// stemmed once, and in how many sentences their stems stand.
type vocabulary struct {
	words       map[string]*word
	touches     map[string][]touch // by stem
	ids         map[string]int     // by stem, from 1
	inSentences []int              // by id
	lastIn      []int              // by id: the last sentence counted
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		words:       map[string]*word{},
		touches:     map[string][]touch{},
		ids:         map[string]int{},
		inSentences: make([]int, 1),
		lastIn:      make([]int, 1),
	}
}

// word gives what is known of a written form.
func (v *vocabulary) word(written string) *word {
	if w, known := v.words[written]; known {
		return w
	}
	lower := strings.ToLower(written)
	w, known := v.words[lower]
	if !known {
		w = &word{form: lower, stem: stemOf(lower)}
		if w.stem != "" {
			w.id = v.stem(w.stem)
			w.touches = v.touches[w.stem]
		}
		v.words[lower] = w
	}
	v.words[written] = w
	return w
}

// stem gives a stem's number.
func (v *vocabulary) stem(stem string) int {
	id, known := v.ids[stem]
	if !known {
		id = len(v.ids) + 1
		v.ids[stem] = id
		v.inSentences = append(v.inSentences, 0)
		v.lastIn = append(v.lastIn, 0)
	}
	return id
}

// stemOf gives the stem by which words are compared, "" for a stop word.
func stemOf(lower string) string {
	switch {
	case numberWords[lower] || lower[0] >= '0' && lower[0] <= '9':
		return numeral
	case segment.IsStop(lower):
		return ""
	}
	return strings.TrimSuffix(segment.Stem(lower), "'s")
}
