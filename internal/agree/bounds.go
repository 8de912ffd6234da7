package agree

import "slices"

// The interval is that of 2,000 samples of the units, drawn with replacement
// (Efron's percentiles). It always begins with the same seed: the same ratings
// give the same interval.
const (
	samples = 2000
	seed    = 0x9e3779b97f4a7c15
)

// void is the share of samples from which nothing may be told before no interval
// is given: where two marks among a hundred sentences decide, every seventh
// sample has neither of them.
const void = .1

// fewest is the number of units under which no interval is given: samples of a
// handful are all alike.
const fewest = 10

// bounds gives the 2.5th and the 97.5th percentile, and whether there are any.
func (t tally) bounds(reckon reckoning) (low, high float64, known bool) {
	if len(t.units) < fewest {
		return 0, 0, false
	}
	next := chain(seed)
	drawn := make([]int, len(t.units))
	all := make([]float64, 0, samples)
	for range samples {
		for i := range drawn {
			drawn[i] = next.below(len(drawn))
		}
		if c, err := reckon(t, drawn); err == nil {
			all = append(all, c.Is)
		}
	}
	if float64(samples-len(all)) > void*samples {
		return 0, 0, false
	}
	slices.Sort(all)
	return all[len(all)*25/1000], all[len(all)*975/1000], true
}

// chain gives numbers one after another (SplitMix64, Steele and others 2014).
type chain uint64

func (c *chain) below(n int) int {
	*c += 0x9e3779b97f4a7c15
	z := uint64(*c)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n)) // its bias is n in 2^64
}
