package shoes

import (
	_ "embed"
	"encoding/json"
	"sync"

	"github.com/headway-oss/headway/internal/embed"
)

//go:embed weights.json
var weightsJSON []byte

var shipped = sync.OnceValue(func() weights {
	var w weights
	if err := json.Unmarshal(weightsJSON, &w); err != nil {
		panic("shoes: weights.json: " + err.Error()) // part of the program, and a test reads it
	}
	return w
})

// weights say what signs are worth together, and what the meaning of the
// sentence adds: the log-odds of each mark are a sum.
type weights map[Mark]worth

// worth is what speaks for one mark.
type worth struct {
	Always  float64            `json:"always"`
	Signs   map[string]float64 `json:"signs"`
	Meaning []float64          `json:"meaning"` // one for each number of a vector
}

// weigh gives the mark that most speaks for, of equals the one named first.
func (w weights) weigh(values []float64, meaning embed.Vector) Mark {
	var best Mark
	most := 0.0
	for _, m := range Marks() {
		sum := w[m].Always
		for i, s := range signs {
			sum += float64(w[m].Signs[s.name] * values[i])
		}
		for i, weight := range w[m].Meaning {
			sum += float64(weight * float64(meaning[i]))
		}
		if best == "" || sum > most {
			best, most = m, sum
		}
	}
	return best
}

const (
	leastNear   = .20 // nearness below which no customer can be said to have said it
	wordForWord = .80 // from which on a customer said it, whatever else speaks against
)

// bound keeps a mark within what was found: nothing is a customer's words of
// which no customer said anything near, and what one said is.
func (f *findings) bound(m Mark) Mark {
	nearest := 0.0
	if len(f.near) > 0 {
		nearest = f.near[0].nearness()
	}
	switch {
	case m == Theirs && nearest < leastNear:
		return Unsupported
	case m == Unsupported && nearest >= wordForWord:
		return Theirs
	}
	return m
}
