package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// name is a name of the firm's, whole or in short: "Meridian Freight Ltd" is
// also "Meridian".
type name struct {
	words  []string // as written
	common bool     // a common word, too: a name only where it is written like one
}

// names finds the firm's own names. One that is also a common word (Lantern) is
// found where it is written with a capital that no sentence asks for.
func names(r *reading, own []string) (all []Warning) {
	for _, n := range namesOf(own) {
		for i := range r.words {
			if size := r.named(i, n); size > 0 {
				w := Warning{Code: Product, Start: r.words[i].start, End: r.words[i+size-1].end, Why: "It names us or what we sell. Say what the customer would get done, with whatever it may be."}
				if r.peopleNear(i, size) {
					w.Code, w.Why = Company, "It is about us. Say what the customer wants for themselves."
				}
				all = append(all, w)
			}
		}
	}
	return all
}

func namesOf(own []string) (all []name) {
	for _, whole := range own {
		words := spelt(whole)
		if len(words) == 0 {
			continue
		}
		all = append(all, name{words, len(words) == 1 && isCommon(words[0])})
		for i, w := range words {
			if len(words) > 1 && tells(w) && (i == 0 || !isCommon(w)) {
				all = append(all, name{[]string{w}, isCommon(w)})
			}
		}
	}
	return all
}

func spelt(text string) (words []string) {
	for _, p := range segment.Words(text) {
		words = append(words, p.Of(text))
	}
	return words
}

// tells says whether one word of a longer name can stand for it.
func tells(w string) bool {
	return segment.HasCapital(w) && utf8.RuneCountInString(w) > 2 && !legal[strings.ToLower(w)] && !segment.IsAlwaysCapital(w) &&
		!widelyShared[strings.ToLower(w)]
}

// isCommon says whether a word is in general use. The pieces of the encoder's
// vocabulary are whole words where it is.
func isCommon(w string) bool {
	return len(embed.AppendPieces(nil, strings.ToLower(w))) <= 1
}

// named gives how many words from i on are the name, 0 if they are not.
func (r *reading) named(i int, n name) int {
	for j, w := range n.words {
		if i+j >= len(r.words) {
			return 0
		}
		have := r.text[r.words[i+j].start:r.words[i+j].end]
		same := have == w || own(have) == own(w) || own(have) == w
		if !same && (r.plain() && !n.common && !owners[r.at(i-1)] || !segment.HasCapital(w)) {
			same = strings.EqualFold(own(have), own(w))
		}
		if !same {
			return 0
		}
	}
	if n.common && segment.HasCapital(n.words[0]) && (r.mustHaveCapital(i) || r.partOfOther(i)) {
		return 0
	}
	return len(n.words)
}

// plain says whether nobody took care of capitals.
func (r *reading) plain() bool { return strings.ToLower(r.text) == r.text }

// own is a word without the "'s" that hangs on it.
func own(w string) string {
	for _, tail := range []string{"'s", "’s", "'", "’"} {
		w = strings.TrimSuffix(w, tail)
	}
	return w
}

// mustHaveCapital says whether any word would have a capital there.
func (r *reading) mustHaveCapital(i int) bool {
	if i > 0 && r.words[i].gap != stop {
		return false
	}
	return !afterProduct[r.at(i+1)] && own(r.at(i)) == r.at(i)
}

// partOfOther says whether the word is a part of another name: "Lantern Street".
func (r *reading) partOfOther(i int) bool {
	capital := func(j int) bool {
		if j < 0 || j >= len(r.words) {
			return false
		}
		first, _ := utf8.DecodeRuneInString(r.text[r.words[j].start:])
		return unicode.IsUpper(first) && !segment.IsAlwaysCapital(r.text[r.words[j].start:r.words[j].end]) && !r.fronts(j)
	}
	next := capital(i+1) && !versions[r.at(i+1)] && !legal[r.at(i+1)]
	return next || capital(i-1)
}

// peopleNear says whether the name is that of people: "the Hollin team", "the
// experts at Fernhill".
func (r *reading) peopleNear(i, size int) bool {
	return people[r.at(i+size)] || people[r.at(i-2)] && ofFirm[r.at(i-1)]
}
