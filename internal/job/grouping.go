package job

import (
	"github.com/headway-oss/headway"
)

// Grouping is the jobs found among a study's episodes.
type Grouping struct {
	Groups []Group `json:"groups"` // the largest first; one only is a finding
	// Tried tells how stable each number of groups was.
	Tried []Tried `json:"tried,omitempty"`
}

// Group is episodes in which customers were after the same progress.
type Group struct {
	ID       headway.GroupID     `json:"id"`
	Episodes []headway.EpisodeID `json:"episodes"` // the most typical first
	Anchors  []headway.EpisodeID `json:"anchors"`  // those that it hangs on
	// Stability is how surely it comes out again when other people are asked, 0 to 1.
	Stability float64 `json:"stability"`
	// Tells are customers' sentences that tell it from its neighbours, the best first.
	Tells []headway.Span `json:"tells,omitempty"`
}

// Tried is how stable a number of groups was: the mean adjusted Rand index of
// groupings of resampled people.
type Tried struct {
	Groups    int     `json:"groups"`
	Stability float64 `json:"stability"`
}

// Proposals gives what is to be kept of a grouping.
func (g Grouping) Proposals() (all []headway.Proposal) {
	for _, group := range g.Groups {
		all = append(all, headway.Proposal{Group: group.ID, Anchors: group.Anchors})
	}
	return all
}
