package cue_test

import (
	"os"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/cue"
)

// BenchmarkHear hears all cues of the customers' side at once.
func BenchmarkHear(b *testing.B) {
	files, err := cue.Read(os.DirFS("../hear/rules/en/kinds"), "*.yaml")
	if err != nil {
		b.Fatal(err)
	}
	book, err := cue.Compile(files...)
	if err != nil {
		b.Fatal(err)
	}
	sentences := []string{
		"I spend three hours every Friday copying numbers from one book into the other, and half of them are wrong.",
		"My brother told me about it when we met at the market in spring.",
		"So, yeah, that was about it.",
		"If it breaks again before the end of the year I would rather go back to the old one, since I know where everything is.",
	}
	words := len(strings.Fields(strings.Join(sentences, " ")))
	ear := book.Listen()
	for b.Loop() {
		for _, s := range sentences {
			ear.Hear(s, 0)
		}
	}
	b.ReportMetric(float64(b.N*words)/b.Elapsed().Seconds(), "words/s")
}
