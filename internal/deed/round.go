package deed

import (
	"slices"

	"github.com/headway-oss/headway"
)

// Rounds replays operations, in order, into rounds, first opened first. A round
// ends when all its members are done, when it is released, and with its
// conversation.
func Rounds(operations []headway.Operation) []headway.Round {
	var rounds []headway.Round
	for _, op := range operations {
		switch op.Deed {
		case headway.DeedBlind:
			rounds = append(rounds, headway.Round{
				ID: op.Round, Conversation: op.Conversation, Members: op.Members, By: op.Member, Opened: op.At, Since: op.Seq,
			})
		case headway.DeedDone, headway.DeedRelease, headway.DeedRemove:
			for i := range rounds {
				mindRound(&rounds[i], op)
			}
		}
	}
	return rounds
}

func mindRound(r *headway.Round, op headway.Operation) {
	if !r.Open() {
		return
	}
	ends := false
	switch {
	case op.Deed == headway.DeedRemove:
		ends = slices.Contains(op.Conversations, r.Conversation)
	case op.Round != r.ID:
	case op.Deed == headway.DeedRelease:
		ends = true
	case op.Verdict == headway.Undecided:
		r.Done = without(r.Done, op.Member)
	default:
		r.Done = append(without(r.Done, op.Member), op.Member)
		ends = len(r.Done) == len(r.Members)
	}
	if ends {
		r.Until, r.Ended = op.Seq, op.At
	}
}

func without(all []headway.MemberID, m headway.MemberID) []headway.MemberID {
	return slices.DeleteFunc(slices.Clone(all), func(other headway.MemberID) bool { return other == m })
}

// Visible leaves out the operations that a member may not see yet: what others
// did with the words of a conversation since a round was opened on it that is
// open still. in gives the conversation that a text is of. Whatever shows, counts
// or learns from deeds starts here.
func Visible(operations []headway.Operation, to headway.MemberID, in func(headway.TextID) headway.ConversationID) []headway.Operation {
	since := map[headway.ConversationID]int64{}
	for _, r := range Rounds(operations) {
		if r.Open() {
			since[r.Conversation] = r.Since
		}
	}
	if len(since) == 0 {
		return operations
	}
	hidden := func(op headway.Operation) bool {
		if op.Member == to || !onWords(op.Deed) {
			return false
		}
		return slices.ContainsFunc(append(op.Passage(), op.Answer), func(s headway.Span) bool {
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
func onWords(d headway.Deed) bool {
	switch d {
	case headway.DeedJudge, headway.DeedMark, headway.DeedNote, headway.DeedTest, headway.DeedReview, headway.DeedPromise, headway.DeedRepair, headway.DeedSettle:
		return true
	}
	return false
}
