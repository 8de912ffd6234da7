package cue

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// Book is many files of cues made ready to be heard in one pass: an automaton
// whose places are the words of all patterns (after Glushkov, 1961: a state a
// word, no silent moves). It does not change and may be shared.
type Book struct {
	cues   []Cue
	guards []Guard
	tags   map[string]int
	terms  []terms // of each cue
	places []place
	opens  starts // where patterns of cues begin
	wards  starts // where patterns of guards begin

	ids      map[string]int32 // 0 is no word of any pattern
	prefixes map[string]int32
	shortest int         // bytes of the shortest prefix
	halves   []*[2]int32 // by word id: of contractions known whole
	classes  []class
}

// terms are the conditions of a cue.
type terms struct {
	unless uint64   // guards
	when   []uint64 // of each, any tag
	never  uint64   // tags
}

// place is one word of one pattern.
type place struct {
	class   int32 // -1 is any word
	rule    int32 // cue, or guard
	unless  uint64
	follow  []int32
	last    bool // the pattern may end here
	closing bool // but only at the sentence's end
}

// starts tells at which places a pattern can begin with a word.
type starts struct {
	anywhere, atFront [][]int32 // by word id
}

// class is a set of word ids.
type class []uint64

func (c class) has(id int32) bool { return c[id>>6]&(1<<(id&63)) != 0 }
func (c class) add(id int32)      { c[id>>6] |= 1 << (id & 63) }

// Tags is a set of tags known to one Book.
type Tags uint64

// Compile makes a Book. It fails with Invalid, naming the cue, on a pattern
// that cannot be read or an unknown set or guard.
func Compile(files ...File) (*Book, error) {
	c := &compiler{
		book:     &Book{tags: map[string]int{}, ids: map[string]int32{}, prefixes: map[string]int32{}},
		sets:     map[string][]string{},
		classIDs: map[string]int32{},
		guardIDs: map[string]int{},
	}
	for _, step := range []func([]File) error{c.gatherSets, c.gatherGuards, c.gatherCues} {
		if err := step(files); err != nil {
			return nil, err
		}
	}
	c.number()
	c.index()
	return c.book, nil
}

// Cues lists all cues; a Hit names one by its index.
func (b *Book) Cues() []Cue { return b.cues }

// Tags gives the set of the tags named; those that no cue minds are left out.
func (b *Book) Tags(names ...string) Tags {
	var set Tags
	for _, n := range names {
		if i, ok := b.tags[n]; ok {
			set |= 1 << i
		}
	}
	return set
}

// compiler gathers the parts of a Book.
type compiler struct {
	book     *Book
	sets     map[string][]string
	guardIDs map[string]int
	classIDs map[string]int32 // by its matches, sorted and joined
	members  [][]string       // matches of each class
	begins   []begin
}

// begin is where one pattern starts.
type begin struct {
	places []int32
	front  bool
	guard  bool
}

func (c *compiler) gatherSets(files []File) error {
	for _, f := range files {
		for name, members := range f.Sets {
			if _, twice := c.sets[name]; twice {
				return headway.Errorf(headway.Invalid, "the set @%s is defined twice", name)
			}
			c.sets[name] = members
		}
	}
	return nil
}

func (c *compiler) gatherGuards(files []File) error {
	for _, f := range files {
		for _, g := range f.Guards {
			id := len(c.book.guards)
			if _, twice := c.guardIDs[g.Name]; twice || id == 64 {
				return headway.Errorf(headway.Invalid, "guard %s is defined twice, or the 65th", g.Name)
			}
			c.guardIDs[g.Name] = id
			c.book.guards = append(c.book.guards, g)
			if err := c.add(g.Say, int32(id), 0, true); err != nil {
				return headway.Errorf(headway.Invalid, "guard %s: %v", g.Name, err)
			}
		}
	}
	return nil
}

func (c *compiler) gatherCues(files []File) error {
	known := map[string]bool{}
	for _, f := range files {
		for _, q := range f.Cues {
			if q.Label == "" {
				q.Label = f.Label
			}
			if q.Unless == nil {
				q.Unless = f.Unless
			}
			if q.Name == "" || known[q.ID()] {
				return headway.Errorf(headway.Invalid, "cue %s needs a name of its own", q.ID())
			}
			known[q.ID()] = true
			if err := c.gatherCue(q); err != nil {
				return headway.Errorf(headway.Invalid, "cue %s: %v", q.ID(), err)
			}
		}
	}
	return nil
}

func (c *compiler) gatherCue(q Cue) error {
	t, err := c.terms(q)
	if err != nil {
		return err
	}
	id := int32(len(c.book.cues))
	c.book.cues = append(c.book.cues, q)
	c.book.terms = append(c.book.terms, t)
	return c.add(q.Say, id, t.unless, false)
}

func (c *compiler) terms(q Cue) (t terms, err error) {
	for _, name := range q.Unless {
		id, ok := c.guardIDs[name]
		if !ok {
			return t, headway.Errorf(headway.Invalid, "there is no guard %s", name)
		}
		t.unless |= 1 << id
	}
	for _, cond := range q.When {
		if name, not := strings.CutPrefix(cond, "!"); not {
			t.never |= c.tag(name)
			continue
		}
		var either uint64
		for name := range strings.SplitSeq(cond, "|") {
			either |= c.tag(name)
		}
		t.when = append(t.when, either)
	}
	if len(c.book.tags) > 64 {
		return t, headway.Errorf(headway.Invalid, "cues mind more than 64 tags")
	}
	return t, nil
}

func (c *compiler) tag(name string) uint64 {
	id, ok := c.book.tags[name]
	if !ok {
		id = len(c.book.tags)
		c.book.tags[name] = id
	}
	return 1 << id
}

// add lays out the places of a rule's patterns.
func (c *compiler) add(say []string, rule int32, unless uint64, guard bool) error {
	if len(say) == 0 {
		return headway.Errorf(headway.Invalid, "it says nothing")
	}
	for _, text := range say {
		p, err := parsePattern(text, c.sets, 0)
		if err != nil {
			return headway.Errorf(headway.Invalid, "%q: %v", text, err)
		}
		l := layout{c: c, proto: place{rule: rule, unless: unless, closing: p.end}}
		shape := l.lay(p.node)
		if shape.empty || slices.ContainsFunc(shape.first, func(i int32) bool { return c.book.places[i].class < 0 }) {
			return headway.Errorf(headway.Invalid, "%q must begin with a word", text)
		}
		for _, i := range shape.last {
			c.book.places[i].last = true
		}
		c.begins = append(c.begins, begin{shape.first, p.start, guard})
	}
	return nil
}

// layout turns a pattern's tree into places.
type layout struct {
	c     *compiler
	proto place
}

// shape says at which places a part of a pattern can begin and end, and
// whether it can be left out.
type shape struct {
	first, last []int32
	empty       bool
}

func (l layout) lay(n node) shape {
	switch n := n.(type) {
	case one:
		return l.word([]string{n.match})
	case whatever:
		return l.place(-1)
	case maybe:
		s := l.lay(n.of)
		s.empty = true
		return s
	case alt:
		return l.either(n)
	}
	return l.row(n.(seq))
}

func (l layout) word(matches []string) shape { return l.place(l.c.class(matches)) }

func (l layout) place(class int32) shape {
	p := l.proto
	p.class = class
	id := int32(len(l.c.book.places))
	l.c.book.places = append(l.c.book.places, p)
	return shape{first: []int32{id}, last: []int32{id}}
}

func (l layout) row(items seq) shape {
	whole := shape{empty: true}
	for _, item := range items {
		s := l.lay(item)
		for _, i := range whole.last {
			l.c.book.places[i].follow = append(l.c.book.places[i].follow, s.first...)
		}
		if whole.empty {
			whole.first = append(whole.first, s.first...)
		}
		if s.empty {
			whole.last = append(whole.last, s.last...)
		} else {
			whole.last = s.last
		}
		whole.empty = whole.empty && s.empty
	}
	return whole
}

// either lays the single words among the branches in one place.
func (l layout) either(branches alt) shape {
	single, longer := l.part(branches)
	var whole shape
	if len(single) > 0 {
		whole = l.word(single)
	}
	for _, b := range longer {
		s := l.lay(b)
		whole.first = append(whole.first, s.first...)
		whole.last = append(whole.last, s.last...)
		whole.empty = whole.empty || s.empty
	}
	return whole
}

func (l layout) part(branches alt) (single []string, longer []node) {
	for _, b := range branches {
		switch b := b.(type) {
		case one:
			single = append(single, b.match)
		case alt:
			s, rest := l.part(b)
			single, longer = append(single, s...), append(longer, rest...)
		default:
			longer = append(longer, b)
		}
	}
	return single, longer
}

func (c *compiler) class(matches []string) int32 {
	slices.Sort(matches)
	matches = slices.Compact(matches)
	key := strings.Join(matches, " ")
	id, ok := c.classIDs[key]
	if !ok {
		id = int32(len(c.members))
		c.classIDs[key] = id
		c.members = append(c.members, matches)
	}
	return id
}

// number gives every word an id and fills the classes.
func (c *compiler) number() {
	b := c.book
	for _, matches := range c.members {
		for _, m := range matches {
			for _, w := range spelled(m) {
				c.word(w)
			}
		}
	}
	for _, whole := range slices.Sorted(maps.Keys(opened)) {
		c.word(whole)
	}
	b.halves = make([]*[2]int32, len(b.ids)+1)
	for whole, half := range opened {
		b.halves[b.ids[whole]] = &[2]int32{b.ids[half[0]], b.ids[half[1]]}
	}
	for i := range c.members {
		b.classes = append(b.classes, c.filled(c.members[i]))
	}
}

// spelled lists the words that a match names; for a prefix, itself.
func spelled(match string) []string {
	if base, ok := strings.CutSuffix(match, "~"); ok {
		return inflections(base)
	}
	return []string{match}
}

func (c *compiler) word(w string) {
	b := c.book
	if _, known := b.ids[w]; known {
		return
	}
	id := int32(len(b.ids) + 1)
	b.ids[w] = id
	if head, ok := strings.CutSuffix(w, "*"); ok {
		b.prefixes[head] = id
		if b.shortest == 0 || len(head) < b.shortest {
			b.shortest = len(head)
		}
	}
}

func (c *compiler) filled(matches []string) class {
	b := c.book
	set := make(class, len(b.ids)/64+1)
	for _, m := range matches {
		for _, w := range spelled(m) {
			set.add(b.ids[w])
		}
		if head, ok := strings.CutSuffix(m, "*"); ok {
			for w, id := range b.ids {
				if strings.HasPrefix(w, head) {
					set.add(id)
				}
			}
		}
	}
	return set
}

// index notes, for every word, the places where a pattern can begin with it.
func (c *compiler) index() {
	b := c.book
	for _, s := range []*starts{&b.opens, &b.wards} {
		s.anywhere = make([][]int32, len(b.ids)+1)
		s.atFront = make([][]int32, len(b.ids)+1)
	}
	for _, begin := range c.begins {
		s := &b.opens
		if begin.guard {
			s = &b.wards
		}
		table := s.anywhere
		if begin.front {
			table = s.atFront
		}
		for _, p := range begin.places {
			for id := range table {
				if b.classes[b.places[p].class].has(int32(id)) {
					table[id] = append(table[id], p)
				}
			}
		}
	}
}

// read gives a token's word id, and that of its second half where it is a
// contraction, else -1.
func (b *Book) read(token []byte) (first, second int32) {
	id, known := b.ids[string(token)]
	if known && b.halves[id] != nil {
		return b.halves[id][0], b.halves[id][1]
	}
	if !known && bytes.IndexByte(token, '\'') >= 0 {
		if head, tail := open(string(token)); tail != "" {
			return b.ids[head], b.ids[tail]
		}
	}
	if !known {
		id = b.like(token)
	}
	return id, -1
}

// like gives the id of the longest prefix that an unknown token starts with,
// that of a number, or 0.
func (b *Book) like(token []byte) int32 {
	if isDigit(token[0]) {
		return b.ids[numeral]
	}
	if b.shortest == 0 {
		return 0
	}
	for n := len(token) - 1; n >= b.shortest; n-- {
		if id, ok := b.prefixes[string(token[:n])]; ok {
			return id
		}
	}
	return 0
}
