package eval

import (
	"fmt"
	"sort"
)

// Count holds what was found and what was there.
type Count struct{ Hit, Miss, False int }

// Add counts one decision.
func (c *Count) Add(found, there bool) {
	switch {
	case found && there:
		c.Hit++
	case there:
		c.Miss++
	case found:
		c.False++
	}
}

// Plus joins two counts.
func (c Count) Plus(o Count) Count { return Count{c.Hit + o.Hit, c.Miss + o.Miss, c.False + o.False} }

// N is how many were there.
func (c Count) N() int { return c.Hit + c.Miss }

// Found is how many were found.
func (c Count) Found() int { return c.Hit + c.False }

// Precision is the share of the found that were there; 0 where none was found.
func (c Count) Precision() float64 { return share(c.Hit, c.Found()) }

// Recall is the share of those there that were found.
func (c Count) Recall() float64 { return share(c.Hit, c.Hit+c.Miss) }

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 { return share(2*c.Hit, 2*c.Hit+c.Miss+c.False) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Tally counts by document, so that intervals are drawn over documents.
type Tally map[string]*Count

// Of gives the count of a document.
func (t Tally) Of(document string) *Count {
	c := t[document]
	if c == nil {
		c = &Count{}
		t[document] = c
	}
	return c
}

// Sum is the count over all documents.
func (t Tally) Sum() (sum Count) {
	for _, c := range t {
		sum = sum.Plus(*c)
	}
	return sum
}

const draws = 1000

// Interval gives the middle 95 % of a figure over 1,000 draws of documents
// with replacement; the draws are the same on every run.
func (t Tally) Interval(figure func(Count) float64) (low, high float64) {
	return redrawn(t.documents(), func(docs []string) float64 {
		var sum Count
		for _, doc := range docs {
			sum = sum.Plus(*t[doc])
		}
		return figure(sum)
	})
}

// redrawn gives the middle 95 % of a figure over draws of as many of all, with
// replacement; the draws are the same on every run.
func redrawn[T any](all []T, figure func([]T) float64) (low, high float64) {
	if len(all) == 0 {
		return 0, 0
	}
	chance := lottery{7}
	values, drawn := make([]float64, draws), make([]T, len(all))
	for d := range values {
		for i := range drawn {
			drawn[i] = all[chance.below(len(all))]
		}
		values[d] = figure(drawn)
	}
	sort.Float64s(values)
	return values[draws*25/1000], values[draws*975/1000-1]
}

// lottery draws the same on every run.
type lottery struct{ state uint64 }

func (l *lottery) below(n int) int {
	l.state = l.state*6364136223846793005 + 1442695040888963407
	return int((l.state >> 33) % uint64(n))
}

func (l *lottery) shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, l.below(i+1))
	}
}

func (t Tally) documents() []string {
	docs := make([]string, 0, len(t))
	for doc := range t {
		docs = append(docs, doc)
	}
	sort.Strings(docs)
	return docs
}

// F1 gives the figure with its interval, as tables print it: ".871 (.82-.91)".
func (t Tally) F1() string {
	low, high := t.Interval(Count.F1)
	return fmt.Sprintf("%s (%s-%s)", Dot(t.Sum().F1()), Dot(low), Dot(high))
}

// Dot writes a share with three places and no leading zero.
func Dot(share float64) string {
	s := fmt.Sprintf("%.3f", share)
	if s[0] == '0' {
		return s[1:]
	}
	return s
}
