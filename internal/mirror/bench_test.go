package mirror

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// vocabularyOf makes invented words with the frequencies of real ones: the
// common stems, most often the commonest.
func vocabularyOf(chance *rand.Rand) func() string {
	stems := []string{"the", "and", "to", "of", "we", "it", "is", "that", "in", "for"}
	table, err := os.ReadFile("../segment/common.txt")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(table)) {
		if line[0] != '#' {
			stems = append(stems, strings.Fields(line)[1:]...)
		}
	}
	return func() string {
		u := chance.Float64()
		return stems[int(u*u*u*float64(len(stems)))]
	}
}

// longTalk is a conversation of about so many words, one sentence in three heard.
func longTalk(b *testing.B, words int) (*headway.Conversation, headway.Hearing) {
	chance := rand.New(rand.NewPCG(3, 3))
	word := vocabularyOf(chance)
	var script strings.Builder
	for said := 0; said < words; said += 16 {
		who := []string{"us", "Ana", "Ana"}[chance.IntN(3)]
		label := []string{"", "", string(headway.Kinds()[chance.IntN(12)])}[chance.IntN(3)]
		if who == "us" {
			label = "q-open,asks:" + string(headway.Slots()[chance.IntN(11)])
		}
		fmt.Fprintf(&script, "%s %s:", who, label)
		for range 16 {
			script.WriteString(" " + word())
		}
		script.WriteString(".\n")
	}
	return talk(b, "long.txt", script.String())
}

func threeGuesses() []headway.Guess {
	var guesses []headway.Guess
	for slot, text := range map[headway.Label]string{
		headway.Measure:     "They will know it worked when a task takes ten minutes instead of hours",
		headway.Alternative: "Without us they would keep a spreadsheet or ask a colleague",
		headway.Motivation:  "They want to build something better and ship it faster than the others",
	} {
		guesses = append(guesses, headway.Guess{ID: headway.GuessID(slot), Slot: slot, Text: text})
	}
	slices.SortFunc(guesses, func(a, b headway.Guess) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return guesses
}

// BenchmarkLook looks at conversations of 10,000 words; the bar is under
// three seconds for a million words on one core.
func BenchmarkLook(b *testing.B) {
	const words = 10_000
	c, h := longTalk(b, words)
	guesses := threeGuesses()
	b.ReportAllocs()
	for b.Loop() {
		Look(c, h, guesses)
	}
	b.ReportMetric(float64(b.Elapsed().Seconds())/float64(b.N)*1e6/words, "s/Mword")
}

// BenchmarkJoin joins 2,084 parts with over 50,000 moments; the bar is 400 ms.
func BenchmarkJoin(b *testing.B) {
	c, h := longTalk(b, 2_000)
	guesses := threeGuesses()
	var parts []Part
	moments := 0
	for i := range 2084 {
		part := Look(c, h, guesses)
		part.Conversation = headway.ConversationID(fmt.Sprintf("c%d", i))
		part.File = string(part.Conversation)
		for p := range part.People {
			part.People[p].ID += headway.PersonID(part.Conversation)
		}
		for m := range part.Moments {
			part.Moments[m].Person += headway.PersonID(part.Conversation)
		}
		for n := range part.Near {
			part.Near[n].Person += headway.PersonID(part.Conversation)
		}
		moments += len(part.Moments)
		parts = append(parts, part)
	}
	b.ReportAllocs()
	for b.Loop() {
		Join(headway.Study{}, guesses, parts, deed.NewJudgements(nil), Choices{PerSlot: 3, Pairs: 12})
	}
	b.ReportMetric(float64(moments), "moments")
}
