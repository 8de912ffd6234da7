package lint

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/headway-oss/headway/internal/embed"
)

// How a want is held beside examples; see docs/decisions/0021.
const (
	nearest = 6    // so many of a kind say how near the kind is
	margin  = 0.06 // so much nearer than the good ones must the bad ones be
)

// good is the kind of examples with nothing wrong.
const good Code = "good"

// whyAlike tells for each code of the examples what is wrong with them, and what
// to write.
var whyAlike = map[Code]string{
	Product:  "That asks for a product. Say what the customer would get done, with whatever it may be.",
	Feature:  "That asks for a feature. Ask what the customer would do with it, and write that.",
	Company:  "That is about the firm. Say what the customer wants for themselves.",
	Purchase: "To buy is not progress. Write what the customer wants to be able to do once they have it.",
	TooHigh:  "Everybody wants that. Say what they would do, and what would be different for whom.",
	TooLow:   "That is a step on the way. Say what the customer has when all the steps are done.",
	Vague:    "Nothing in it could be seen or counted. Name what it is done to, or what would be different.",
}

// kind is the examples of one fault, or those of none.
type kind struct {
	code  Code
	wants []string
	rows  []byte // of each want what it means
}

// kinds are the examples of rules/en/wants.yaml, in the order of their names.
var kinds = sync.OnceValue(func() (all []kind) {
	var wants map[Code][]string
	mustRead("rules/en/wants.yaml", &wants)
	for _, code := range slices.Sorted(maps.Keys(wants)) {
		k := kind{code: code, wants: wants[code]}
		for _, want := range k.wants {
			k.rows = embed.AppendOf(k.rows, want)
		}
		all = append(all, k)
	}
	return all
})

// near says how near a want's meaning is to the kind, and which example it is
// like most.
func (k kind) near(want embed.Vector) (nearness float32, most string) {
	hits := embed.Similar(want, k.rows, nearest)
	for _, hit := range hits {
		nearness += hit.Cosine / nearest
	}
	return nearness, k.wants[hits[0].Row]
}

// alike warns of a want that means much the same as wants whose fault is known,
// in whatever words, and less the same as good ones. Rules hear only wordings
// that somebody thought of, so it is asked where they hear nothing.
func alike(r *reading) []Warning {
	if r.want.empty() {
		return nil
	}
	start, end := r.bytes(r.want)
	want := embed.Of(r.text[start:end])
	var code Code
	var most string
	bad, fine := float32(-1), float32(-1)
	for _, k := range kinds() {
		switch near, example := k.near(want); {
		case k.code == good:
			fine = near
		case near > bad:
			code, bad, most = k.code, near, example
		}
	}
	if bad < fine+margin {
		return nil
	}
	return []Warning{{Code: code, Start: start, End: end, Why: fmt.Sprintf("It reads much like %q. %s", most, whyAlike[code])}}
}
