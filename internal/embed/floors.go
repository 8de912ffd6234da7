package embed

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// floors.json goes with table.bin: what a cosine of .5 is worth differs from
// table to table.
//
//go:embed floors.json
var floorsFile []byte

// Floors are the cosines from which on texts are near enough.
type Floors struct {
	Search float32 `json:"search"` // a sentence to what was searched for

	// Of a sentence and a guess: the share of what rare shared words tell in the
	// score, the rest being the cosine's, and the score from which on it is near.
	GuessWords float64 `json:"guess_words"`
	Guess      float64 `json:"guess"`
}

// Near gives the floors that were chosen for this table. After a new table
// choose them anew: docs/decisions/0009-what-sentences-mean-is-searched.md has
// the command.
var Near = sync.OnceValue(func() (f Floors) {
	if err := json.Unmarshal(floorsFile, &f); err != nil {
		panic("embed: floors.json: " + err.Error()) // a fault of the build
	}
	return f
})
