package segment

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// Unheard is the rarity in bits of a stem that the table of common ones does not
// know: rarer than one word in 32,768, so most likely it says what a sentence is
// about.
const Unheard = 16

// Rarity says how rare a word's stem is in English, in bits: 7 is one word in
// 128, and Unheard the most. Stop words are not in the table; ask IsStop first.
func Rarity(stem string) float64 {
	if bits, known := common()[stem]; known {
		return bits
	}
	return Unheard
}

//go:embed common.txt
var commonText string

var common = sync.OnceValue(func() map[string]float64 {
	bits := map[string]float64{}
	for line := range strings.Lines(commonText) {
		class, stems, _ := strings.Cut(strings.TrimSpace(line), " ")
		rarity, err := strconv.Atoi(class)
		if err != nil {
			continue // a comment
		}
		for stem := range strings.FieldsSeq(stems) {
			bits[stem] = float64(rarity)
		}
	}
	return bits
})
