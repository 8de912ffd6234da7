// Package agree says how far several people agree beyond what chance gives,
// when each of them said by themselves what a number of things are.
//
// It stands beside the data's way as segment does: flow gives it the sentences
// of a conversation that members marked without seeing each other's marks, and
// whoever has a table of (unit, rater, value) can ask it at the terminal.
//
//	alpha, err := agree.Alpha(agree.Units{{"1", "1"}, {"2", "3"}, {"3", "3"}}, agree.Nominal)
//	if errors.Is(err, agree.ErrTooLittle) { ... } // nothing can be said, least of all 1.0
//
// Krippendorff's alpha (Content Analysis, 2nd edition 2004, chapter 11) takes any
// number of raters, missing values and four scales; Cohen's kappa (1960) takes two
// raters, and Fleiss' (1971) several who rated everything.
package agree

import (
	"errors"
	"slices"

	"github.com/headway-oss/headway"
)

// Value is what a rater said of a unit.
type Value string

// None is no value: the rater did not look at the unit. It is not "nothing was
// found", which is a value like any other.
const None Value = ""

// Units holds for each unit what each rater said of it, raters in the same order
// everywhere. A unit of which fewer than two said anything counts nowhere.
type Units [][]Value

// ErrTooLittle is in the chain of every refusal to tell agreement from units that
// cannot show it: none that two rated, or none that anybody saw otherwise.
var ErrTooLittle = errors.New("that is too little to tell agreement by")

func tooLittle(why string) error {
	return headway.Errorf(headway.Invalid, "%s: %w", why, ErrTooLittle)
}

var (
	errFewUnits = tooLittle("fewer than two units were rated by two raters")
	errNoChoice = tooLittle("every rating is the same, so that agreement cannot be told from chance")
)

// Coefficient is how far raters agree, with what that rests on.
type Coefficient struct {
	Is float64 // 1 where they always agree, 0 where as often as chance would, less where less
	// Low and High bound it with 95 %, were other such units rated. Bounded says
	// whether they are known: not of few units, nor where a mark or two decide.
	Low, High float64
	Bounded   bool
	Units     int // that two or more rated
	Ratings   int // of these units
	// Observed and Expected are disagreement for Alpha, agreement for the kappas;
	// Is is made of both.
	Observed, Expected float64
}

// Percent is the share of pairs of ratings of the same unit that agree, chance
// included, averaged over the units that two or more rated.
func Percent(units Units) (Coefficient, error) {
	return measured(units, Nominal, func(t tally, drawn []int) (Coefficient, error) {
		sum := 0.0
		for _, u := range drawn {
			sum += t.units[u].alike()
		}
		share := sum / float64(len(drawn))
		return Coefficient{Is: share, Observed: share}, nil
	})
}

// Cohen is Cohen's kappa of two raters: chance is reckoned from how often each
// of them said what.
func Cohen(units Units) (Coefficient, error) {
	if slices.ContainsFunc(units, func(u []Value) bool { return len(u) != 2 }) {
		return Coefficient{}, headway.Errorf(headway.Invalid, "Cohen's kappa is for two raters: use Fleiss' kappa or alpha")
	}
	return measured(units, Nominal, func(t tally, drawn []int) (Coefficient, error) {
		n := float64(len(drawn))
		first, second := make([]float64, len(t.values)), make([]float64, len(t.values))
		same := 0.0
		for _, u := range drawn {
			said := t.units[u].said
			first[said[0]]++
			second[said[1]]++
			if said[0] == said[1] {
				same++
			}
		}
		chance := 0.0
		for v := range first {
			chance += first[v] / n * second[v] / n
		}
		return kappa(same/n, chance)
	})
}

// Fleiss is Fleiss' kappa of two or more raters: chance is reckoned from how
// often all of them said what. Units that somebody did not rate are left out.
func Fleiss(units Units) (Coefficient, error) {
	complete := slices.DeleteFunc(slices.Clone(units), func(u []Value) bool { return slices.Contains(u, None) })
	return measured(complete, Nominal, func(t tally, drawn []int) (Coefficient, error) {
		same, ratings := 0.0, 0.0
		for _, u := range drawn {
			same += t.units[u].alike()
			ratings += float64(len(t.units[u].said))
		}
		chance := 0.0
		for _, n := range t.often(drawn) {
			chance += n / ratings * n / ratings
		}
		return kappa(same/float64(len(drawn)), chance)
	})
}

// kappa sets agreement against chance. Where chance leaves no room there is none.
func kappa(same, chance float64) (Coefficient, error) {
	if 1-chance < rounding {
		return Coefficient{}, errNoChoice
	}
	return Coefficient{Is: (same - chance) / (1 - chance), Observed: same, Expected: chance}, nil
}

// rounding is less than any real difference of shares, and more than adding up
// a million of them is off by.
const rounding = 1e-9

// measured reckons a coefficient and its interval from units that two or more
// rated.
func measured(units Units, scale Scale, reckon reckoning) (Coefficient, error) {
	t, err := newTally(units, scale)
	if err != nil {
		return Coefficient{}, err
	}
	if len(t.units) < 2 {
		return Coefficient{}, errFewUnits
	}
	c, err := reckon(t, t.all())
	if err != nil {
		return Coefficient{}, err
	}
	c.Units, c.Ratings = len(t.units), t.ratings()
	c.Low, c.High, c.Bounded = t.bounds(reckon)
	return c, nil
}
