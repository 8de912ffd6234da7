package agree

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// tally is what was said, told by the index of a value. Values stand in the
// order of their scale.
type tally struct {
	values  []Value
	numbers []float64 // of the values, where the scale needs them
	units   []rated   // those that two or more rated
}

// rated is one unit: the index of each value that was said of it.
type rated struct{ said []int }

// reckoning reckons a coefficient from the units drawn.
type reckoning func(t tally, drawn []int) (Coefficient, error)

func newTally(units Units, scale Scale) (t tally, err error) {
	if !slices.Contains(Scales(), scale) {
		return t, headway.Errorf(headway.Invalid, "%q is no scale: say nominal, ordinal, interval or ratio", scale)
	}
	number := map[Value]float64{}
	var kept Units
	for _, u := range units {
		var said []Value
		for _, v := range u {
			if v == None {
				continue
			}
			as, n, err := scale.read(v)
			if err != nil {
				return t, err
			}
			number[as] = n
			said = append(said, as)
		}
		if len(said) > 1 {
			kept = append(kept, said)
			t.values = append(t.values, said...)
		}
	}
	slices.SortFunc(t.values, func(a, b Value) int { return cmp.Or(cmp.Compare(number[a], number[b]), cmp.Compare(a, b)) })
	t.values = slices.Compact(t.values)
	index := map[Value]int{}
	for i, v := range t.values {
		index[v] = i
		t.numbers = append(t.numbers, number[v])
	}
	for _, said := range kept {
		u := rated{}
		for _, v := range said {
			u.said = append(u.said, index[v])
		}
		t.units = append(t.units, u)
	}
	return t, nil
}

// read gives a value as the scale has it: "2.0" is 2 where numbers are wanted.
func (s Scale) read(v Value) (Value, float64, error) {
	if s == Nominal {
		return v, 0, nil
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(string(v)), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return v, 0, headway.Errorf(headway.Invalid, "%q is no number, and the %s scale is one of numbers: use the nominal one", v, s)
	}
	if s == Ratio && n < 0 {
		return v, 0, headway.Errorf(headway.Invalid, "%q is below zero, where the ratio scale begins: use the interval one", v)
	}
	return Value(strconv.FormatFloat(n, 'g', -1, 64)), n, nil
}

// all lists every unit once.
func (t tally) all() []int {
	drawn := make([]int, len(t.units))
	for u := range drawn {
		drawn[u] = u
	}
	return drawn
}

func (t tally) ratings() (n int) {
	for _, u := range t.units {
		n += len(u.said)
	}
	return n
}

// often counts the ratings of each value.
func (t tally) often(drawn []int) []float64 {
	often := make([]float64, len(t.values))
	for _, u := range drawn {
		for _, v := range t.units[u].said {
			often[v]++
		}
	}
	return often
}

// alike is the share of pairs of ratings that agree.
func (r rated) alike() float64 {
	same := 0
	for i, a := range r.said {
		for _, b := range r.said[:i] {
			if a == b {
				same++
			}
		}
	}
	return float64(same) / float64(len(r.said)*(len(r.said)-1)/2)
}
