package mirror

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/segment"
)

// theySaid tells what customers said: per customer what they asked for beside
// what they are after, and per kind the sentences to show first.
func (s *sighting) theySaid() TheySaid {
	byKind := map[headway.Label][]counted{}
	for _, m := range s.moments {
		byKind[m.Kind] = append(byKind[m.Kind], m)
	}
	said := TheySaid{Slots: []Said{}}
	for _, kind := range headway.Kinds() {
		if len(byKind[kind]) > 0 {
			said.Slots = append(said.Slots, s.said(kind, byKind[kind]))
		}
	}
	slices.SortStableFunc(said.Slots, func(a, b Said) int { return cmp.Compare(b.People, a.People) })
	s.after(&said, byKind)
	said.Lost = s.lost(s.keptHere)
	return said
}

// keptHere says whether a claim called a sentence of these conversations a kind.
func (s *sighting) keptHere(l deed.Lost) bool {
	return (l.Deed == headway.DeedMark || l.Deed == headway.DeedSettle) && l.Verdict == headway.Kept && slices.Contains(headway.Kinds(), l.Label) &&
		s.holds(l.Conversation)
}

// said shows one kind, what means the same in one line: surprises first, then
// what came unasked; among equals what most people said, and everybody's surest
// sentence before anybody's second.
func (s *sighting) said(kind headway.Label, moments []counted) Said {
	slices.SortStableFunc(moments, bySurest)
	turns := takeTurns(moments, func(m counted) int { return m.customer*ranks + m.rank() })
	slices.SortStableFunc(turns, func(a, b int) int { return moments[a].rank() - moments[b].rank() })
	shown := make([]counted, len(turns))
	for i, turn := range turns {
		shown[i] = moments[turn]
	}
	lines := layTogether(shown)
	g := gather(alone(lines))
	said := Said{Kind: kind, People: countPeople(moments), Total: len(moments), Things: len(lines), Lines: []Line{}, Words: g.shared(), Heard: s.hearers(moments)}
	for _, t := range atMost(lines, s.choices.PerSlot) {
		line := s.saidTogether(t)
		if t.people == 1 {
			line.Under = g.under(t.moments[0].Words)
		}
		said.Lines = append(said.Lines, line)
	}
	return said
}

// alone gives the sentences of what only one person said.
func alone(lines []together) (moments []counted) {
	for _, t := range lines {
		if t.people == 1 {
			moments = append(moments, t.moments...)
		}
	}
	return moments
}

// ranks is how many ranks there are.
const ranks = 4

// rank is 0 for a surprise brought up unasked, 1 for another surprise, 2 for
// what came unasked, 3 for the rest.
func (m counted) rank() int {
	rank := 0
	if !m.surprise {
		rank += 2
	}
	if !m.Unasked {
		rank++
	}
	return rank
}

// bySurest orders what a person kept first, then by score, then as spoken.
func bySurest(a, b counted) int {
	return cmp.Or(first(a.kept, b.kept), cmp.Compare(b.Score, a.Score), cmp.Compare(a.part, b.part), cmp.Compare(a.Turn, b.Turn), compareSpans(a.Span, b.Span))
}

// first puts what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// lineBy is a line with whose words it shows and where they stand.
func (s *sighting) lineBy(customer, part, turn int) Line {
	return Line{
		Conversation: s.parts[part].Conversation,
		Person:       s.customers[customer].id,
		Name:         s.customers[customer].name,
		At:           s.parts[part].position(turn),
	}
}

func (s *sighting) line(m counted) Line {
	line := s.lineBy(m.customer, m.part, m.Turn)
	line.Span, line.Kind, line.Score = m.Span, m.Kind, m.Score
	line.By, line.Why, line.Unasked, line.Surprise = m.By, m.Why, m.Unasked, m.surprise
	if m.surprise {
		line.Novelty = m.Novelty
	}
	if m.kept {
		line.Verdict = headway.Kept
	}
	return line
}

func countPeople(moments []counted) int {
	people := map[int]bool{}
	for _, m := range moments {
		people[m.customer] = true
	}
	return len(people)
}

// pairKinds are the kinds of After, in its fields' order.
var pairKinds = [3]headway.Label{headway.Request, headway.Motivation, headway.Measure}

// after sets beside each other what each customer asked for, what they are
// after and when it is solved for them. The fullest come first.
func (s *sighting) after(said *TheySaid, byKind map[headway.Label][]counted) {
	surest := make([][3]*counted, len(s.customers))
	people := [3]*int{&said.WithRequest, &said.WithAim, &said.WithMeasure}
	for k, kind := range pairKinds {
		for i := range byKind[kind] { // sorted by said: the surest of a customer comes first
			m := &byKind[kind][i]
			if surest[m.customer][k] == nil {
				surest[m.customer][k] = m
				*people[k]++
			}
		}
	}
	asked := s.askedMeasure()
	type full struct {
		After
		parts int
		score float64
	}
	var all []full
	for who, kinds := range surest {
		f := full{After: After{Person: s.customers[who].id, Name: s.customers[who].name, MeasureAsked: asked[who]}}
		spans := [3]*headway.Span{&f.AskedFor, &f.IsAfter, &f.SolvedWhen}
		for k, m := range kinds {
			if m == nil {
				continue
			}
			if f.parts == 0 {
				f.Conversation = s.parts[m.part].Conversation
			}
			*spans[k] = m.Span
			f.parts++
			f.score += m.Score
		}
		if f.parts > 0 {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b full) int { return cmp.Or(cmp.Compare(b.parts, a.parts), cmp.Compare(b.score, a.score)) })
	said.After = []After{}
	for i, f := range all {
		if s.choices.Pairs == 0 || i < s.choices.Pairs {
			said.After = append(said.After, f.After)
		}
	}
}

// askedMeasure tells which customers were asked how they know it worked, or
// perhaps were: a false "nobody asked" is the worst error.
func (s *sighting) askedMeasure() []bool {
	asked := make([]bool, len(s.customers))
	for _, p := range s.parts {
		measure := p.slot(headway.Measure)
		if !p.couldBeAsked() || len(s.asked(measure)) == 0 && len(s.doubtful(measure)) == 0 {
			continue
		}
		for _, person := range p.People {
			if n := s.customer(person.ID); n >= 0 && person.Side == headway.Theirs {
				asked[n] = true
			}
		}
	}
	return asked
}

// gathering counts under which words the sentences of one kind gather.
type gathering struct {
	stems map[string]*gathered
	stem  map[string]string // by written form
}

// gathered is one stem, with how many customers write it in which form.
type gathered struct {
	stem   string
	people int
	last   int // the customer counted last
	forms  map[string]int
}

// mostShared is how many shared words a kind shows, at most.
const mostShared = 12

// gather counts words by customer. A customer who says a word twice counts once.
func gather(moments []counted) *gathering {
	g := &gathering{stems: map[string]*gathered{}, stem: map[string]string{}}
	byCustomer := slices.Clone(moments)
	slices.SortStableFunc(byCustomer, func(a, b counted) int { return cmp.Compare(a.customer, b.customer) })
	for _, m := range byCustomer {
		for _, form := range m.Words {
			g.count(form, m.customer)
		}
	}
	return g
}

func (g *gathering) count(form string, customer int) {
	stem, known := g.stem[form]
	if !known {
		stem = segment.Stem(form)
		g.stem[form] = stem
	}
	w := g.stems[stem]
	if w == nil {
		w = &gathered{stem: stem, last: -1, forms: map[string]int{}}
		g.stems[stem] = w
	}
	if w.last != customer {
		w.last = customer
		w.people++
	}
	w.forms[form]++
}

// shared lists the words that at least two customers say, most people first,
// as most of them write it.
func (g *gathering) shared() []Gathered {
	words := []Gathered{}
	for _, w := range g.stems {
		if w.people > 1 {
			words = append(words, Gathered{w.form(), w.people})
		}
	}
	slices.SortFunc(words, compareGathered)
	return words[:min(len(words), mostShared)]
}

func compareGathered(a, b Gathered) int {
	return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Word, b.Word))
}

// form gives the form written most often.
func (w *gathered) form() string {
	best := ""
	for form, n := range w.forms {
		if best == "" || n > w.forms[best] || n == w.forms[best] && form < best {
			best = form
		}
	}
	return best
}

// under gives the word of a sentence that most customers share, "" for none.
func (g *gathering) under(forms []string) string {
	best := Gathered{}
	for _, form := range forms {
		w := g.stems[g.stem[form]]
		if word := (Gathered{w.form(), w.people}); w.people > 1 && (best.Word == "" || compareGathered(word, best) < 0) {
			best = word
		}
	}
	return best.Word
}
