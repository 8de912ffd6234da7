package mirror

import (
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

// asFarAsNone says whether a moment is so far from all guesses that a search for
// any of them would not find it. One that was not measured (Novelty 0) is.
func (m *Moment) asFarAsNone() bool {
	return m.Novelty == 0 || 1-m.Novelty < float64(embed.Near().Search)
}
