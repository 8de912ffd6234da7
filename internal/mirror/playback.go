package mirror

import (
	"cmp"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// played lists the kinds of a play-back in its order.
var played = []headway.Label{headway.Situation, headway.Struggle, headway.Motivation, headway.Measure}

// ofEachKind is how many sentences of a kind a play-back holds, at most.
const ofEachKind = 3

// playBack picks the sentences to send back: the surest of each kind, as they
// were spoken. It is one customer's, but in a study of one customer, where
// several people may speak for them.
func (s *sighting) playBack() ([]headway.Span, headway.PersonID) {
	to, everybody := s.playBackTo()
	spans := []headway.Span{}
	for _, kind := range played {
		var of []counted
		for _, m := range s.moments {
			if m.Kind == kind && (everybody || m.customer == to) && !slices.Contains(spans, m.Span) {
				of = append(of, m)
			}
		}
		slices.SortStableFunc(of, bySurest)
		of = of[:min(len(of), ofEachKind)]
		slices.SortStableFunc(of, func(a, b counted) int {
			return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.Turn, b.Turn), cmp.Compare(a.Span.Start, b.Span.Start))
		})
		for _, m := range of {
			spans = append(spans, m.Span)
		}
	}
	if everybody || to < 0 {
		return spans, ""
	}
	return spans, s.customers[to].id
}

// playBackTo chooses the customer: the one asked for, or the one of whom most
// kinds, then most sentences were heard.
func (s *sighting) playBackTo() (to int, everybody bool) {
	if s.choices.PlayBackTo != "" {
		return s.customer(s.merged(s.choices.PlayBackTo)), false
	}
	if s.study.About == headway.OneCustomer {
		return -1, true
	}
	kinds, sentences := make([]int, len(s.customers)), make([]int, len(s.customers))
	for _, kind := range played {
		heard := map[int]bool{}
		for _, m := range s.moments {
			if m.Kind == kind {
				heard[m.customer] = true
				sentences[m.customer]++
			}
		}
		for who := range heard {
			kinds[who]++
		}
	}
	to = -1
	for who := range s.customers {
		if sentences[who] > 0 && (to < 0 || cmp.Or(kinds[who]-kinds[to], sentences[who]-sentences[to]) > 0) {
			to = who
		}
	}
	return to, false
}

// PlayBackText writes a play-back to send: the customer's sentences only, in
// the order situation, struggle, aim, measure, and two questions at the end.
// It is empty where nothing was heard.
func PlayBackText(m Mirror, t Texts) string {
	var b strings.Builder
	for _, span := range m.PlayBack {
		if q := t.Quote(span); !q.IsZero() {
			b.WriteString("“" + q.String() + "”\n")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	b.WriteString("\nIs this right? What did I miss?\n")
	return b.String()
}

// QuestionsText writes the questions for the next conversation, one a line.
func QuestionsText(m Mirror) string {
	var b strings.Builder
	for _, q := range m.NextQuestions {
		b.WriteString(q.Text + "\n")
	}
	return b.String()
}
