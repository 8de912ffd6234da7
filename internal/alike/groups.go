package alike

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
)

// Threshold is the likeness from which on two sentences make one line. A wrong
// line is worse than two lines, so it is high: docs/decisions/0008 tells what was
// read to choose it, and headway eval prints what each value gives.
const Threshold = .70

// A sentence is held against so many anchors, the nearest by meaning, and none
// that is further away than that.
const (
	looksAt   = 8
	worthLook = .5
)

// Groups are the groups of a workspace while sentences come in.
type Groups struct {
	reader  *Reader
	kinds   map[headway.Label]*shelf
	founded map[place]headway.GroupID
}

// shelf holds the anchors of one kind.
type shelf struct {
	rows      []byte // what they mean, as embed.Similar reads it
	sentences []Sentence
	groups    []headway.GroupID
}

// place is a sentence as one kind.
type place struct {
	kind headway.Label
	span headway.Span
}

// NewGroups makes an empty workspace's.
func NewGroups() *Groups {
	return &Groups{reader: NewReader(), kinds: map[headway.Label]*shelf{}, founded: map[place]headway.GroupID{}}
}

// Hang adds a kept anchor with its words, in the order in which they were founded.
func (g *Groups) Hang(a headway.Anchor, words string) {
	g.hang(a, g.reader.Read(words))
}

func (g *Groups) hang(a headway.Anchor, s Sentence) {
	on := g.kinds[a.Kind]
	if on == nil {
		on = &shelf{}
		g.kinds[a.Kind] = on
	}
	for _, n := range s.vector {
		on.rows = append(on.rows, byte(n))
	}
	s.vector, s.rows = nil, nil // the one lies in on.rows, of the others it is asked for no more
	on.sentences = append(on.sentences, s)
	on.groups = append(on.groups, a.Group)
	g.founded[place{a.Kind, a.Span}] = a.Group
}

// Join gives the group of a customer's sentence of a kind, and whether the
// sentence has founded it and is to be kept as its anchor. It is "" for a
// sentence that says too little by itself: that stands alone.
func (g *Groups) Join(kind headway.Label, at headway.Span, words string) (group headway.GroupID, founded bool) {
	if group, known := g.founded[place{kind, at}]; known {
		return group, false
	}
	s := g.reader.Read(words)
	if !s.Says() {
		return "", false
	}
	if on := g.kinds[kind]; on != nil {
		if group := on.mostLike(&s); group != "" {
			return group, false
		}
	}
	a := headway.NewAnchor(kind, at)
	g.hang(a, s)
	return a.Group, true
}

// mostLike gives the group whose anchor is most like a sentence, of equals the
// first founded; "" where none is like it.
func (on *shelf) mostLike(s *Sentence) (group headway.GroupID) {
	best, row := Threshold, len(on.groups)
	for _, hit := range embed.Similar(*s.vector, on.rows, looksAt) {
		if hit.Cosine < worthLook {
			break
		}
		l := weigh(s, &on.sentences[hit.Row], hit.Cosine)
		if l > best || l == best && hit.Row < row {
			best, row, group = l, hit.Row, on.groups[hit.Row]
		}
	}
	return group
}
