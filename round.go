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

// Rounds replays operations, in order, into rounds, first opened first. A round
// ends when all its members are done, when it is released, and with its
// conversation.
func Rounds(operations []Operation) []Round {
	var rounds []Round
	for _, op := range operations {
		switch op.Deed {
		case DeedBlind:
			rounds = append(rounds, Round{
				ID: op.Round, Conversation: op.Conversation, Members: op.Members, By: op.Member, Opened: op.At, Since: op.Seq,
			})
		case DeedDone, DeedRelease, DeedRemove:
			for i := range rounds {
				rounds[i].mind(op)
			}
		}
	}
	return rounds
}

func (r *Round) mind(op Operation) {
	if !r.Open() {
		return
	}
	ends := false
	switch {
	case op.Deed == DeedRemove:
		ends = slices.Contains(op.Conversations, r.Conversation)
	case op.Round != r.ID:
	case op.Deed == DeedRelease:
		ends = true
	case op.Verdict == Undecided:
		r.Done = without(r.Done, op.Member)
	default:
		r.Done = append(without(r.Done, op.Member), op.Member)
		ends = len(r.Done) == len(r.Members)
	}
	if ends {
		r.Until, r.Ended = op.Seq, op.At
	}
}

func without(all []MemberID, m MemberID) []MemberID {
	return slices.DeleteFunc(slices.Clone(all), func(other MemberID) bool { return other == m })
}

// Visible leaves out the operations that a member may not see yet: what others
// did with the words of a conversation since a round was opened on it that is
// open still. in gives the conversation that a text is of. Whatever shows, counts
// or learns from deeds starts here.
func Visible(operations []Operation, to MemberID, in func(TextID) ConversationID) []Operation {
	since := map[ConversationID]int64{}
	for _, r := range Rounds(operations) {
		if r.Open() {
			since[r.Conversation] = r.Since
		}
	}
	if len(since) == 0 {
		return operations
	}
	hidden := func(op Operation) bool {
		if op.Member == to || !op.Deed.onWords() {
			return false
		}
		return slices.ContainsFunc(append(op.Passage(), op.Answer), func(s Span) bool {
			if s.Text == "" {
				return false
			}
			opened, open := since[in(s.Text)]
			return open && op.Seq > opened
		})
	}
	return slices.DeleteFunc(slices.Clone(operations), hidden)
}

// onWords says whether a deed tells what somebody thinks of words.
func (d Deed) onWords() bool {
	switch d {
	case DeedJudge, DeedMark, DeedNote, DeedTest, DeedReview, DeedPromise, DeedRepair, DeedSettle:
		return true
	}
	return false
}
