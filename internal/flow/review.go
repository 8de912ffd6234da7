package flow

import (
	"context"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// ToReview is a place whose words were corrected away, with what is needed to say
// where it hangs now.
type ToReview struct {
	Stood        headway.Passage
	Words        []headway.Quote // as they stood there; none where they are masked now
	On           []headway.Operation
	By           headway.Operation // the deed that took them
	Conversation Head
	Turn         int                 // index of the turn to look in
	Text         headway.TextVersion // that stands there; none where no turn does
	Near         headway.Quote       // what stands in their stead; none where nothing does
}

// ReviewList lists what waits for review in a conversation, or in all for "": the
// place that was lost first comes first. What may not be shown yet is left out, and
// what was forgotten: that has lost its support, wherever it hung.
func (f *Flow) ReviewList(ctx context.Context, in headway.ConversationID) ([]ToReview, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	waiting := deed.Hang(ops).Waiting
	if len(waiting) == 0 {
		return nil, nil
	}
	places, err := f.placesOf(ctx, waiting)
	if err != nil {
		return nil, err
	}
	heads, err := f.reviewedHeads(ctx, in, places)
	if err != nil {
		return nil, err
	}
	hidden := masked(ops)
	if f.mayOwn(ctx) == nil {
		hidden = nil
	}
	var list []ToReview
	for _, w := range waiting {
		head, shown := heads[places[w.Stood[0].Text].Conversation]
		if !shown || slices.ContainsFunc(w.Stood, func(s headway.Span) bool { return places[s.Text].Text.Erased() }) {
			continue
		}
		one, err := toReview(w, places)
		if err != nil {
			return nil, err
		}
		one.Conversation = head
		if hidden[w.Stood[0].Text.Turn()] {
			one.Words = nil
		}
		if i, found := slices.BinarySearchFunc(ops, w.By, func(op headway.Operation, seq int64) int { return int(op.Seq - seq) }); found {
			one.By = ops[i]
		}
		list = append(list, one)
	}
	return list, nil
}

// placesOf reads the texts that waiting places name.
func (f *Flow) placesOf(ctx context.Context, waiting []deed.Waiting) (map[headway.TextID]store.Place, error) {
	var texts []headway.TextID
	for _, w := range waiting {
		texts = append(texts, w.Near.Text)
		for _, s := range w.Stood {
			texts = append(texts, s.Text)
		}
	}
	return f.store.Places(ctx, f.ws, texts)
}

// reviewedHeads gives the heads of the conversations of places that may be shown.
func (f *Flow) reviewedHeads(ctx context.Context, in headway.ConversationID, places map[headway.TextID]store.Place) (map[headway.ConversationID]Head, error) {
	var ids []headway.ConversationID
	for _, p := range places {
		if (in == "" || p.Conversation == in) && !slices.Contains(ids, p.Conversation) {
			ids = append(ids, p.Conversation)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	hidden, err := f.hidden(ctx, ids, "")
	if err != nil {
		return nil, err
	}
	all, err := f.heads(ctx, store.ConversationFilter{IDs: ids})
	shown := map[headway.ConversationID]Head{}
	for _, h := range all {
		if hidden[h.ID] == "" {
			shown[h.ID] = headOf(h)
		}
	}
	return shown, err
}

func toReview(w deed.Waiting, places map[headway.TextID]store.Place) (one ToReview, err error) {
	one = ToReview{Stood: w.Stood, On: w.Operations}
	for _, s := range w.Stood {
		place, shown := places[s.Text]
		if !shown {
			continue // a mask hides them
		}
		q, err := place.Text.Cut(s)
		if err != nil {
			return one, err
		}
		one.Words = append(one.Words, q)
	}
	near, here := places[w.Near.Text]
	if !here || near.Outdated {
		return one, nil
	}
	one.Text, one.Turn = near.Text, near.Turn
	if at := trimmed(near.Text, w.Near); at.Len() > 0 {
		one.Near, err = near.Text.Cut(at)
	}
	return one, err
}

// trimmed leaves white space around a span out.
func trimmed(text headway.TextVersion, at headway.Span) headway.Span {
	words := []rune(text.Text)
	isSpace := func(i int) bool { return strings.TrimSpace(string(words[i])) == "" }
	for at.Start < at.End && isSpace(at.Start) {
		at.Start++
	}
	for at.Start < at.End && isSpace(at.End-1) {
		at.End--
	}
	return at
}

// Review says where a place that waits hangs now; the zero Span lets it go.
// Conflict where it does not wait any more.
func (f *Flow) Review(ctx context.Context, stood headway.Passage, answer headway.Span) error {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	waits := slices.ContainsFunc(deed.Hang(ops).Waiting, func(w deed.Waiting) bool { return slices.Equal(w.Stood, stood) })
	if !waits {
		return headway.Errorf(headway.Conflict, "this does not wait for review any more: somebody settled it, or took the correction back")
	}
	return f.apply(ctx, headway.Operation{Deed: headway.DeedReview, Span: stood.First(), More: stood.More(), Answer: answer})
}
