package embed

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// vocabulary.txt.gz has a piece a line, in the order of their numbers; pieces
// that go on with a word begin with "##". It is the vocabulary of BERT uncased
// as all-MiniLM-L6-v2 carries it (Apache-2.0).
//
//go:embed vocabulary.txt.gz
var vocabularyFile []byte

// vocab finds the number of a piece.
type vocab struct {
	starts        pieceSet // whole words and beginnings of words
	continuations pieceSet // parts that follow another, without their "##"
	marks         [utf8.RuneSelf]int32
}

var vocabulary = sync.OnceValue(func() *vocab {
	v := &vocab{starts: newPieceSet(16), continuations: newPieceSet(14)}
	for id, piece := range readVocabulary() {
		if rest, follows := strings.CutPrefix(piece, "##"); follows {
			v.continuations.add(rest, int32(id))
		} else {
			v.starts.add(piece, int32(id))
		}
	}
	for b := range v.marks {
		v.marks[b], _ = v.starts.longestAtFront([]byte{byte(b)})
	}
	return v
})

func readVocabulary() []string {
	unpacked, err := gzip.NewReader(bytes.NewReader(vocabularyFile))
	if err != nil {
		panic(err) // the file is part of the program
	}
	lines, err := io.ReadAll(unpacked)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(string(lines), "\n"), "\n")
}

// pieceSet is a hash table with open addressing, whose hashes are made byte by
// byte while a word is read.
type pieceSet struct {
	slots   []slot // a power of two, less than half of them taken
	shift   int    // a hash's upper bits are its slot
	longest int    // bytes
}

type slot struct {
	text string
	id   int32
}

func newPieceSet(bits int) pieceSet { return pieceSet{slots: make([]slot, 1<<bits), shift: 64 - bits} }

func (s *pieceSet) add(text string, id int32) {
	s.longest = max(s.longest, len(text))
	h := hashSeed
	for i := range len(text) {
		h = hashNext(h, text[i])
	}
	at := int(h >> s.shift)
	for s.slots[at].text != "" {
		at = (at + 1) & (len(s.slots) - 1)
	}
	s.slots[at] = slot{text, id}
}

func (s *pieceSet) find(hash uint64, text []byte) (id int32, found bool) {
	for at := int(hash >> s.shift); s.slots[at].text != ""; at = (at + 1) & (len(s.slots) - 1) {
		if s.slots[at].text == string(text) {
			return s.slots[at].id, true
		}
	}
	return 0, false
}

// longestAtFront gives the longest piece that word begins with, and its bytes;
// none has 0 of them.
func (s *pieceSet) longestAtFront(word []byte) (id int32, size int) {
	word = word[:min(len(word), s.longest)]
	var hashes [32]uint64 // of the first byte, the first two, ...
	h := hashSeed
	for i, b := range word {
		h = hashNext(h, b)
		hashes[i] = h
	}
	for size := len(word); size > 0; size-- {
		if id, found := s.find(hashes[size-1], word[:size]); found {
			return id, size
		}
	}
	return 0, 0
}

// A multiplicative hash whose upper bits are used.
const hashSeed uint64 = 0xcbf29ce484222325

func hashNext(h uint64, b byte) uint64 { return (h ^ uint64(b)) * 0x9e3779b97f4a7c15 }
