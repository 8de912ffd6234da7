package cue

import (
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// node is a pattern, as a tree.
type node interface{}

type (
	one      struct{ match string } // a word, word~, word* or #
	whatever struct{}               // any word
	seq      []node
	alt      []node
	maybe    struct{ of node }
)

// pattern is a parsed wording.
type pattern struct {
	node       node
	start, end bool // anchored
}

// parser reads one wording. Sets are put in place, so that the tree is whole.
type parser struct {
	tokens []string
	sets   map[string][]string
	depth  int
}

// maxDepth bounds sets within sets, which could otherwise go in circles.
const maxDepth = 8

func parsePattern(text string, sets map[string][]string, depth int) (p pattern, err error) {
	if depth > maxDepth {
		return p, headway.Errorf(headway.Invalid, "%q goes in circles: a set holds itself", text)
	}
	tokens := lex(text)
	if len(tokens) > 0 && tokens[0] == "^" {
		p.start, tokens = true, tokens[1:]
	}
	if n := len(tokens); n > 0 && tokens[n-1] == "$" {
		p.end, tokens = true, tokens[:n-1]
	}
	in := &parser{tokens: tokens, sets: sets, depth: depth}
	p.node, err = in.alternatives()
	if err == nil && len(in.tokens) > 0 {
		err = headway.Errorf(headway.Invalid, "%q has a %q too many", text, in.tokens[0])
	}
	return p, err
}

// lex parts a wording into words, brackets, bars and marks. A question mark
// that follows something directly is the mark for perhaps and comes out as "??".
func lex(text string) []string {
	var tokens []string
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case c == ' ' || c == '\t' || c == '\n':
			at++
		case c == '?' && at > 0 && !strings.ContainsRune(" (|", rune(text[at-1])):
			tokens, at = append(tokens, "??"), at+1
		case strings.IndexByte("()|^$?", c) >= 0:
			tokens, at = append(tokens, string(c)), at+1
		case c == '[':
			end := at + strings.IndexByte(text[at:]+"]", ']') + 1
			tokens, at = append(tokens, text[at:min(end, len(text))]), end
		default:
			end := at + strings.IndexAny(text[at:]+" ", " \t\n()|?[")
			tokens, at = append(tokens, text[at:end]), end
		}
	}
	return tokens
}

func (p *parser) peek() string {
	if len(p.tokens) == 0 {
		return ""
	}
	return p.tokens[0]
}

func (p *parser) next() string {
	t := p.peek()
	p.tokens = p.tokens[min(1, len(p.tokens)):]
	return t
}

func (p *parser) alternatives() (node, error) {
	var branches alt
	for {
		b, err := p.sequence()
		if err != nil {
			return nil, err
		}
		branches = append(branches, b)
		if p.peek() != "|" {
			break
		}
		p.next()
	}
	if len(branches) == 1 {
		return branches[0], nil
	}
	return branches, nil
}

func (p *parser) sequence() (node, error) {
	var items seq
	for t := p.peek(); t != "" && t != "|" && t != ")"; t = p.peek() {
		item, err := p.item()
		if err != nil {
			return nil, err
		}
		if p.peek() == "??" {
			p.next()
			item = maybe{item}
		}
		items = append(items, item)
	}
	switch len(items) {
	case 0:
		return nil, headway.Errorf(headway.Invalid, "a pattern or one of its alternatives holds no words")
	case 1:
		return items[0], nil
	}
	return items, nil
}

func (p *parser) item() (node, error) {
	t := p.next()
	switch {
	case t == "(":
		inner, err := p.alternatives()
		if err == nil && p.next() != ")" {
			err = headway.Errorf(headway.Invalid, "a bracket is not closed")
		}
		return inner, err
	case t[0] == '[':
		return gap(t)
	case t[0] == '@':
		return p.set(t[1:])
	case t == "^" || t == "$" || t == "??":
		return nil, headway.Errorf(headway.Invalid, "%q stands in a wrong place", t)
	case t == numeral || t == asking || t == currency || t == "%":
		return one{t}, nil
	}
	return words(t), nil
}

// gap reads [..3] or [1..3].
func gap(t string) (node, error) {
	low, high, ok := strings.Cut(strings.Trim(t, "[]"), "..")
	least, errLow := strconv.Atoi("0" + low)
	most, errHigh := strconv.Atoi(high)
	if !ok || errLow != nil || errHigh != nil || most < 1 || least > most || most > 9 {
		return nil, headway.Errorf(headway.Invalid, "%q is no gap: write [..3] or [1..3], at most 9", t)
	}
	var items seq
	for i := range most {
		if i < least {
			items = append(items, whatever{})
		} else {
			items = append(items, maybe{whatever{}})
		}
	}
	return items, nil
}

func (p *parser) set(name string) (node, error) {
	members, ok := p.sets[name]
	if !ok {
		return nil, headway.Errorf(headway.Invalid, "there is no set @%s", name)
	}
	var branches alt
	for _, m := range members {
		inner, err := parsePattern(m, p.sets, p.depth+1)
		if err != nil {
			return nil, err
		}
		if inner.start || inner.end {
			return nil, headway.Errorf(headway.Invalid, "%q of @%s: only a cue can be tied to the start or end", m, name)
		}
		branches = append(branches, inner.node)
	}
	if len(branches) == 0 {
		return nil, headway.Errorf(headway.Invalid, "the set @%s is empty", name)
	}
	return branches, nil
}

// words reads a word of a pattern as a sentence would be read: contractions
// opened, hyphens parted.
func words(t string) node {
	t = strings.ToLower(t)
	if strings.HasSuffix(t, "~") || strings.HasSuffix(t, "*") {
		return one{t}
	}
	var items seq
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return r == '-' }) {
		first, second := open(part)
		items = append(items, one{first})
		if second != "" {
			items = append(items, one{second})
		}
	}
	if len(items) == 1 {
		return items[0]
	}
	return items
}
