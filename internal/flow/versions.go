package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
)

// Version is words that a turn had, or has.
type Version struct {
	Text   headway.TextVersion
	By     headway.Operation // that brought them; the zero one where they came so
	Stands bool
	// Whole says that a turn was neither split nor joined since, so that these
	// words can stand again.
	Whole bool
}

// Versions lists the words that a turn of a conversation had, as they came first.
// Of a turn with masked words only owners are shown any but those that stand.
func (f *Flow) Versions(ctx context.Context, id headway.ConversationID, turn headway.TurnID) ([]Version, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	brought := []Version{{Text: headway.TextVersion{ID: headway.FirstText(turn, "").ID}, Whole: true}}
	for _, op := range ops {
		if c := op.Correction; c != nil && op.Conversation == id {
			brought = broughtBy(brought, op, turn)
		}
	}
	texts := make([]headway.TextID, len(brought))
	for i, v := range brought {
		texts[i] = v.Text.ID
	}
	places, err := f.store.Places(ctx, f.ws, texts)
	if err != nil {
		return nil, err
	}
	hidden := masked(ops)[turn] && f.mayOwn(ctx) != nil
	var all []Version
	for i, v := range brought {
		place, here := places[v.Text.ID]
		if !here || place.Conversation != id {
			continue
		}
		v.Text, v.Stands = place.Text, !place.Outdated && i == len(brought)-1
		if v.Stands || !hidden {
			all = append(all, v)
		}
	}
	return all, nil
}

// broughtBy adds the words that an operation gave a turn, if it did.
func broughtBy(all []Version, op headway.Operation, turn headway.TurnID) []Version {
	c := op.Correction
	ofTurn := func(id headway.TextID) bool { return id.Turn() == turn }
	to := slices.IndexFunc(c.To, ofTurn)
	if to < 0 && !slices.ContainsFunc(c.From, ofTurn) {
		return all
	}
	if len(c.From) != 1 || len(c.To) != 1 {
		for i := range all {
			all[i].Whole = false
		}
	}
	if to < 0 {
		return all
	}
	return append(all, Version{Text: headway.TextVersion{ID: c.To[to]}, By: op, Whole: true})
}

// masked gives the turns of which words are masked now.
func masked(ops []headway.Operation) map[headway.TurnID]bool {
	times := map[headway.TurnID]int{}
	for _, op := range ops {
		if op.Correction == nil {
			continue
		}
		for _, id := range op.Correction.To {
			switch op.Deed {
			case headway.DeedMask:
				times[id.Turn()]++
			case headway.DeedLift:
				times[id.Turn()]--
			}
		}
	}
	all := map[headway.TurnID]bool{}
	for turn, n := range times {
		all[turn] = n > 0
	}
	return all
}

// Restore lets words that a turn had before stand again. Conflict where text does
// not stand any more.
func (f *Flow) Restore(ctx context.Context, text, before headway.TextID) (Corrected, error) {
	place, err := f.store.Text(ctx, f.ws, before)
	if err != nil {
		return Corrected{}, err
	}
	if before.Turn() != text.Turn() {
		return Corrected{}, headway.Errorf(headway.Invalid, "these are another turn's words")
	}
	return f.CorrectText(ctx, text, place.Text.Text)
}
