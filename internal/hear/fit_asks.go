package hear

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/hear/linear"
)

// aimLesson is one slot of one sentence to learn the second stroke from.
type aimLesson struct {
	aimSigns
	asks   bool
	weight float64
}

// fitAim learns the second stroke from what weights that had not seen the
// sentences made of them.
func fitAim(l *oursLessons) aim {
	var lessons []aimLesson
	for i, scores := range l.scores {
		if i%2 == 1 {
			continue
		}
		together := sum(scores[firstAsks:]) * l.asked[i]
		for at := firstAsks; at < len(scores); at++ {
			lessons = append(lessons, aimLesson{
				aimSigns: signsOf(scores[at]*l.asked[i], together, l.asked[i], l.cued[i], at),
				asks:     l.of[i].Labels[string(oursLabels[at])],
				weight:   l.of[i].Weight,
			})
		}
	}
	a := aim{Alone: 1}
	for range 25 {
		a = a.step(lessons)
	}
	return a.rounded()
}

// step is one of Newton's towards the likeliest aim; a little pull towards
// zero keeps it from running off where there are hardly any lessons.
func (a aim) step(lessons []aimLesson) aim {
	const pull = 1.0
	at := a.row()
	var slope [6]float64
	var bend [6][6]float64
	for j := range at {
		slope[j], bend[j][j] = pull*at[j], pull
	}
	for _, l := range lessons {
		p, s := a.chance(l.aimSigns), aim(l.aimSigns).row()
		miss := p
		if l.asks {
			miss--
		}
		for j := range s {
			slope[j] += l.weight * miss * s[j]
			for k := range s {
				bend[j][k] += l.weight * p * (1 - p) * s[j] * s[k]
			}
		}
	}
	down := solve(bend, slope)
	for j := range at {
		at[j] -= down[j]
	}
	return aim{at[0], at[1], at[2], at[3], at[4], at[5]}
}

func (a aim) row() [6]float64 {
	return [6]float64{a.Alone, a.Beside, a.Asking, a.Cued, a.Aside, a.Always}
}

// rounded gives the aim as it is stored.
func (a aim) rounded() aim {
	r := a.row()
	for i := range r {
		r[i] = math.Round(r[i]*1000) / 1000
	}
	return aim{r[0], r[1], r[2], r[3], r[4], r[5]}
}

// solve gives x where m*x is v; m is symmetric and positive, so no row need
// change its place.
func solve(m [6][6]float64, v [6]float64) (x [6]float64) {
	for i := range m {
		for j := i + 1; j < len(m); j++ {
			times := m[j][i] / m[i][i]
			for k := i; k < len(m); k++ {
				m[j][k] -= times * m[i][k]
			}
			v[j] -= times * v[i]
		}
	}
	for i := len(m) - 1; i >= 0; i-- {
		x[i] = v[i]
		for k := i + 1; k < len(m); k++ {
			x[i] -= m[i][k] * x[k]
		}
		x[i] /= m[i][i]
	}
	return x
}

// mostWrong is the share of the slots called never asked that may have been
// asked in conversations to learn from. The bar on others is .05.
const mostWrong = .04

// suggestAsks sets the suggesting threshold of all asks to where a slot that
// is suggested nowhere in a conversation was, with hardly an exception, asked
// for nowhere: a false "nobody asked" is the worst of errors.
// scores are those of each example, as written.
func suggestAsks(labels []linear.Label, scores [][]float64, examples []Example) {
	never := neverBelow(slotsOf(scores, examples))
	for i := range labels {
		if _, isSlot := oursLabels[i].Asked(); isSlot {
			labels[i].Suggest = min(labels[i].Act, never)
		}
	}
}

// slotCase is one slot of one conversation: how likely the likeliest question
// asks for it, and whether any does.
type slotCase struct {
	surest float64
	asked  bool
	real   bool // the heaviest examples are
	weight float64
}

// slotsOf gathers the slots of all conversations.
func slotsOf(scores [][]float64, examples []Example) (cases []slotCase) {
	heaviest := 0.0
	for _, x := range examples {
		heaviest = max(heaviest, x.Weight)
	}
	type slotKey struct {
		conversation string
		slot         int
	}
	at := map[slotKey]int{}
	for i, x := range examples {
		conversation, _, _ := strings.Cut(x.Turn, ".")
		for slot, label := range oursLabels {
			if _, isSlot := label.Asked(); !isSlot {
				continue
			}
			key := slotKey{conversation, slot}
			if _, known := at[key]; !known {
				at[key] = len(cases)
				cases = append(cases, slotCase{real: x.Weight == heaviest, weight: 1})
			}
			c := &cases[at[key]]
			c.surest = max(c.surest, scores[i][slot])
			c.asked = c.asked || slices.Contains(x.Labels, label)
		}
	}
	even(cases)
	return cases
}

// even weighs written conversations so that they count for as much as the real
// ones, and that as large a share of their slots was asked: we wrote them to
// ask for everything, and people do not.
func even(cases []slotCase) {
	n := map[[2]bool]float64{}
	for _, c := range cases {
		n[[2]bool{c.real, c.asked}]++
	}
	for i, c := range cases {
		cases[i].weight = n[[2]bool{true, c.asked}] / n[[2]bool{c.real, c.asked}]
	}
}

// neverBelow gives the highest score under which few enough slots were asked for.
func neverBelow(cases []slotCase) (cut float64) {
	slices.SortFunc(cases, func(a, b slotCase) int { return cmp.Compare(a.surest, b.surest) })
	called, wrong := 0.0, 0.0
	for i, c := range cases {
		if (i == 0 || c.surest > cases[i-1].surest) && wrong <= mostWrong*called {
			cut = c.surest
		}
		called += c.weight
		if c.asked {
			wrong += c.weight
		}
	}
	return cut
}
