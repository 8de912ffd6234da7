package deed

import (
	"cmp"
	"slices"

	"github.com/headway-oss/headway"
)

// lastSettled gives, for each disagreement that was settled, the operation that
// holds; none where that was taken back.
func lastSettled(operations []headway.Operation) map[subject]int64 {
	last := map[subject]int64{}
	for i := range operations { // not by value: there are many, and few of these
		op := &operations[i]
		if op.Deed != headway.DeedSettle {
			continue
		}
		last[subjectOf(*op)] = op.Seq
		if op.Verdict == headway.Undecided {
			delete(last, subjectOf(*op))
		}
	}
	return last
}

// SettledIn gives the operations that settled the disagreements of a round and
// hold, in order.
func SettledIn(operations []headway.Operation, round headway.RoundID) []headway.Operation {
	last := lastSettled(operations)
	var settled []headway.Operation
	for _, op := range operations {
		if op.Deed == headway.DeedSettle && op.Round == round && last[subjectOf(op)] == op.Seq {
			settled = append(settled, op)
		}
	}
	return settled
}

// settle lets what was settled of a sentence take the place of whatever members
// had marked in it as the same label. What a wider mark holds beside the sentence
// stays.
func (j Judgements) settle(op headway.Operation) {
	marked := within(j.Labels, op.Label)
	var touched []headway.Span
	for at := range marked {
		if at.Overlaps(op.Span) {
			touched = append(touched, at)
		}
	}
	slices.SortFunc(touched, func(a, b headway.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for _, at := range touched {
		for _, rest := range []headway.Span{{Text: at.Text, Start: at.Start, End: op.Span.Start}, {Text: at.Text, Start: op.Span.End, End: at.End}} {
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
