package headway

import "slices"

// Passage is words that belong together, in order: one span, or several where
// it goes over from turn to turn.
type Passage []Span

// First is the span that a passage begins with, the zero Span for an empty one.
// What hangs on a passage is found by it.
func (p Passage) First() Span {
	if len(p) == 0 {
		return Span{}
	}
	return p[0]
}

// More is the rest of the passage.
func (p Passage) More() []Span {
	if len(p) < 2 {
		return nil
	}
	return p[1:]
}

// Passage gives the place that an operation is about.
func (op Operation) Passage() Passage {
	return slices.Concat(Passage{op.Span}, op.More)
}
