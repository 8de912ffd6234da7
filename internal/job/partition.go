package job

import (
	"math"
	"slices"
)

// rows are unit rows, and centres found among them likewise.
type rows [][]float32

// centred gives profiles less what all have in common, as unit rows.
func centred(all []profile) rows {
	if len(all) == 0 {
		return nil
	}
	mean := make([]float32, len(all[0]))
	for _, p := range all {
		for i, n := range p {
			mean[i] += n / float32(len(all))
		}
	}
	out := make(rows, len(all))
	for i, p := range all {
		out[i] = make([]float32, len(p))
		for d := range p {
			out[i][d] = p[d] - mean[d]
		}
		unit(out[i])
	}
	return out
}

// How often a partition starts anew, and how long it may go on.
const (
	starts = 4
	rounds = 15
)

// partition finds k centres among rows: spherical k-means (Dhillon and Modha,
// 2001), begun from rows far from each other (Arthur and Vassilvitskii, 2007), the
// best of several starts.
func (r rows) partition(k int, by *dice) (best rows) {
	score := float32(-1)
	for range starts {
		centres := r.farApart(k, by)
		in := make([]int, len(r))
		sum := float32(0)
		for round := range rounds {
			moved := false
			sum = 0
			for i, row := range r {
				at, near := centres.nearest(row)
				moved = moved || in[i] != at
				in[i], sum = at, sum+near
			}
			if round > 0 && !moved {
				break
			}
			centres.settle(r, in)
		}
		if sum > score {
			score, best = sum, centres
		}
	}
	return best
}

// farApart draws rows, each likelier the further it is from those drawn before.
func (r rows) farApart(k int, by *dice) rows {
	centres := rows{slices.Clone(r[by.below(len(r))])}
	far := make([]float64, len(r))
	for len(centres) < k {
		total := 0.0
		for i, row := range r {
			_, near := centres.nearest(row)
			far[i] = math.Max(0, 1-float64(near))
			total += far[i]
		}
		at, left := 0, by.share()*total
		for at < len(r)-1 && left >= far[at] {
			left -= far[at]
			at++
		}
		centres = append(centres, slices.Clone(r[at]))
	}
	return centres
}

// settle moves centres to the middle of their rows; one without rows stays.
func (c rows) settle(r rows, in []int) {
	sums := make(rows, len(c))
	for i := range sums {
		sums[i] = make([]float32, len(c[i]))
	}
	for i, row := range r {
		sum := sums[in[i]]
		for d, n := range row {
			sum[d] += n
		}
	}
	for i, sum := range sums {
		if dot(sum, sum) > 0 {
			unit(sum)
			c[i] = sum
		}
	}
}

func (c rows) nearest(row []float32) (at int, near float32) {
	near = -2
	for i := range c {
		if s := dot(c[i], row); s > near {
			at, near = i, s
		}
	}
	return at, near
}

func (c rows) place(r rows) []int {
	in := make([]int, len(r))
	for i, row := range r {
		in[i], _ = c.nearest(row)
	}
	return in
}

// Agreement is the adjusted Rand index of two partitions of the same things: 1 the
// same, 0 what chance gives (Hubert and Arabie, 1985).
func Agreement(a, b []int) float64 {
	type pair struct{ a, b int }
	both, as, bs := map[pair]int{}, map[int]int{}, map[int]int{}
	for i := range a {
		both[pair{a[i], b[i]}]++
		as[a[i]]++
		bs[b[i]]++
	}
	together, inA, inB := pairsIn(both), pairsIn(as), pairsIn(bs)
	all := len(a) * (len(a) - 1) / 2
	chance := float64(inA) * float64(inB) / math.Max(1, float64(all))
	most := float64(inA+inB) / 2
	if most == chance {
		return 1
	}
	return (float64(together) - chance) / (most - chance)
}

func pairsIn[K comparable](counts map[K]int) (n int) {
	for _, c := range counts {
		n += c * (c - 1) / 2
	}
	return n
}

// dice is a generator that draws the same on every machine: splitmix64 (Steele,
// Lea and Flood, 2014). A step may not ask for chance, and resampling needs none.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// share draws from 0 up to 1.
func (d *dice) share() float64 { return float64(d.next()>>11) / (1 << 53) }

func (d *dice) below(n int) int { return int(d.share() * float64(n)) }

// bell draws around 0, as far as 1 on average of the squares.
func (d *dice) bell() float64 {
	sum := -6.0
	for range 12 {
		sum += d.share()
	}
	return sum
}

// shuffled gives the numbers below n in an order that was drawn.
func (d *dice) shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := d.below(i + 1)
		order[i] = order[j]
		order[j] = i
	}
	return order
}
