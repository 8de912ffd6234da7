package job

import (
	"github.com/headway-oss/headway"
)

// Grouping is the jobs found among a study's episodes.
type Grouping struct {
	// Groups are the kept ones in their order, then new ones, the largest first. One
	// only is a finding: one job was seen.
	Groups []Group `json:"groups"`
	// Alone are of no group: they say too little, or nothing like the others.
	Alone []headway.EpisodeID `json:"alone,omitempty"`
	// Tried tells how stable each number of groups is, and Of on how many people that
	// was tried: all, or a part where there are very many.
	Tried []Tried `json:"tried,omitempty"`
	Of    int     `json:"of"`
	// Closely is set where episodes were compared by what their customers are after,
	// as the careful pass reads it, and not by kinds of progress alone.
	Closely bool `json:"closely,omitempty"`
}

// Group is episodes in which customers were after the same progress. It has no
// words of its own but customers'.
type Group struct {
	ID       headway.GroupID     `json:"id"`
	Episodes []headway.EpisodeID `json:"episodes"`       // the most typical first
	Anchors  []headway.EpisodeID `json:"anchors"`        // those that it hangs on, the most typical first
	Kept     bool                `json:"kept,omitempty"` // it was proposed before
	People   int                 `json:"people"`
	// Stability is how surely it comes out again when other people are asked, 0 to 1:
	// the mean over resamples of how much of it stays together. 0 where it is the only one.
	Stability float64 `json:"stability"`
	// Neighbour is the group most like it, "" where there is no other.
	Neighbour headway.GroupID `json:"neighbour,omitempty"`
	// Tells are customers' sentences that tell it from its neighbour, of different
	// people, the best first.
	Tells []headway.Span `json:"tells,omitempty"`
	Words []Word         `json:"words,omitempty"` // the best first
}

// Word is a word that people of one group say and those of others do not.
type Word struct {
	Span      headway.Span `json:"span"`      // where a customer says it
	People    int          `json:"people"`    // of the group, who say it
	Elsewhere int          `json:"elsewhere"` // of the other groups
}

// Tried is how stable a number of groups is.
type Tried struct {
	Groups int `json:"groups"`
	// Stability is the mean agreement (adjusted Rand index) of groupings of resampled
	// people: 1 always the same, 0 what chance gives.
	Stability float64 `json:"stability"`
	// One is the same for as many people who all have one job: studies of such are
	// drawn, since partitions of what has no parts agree by more than chance, too.
	One float64 `json:"one"`
	// Evidence is how much likelier people tell what they do if they have so many jobs
	// than if all have one: a natural logarithm, 0 for as likely, above 3 for twenty
	// times as likely.
	Evidence float64 `json:"evidence"`
}

// Anew gives how many groups would be found now if none had been kept: where it is
// another number than there are, members may want to find them anew.
func (g Grouping) Anew() int {
	if g.Closely {
		return byAims.number(g.Tried)
	}
	return byKinds.number(g.Tried)
}

// Proposals gives what is to be kept of a grouping.
func (g Grouping) Proposals() (all []headway.Proposal) {
	for _, group := range g.Groups {
		all = append(all, headway.Proposal{Group: group.ID, Anchors: group.Anchors})
	}
	return all
}

// Together tells of each episode the group that holds it.
func (g Grouping) Together() map[headway.EpisodeID]headway.GroupID {
	of := map[headway.EpisodeID]headway.GroupID{}
	for _, group := range g.Groups {
		for _, e := range group.Episodes {
			of[e] = group.ID
		}
	}
	return of
}
