package web

import (
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
)

// differing is a slot about which several of us guessed, and not the same.
type differing struct {
	Slot    headway.Label
	People  int
	Guesses []headway.Guess
}

// whereWeDiffer lays guesses about the same side by side, where two or more of us
// wrote them before the reveal and worded them differently. Whether they mean the
// same is for those to say who wrote them.
func whereWeDiffer(guesses []headway.Guess) (all []differing) {
	for _, slot := range headway.Slots() {
		d := differing{Slot: slot}
		people, worded := map[[2]string]bool{}, map[string]bool{}
		for i, g := range guesses {
			if g.Slot != slot || g.Late {
				continue
			}
			d.Guesses = append(d.Guesses, g)
			who := [2]string{strings.ToLower(g.Author), string(g.Member)}
			if g.Author == "" && strings.HasPrefix(who[1], "share ") {
				who[0] = string(guesses[i].ID) // nameless, and so nobody else
			}
			people[who] = true
			worded[plainly(g.Text)] = true
		}
		if d.People = len(people); d.People > 1 && len(worded) > 1 {
			all = append(all, d)
		}
	}
	return all
}

// plainly is a guess without what does not change what it says.
func plainly(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }), " ")
}
