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

// Evidence is weighed among so many people at once: among very many, a job whose
// people are not spread as the invented ones were would look like two.
const weighedAtOnce = 60

// apart is how far people of a study are taken to lie from their middle, beside the
// invented ones, squared: how much somebody says moves it, and is evened out.
const apart = .5

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
			far += float64(x * x)
		}
	}
	for _, b := range s.Between {
		expected += apart * (1 + b) * float64(len(all))
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
// Jobs are taken to be drawn around the middle, and people around their job.
func (s spread) evidence(laid rows, in []int) (gain float64) {
	blocks := (len(laid) + weighedAtOnce - 1) / weighedAtOnce
	for b := range blocks {
		from, to := b*len(laid)/blocks, (b+1)*len(laid)/blocks
		one := make([]int, to-from)
		gain += (s.likelihood(laid[from:to], in[from:to]) - s.likelihood(laid[from:to], one)) / float64(blocks)
	}
	return gain
}

// likelihood is the logarithm of how likely people lie as they do in groups, whose
// middles are not known, but for what is the same for all groupings.
func (s spread) likelihood(laid rows, in []int) (sum float64) {
	size := map[int]int{}
	reached := map[int][]float64{}
	groups := 0
	for i, row := range laid {
		if reached[in[i]] == nil {
			reached[in[i]] = make([]float64, len(row))
		}
		size[in[i]]++
		groups = max(groups, in[i]+1)
		for d, x := range row {
			reached[in[i]][d] += float64(x)
		}
	}
	for g := range groups {
		for d, x := range reached[g] {
			known := 1 + float64(size[g])*s.Between[d]
			sum += float64(s.Between[d]*x*x)/known/2 - math.Log(known)/2
		}
	}
	return sum
}
