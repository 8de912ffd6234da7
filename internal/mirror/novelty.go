package mirror

import (
	"cmp"
	"math"
	"slices"

	"github.com/headway-oss/headway/internal/embed"
)

// cosines gives how near a sentence is in meaning to each guess, worked out when
// it is first asked for. A sentence of small words only is near everything, and so
// counts as near nothing.
func (r *reading) cosines(s *sentence) []float32 {
	guesses := r.nearness.rows
	if s.meant == nil {
		s.meant = make([]float32, len(guesses)/embed.Dim)
		if slices.ContainsFunc(s.words, func(w *word) bool { return w.stem != "" }) {
			embed.Cosines(s.meant, embed.Of(s.text), guesses)
		}
	}
	return s.meant
}

// novelty is how far a sentence is in meaning from the guess that it is nearest
// to: 1 less their cosine, from 0 (said as guessed) to 1 (nothing to do with any
// guess). Whether it supports a guess or contradicts it makes no difference.
func (r *reading) novelty(s *sentence) float64 {
	if len(r.nearness.guesses) == 0 {
		return 0
	}
	return math.Round(100*(1-float64(max(0, slices.Max(r.cosines(s)))))) / 100
}

// mostNovelFirst puts the more novel surprises before the others, by tenths: a
// hundredth more is no reason to show a less sure sentence first.
func mostNovelFirst(moments []counted) []counted {
	sorted := slices.Clone(moments)
	slices.SortStableFunc(sorted, func(a, b counted) int {
		return cmp.Or(first(a.kept, b.kept), cmp.Compare(b.tenths(), a.tenths()))
	})
	return sorted
}

// tenths is the novelty of a surprise in tenths; of what is none, 0.
func (m counted) tenths() int {
	if !m.surprise {
		return 0
	}
	return int(10 * m.Novelty)
}
