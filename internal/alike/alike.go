// Package alike says which customers' sentences mean the same, so that ten
// people who said one thing in ten ways make one line.
//
// It stands beside mirror on a sentence's way: flow gives it the sentences that
// were heard as a kind, in the order in which they came, and mirror counts the
// people of each group it finds.
//
//	groups := alike.NewGroups()
//	group, founded := groups.Join(headway.Struggle, span, "Checking it takes longer than writing it.")
//
// A sentence joins the group whose anchor is most like it, or founds one. A group
// so never moves because others come in, and the same sentences in the same
// order give the same groups. How often two sentences of a group do mean the
// same is measured by headway eval; docs/decisions/0008 tells how likeness was
// chosen.
package alike

import (
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// Version names the rules by which sentences are alike. Raise it when they change.
const Version = "alike 2"

// What a word weighs, in bits. A rare word counts by how much rarer it is than
// one in 16, so that a word that half of all sentences have weighs little.
const (
	everywhere = 4
	lightest   = 1
	stopWord   = 2
	figure     = 3 // any number, whichever
)

// oneDenies is what remains of likeness where only one of two sentences denies
// something: they share all words and may say the opposite.
const oneDenies = .7

// Sentence is a sentence ready to be compared.
type Sentence struct {
	vector  *embed.Vector
	words   []*word // different ones, in order of stem
	rows    []byte  // what the words mean, as embed.Cosines reads it
	weight  float64 // of all of them
	content int     // how many of them are no stop words
}

// Says tells whether a sentence says enough by itself to be held against
// others: "I prefer to do that myself" names nothing.
func (s *Sentence) Says() bool { return s.content >= 2 }

// word is one stem with what it means and weighs.
type word struct {
	stem    string
	weight  float64
	content bool
	vector  embed.Vector
}

// Reader reads sentences and remembers their words. It is not for several
// goroutines at once.
type Reader struct{ words map[string]*word }

// NewReader makes a Reader that has read nothing.
func NewReader() *Reader { return &Reader{words: map[string]*word{}} }

// Read makes a sentence ready.
func (r *Reader) Read(text string) Sentence {
	vector := embed.Of(text)
	s := r.Words(text)
	s.vector = &vector
	return s
}

// Words makes the words of a text ready, for [Covered] only: what it means as a
// whole is not asked, which takes longest.
func (r *Reader) Words(text string) Sentence {
	var s Sentence
	for _, piece := range segment.Words(text) {
		s.words = append(s.words, r.word(piece.Of(text)))
	}
	slices.SortFunc(s.words, func(a, b *word) int { return strings.Compare(a.stem, b.stem) })
	s.words = slices.CompactFunc(s.words, func(a, b *word) bool { return a.stem == b.stem })
	for _, w := range s.words {
		for _, n := range w.vector {
			s.rows = append(s.rows, byte(n))
		}
		s.weight += w.weight
		if w.content {
			s.content++
		}
	}
	return s
}

// word gives what is known of a written form.
func (r *Reader) word(written string) *word {
	if w, known := r.words[written]; known {
		return w
	}
	lower := strings.ReplaceAll(strings.ToLower(written), "’", "'")
	w := &word{stem: lower, vector: embed.Of(lower)}
	switch {
	case lower[0] >= '0' && lower[0] <= '9':
		w.stem, w.weight, w.content = "#", figure, true
	case segment.Denies(lower):
		w.stem, w.weight = denial, stopWord
	case segment.IsStop(lower):
		w.weight = stopWord
	default:
		w.stem = segment.Stem(lower)
		w.weight, w.content = max(lightest, segment.Rarity(w.stem)-everywhere), true
	}
	r.words[written] = w
	return w
}

// denial stands for every word that denies; no stem is written so.
const denial = "!"

// Likeness says how far two sentences say the same, 0 not at all, 1 word for
// word: half of it is how much of either is found in the other, half how near
// they are in meaning. The first alone misses what is said in other words, the
// second alone takes one topic for one statement.
func Likeness(a, b *Sentence) float64 { return weigh(a, b, embed.Cosine(*a.vector, *b.vector)) }

func weigh(a, b *Sentence, cosine float32) float64 {
	like := (found(a, b) + float64(max(0, cosine))) / 2
	if a.denies() != b.denies() {
		like *= oneDenies
	}
	return like
}

// found says how much of what two sentences say, both say: 0 nothing, 1 all.
// Each word finds its nearest in the other sentence, and counts by its rarity;
// the sentence of which less is found decides, so that who says more does not
// pass for saying the same.
func found(a, b *Sentence) float64 {
	if a.weight == 0 || b.weight == 0 {
		return 0
	}
	nearest := make([]float64, len(a.words))
	cosines := make([]float32, len(a.words))
	back := 0.0
	for _, w := range b.words {
		embed.Cosines(cosines, w.vector, a.rows)
		best := 0.0
		for i, other := range a.words {
			n := nearness(w, other, cosines[i])
			best, nearest[i] = max(best, n), max(nearest[i], n)
		}
		back += best * w.weight
	}
	there := 0.0
	for i, w := range a.words {
		there += nearest[i] * w.weight
	}
	return min(there/a.weight, back/b.weight)
}

func (s *Sentence) denies() bool {
	return slices.ContainsFunc(s.words, func(w *word) bool { return w.stem == denial })
}

// nearness of two words is 1 for the same stem, else the square of their cosine:
// most pairs of words have a cosine of some .3 for nothing.
func nearness(a, b *word, cosine float32) float64 {
	if a.stem == b.stem {
		return 1
	}
	c := max(0, float64(cosine))
	return float64(c * c)
}

// Covered says how much of what a claim says is said, whatever else is: 0
// nothing, 1 all. Unlike Likeness it is not the same both ways, since a customer
// may say more than a claim that they bear out.
func Covered(claim, said *Sentence) float64 {
	if claim.weight == 0 || said.weight == 0 {
		return 0
	}
	cosines := make([]float32, len(said.words))
	there := 0.0
	for _, w := range claim.words {
		if !w.content {
			continue
		}
		embed.Cosines(cosines, w.vector, said.rows)
		best := 0.0
		for i, other := range said.words {
			if other.content {
				best = max(best, nearness(w, other, cosines[i]))
			}
		}
		there += best * w.weight
	}
	return there / max(claim.matter(), 1)
}

// matter is the weight of a sentence's words that are no stop words.
func (s *Sentence) matter() (weight float64) {
	for _, w := range s.words {
		if w.content {
			weight += w.weight
		}
	}
	return weight
}
