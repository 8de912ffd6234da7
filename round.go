package headway

import (
	"slices"
	"time"
)

// Round is a conversation that several members mark, none of whom sees what the
// others marked until all have, or until an owner shows it. It tells how far they
// mean the same by a kind.
type Round struct {
	ID           RoundID
	Conversation ConversationID
	Members      []MemberID // who mark, in the order in which they were named
	Done         []MemberID // who have marked all of it
	By           MemberID   // who opened it
	Opened       time.Time
	Since        int64 // the Seq of its opening
	Until        int64 // the Seq of what ended it; 0 while it is open
	Ended        time.Time
}

// Open says whether each still sees their own marks only.
func (r Round) Open() bool { return r.Until == 0 }

// Marks says whether a member is one of those who mark.
func (r Round) Marks(m MemberID) bool { return slices.Contains(r.Members, m) }

// IsDone says whether a member has marked all of it.
func (r Round) IsDone(m MemberID) bool { return slices.Contains(r.Done, m) }
