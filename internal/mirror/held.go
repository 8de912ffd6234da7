package mirror

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// gatherNear sorts the near sentences by guess, with their verdicts. A
// sentence that a member dismissed as the kind in which it was near is no
// candidate any more; one that a member judged counts though nothing found it
// near.
func (s *sighting) gatherNear() {
	for i, p := range s.parts {
		for _, n := range p.Near {
			who := s.customer(n.Person)
			verdict := s.judged.Guesses[n.Guess][n.Span]
			if who < 0 || verdict == "" && s.verdict(n.Kind, n.Span) == headway.Dismissed {
				continue
			}
			s.near[n.Guess] = append(s.near[n.Guess], nearby{n, i, who, verdict})
		}
	}
	for _, g := range s.guesses {
		s.gatherJudged(g)
	}
}

func (s *sighting) gatherJudged(g headway.Guess) {
	found := map[headway.Span]bool{}
	for _, n := range s.near[g.ID] {
		found[n.Span] = true
	}
	for _, span := range inOrderOfSpans(s.judged.Guesses[g.ID]) {
		at := s.places[span.Text]
		if found[span] || at.customer < 0 {
			continue
		}
		n := Near{Guess: g.ID, Span: span, Person: s.customers[at.customer].id, Turn: at.turn}
		s.near[g.ID] = append(s.near[g.ID], nearby{n, at.part, at.customer, s.judged.Guesses[g.ID][span]})
	}
}

// youSaid holds each guess against what was said.
func (s *sighting) youSaid() []Held {
	held := []Held{}
	for _, g := range s.guesses {
		h := Held{Guess: g, N: len(s.customers)}
		h.count(s.near[g.ID])
		h.Nearest = s.nearest(s.near[g.ID])
		h.Lost = s.lost(func(l deed.Lost) bool {
			return l.Deed == headway.DeedJudge && l.Guess == g.ID && l.Verdict != headway.NotAbout
		})
		held = append(held, h)
	}
	return held
}

// lost gives the claims that lost their support and are such.
func (s *sighting) lost(such func(deed.Lost) bool) (lost []deed.Lost) {
	for _, l := range s.judged.Lost {
		if such(l) {
			lost = append(lost, l)
		}
	}
	return lost
}

// stance is what one customer's sentences make of a guess.
type stance struct{ confirms, contradicts, perhaps bool }

// count counts people and, for who raised it first, conversations.
func (h *Held) count(near []nearby) {
	people := map[int]*stance{}
	raised := map[int]headway.Side{}
	for _, n := range near {
		if n.verdict != "" {
			h.Checked++
		}
		if n.verdict == headway.NotAbout {
			continue
		}
		if n.First != "" {
			raised[n.part] = n.First
		}
		p := people[n.customer]
		if p == nil {
			p = &stance{}
			people[n.customer] = p
		}
		p.hear(n.verdict)
	}
	for _, p := range people {
		h.add(*p)
	}
	for _, side := range raised {
		switch side {
		case headway.Theirs:
			h.RaisedByThem++
		case headway.Ours:
			h.RaisedByUs++
		}
	}
}

func (p *stance) hear(v headway.Verdict) {
	switch v {
	case headway.Supports, headway.Partly:
		p.confirms = true
	case headway.Contradicts:
		p.contradicts = true
	default:
		p.perhaps = true
	}
}

func (h *Held) add(p stance) {
	if p.confirms {
		h.Confirmed++
	}
	if p.contradicts {
		h.Contradicted++
	}
	if p.perhaps && !p.confirms && !p.contradicts {
		h.Candidates++
	}
}

// nearest lists the sentences to show under a guess: each customer's nearest
// before anybody's second, judged ones where they stood. With a limit it
// holds so many unjudged ones and every judged one.
func (s *sighting) nearest(near []nearby) []Line {
	near = slices.Clone(near)
	slices.SortFunc(near, func(a, b nearby) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.part, b.part), cmp.Compare(a.Turn, b.Turn), compareSpans(a.Span, b.Span))
	})
	turns := takeTurns(near, func(n nearby) int { return n.customer })
	lines := []Line{}
	open := 0
	for _, i := range turns {
		n := near[i]
		if n.verdict == "" {
			if open++; s.choices.PerSlot > 0 && open > s.choices.PerSlot {
				continue
			}
		}
		line := s.lineBy(n.customer, n.part, n.Turn)
		line.Span, line.Kind, line.Score = n.Span, n.Kind, n.Score
		line.First, line.Verdict = n.First, n.verdict
		lines = append(lines, line)
	}
	return lines
}

// takeTurns gives the order in which everybody has a first say before anybody
// has a second, otherwise as the list stands.
func takeTurns[T any](list []T, who func(T) int) []int {
	said := map[int]int{}
	order := make([]int, len(list))
	turn := make([]int, len(list))
	for i, item := range list {
		order[i] = i
		turn[i] = said[who(item)]
		said[who(item)]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(turn[a], turn[b]) })
	return order
}
