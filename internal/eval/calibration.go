package eval

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
)

// bins is how many steps of equal width scores fall into.
const bins = 10

// bin is what was heard with scores in one step.
type bin struct {
	n, right int
	scores   float64 // their sum
}

// calibration sorts the labels that are heard surely enough to count into bins
// by score: does a score of .7 mean that seven in ten are right?
func calibration(all []heardKinds) (counted [bins]bin) {
	for _, h := range all {
		for _, s := range h.scores {
			if !h.counted[s.Label] {
				continue
			}
			b := &counted[min(int(s.Score*bins), bins-1)]
			b.n++
			b.scores += s.Score
			if h.Has(s.Label) {
				b.right++
			}
		}
	}
	return counted
}

// expectedError is the mean distance between what scores promise and what is
// right, each bin for as many labels as it holds.
func expectedError(all [bins]bin) float64 {
	n, off := 0, 0.0
	for _, b := range all {
		n += b.n
		off += math.Abs(b.scores - float64(b.right))
	}
	if n == 0 {
		return 0
	}
	return off / float64(n)
}

// binsOf gives the bins that hold anything.
func binsOf(counted [bins]bin) (all []quality.Bin) {
	for i, b := range counted {
		if b.n > 0 {
			all = append(all, quality.Bin{
				From: float64(i) / bins, To: float64(i+1) / bins, N: b.n,
				Mean: rounded(b.scores / float64(b.n)), Right: rounded(float64(b.right) / float64(b.n)),
			})
		}
	}
	return all
}

func printCalibration(w io.Writer, title string, all []heardKinds) {
	counted := calibration(all)
	fmt.Fprintf(w, "\n%s: expected calibration error %s over counted labels.\n\n| score | n | mean score | right |\n|---|---|---|---|\n", title, Dot(expectedError(counted)))
	for _, b := range binsOf(counted) {
		fmt.Fprintf(w, "| %s-%s | %d | %s | %s |\n", Dot(b.From), Dot(b.To), b.N, Dot(b.Mean), Dot(b.Right))
	}
}

// mistaken tells, for each kind heard surely enough to count where it is not
// labelled, what those sentences are labelled instead.
func mistaken(all []heardKinds) (kinds []quality.Mistaken) {
	for _, heard := range headway.Kinds() {
		m := quality.Mistaken{Label: heard}
		instead := map[headway.Label]int{}
		for _, h := range all {
			if !h.counted[heard] || h.Has(heard) {
				continue
			}
			m.Wrong++
			if len(h.Labels) == 0 {
				m.Nothing++
			}
			for _, l := range h.Labels {
				instead[l]++
			}
		}
		for _, k := range headway.Kinds() {
			m.Instead = append(m.Instead, quality.Instead{Label: k, N: instead[k]})
		}
		kinds = append(kinds, m)
	}
	return kinds
}

func printConfusion(w io.Writer, all []heardKinds) {
	kinds := headway.Kinds()
	fmt.Fprint(w, "\nWhere a kind was counted and is not in the labels, this is what is (a sentence may carry several):\n\n| counted | wrong | nothing |")
	for _, k := range kinds {
		fmt.Fprintf(w, " %s |", k)
	}
	fmt.Fprintln(w, "\n|---|---|---|"+strings.Repeat("---|", len(kinds)))
	for _, m := range mistaken(all) {
		fmt.Fprintf(w, "| %s | %d | %d |", m.Label, m.Wrong, m.Nothing)
		for _, i := range m.Instead {
			fmt.Fprintf(w, " %d |", i.N)
		}
		fmt.Fprintln(w)
	}
}
