package headway

import "strconv"

// Anchor is the sentence that a group hangs on: customers' sentences of one
// kind that mean the same. Anchors are kept, so that a group stays what it was
// while others come in. Where the sentence is removed, another of its group takes
// its place and the group keeps its id.
type Anchor struct {
	Group GroupID `json:"group"`
	Kind  Label   `json:"kind"`
	Span  Span    `json:"span"`
}

// NewAnchor founds a group on a sentence.
func NewAnchor(kind Label, at Span) Anchor {
	id := Digest("group", string(kind), string(at.Text), strconv.Itoa(at.Start), strconv.Itoa(at.End))
	return Anchor{Group: GroupID(id), Kind: kind, Span: at}
}
