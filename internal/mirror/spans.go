package mirror

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Spans lists every place that the mirror shows, so that a face can fetch the
// words of all of them at once. Places not set are left out.
func (m Mirror) Spans() []headway.Span {
	var all []headway.Span
	add := func(spans ...headway.Span) {
		for _, s := range spans {
			if s != (headway.Span{}) {
				all = append(all, s)
			}
		}
	}
	addLines := func(lines []Line) {
		for _, l := range lines {
			add(l.Span)
			for _, same := range l.Same {
				add(same.Span)
			}
		}
	}
	for _, h := range m.YouSaid {
		addLines(h.Nearest)
	}
	for _, a := range m.TookGranted {
		add(a.Span, a.Next)
	}
	for _, b := range m.First {
		add(b.Span)
	}
	for _, a := range m.TheySaid.After {
		add(a.AskedFor, a.IsAfter, a.SolvedWhen)
	}
	for _, s := range m.TheySaid.Slots {
		addLines(s.Lines)
	}
	for _, g := range m.NobodyAsked {
		for _, d := range g.Doubtful {
			add(d.Question)
		}
	}
	for _, q := range m.NextQuestions {
		add(q.Recall)
	}
	add(m.PlayBack...)
	return all
}

// Spans lists every place that the part points to, so that all of them can be
// cut again.
func (p Part) Spans() []headway.Span {
	var all []headway.Span
	for _, s := range p.Slots {
		all = append(append(append(all, s.Asked...), s.MaybeAsked...), s.Volunteered...)
		for _, a := range append(slices.Clip(s.Answered), s.Perhaps...) {
			all = append(all, a.Question, a.Answer)
		}
	}
	for _, m := range p.Moments {
		all = append(all, m.Span)
	}
	for _, n := range p.Near {
		all = append(all, n.Span)
	}
	for _, a := range p.Assumptions {
		all = append(all, a.Span, a.Next)
	}
	if p.Solution != nil {
		all = append(all, p.Solution.Span)
	}
	return slices.DeleteFunc(all, func(s headway.Span) bool { return s == headway.Span{} })
}
