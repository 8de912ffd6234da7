package headway

// Proposal is a job that was found among episodes, and the episodes on which it
// hangs: those most like the rest of it. They are kept, so that a job stays what
// it was while customers come in.
type Proposal struct {
	Group   GroupID     `json:"group"`
	Anchors []EpisodeID `json:"anchors"` // the most typical first
}
