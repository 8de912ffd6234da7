package mirror

import (
	"cmp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Join lays the parts of a study together. People are counted, not mentions;
// members' verdicts are applied here and only here. The order of the parts
// does not matter, and a conversation given twice counts once.
func Join(study headway.Study, guesses []headway.Guess, parts []Part, j deed.Judgements, ch Choices) Mirror {
	return newSighting(study, guesses, parts, j, ch).mirror()
}

func (s *sighting) mirror() Mirror {
	m := Mirror{
		Study:         s.study.ID,
		N:             len(s.customers),
		Conversations: len(s.parts),
		YouSaid:       s.youSaid(),
		TookGranted:   s.tookForGranted(),
		First:         s.firstSolutions(),
		TheySaid:      s.theySaid(),
		NobodyAsked:   s.gaps(),
		Kept:          KeptOf(s.judged, func(t headway.TextID) bool { return s.places[t].customer >= 0 }),
	}
	for _, p := range s.parts {
		m.Unplaced += p.unplaced()
		if p.Unheard != "" {
			m.Unheard++
		}
		if p.couldBeAsked() {
			m.CouldAsk++
		}
	}
	for _, a := range m.TookGranted {
		if a.Candidate == NeverTested {
			m.NeverTested++
		}
	}
	m.Granted, m.Solutions = len(m.TookGranted), len(m.First)
	m.TookGranted, m.First = atMost(m.TookGranted, s.choices.Listed), atMost(m.First, s.choices.Listed)
	m.PlayBack, m.PlayBackTo = s.playBack()
	m.NextQuestions = s.nextQuestions(m)
	return m
}

// atMost gives the first n of a list, all where n is 0.
func atMost[T any](list []T, n int) []T {
	if n == 0 {
		return list
	}
	return list[:min(n, len(list))]
}

// couldBeAsked says whether a part counts in the n of what was asked: words of
// ours are in it, and it could be heard.
func (p *Part) couldBeAsked() bool { return p.CouldAsk && p.Unheard == "" }

// nobodyThere says that nobody of ours could have asked: no words of ours, and
// nobody unplaced who might be one of us.
func (p *Part) nobodyThere() bool { return !p.CouldAsk && p.Unheard == "" && p.unplaced() == 0 }

func (p *Part) unplaced() int {
	n := 0
	for _, person := range p.People {
		if person.Side == headway.Unknown && person.Words > 0 {
			n++
		}
	}
	return n
}

// sighting is a study while it is joined: its parts in order, its customers
// numbered, and every moment that counts.
type sighting struct {
	study     headway.Study
	guesses   []headway.Guess
	parts     []Part
	judged    deed.Judgements
	choices   Choices
	customers []customer
	number    map[headway.PersonID]int // of a merged person in customers
	moments   []counted                // in order of parts and speaking
	near      map[headway.GuessID][]nearby
	places    map[headway.TextID]place
}

// customer is one person on their side, merged ones once.
type customer struct {
	id   headway.PersonID
	name string
}

// counted is a moment that counts, by its detector or because a member kept it.
type counted struct {
	*Moment
	part     int
	customer int
	kept     bool
	surprise bool
}

// nearby is a sentence near a guess, and what a member made of it.
type nearby struct {
	Near
	part     int
	customer int
	verdict  headway.Verdict
}

// place tells whose words a text holds, for verdicts on sentences that no
// detector pointed at.
type place struct{ part, customer, turn int }

func newSighting(study headway.Study, guesses []headway.Guess, parts []Part, j deed.Judgements, ch Choices) *sighting {
	s := &sighting{
		study:   study,
		guesses: guesses,
		parts:   inOrder(parts),
		judged:  j,
		choices: ch,
		number:  map[headway.PersonID]int{},
		near:    map[headway.GuessID][]nearby{},
	}
	s.findCustomers()
	s.findPlaces()
	s.gatherNear()
	s.gatherMoments()
	return s
}

// inOrder sorts parts by file, row and id, each conversation once.
func inOrder(parts []Part) []Part {
	sorted := slices.Clone(parts)
	slices.SortStableFunc(sorted, func(a, b Part) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Conversation, b.Conversation))
	})
	return slices.CompactFunc(sorted, func(a, b Part) bool { return a.Conversation == b.Conversation })
}

// merged follows a person to the one that members merged them into.
func (s *sighting) merged(p headway.PersonID) headway.PersonID {
	for range len(s.choices.Merged) {
		into, moved := s.choices.Merged[p]
		if !moved {
			break
		}
		p = into
	}
	return p
}

func (s *sighting) findCustomers() {
	for _, part := range s.parts {
		for _, p := range part.People {
			if p.Side != headway.Theirs || p.Words == 0 {
				continue
			}
			id := s.merged(p.ID)
			n, known := s.number[id]
			if !known {
				n = len(s.customers)
				s.number[id] = n
				s.customers = append(s.customers, customer{id: id})
			}
			s.number[p.ID] = n
			if s.customers[n].name == "" {
				s.customers[n].name = p.Name
			}
		}
	}
}

// customer gives the number of a person, or -1 for nobody who counts.
func (s *sighting) customer(p headway.PersonID) int {
	if n, known := s.number[p]; known {
		return n
	}
	return -1
}

// position tells where a customer's turn begins.
func (p *Part) position(turn int) Position {
	at, found := slices.BinarySearchFunc(p.Texts, turn, func(t TextOf, turn int) int { return cmp.Compare(t.Turn, turn) })
	if !found {
		return Position{}
	}
	return p.Texts[at].At
}

// findPlaces learns whose words the judged texts hold.
func (s *sighting) findPlaces() {
	s.places = map[headway.TextID]place{}
	for _, spans := range s.judged.Guesses {
		for span := range spans {
			s.places[span.Text] = place{customer: -1}
		}
	}
	for _, spans := range s.judged.Labels {
		for span := range spans {
			s.places[span.Text] = place{customer: -1}
		}
	}
	if len(s.places) == 0 {
		return
	}
	for i := range s.parts {
		for _, t := range s.parts[i].Texts {
			if _, judged := s.places[t.Text]; judged {
				s.places[t.Text] = place{i, s.customer(t.Person), t.Turn}
			}
		}
	}
}

// verdict gives what a member made of a sentence as one label.
func (s *sighting) verdict(label headway.Label, span headway.Span) headway.Verdict {
	if spans := s.judged.Labels[label]; len(spans) > 0 {
		return spans[span]
	}
	return ""
}

// counts says whether a sentence counts as a label.
func (s *sighting) counts(label headway.Label, span headway.Span, heard bool) bool {
	switch s.verdict(label, span) {
	case headway.Kept:
		return true
	case headway.Dismissed:
		return false
	}
	return heard
}

// gatherMoments lists the moments that count, then those that members kept
// where nothing was heard.
func (s *sighting) gatherMoments() {
	surprises := s.surprises()
	for i := range s.parts {
		for k := range s.parts[i].Moments {
			m := &s.parts[i].Moments[k]
			if !s.counts(m.Kind, m.Span, m.Counted) {
				continue
			}
			who := s.customer(m.Person)
			if who < 0 {
				continue
			}
			kept := s.verdict(m.Kind, m.Span) == headway.Kept
			s.moments = append(s.moments, counted{m, i, who, kept, surprises(m)})
		}
	}
	for _, kind := range headway.Kinds() {
		s.gatherKept(kind, surprises)
	}
}

func (s *sighting) gatherKept(kind headway.Label, surprises func(*Moment) bool) {
	if len(s.judged.Labels[kind]) == 0 {
		return
	}
	heard := map[headway.Span]bool{}
	for _, m := range s.moments {
		if m.Kind == kind {
			heard[m.Span] = true
		}
	}
	for _, span := range inOrderOfSpans(s.judged.Labels[kind]) {
		at := s.places[span.Text]
		if s.judged.Labels[kind][span] != headway.Kept || heard[span] || at.customer < 0 {
			continue
		}
		m := &Moment{Span: span, Kind: kind, Score: 1, Counted: true, By: "person", Person: s.customers[at.customer].id, Turn: at.turn}
		s.moments = append(s.moments, counted{m, at.part, at.customer, true, surprises(m)})
	}
}

func inOrderOfSpans(verdicts map[headway.Span]headway.Verdict) []headway.Span {
	spans := make([]headway.Span, 0, len(verdicts))
	for span := range verdicts {
		spans = append(spans, span)
	}
	slices.SortFunc(spans, compareSpans)
	return spans
}

func compareSpans(a, b headway.Span) int {
	return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// surprises tells which moments no guess came near: those of a kind that no
// guess is about, and those that are near none, unless they mean what a guess of
// another kind does. Without guesses there is nothing to be surprised against.
func (s *sighting) surprises() func(*Moment) bool {
	guessed, near := map[headway.Label]bool{}, map[headway.Span]bool{}
	for _, g := range s.guesses {
		for _, slot := range g.Slots() {
			guessed[slot] = true
		}
		for _, n := range s.near[g.ID] {
			near[n.Span] = near[n.Span] || n.verdict != headway.NotAbout
		}
	}
	return func(m *Moment) bool {
		return len(s.guesses) > 0 && (!guessed[m.Kind] || !near[m.Span]) && m.asFarAsNone()
	}
}

// tookForGranted lists our assumptions, never tested ones first. A member's
// verdict takes the place of what the next words seem to say.
func (s *sighting) tookForGranted() []Assumption {
	all := []Assumption{}
	for _, p := range s.parts {
		for _, a := range p.Assumptions {
			if s.verdict(headway.Assumption, a.Span) == headway.Dismissed {
				continue
			}
			a.Verdict = s.judged.Assumptions[a.Span]
			switch a.Verdict {
			case headway.Supports, headway.Partly:
				a.Candidate = Confirmed
			case headway.Contradicts:
				a.Candidate = Contradicted
			case headway.NotAbout:
				a.Candidate = NeverTested
			}
			all = append(all, a)
		}
	}
	all = s.withoutAnswer(all)
	order := []Tested{NeverTested, Contradicted, Confirmed}
	slices.SortStableFunc(all, func(a, b Assumption) int {
		return cmp.Compare(slices.Index(order, a.Candidate), slices.Index(order, b.Candidate))
	})
	return all
}

// withoutAnswer tells of assumptions whose answer was judged and is forgotten, of
// those too that are heard no more without it.
func (s *sighting) withoutAnswer(all []Assumption) []Assumption {
	lost := s.lost(func(l deed.Lost) bool {
		return l.Deed == headway.DeedTest && l.Answer != (headway.Span{}) && s.holds(l.Conversation)
	})
	for _, l := range lost {
		i := slices.IndexFunc(all, func(a Assumption) bool { return a.Span == l.Span })
		if i < 0 {
			i = len(all)
			all = append(all, Assumption{Conversation: l.Conversation, Span: l.Span, Candidate: NeverTested})
		}
		all[i].Lost = l.On
	}
	return all
}

// holds says whether a conversation is one of these.
func (s *sighting) holds(id headway.ConversationID) bool {
	return slices.ContainsFunc(s.parts, func(p Part) bool { return p.Conversation == id })
}

// firstSolutions lists for each conversation where we began to solve.
func (s *sighting) firstSolutions() []Before {
	first := []Before{}
	for _, p := range s.parts {
		if p.Solution != nil && s.verdict(p.Solution.Act, p.Solution.Span) != headway.Dismissed {
			first = append(first, Before{p.Conversation, p.File, *p.Solution})
		}
	}
	slices.SortStableFunc(first, func(a, b Before) int { return cmp.Compare(a.Turn, b.Turn) })
	return first
}
