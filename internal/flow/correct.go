package flow

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// Corrected is what a correction came to.
type Corrected struct {
	Deed    headway.Operation
	Turns   []headway.Turn // that stand now in the place of others
	Waiting int            // places that this correction sent to review
}

// Correct words a turn anew, as recorded while somebody edited it. Conflict where
// the text does not stand any more: somebody else was first.
func (f *Flow) Correct(ctx context.Context, text headway.TextID, edits []deed.Edit) (Corrected, error) {
	return f.reword(ctx, text, func(old headway.TextVersion) (headway.Correction, headway.TextVersion, error) {
		return deed.Editing(old, edits)
	})
}

// CorrectText words a turn anew where only the new words are known.
func (f *Flow) CorrectText(ctx context.Context, text headway.TextID, words string) (Corrected, error) {
	return f.reword(ctx, text, func(old headway.TextVersion) (headway.Correction, headway.TextVersion, error) {
		return deed.Comparing(old, words)
	})
}

func (f *Flow) reword(ctx context.Context, text headway.TextID, how func(headway.TextVersion) (headway.Correction, headway.TextVersion, error)) (done Corrected, err error) {
	place, err := f.store.Text(ctx, f.ws, text)
	if err != nil {
		return done, err
	}
	c, now, err := how(place.Text)
	if err != nil {
		return done, err
	}
	return f.correct(ctx, headway.DeedCorrect, place.Conversation, c, now)
}

// SplitTurn makes two turns of one, the second beginning with the word at, or
// behind, a code point.
func (f *Flow) SplitTurn(ctx context.Context, text headway.TextID, at int) (done Corrected, err error) {
	place, err := f.store.Text(ctx, f.ws, text)
	if err != nil {
		return done, err
	}
	c, parts, err := deed.Splitting(place.Text, at)
	if err != nil {
		return done, err
	}
	return f.correct(ctx, headway.DeedCorrect, place.Conversation, c, parts...)
}

// JoinTurns makes one turn of two that follow each other; it is the first
// speaker's.
func (f *Flow) JoinTurns(ctx context.Context, first, second headway.TextID) (done Corrected, err error) {
	places, err := f.store.Places(ctx, f.ws, []headway.TextID{first, second})
	if err != nil {
		return done, err
	}
	if len(places) < 2 {
		return done, headway.Errorf(headway.NotFound, "one of the two texts is not here")
	}
	c, whole := deed.Joining(places[first].Text, places[second].Text)
	return f.correct(ctx, headway.DeedCorrect, places[first].Conversation, c, whole)
}

// correct keeps the texts of a correction and does it, as one deed or another:
// masks hide words in the same way.
func (f *Flow) correct(ctx context.Context, as headway.Deed, id headway.ConversationID, c headway.Correction, to ...headway.TextVersion) (done Corrected, err error) {
	if err := f.mayWrite(ctx); err != nil {
		return done, err
	}
	if c, to, err = f.asBefore(ctx, c, to); err != nil {
		return done, err
	}
	stands, err := f.store.Conversation(ctx, f.ws, id)
	if err != nil {
		return done, err
	}
	first := slices.IndexFunc(stands.Turns, func(t headway.Turn) bool { return t.Text.ID == c.From[0] })
	if first < 0 || first+len(c.From) > len(stands.Turns) {
		return done, headway.Errorf(headway.Conflict, "these words were corrected by somebody else meanwhile: look at them as they are now, and correct those")
	}
	done.Turns = deed.Carry(c, stands.Turns[first:first+len(c.From)], to)
	if err := f.store.PutTexts(ctx, f.ws, id, done.Turns...); err != nil {
		return done, err
	}
	ops, err := f.applied(ctx, headway.Operation{Deed: as, Conversation: id, Correction: &c})
	if err != nil {
		return done, err
	}
	done.Deed = ops[0]
	done.Waiting, err = f.lostBy(ctx, done.Deed.Seq)
	return done, err
}

// asBefore lets a turn's first text stand again where a correction comes to the
// same words; later texts with the same words are the same by their ids.
func (f *Flow) asBefore(ctx context.Context, c headway.Correction, to []headway.TextVersion) (headway.Correction, []headway.TextVersion, error) {
	to = slices.Clone(to)
	for i, text := range to {
		first, err := f.store.Text(ctx, f.ws, headway.FirstText(text.ID.Turn(), "").ID)
		if err != nil && headway.ErrorCode(err) != headway.NotFound {
			return c, to, err
		}
		if err == nil && first.Text.Text == text.Text {
			c, to[i] = c.Reusing(i, first.Text.ID), first.Text
		}
	}
	return c, to, nil
}

// lostBy counts the places that an operation sent to review.
func (f *Flow) lostBy(ctx context.Context, seq int64) (n int, err error) {
	ops, _, err := f.operations(ctx)
	for _, w := range deed.Hang(ops).Waiting {
		if w.By == seq {
			n++
		}
	}
	return n, err
}

// SpeakTurn gives a turn to another speaker of its conversation.
func (f *Flow) SpeakTurn(ctx context.Context, id headway.ConversationID, turn headway.TurnID, speaker headway.SpeakerID) error {
	if speaker == "" {
		return headway.Errorf(headway.Invalid, "say whose words these are")
	}
	return f.apply(ctx, headway.Operation{Deed: headway.DeedSpeak, Conversation: id, Turn: turn, Speaker: speaker})
}

// SpeakTurnAs gives a turn to a speaker by name, who may be one whom the file did
// not name; their side is unknown then.
func (f *Flow) SpeakTurnAs(ctx context.Context, id headway.ConversationID, turn headway.TurnID, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return headway.Errorf(headway.Invalid, "say whose words these are")
	}
	if err := cmp.Or(within("a speaker's name", name, longestName), f.mayWrite(ctx)); err != nil {
		return err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: []headway.ConversationID{id}})
	if err != nil {
		return err
	}
	for _, h := range heads {
		for _, s := range h.Speakers {
			if s.Name == name {
				return f.SpeakTurn(ctx, id, turn, s.ID)
			}
		}
	}
	s := headway.NewSpeaker(id, name)
	if err := f.store.PutSpeaker(ctx, f.ws, id, s); err != nil {
		return err
	}
	return f.SpeakTurn(ctx, id, turn, s.ID)
}

// reworded follows operations that changed what conversations say or whose words
// they are: groups move along, and the quick pass hears them at once.
func (f *Flow) reworded(ctx context.Context, ops []headway.Operation) error {
	var changed []headway.ConversationID
	unhung := false
	for _, op := range ops {
		if op.Correction != nil {
			lost, err := f.moveMembers(ctx, op.Conversation, *op.Correction)
			if err != nil {
				return err
			}
			unhung = unhung || lost
		}
		if (op.Correction != nil || op.Deed == headway.DeedSpeak) && !slices.Contains(changed, op.Conversation) {
			changed = append(changed, op.Conversation)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	defer f.tellMore()
	if err := f.forgetMeaning(changed...); err != nil {
		return err
	}
	if unhung {
		if err := f.hangAgain(ctx); err != nil {
			return err
		}
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: changed})
	if err != nil {
		return err
	}
	for _, h := range heads {
		row, err := f.hearAgain(ctx, store.StaleConversation{ID: h.ID, Inputs: h.Inputs})
		if err != nil {
			return err
		}
		if err := f.store.PutDerived(ctx, f.ws, row); err != nil {
			return err
		}
	}
	return nil
}

// moveMembers moves a conversation's sentences in groups along with a correction,
// so that each stays in the group it has. Those whose words went leave it: lost
// says whether any did.
func (f *Flow) moveMembers(ctx context.Context, id headway.ConversationID, c headway.Correction) (lost bool, err error) {
	for row, err := range f.store.AllDerived(ctx, f.ws, stepGather, gatherVersion, string(id)) {
		if err != nil {
			return false, err
		}
		var members, moved []member
		if err := json.Unmarshal(row.Payload, &members); err != nil {
			return false, err
		}
		for _, m := range members {
			if now, ok := c.Move(headway.Passage{m.Span}); ok && len(now) == 1 {
				m.Span = now[0]
				moved = append(moved, m)
			}
		}
		if row.Payload, err = json.Marshal(moved); err != nil {
			return false, err
		}
		return len(moved) < len(members), f.store.PutDerived(ctx, f.ws, row) // the only one
	}
	return false, nil
}
