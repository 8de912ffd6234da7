package job

import (
	"fmt"
	"strings"
	"testing"
)

// bars of the issue: jobs over 10,000 episodes in 5 s on 2 cores.
func BenchmarkProposeOver10000Episodes(b *testing.B) {
	episodes := many(10_000)
	progress()
	b.ResetTimer()
	for range b.N {
		Propose(episodes, nil)
	}
}

// many makes invented episodes, each of one talk of some twenty sentences.
func many(n int) []Episode {
	sets := [][]string{wantsQuiet, wantsCompany, wantsTime}
	by := dice(5)
	var talks []Talk
	for i := range n {
		set := sets[i%len(sets)]
		var words []string
		for range 20 {
			words = append(words, fmt.Sprintf(set[by.below(len(set))], trades[by.below(len(trades))]))
		}
		talks = append(talks, talk(fmt.Sprint("many", i), "", "", "c: "+strings.Join(words, " ")))
	}
	return Episodes(Study{Talks: talks})
}
