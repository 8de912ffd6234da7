package job

import (
	"github.com/headway-oss/headway"
)

// Propose groups episodes by what their customers were after. Groups that hang
// on kept anchors stay, and keep their episodes.
func Propose(episodes []Episode, kept []headway.Proposal) Grouping {
	if len(episodes) == 0 {
		return Grouping{}
	}
	one := Group{ID: headway.GroupID(headway.Digest("group", string(episodes[0].ID)))}
	if len(kept) > 0 {
		one.ID = kept[0].Group
	}
	for _, e := range episodes {
		one.Episodes = append(one.Episodes, e.ID)
	}
	one.Anchors = one.Episodes[:1]
	return Grouping{Groups: []Group{one}}
}
