package shoes

import (
	"encoding/json"
	"math"

	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/embed"
)

// Example is a sentence that a reader marked, of a firm whose customers said Said.
type Example struct {
	Firm string
	Part
	Heard
	Said *Said
	Is   Mark
}

// How weights are fitted: plain descent on a softmax, every weight pulled
// towards zero. The meaning's many numbers count together about as much as the signs.
const (
	rounds = 400
	rate   = .15
	shrink = .1
)

// Fit learns weights from examples and writes them as they are embedded. A cue
// teaches only in firms in which it was not seen first: the lists were
// gathered from these firms, and would be trusted too much elsewhere. It takes
// no chance: the same examples give the same bytes.
func Fit(examples []Example) ([]byte, error) {
	return json.MarshalIndent(fit(examples), "", " ")
}

// FitAndMark gives for each example the mark by weights that have not seen its
// firm. unseenCues leaves out the cues that no other firm has.
func FitAndMark(examples []Example, unseenCues bool) []Mark {
	marks := make([]Mark, len(examples))
	done := map[string]bool{}
	reader := alike.NewReader()
	for _, e := range examples {
		if done[e.Firm] {
			continue
		}
		done[e.Firm] = true
		rest := without(examples, e.Firm)
		w := fit(rest)
		for i, other := range examples {
			if other.Firm != e.Firm {
				continue
			}
			found := other.findings(reader)
			if unseenCues {
				found.cues = cuesIn(lowerWords(other.Words), cuesOf(rest))
			}
			marks[i] = found.bound(w.weigh(found.signs(), embed.Of(other.Words)))
		}
	}
	return marks
}

func without(examples []Example, firm string) (rest []Example) {
	for _, e := range examples {
		if e.Firm != firm {
			rest = append(rest, e)
		}
	}
	return rest
}

func (e Example) findings(reader *alike.Reader) findings {
	return findings{Part: e.Part, Heard: e.Heard, cues: cuesIn(lowerWords(e.Words), nil), near: e.Said.near(e.Words, reader), said: e.Said}
}

// cuesOf gives the cues that stand in examples.
func cuesOf(examples []Example) map[told]bool {
	seen := map[told]bool{}
	for _, e := range examples {
		for of, all := range cuesIn(lowerWords(e.Words), nil) {
			for _, words := range all {
				seen[told{of, words}] = true
			}
		}
	}
	return seen
}

// fit learns weights from what stands in rows: signs, then the meaning.
func fit(examples []Example) weights {
	rows := rowsOf(examples)
	scale := scaleOf(rows)
	for _, row := range rows {
		scale.apply(row)
	}
	learned := make([][]float64, len(Marks()))
	for m := range learned {
		learned[m] = make([]float64, 1+len(rows[0]))
	}
	for range rounds {
		descend(learned, rows, examples)
	}
	w := weights{}
	for m, mark := range Marks() {
		w[mark] = scale.worth(learned[m])
	}
	return w
}

func rowsOf(examples []Example) [][]float64 {
	known := map[string]map[told]bool{}
	reader := alike.NewReader()
	rows := make([][]float64, len(examples))
	for i, e := range examples {
		if known[e.Firm] == nil {
			known[e.Firm] = cuesOf(without(examples, e.Firm))
		}
		found := e.findings(reader)
		found.cues = cuesIn(lowerWords(e.Words), known[e.Firm])
		rows[i] = found.signs()
		for _, n := range embed.Of(e.Words) {
			rows[i] = append(rows[i], float64(n))
		}
	}
	return rows
}

// descend takes one step.
func descend(learned [][]float64, rows [][]float64, examples []Example) {
	slopes := make([][]float64, len(learned))
	for m := range slopes {
		slopes[m] = make([]float64, len(learned[m]))
	}
	for i, row := range rows {
		for m, chance := range chances(learned, row) {
			if Marks()[m] == examples[i].Is {
				chance--
			}
			slopes[m][0] += chance
			for k, x := range row {
				slopes[m][1+k] += chance * x
			}
		}
	}
	for m := range learned {
		learned[m][0] -= rate * slopes[m][0] / float64(len(rows))
		for k := 1; k < len(learned[m]); k++ {
			learned[m][k] -= rate * (slopes[m][k]/float64(len(rows)) + shrink*learned[m][k])
		}
	}
}

func chances(learned [][]float64, row []float64) []float64 {
	all, sum := make([]float64, len(learned)), 0.0
	for m, w := range learned {
		all[m] = w[0]
		for k, x := range row {
			all[m] += w[1+k] * x
		}
		all[m] = math.Exp(all[m])
		sum += all[m]
	}
	for m := range all {
		all[m] /= sum
	}
	return all
}

// scale brings every number of a row to mean 0 and the same spread.
type scale struct{ mean, spread []float64 }

func scaleOf(rows [][]float64) scale {
	s := scale{make([]float64, len(rows[0])), make([]float64, len(rows[0]))}
	for _, row := range rows {
		for k, x := range row {
			s.mean[k] += x / float64(len(rows))
		}
	}
	for _, row := range rows {
		for k, x := range row {
			s.spread[k] += (x - s.mean[k]) * (x - s.mean[k]) / float64(len(rows))
		}
	}
	for k := range s.spread {
		s.spread[k] = math.Sqrt(s.spread[k]) + 1e-9
		if k >= len(signs) {
			s.spread[k] *= math.Sqrt(embed.Dim / float64(len(signs)))
		}
	}
	return s
}

func (s scale) apply(row []float64) {
	for k := range row {
		row[k] = (row[k] - s.mean[k]) / s.spread[k]
	}
}

// worth undoes the scale in weights that were learned with it.
func (s scale) worth(learned []float64) worth {
	w := worth{Always: learned[0], Signs: map[string]float64{}}
	for k, weight := range learned[1:] {
		w.Always -= weight * s.mean[k] / s.spread[k]
		if k < len(signs) {
			w.Signs[signs[k].name] = kept(weight/s.spread[k], 1e4)
		} else {
			w.Meaning = append(w.Meaning, kept(weight/s.spread[k], 1e6))
		}
	}
	w.Always = kept(w.Always, 1e4)
	return w
}

// kept rounds a weight to what is worth keeping.
func kept(weight, grain float64) float64 { return math.Round(weight*grain) / grain }
