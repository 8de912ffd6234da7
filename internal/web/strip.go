package web

import "github.com/headway-oss/headway/internal/mirror"

// A strip draws people (or conversations) as one mark each, so that a count is
// seen with its n. Beyond stripMax the sentence beside it has to do.
type strip []mark

const stripMax = 60

// A mark is one of a strip.
type mark struct {
	X     int
	Shape string // full, half, cross, empty
}

func newStrip(n int, shapes ...shaped) strip {
	if n == 0 || n > stripMax {
		return nil
	}
	s := make(strip, 0, n)
	for _, group := range shapes {
		for i := 0; i < group.n && len(s) < n; i++ {
			s = append(s, mark{X: 12 * len(s), Shape: group.shape})
		}
	}
	for len(s) < n {
		s = append(s, mark{X: 12 * len(s), Shape: "empty"})
	}
	return s
}

type shaped struct {
	shape string
	n     int
}

// Width is the strip's in its own units.
func (s strip) Width() int { return 12 * len(s) }

func heldStrip(h mirror.Held) strip {
	return newStrip(h.N, shaped{"full", h.Confirmed}, shaped{"cross", h.Contradicted}, shaped{"half", h.Candidates})
}

func gapStrip(g mirror.Gap) strip {
	return newStrip(g.N, shaped{"full", g.Answered}, shaped{"half", g.Asked - g.Answered})
}
