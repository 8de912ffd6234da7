package hear

import (
	"strings"
	"sync"

	"github.com/headway-oss/headway/internal/cue"
	"github.com/headway-oss/headway/internal/segment"
)

// ear gathers the signs of one sentence of ours: its words and their
// neighbours, its shape as a question, the cues that fit, and how it answers
// the customer's words before. It is reused, one goroutine at a time.
type ear struct {
	signs  []uint32
	pieces []segment.Piece
	words  []word
	asked  []word // the customer's words before
	cues   *cue.Listener
	hits   []cue.Hit
	scores []float64
	asking []float64
}

var ears = sync.Pool{New: func() any { return &ear{cues: oursBook.Listen()} }}

// word is one word as signs see it: lower case, without apostrophes, so that
// "don't" and "dont" are the same, as speech recognition writes either.
type word struct {
	hash uint32
	is   class
}

// frame gives the word itself, or one and the same for all words with a
// meaning of their own.
func (w word) frame() uint32 {
	if w.is&content != 0 {
		return 0
	}
	return w.hash
}

// listen gathers the signs of a row.
func (e *ear) listen(r Row) {
	e.signs = e.signs[:0]
	e.words = e.read(e.words[:0], r.Sentence)
	e.punctuation(r)
	e.sign(signLength, uint32(lengthStep(len(e.words))))
	if begins := start(e.words); len(begins) > 0 {
		e.first(begins, func(w word) uint32 { return w.hash })
		e.sign(signShape, opening(begins))
		e.turns(begins)
	}
	if len(e.words) > 0 {
		e.sign(signBefore, e.words[0].hash)
	}
	e.ending(e.words)
	e.context(r)
}

// context marks all words, what they answer, and the cues that fit.
func (e *ear) context(r Row) {
	e.neighbours()
	e.asked = e.read(e.asked[:0], r.Question)
	e.answering()
	e.hits = e.cues.Hear(r.Sentence, 0)
	for _, h := range e.hits {
		e.sign(signCue, oursCueSigns[h.Cue])
		e.sign(signCue, oursCueSigns[h.Cue]) // twice: a cue is learned faster than a word
	}
}

// Families of signs; equal words in different families are different signs.
const (
	signWord uint32 = iota + 1
	signPair
	signTriple
	signFirst
	signFirstPair
	signFirstTriple
	signLast
	signShape
	signPunct
	signLength
	signEcho
	signBefore
	signCue
)

func (e *ear) sign(family uint32, parts ...uint32) {
	h := mix(2166136261, family)
	for _, p := range parts {
		h = mix(h, p)
	}
	e.signs = append(e.signs, h^h>>15)
}

func mix(h, x uint32) uint32 {
	h ^= x
	h *= 16777619
	h ^= h >> 13
	return h * 0x5bd1e995
}

func (e *ear) neighbours() {
	for i, w := range e.words {
		e.sign(signWord, w.hash)
		if i > 0 {
			e.sign(signPair, e.words[i-1].hash, w.hash)
		}
	}
}

func lengthStep(words int) int {
	for i, most := range [...]int{1, 2, 3, 5, 8, 12, 18, 26, 40} {
		if words <= most {
			return i
		}
	}
	return 9
}

// first marks the first words.
func (e *ear) first(words []word, as func(word) uint32) {
	e.sign(signFirst, as(words[0]))
	if len(words) > 1 {
		e.sign(signFirstPair, as(words[0]), as(words[1]))
	}
	if len(words) > 2 {
		e.sign(signFirstTriple, as(words[0]), as(words[1]), as(words[2]))
	}
}

// start gives the words after the fillers with which speech starts ("okay so,
// ..."); all of them where there is nothing else.
func start(words []word) []word {
	for i, w := range words {
		if w.is&filler == 0 {
			return words[i:]
		}
	}
	return words
}

// ending marks the last words.
func (e *ear) ending(words []word) {
	if n := len(words); n > 0 {
		e.sign(signLast, words[n-1].frame())
		if n > 1 {
			e.sign(signLast, words[n-2].frame(), words[n-1].frame())
		}
	}
}

// punctuation marks how the sentence and the one before it end, and gives the
// former.
func (e *ear) punctuation(r Row) (end uint32) {
	end = endOf(r.Sentence)
	e.sign(signPunct, end)
	switch {
	case r.Before == "":
		e.sign(signPunct, 200)
	case strings.HasSuffix(r.Before, "?"):
		e.sign(signPunct, 201)
	}
	if strings.HasSuffix(r.Question, "?") {
		e.sign(signPunct, 300)
	}
	return end
}

func endOf(sentence string) uint32 {
	switch {
	case strings.HasSuffix(sentence, "..."), strings.HasSuffix(sentence, "…"):
		return 1
	case sentence == "":
		return 2
	}
	switch b := sentence[len(sentence)-1]; b {
	case '.', '!', '?', ',', ':', '-':
		return uint32(b)
	}
	return 3
}

// answering marks how much of the sentence the customer has just said: a
// play-back gives words back.
func (e *ear) answering() {
	told, echoed := 0, 0
	for _, w := range e.words {
		if w.is&content == 0 {
			continue
		}
		told++
		for _, a := range e.asked {
			if a.hash == w.hash {
				echoed++
				break
			}
		}
	}
	e.sign(signEcho, uint32(min(echoed, 4)))
	if told > 0 {
		e.sign(signEcho, 10+uint32(4*echoed/told))
	}
	if len(e.asked) == 0 {
		e.sign(signEcho, 20)
	}
}

// mostWords is how much of a sentence is read; what is longer is no sentence.
const mostWords = 240

// read adds the words of text.
func (e *ear) read(words []word, text string) []word {
	e.pieces = segment.AppendWords(e.pieces[:0], text)
	for _, p := range e.pieces[:min(len(e.pieces), mostWords)] {
		words = append(words, readWord(p.Of(text)))
	}
	return words
}

func readWord(s string) word {
	var lower [24]byte
	plain := lower[:0]
	hash := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b == '\'':
			continue
		case 'A' <= b && b <= 'Z':
			b += 'a' - 'A'
		case '0' <= b && b <= '9':
			b = '0'
		case b == 0xE2 && strings.HasPrefix(s[i:], "’"):
			i += 2
			continue
		}
		hash = (hash ^ uint32(b)) * 16777619
		if len(plain) < len(lower) {
			plain = append(plain, b)
		}
	}
	is, common := classes[string(plain)]
	if !common && len(plain) > 3 && !segment.IsStop(s) {
		is = content
	}
	return word{hash, is}
}
