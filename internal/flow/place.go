package flow

import (
	"context"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Placed is a speaker and whose words theirs are.
type Placed struct {
	Speaker headway.SpeakerID
	Side    headway.Side
}

// Place settles whose words a speaker's are, from now on and in every study.
func (f *Flow) Place(ctx context.Context, c headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error {
	return f.place(ctx, placing(c, Placed{speaker, side}))
}

// PlaceAlike settles whose words those of speakers of a conversation are, as one
// deed. An address is one person, who is asked for once: who writes from it in other
// conversations of the study, and has no side, is placed with them. A speaker who
// had a side is put right in this conversation alone.
func (f *Flow) PlaceAlike(ctx context.Context, study headway.StudyID, c headway.ConversationID, those ...Placed) error {
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return err
	}
	var ops []headway.Operation
	for _, one := range those {
		ops = append(ops, placing(c, one))
		address := unplacedAddress(heads, c, one.Speaker)
		for _, h := range heads {
			for _, s := range h.Speakers {
				if address != "" && h.ID != c && s.Side == headway.Unknown && strings.EqualFold(s.Email, address) {
					ops = append(ops, placing(h.ID, Placed{s.ID, one.Side}))
				}
			}
		}
	}
	return f.place(ctx, ops...)
}

func placing(c headway.ConversationID, p Placed) headway.Operation {
	return headway.Operation{Deed: headway.DeedPlace, Conversation: c, Speaker: p.Speaker, Side: p.Side}
}

func (f *Flow) place(ctx context.Context, ops ...headway.Operation) error {
	defer f.tellMore() // what was heard carefully was heard of another side
	return f.apply(ctx, ops...)
}

// unplacedAddress gives the address from which a speaker writes who has no side; ""
// where they have one, or no address.
func unplacedAddress(heads []store.Head, c headway.ConversationID, who headway.SpeakerID) string {
	for _, h := range heads {
		for _, s := range h.Speakers {
			if h.ID == c && s.ID == who && s.Side == headway.Unknown {
				return s.Email
			}
		}
	}
	return ""
}
