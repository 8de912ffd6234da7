package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/pflag"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/hear"
)

// pass is a way to hear: whole conversations, or rows each by itself.
type pass struct {
	flow.Pass
	rows      func([]hear.Row) [][]headway.Scored // every label of each row, in order
	suggested func([]headway.Scored) []headway.Scored
}

var (
	quick   = pass{flow.Quick, quickRows, hear.Suggested}
	careful = pass{flow.Pass{Version: hear.CarefulVersion, Hear: hear.Carefully}, hear.CarefulSentences, hear.CarefulSuggested}
)

func quickRows(rows []hear.Row) [][]headway.Scored {
	heard := make([][]headway.Scored, len(rows))
	for i, r := range rows {
		heard[i] = hear.Sentence(r)
	}
	return heard
}

// passFlag names a pass.
type passFlag struct{ name string }

func (p *passFlag) bind(f *pflag.FlagSet, usual string) {
	f.StringVar(&p.name, "pass", usual, "how to listen: `careful`, or quick, which takes a small part of the time")
}

func (p *passFlag) pass() (pass, error) {
	switch p.name {
	case "careful":
		return careful, nil
	case "quick":
		return quick, nil
	}
	return pass{}, usagef("--pass %s: write careful or quick", shellWord(p.name))
}

// Sentences that one processor hears carefully in a second, on old machines and
// on new ones, and on those without vectors.
const slowListening, fastListening, plainListening = 100, 300, 8

// listening says about how long so many sentences take to be heard carefully here.
func listening(sentences int) string {
	fast, slow := fastListening, slowListening
	if hear.CarefullyIsSlow() {
		fast, slow = plainListening, plainListening/2
	}
	a := sentences / (fast * runtime.NumCPU())
	b := sentences / (slow * runtime.NumCPU())
	switch {
	case b < 3:
		return "a few seconds"
	case b < 120:
		return fmt.Sprintf("%d to %d seconds", max(1, a), b)
	}
	return fmt.Sprintf("%d to %d minutes", max(1, a/60), b/60)
}
