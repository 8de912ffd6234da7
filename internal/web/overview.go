package web

import (
	"fmt"
	"strings"

	"github.com/headway-oss/headway"
)

// overview draws where in a transcript which tones stand, as a narrow strip
// along its edge: one column a tone, one row for each of so many parts.
type overview struct {
	Tones []toneColumn
	Turns int
}

type toneColumn struct {
	Tone string
	Path string // of its ticks, in a field of 25 by overviewRows
}

const overviewRows = 240

// tones in the order of their columns.
var tones = []string{"push", "aim", "measure", "place", "ours"}

func newOverview(t *transcript) overview {
	rows := map[string]*[overviewRows]bool{}
	for _, tone := range tones {
		rows[tone] = new([overviewRows]bool)
	}
	for i, turn := range t.c.Turns {
		for _, p := range t.marks[turn.Text.ID] {
			if p.m.counts() {
				rows[hue(p.m.heard.Label)][i*overviewRows/len(t.c.Turns)] = true
			}
		}
	}
	o := overview{Turns: len(t.c.Turns)}
	for i, tone := range tones {
		o.Tones = append(o.Tones, toneColumn{tone, ticks(5*i, rows[tone])})
	}
	return o
}

// ticks draws the rows that are set, those side by side as one.
func ticks(x int, rows *[overviewRows]bool) string {
	var b strings.Builder
	for from := 0; from < overviewRows; from++ {
		if !rows[from] {
			continue
		}
		to := from
		for to < overviewRows && rows[to] {
			to++
		}
		fmt.Fprintf(&b, "M%d %dh4v%dh-4z", x, from, to-from)
		from = to
	}
	return b.String()
}

// choiceView offers which moments to see.
type choiceView struct {
	Kinds []kindChoice
	Who   []whoChoice
	Any   bool
	Shown int // moments
	Of    int
}

type kindChoice struct {
	Label headway.Label
	N     int
	On    bool
	Open  int // suggestions that nobody decided on
	Count int // counted ones that nobody decided on
}

type whoChoice struct {
	Value, Name string
	On          bool
}

func viewChoice(c momentChoice, t *transcript) choiceView {
	v := choiceView{Any: c.Any(), Of: len(t.moments)}
	kinds := map[headway.Label]*kindChoice{}
	members := map[headway.MemberID]bool{}
	var order []headway.MemberID
	for i := range t.moments {
		m := t.moments[i]
		if c.shows(m) {
			v.Shown++
		}
		if m.made.Seq > 0 && !members[m.made.Member] {
			members[m.made.Member] = true
			order = append(order, m.made.Member)
		}
		if m.side != headway.Theirs {
			continue
		}
		k := kinds[m.heard.Label]
		if k == nil {
			k = &kindChoice{Label: m.heard.Label}
			kinds[m.heard.Label] = k
		}
		k.N++
		if m.verdict == "" && !m.heard.Counted {
			k.Open++
		} else if m.verdict == "" {
			k.Count++
		}
	}
	for _, label := range headway.Kinds() {
		if k := kinds[label]; k != nil {
			k.On = len(c.Kinds) == 0
			for _, chosen := range c.Kinds {
				k.On = k.On || chosen == label
			}
			v.Kinds = append(v.Kinds, *k)
		}
	}
	for _, w := range [][2]string{{"", "everybody"}, {"machine", "Headway"}, {"person", "one of us"}, {"kept", "kept by one of us"}, {"open", "nobody decided yet"}} {
		v.Who = append(v.Who, whoChoice{w[0], w[1], c.Who == w[0]})
	}
	for _, m := range order {
		v.Who = append(v.Who, whoChoice{string(m), t.name(m), c.Who == string(m)})
	}
	return v
}
