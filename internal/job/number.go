package job

import (
	"math"
	"sync"
)

// How the number of jobs is looked for.
const (
	mostJobs   = 8
	resamples  = 20
	drawnShare = .8 // of the people, in each resample
	nulls      = 12 // studies of one job that are drawn to compare with
	leastIn    = 4  // people that a job needs
)

// try partitions profiles of people into each number of jobs, on all cores; nil
// where there are too few for two.
func (g ground) try(all []profile, people []int) []Tried {
	most := min(mostJobs, len(all)/leastIn)
	if most < 2 {
		return nil
	}
	tried := make([]Tried, most-1)
	r, laid := centred(all), g.spread().lay(all)
	var wait sync.WaitGroup
	for i := range tried {
		wait.Go(func() { tried[i] = g.tryOne(r, people, laid, i+2) })
	}
	wait.Wait()
	return tried
}

func (g ground) tryOne(r rows, people []int, laid rows, k int) Tried {
	by := dice(k)
	t := Tried{Groups: k, Stability: stability(r, people, k, resamples), Evidence: g.spread().evidence(laid, people, r.partition(k, &by).place(r))}
	for n := range nulls {
		by := dice(1000*n + k)
		t.One += stability(g.drawOneJob(len(r), &by), nil, k, resamples/2) / nulls
	}
	return t
}

// stability tells how alike the partitions of resamples of the people are.
func stability(r rows, people []int, k, times int) float64 {
	parts := resampled(r, people, k, times)
	sum, n := 0.0, 0
	for i := range parts {
		for j := range i {
			sum += Agreement(parts[i], parts[j])
			n++
		}
	}
	return sum / float64(n)
}

// resampled gives where all rows fall by the centres of each of several parts of
// the people. people says whose each row is; nil is one row each.
func resampled(r rows, people []int, k, times int) (parts [][]int) {
	of := len(r)
	for _, p := range people {
		of = max(of, p+1)
	}
	for n := range times {
		by := dice(77*n + k)
		drawn := map[int]bool{}
		for _, p := range by.shuffled(of)[:max(1, int(drawnShare*float64(of)))] {
			drawn[p] = true
		}
		var part rows
		for i := range r {
			if people == nil && drawn[i] || people != nil && drawn[people[i]] {
				part = append(part, r[i])
			}
		}
		if len(part) < k {
			part = r
		}
		parts = append(parts, part.partition(k, &by).place(r))
	}
	return parts
}

func (g ground) drawOneJob(n int, by *dice) rows {
	shares := g.spread().OneJob
	all := make([]profile, n)
	for i := range all {
		all[i] = make(profile, len(shares))
		for d, share := range shares {
			all[i][d] = float32(by.bell() * math.Sqrt(share))
		}
	}
	return centred(all)
}
