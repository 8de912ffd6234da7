package eval

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/headway-oss/headway"
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

func printCalibration(w io.Writer, title string, all []heardKinds) {
	counted := calibration(all)
	fmt.Fprintf(w, "\n%s: expected calibration error %s over counted labels.\n\n| score | n | mean score | right |\n|---|---|---|---|\n", title, Dot(expectedError(counted)))
	for i, b := range counted {
		if b.n > 0 {
			fmt.Fprintf(w, "| %s-%s | %d | %s | %s |\n", Dot(float64(i)/bins), Dot(float64(i+1)/bins), b.n, Dot(b.scores/float64(b.n)), Dot(float64(b.right)/float64(b.n)))
		}
	}
}

// printConfusion prints, for each kind heard surely enough to count where it is
// not labelled, what those sentences are labelled instead.
func printConfusion(w io.Writer, all []heardKinds) {
	kinds := headway.Kinds()
	fmt.Fprint(w, "\nWhere a kind was counted and is not in the labels, this is what is (a sentence may carry several):\n\n| counted | wrong | nothing |")
	for _, k := range kinds {
		fmt.Fprintf(w, " %s |", k)
	}
	fmt.Fprintln(w, "\n|---|---|---|"+strings.Repeat("---|", len(kinds)))
	for _, heard := range kinds {
		wrong, nothing, instead := 0, 0, map[headway.Label]int{}
		for _, h := range all {
			if !h.counted[heard] || h.Has(heard) {
				continue
			}
			wrong++
			if len(h.Labels) == 0 {
				nothing++
			}
			for _, l := range h.Labels {
				instead[l]++
			}
		}
		fmt.Fprintf(w, "| %s | %d | %d |", heard, wrong, nothing)
		for _, k := range kinds {
			fmt.Fprintf(w, " %d |", instead[k])
		}
		fmt.Fprintln(w)
	}
}
