package job

import (
	"github.com/headway-oss/headway"
)

// Rung is what a ladder lacks: what follows from an attribute, or why what
// follows matters to them.
type Rung string

// The rungs that can be missing; an attribute may stand at the foot or not.
const (
	MissingConsequence Rung = "consequence"
	MissingReason      Rung = "reason"
)

// Question asks for a missing rung, from where the customer stands.
func (r Rung) Question() string {
	switch r {
	case MissingConsequence:
		return "What does that do for you?"
	case MissingReason:
		return "Why does that matter to you?"
	}
	return ""
}

// Above says what is missing above a rung; "" where something stands there, or it
// is a reason.
func Above(l *Line) Rung {
	switch {
	case len(l.Part(headway.PartRung)) > 0, l.Choice == headway.Business, l.Choice == headway.Personal:
		return ""
	case l.Choice == headway.Attribute:
		return MissingConsequence
	}
	return MissingReason
}
