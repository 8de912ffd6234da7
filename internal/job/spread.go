package job

import (
	_ "embed"
	"encoding/json"
	"math"
	"sync"
)

// spread is how the profiles of people differ on one ground: those who have one job
// among themselves, and the jobs of one product. It was measured on invented
// customers from whom no weight was learned, and tells which way of falling apart is
// that of jobs, and how many jobs people look like.
type spread struct {
	// Ways are those in which jobs differ most beside people of one job, who lie 1
	// apart along each, squared, from the middle of their job.
	Ways []profile `json:"ways"`
	// Between tells how far jobs lie from the middle of their product along each way, squared.
	Between []float64 `json:"between"`
	// OneJob is the share of each direction in what differs among people of one job.
	OneJob []float64 `json:"oneJob"`
}

//go:embed spread.json
var spreadJSON []byte

var spreads = sync.OnceValue(func() map[string]spread {
	var all map[string]spread
	if err := json.Unmarshal(spreadJSON, &all); err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return all
})

// spread gives how people differ on a ground.
func (g ground) spread() spread { return spreads()[g.name()] }

// weighed is how many people evidence counts at most: among very many, a job whose
// people are not spread as the invented ones were would look like two.
const weighed = 60

// nearer is how far people of a study are taken to lie from their middle, beside the
// invented ones, squared. Where people say more, all lie nearer: studies are evened out.
const nearer = .5

// lay gives where profiles lie along each way, from their middle.
func (s spread) lay(all []profile) rows {
	if len(all) == 0 {
		return nil
	}
	middle := middleOf(all)
	laid := make(rows, len(all))
	var far, expected float64
	for i, p := range all {
		d := less(p, middle)
		for _, way := range s.Ways {
			x := dot(way, d)
			laid[i] = append(laid[i], x)
			far += float64(x) * float64(x) // exact
		}
	}
	for _, b := range s.Between {
		expected += float64(nearer * (1 + b) * float64(len(all)))
	}
	if far > 0 {
		scale := float32(math.Sqrt(expected / far))
		for _, row := range laid {
			for i := range row {
				row[i] *= scale
			}
		}
	}
	return laid
}

// evidence tells how much likelier people lie as they do if each is of the group
// where in puts them than if all were of one: the logarithm, 0 for as likely.
// Jobs are taken to be drawn around the middle, and people around their job. people
// says whose each row is; nil is one row each.
func (s spread) evidence(laid rows, people, in []int) float64 {
	weights := weightsOf(people, len(laid))
	return thousandth(s.likelihood(laid, weights, in) - s.likelihood(laid, weights, make([]int, len(laid))))
}

// weightsOf gives how much each row counts: everybody alike, and all together as no
// more people than are weighed.
func weightsOf(people []int, rows int) []float64 {
	of := map[int]float64{}
	whose := func(i int) int {
		if people == nil {
			return i
		}
		return people[i]
	}
	for i := range rows {
		of[whose(i)]++
	}
	share := min(1, weighed/math.Max(1, float64(len(of))))
	weights := make([]float64, rows)
	for i := range weights {
		weights[i] = share / of[whose(i)]
	}
	return weights
}

// likelihood is the logarithm of how likely people lie as they do in groups, whose
// middles are not known, but for what is the same for all groupings.
func (s spread) likelihood(laid rows, weights []float64, in []int) (sum float64) {
	var size []float64
	var reached [][]float64
	for i, row := range laid {
		for len(size) <= in[i] {
			size, reached = append(size, 0), append(reached, make([]float64, len(s.Ways)))
		}
		size[in[i]] += weights[i]
		for d, x := range row {
			reached[in[i]][d] += float64(weights[i] * float64(x)) // rounded, or machines would differ
		}
	}
	for g := range size {
		for d, x := range reached[g] {
			known := 1 + float64(size[g]*s.Between[d])
			sum += float64(float64(s.Between[d]*float64(x*x))/known/2) - float64(math.Log(known)/2)
		}
	}
	return sum
}

// thousandth rounds, so that what machines make of the last digits is the same.
func thousandth(x float64) float64 { return math.Round(1000*x) / 1000 }
