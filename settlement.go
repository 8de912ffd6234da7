package headway

import (
	"cmp"
	"slices"
)

// lastSettled gives, for each disagreement that was settled, the operation that
// holds; none where that was taken back.
func lastSettled(operations []Operation) map[subject]int64 {
	last := map[subject]int64{}
	for i := range operations { // not by value: there are many, and few of these
		op := &operations[i]
		if op.Deed != DeedSettle {
			continue
		}
		last[op.subject()] = op.Seq
		if op.Verdict == Undecided {
			delete(last, op.subject())
		}
	}
	return last
}

// SettledIn gives the operations that settled the disagreements of a round and
// hold, in order.
func SettledIn(operations []Operation, round RoundID) []Operation {
	last := lastSettled(operations)
	var settled []Operation
	for _, op := range operations {
		if op.Deed == DeedSettle && op.Round == round && last[op.subject()] == op.Seq {
			settled = append(settled, op)
		}
	}
	return settled
}

// settle lets what was settled of a sentence take the place of whatever members
// had marked in it as the same label. What a wider mark holds beside the sentence
// stays.
func (j Judgements) settle(op Operation) {
	marked := within(j.Labels, op.Label)
	var touched []Span
	for at := range marked {
		if at.Overlaps(op.Span) {
			touched = append(touched, at)
		}
	}
	slices.SortFunc(touched, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for _, at := range touched {
		for _, rest := range []Span{{at.Text, at.Start, op.Span.Start}, {at.Text, op.Span.End, at.End}} {
			if rest.Start < rest.End {
				marked[rest] = marked[at]
				j.Made[op.Label][rest] = j.Made[op.Label][at]
			}
		}
		delete(marked, at)
		delete(j.Made[op.Label], at)
		delete(j.Heard[op.Label], at)
	}
	put(j.Labels, op.Label, op.Span, op.Verdict)
	j.mind(op)
}
