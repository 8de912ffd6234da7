package web

import (
	"fmt"
	"io"
	"slices"

	"github.com/headway-oss/headway"
)

// Beside a turn each kind has a stripe, about as high up and as long as the
// words that it stands for: the share of the turn's characters is near enough,
// and costs no measuring in the browser. Beyond four lanes a number says how
// many kinds more there are.
const (
	maxLanes  = 4
	laneWidth = 6 // px, of which 4 are drawn
)

// stripe is a stretch of a lane, in percent of the turn's height.
type stripe struct {
	lane       int
	label      headway.Label
	from, to   float64
	suggestion bool
}

// stripes gives the stripes of a turn and how many kinds found no lane. What
// goes over several turns takes the first lanes, so that it goes on straight.
func stripes(pieces []markPiece, points int) (all []stripe, more int) {
	var lanes []headway.Label
	for _, over := range []bool{true, false} {
		for _, p := range pieces {
			if p.m.verdict != headway.Dismissed && (len(p.m.place) > 1) == over && !slices.Contains(lanes, p.m.heard.Label) {
				lanes = append(lanes, p.m.heard.Label)
			}
		}
	}
	for _, p := range pieces {
		lane := slices.Index(lanes, p.m.heard.Label)
		if p.m.verdict == headway.Dismissed || lane >= maxLanes {
			continue
		}
		all = append(all, stripe{lane, p.m.heard.Label, partOf(p.from, points), partOf(p.to, points), !p.m.counts()})
	}
	return all, max(0, len(lanes)-maxLanes)
}

func partOf(point, of int) float64 { return 100 * float64(point) / float64(max(1, of)) }

func writeLanes(w io.Writer, pieces []markPiece, points int) {
	all, more := stripes(pieces, points)
	if len(all) == 0 {
		return
	}
	io.WriteString(w, "<svg class=\"lanes\" aria-hidden=\"true\">")
	for _, s := range all {
		class := "s-" + hue(s.label)
		if s.suggestion {
			class += " perhaps"
		}
		fmt.Fprintf(w, "<rect class=\"%s\" x=\"%d\" y=\"%.1f%%\" width=\"4\" height=\"%.1f%%\"/>", class, s.lane*laneWidth, s.from, max(2, s.to-s.from))
	}
	if more > 0 {
		fmt.Fprintf(w, "<text x=\"%d\" y=\"11\">+%d</text>", maxLanes*laneWidth, more)
	}
	io.WriteString(w, "</svg>")
}
