package mirror

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
)

// together is sentences of one kind that make one line: those of a group, or one
// that stands alone.
type together struct {
	moments []counted // everybody's first before anybody's second
	people  int
}

// layTogether lays the sentences of one kind, given in the order in which they
// would be shown, into lines: those of what is rarer to hear first, and of equals
// those that most people said.
func layTogether(shown []counted) []together {
	var lines []together
	of := map[headway.GroupID]int{}
	for _, m := range shown {
		at, known := of[m.Group]
		if m.Group == "" || !known {
			at = len(lines)
			of[m.Group] = at
			lines = append(lines, together{})
		}
		lines[at].moments = append(lines[at].moments, m)
	}
	for i := range lines {
		lines[i].people = countPeople(lines[i].moments)
	}
	slices.SortStableFunc(lines, func(a, b together) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.people, a.people))
	})
	return lines
}

// rank of a line is that of a surprise only where no guess came near any of its
// sentences, and that of what came unasked where anybody brought it up so.
func (t together) rank() int {
	all := counted{Moment: &Moment{}, surprise: true}
	for _, m := range t.moments {
		all.surprise = all.surprise && m.surprise
		all.Unasked = all.Unasked || m.Unasked
	}
	return all.rank()
}

// saidTogether makes the line of sentences that mean the same.
func (s *sighting) saidTogether(t together) Line {
	line := s.line(t.moments[0])
	line.Group, line.People = t.moments[0].Group, t.people
	for _, m := range t.moments[1:] {
		if s.choices.PerLine > 0 && len(line.Same) == s.choices.PerLine {
			line.More = len(t.moments) - 1 - len(line.Same)
			break
		}
		line.Same = append(line.Same, s.line(m))
	}
	return line
}

// mostCompared is how many sentences of a line are held against each other to
// name it.
const mostCompared = 24

// Name puts in front of every line under "They said" its most typical sentence:
// the one most like all others of the line. It needs their words.
func (m *Mirror) Name(t Texts) {
	reader := alike.NewReader()
	for _, said := range m.TheySaid.Slots {
		for i := range said.Lines {
			said.Lines[i].name(t, reader)
		}
	}
}

// Compared lists the places whose words Name needs.
func (m *Mirror) Compared() (spans []headway.Span) {
	for _, said := range m.TheySaid.Slots {
		for _, l := range said.Lines {
			if len(l.Same) < 2 {
				continue
			}
			spans = append(spans, l.Span)
			for _, same := range l.Same[:min(len(l.Same), mostCompared-1)] {
				spans = append(spans, same.Span)
			}
		}
	}
	return spans
}

func (l *Line) name(t Texts, reader *alike.Reader) {
	if len(l.Same) < 2 {
		return // of two neither is more typical
	}
	sentences := []alike.Sentence{reader.Read(t.Quote(l.Span).String())}
	for _, same := range l.Same[:min(len(l.Same), mostCompared-1)] {
		sentences = append(sentences, reader.Read(t.Quote(same.Span).String()))
	}
	if best := mostTypical(sentences); best > 0 {
		l.lead(best - 1)
	}
}

// mostTypical gives the sentence most like all others, of equals the first.
func mostTypical(sentences []alike.Sentence) int {
	sums := make([]float64, len(sentences))
	for i := range sentences {
		for k := range i {
			like := alike.Likeness(&sentences[i], &sentences[k])
			sums[i] += like
			sums[k] += like
		}
	}
	best := 0
	for i, sum := range sums {
		if sum > sums[best] {
			best = i
		}
	}
	return best
}

// lead puts a sentence of Same in the place of the line's own, which takes its.
func (l *Line) lead(same int) {
	front, old := l.Same[same], *l
	old.Group, old.People, old.Same, old.More, old.Under = "", 0, nil, 0, ""
	front.Group, front.People, front.Same, front.More, front.Under = l.Group, l.People, slices.Clone(l.Same), l.More, l.Under
	front.Same[same] = old
	*l = front
}
