package agree

import "math"

// Scale is what values are to each other, and so how far two of them lie apart.
type Scale string

// The scales. All but Nominal need values that are numbers.
const (
	Nominal  Scale = "nominal"  // the same or not
	Ordinal  Scale = "ordinal"  // by how many ratings lie between them
	Interval Scale = "interval" // by their difference
	Ratio    Scale = "ratio"    // by their difference as a share of their sum; none is below zero
)

// Scales lists the scales.
func Scales() []Scale { return []Scale{Nominal, Ordinal, Interval, Ratio} }

// Alpha is Krippendorff's alpha: one less the disagreement there is over the
// disagreement that chance would give. Invalid where a scale of numbers is given
// a value that is none.
func Alpha(units Units, scale Scale) (Coefficient, error) {
	return measured(units, scale, func(t tally, drawn []int) (Coefficient, error) {
		often := t.often(drawn)
		apart := t.apart(scale, often)
		observed := t.disagreement(drawn, apart)
		expected := chance(often, apart)
		if expected < rounding {
			return Coefficient{}, errNoChoice
		}
		return Coefficient{Is: 1 - observed/expected, Observed: observed, Expected: expected}, nil
	})
}

// disagreement is the mean squared distance of two ratings of the same unit,
// where each unit weighs as much as it has ratings (Krippendorff 2004, p. 222).
func (t tally) disagreement(drawn []int, apart [][]float64) float64 {
	sum, n := 0.0, 0.0
	for _, u := range drawn {
		said := t.units[u].said
		within := 0.0
		for i, a := range said {
			for _, b := range said[:i] {
				within += 2 * apart[a][b]
			}
		}
		sum += within / float64(len(said)-1)
		n += float64(len(said))
	}
	return sum / n
}

// chance is the mean squared distance of any two of all ratings.
func chance(often []float64, apart [][]float64) float64 {
	sum, n := 0.0, 0.0
	for a := range often {
		n += often[a]
		for b := range a {
			sum += 2 * often[a] * often[b] * apart[a][b]
		}
	}
	return sum / (n * (n - 1))
}

// apart gives the squared distance of every two values (Krippendorff 2004,
// p. 232 and following).
func (t tally) apart(scale Scale, often []float64) [][]float64 {
	all := make([][]float64, len(t.values))
	for a := range all {
		all[a] = make([]float64, len(t.values))
		between := 0.0 // ratings from b to before a
		for b := a - 1; b >= 0; b-- {
			between += often[b]
			all[a][b] = math.Pow(t.distance(scale, a, b, between+(often[a]-often[b])/2), 2)
			all[b][a] = all[a][b]
		}
	}
	return all
}

func (t tally) distance(scale Scale, a, b int, ranks float64) float64 {
	switch scale {
	case Ordinal:
		return ranks
	case Interval:
		return t.numbers[a] - t.numbers[b]
	case Ratio:
		return (t.numbers[a] - t.numbers[b]) / (t.numbers[a] + t.numbers[b])
	}
	return 1
}
