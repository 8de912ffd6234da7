package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Forgotten is who was erased, and what members had said that rested on their words:
// ids and dates, no name and no words. Whatever shows a claim asks Support whether it
// stands, so that no claim vanishes without a word.
type Forgotten struct {
	deed.Support
	Deeds []headway.Operation // that erased, oldest first
	Lost  []deed.Lost         // in the order in which they were made
}

// Forgotten gives what was forgotten, as far as whoever asks may see what members
// said.
func (f *Flow) Forgotten(ctx context.Context) (Forgotten, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return Forgotten{}, err
	}
	all := Forgotten{Support: deed.NewSupport(ops), Lost: deed.Losses(ops)}
	for _, op := range ops {
		if op.Deed == headway.DeedErase {
			all.Deeds = append(all.Deeds, op)
		}
	}
	return all, f.locate(ctx, all.Lost)
}

// lostIn keeps of what was lost the deeds whose words stood in such conversations.
func lostIn(lost []deed.Lost, such func(headway.ConversationID) bool) []deed.Lost {
	return slices.DeleteFunc(slices.Clone(lost), func(l deed.Lost) bool { return !such(l.Conversation) })
}
