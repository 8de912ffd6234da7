package job

import (
	"fmt"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// bars of the issue: jobs over 10,000 episodes in 5 s on 2 cores.
func BenchmarkProposeOver10000Episodes(b *testing.B) {
	progress()
	for name, talks := range map[string][]Talk{"kinds": many(10_000), "aims": readAsLong(many(10_000))} {
		b.Run(name, func(b *testing.B) {
			episodes := Episodes(Study{Talks: talks})
			for b.Loop() {
				Propose(episodes, nil)
			}
		})
	}
}

// readAsLong gives every fourth sentence an invented aim as long as a real one.
func readAsLong(talks []Talk) []Talk {
	by := dice(9)
	for i := range talks {
		h := &talks[i].Hearing
		for n := 0; n < len(h.Sentences); n += 4 {
			aim := headway.Aim{Span: h.Sentences[n].Span, Weight: 1, Toward: make(headway.Direction, waysOfAims)}
			for d := range aim.Toward {
				aim.Toward[d] = int8(by.below(100) - 50)
			}
			aim.Toward[i%3] = 127
			h.Aims = append(h.Aims, aim)
		}
	}
	return talks
}

// many makes invented talks of some twenty sentences, each of one episode.
func many(n int) (talks []Talk) {
	sets := [][]string{wantsQuiet, wantsCompany, wantsTime}
	by := dice(5)
	for i := range n {
		set := sets[i%len(sets)]
		var words []string
		for range 20 {
			words = append(words, fmt.Sprintf(set[by.below(len(set))], trades[by.below(len(trades))]))
		}
		talks = append(talks, talk(fmt.Sprint("many", i), "", "", "c: "+strings.Join(words, " ")))
	}
	return talks
}
