package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mask"
	"github.com/headway-oss/headway/internal/naming"
	"github.com/headway-oss/headway/internal/store"
)

// ToMask is words to hide, and what they tell.
type ToMask struct {
	Span headway.Span
	What mask.What
}

// Suggested is what may be masked in a conversation.
type Suggested struct {
	mask.Suggestion
	Turn    int // index
	Speaker headway.Speaker
	Quote   headway.Quote
}

// Times is how often words stand elsewhere; Most means that there may be more.
type Times struct {
	N    int
	Most bool
}

const mostElsewhere = 200

// Elsewhere counts how often the words of each suggestion stand in other places of
// the workspace. One request of it looks each word up once.
func (f *Flow) Elsewhere(ctx context.Context, all []Suggested) (map[headway.Quote]Times, error) {
	times := map[headway.Quote]Times{}
	for _, s := range all {
		if _, known := times[s.Quote]; known {
			continue
		}
		hits, _, err := f.store.Search(ctx, f.ws, phrase(s.Quote), store.SearchFilter{}, mostElsewhere)
		if err != nil {
			return nil, err
		}
		n := -1 // here
		for _, h := range hits {
			n += len(sameWords(h.Text, s.Quote.String(), s.What))
		}
		times[s.Quote] = Times{max(n, 0), len(hits) == mostElsewhere}
	}
	return times, nil
}

// phrase asks for words in a row.
func phrase(q headway.Quote) string { return `"` + strings.ReplaceAll(q.String(), `"`, " ") + `"` }

// NotToMask says that what is suggested at a place tells nobody's name: "not this". It
// is suggested no more, also when the words around it are corrected or masked.
func (f *Flow) NotToMask(ctx context.Context, at headway.Span) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedMask, Span: at, Verdict: headway.Dismissed})
}

// notToMask gives the places of which members said so, as they stand now.
func (f *Flow) notToMask(ctx context.Context) (map[headway.Span]bool, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	not := map[headway.Span]bool{}
	for _, op := range ops {
		switch {
		case op.Deed == headway.DeedMask && op.Verdict != "":
			not[op.Span] = op.Verdict == headway.Dismissed
		case op.Correction != nil && len(not) > 0:
			not = movedAlong(not, *op.Correction)
		}
	}
	return not, nil
}

func movedAlong(at map[headway.Span]bool, c headway.Correction) map[headway.Span]bool {
	moved := map[headway.Span]bool{}
	for s, said := range at {
		if now, ok := c.Move(headway.Passage{s}); ok && len(now) == 1 {
			s = now[0]
		}
		moved[s] = said
	}
	return moved
}

// Suggestions lists what a conversation tells of who somebody is, in the order in
// which it was said. Denied as Conversation is.
func (f *Flow) Suggestions(ctx context.Context, id headway.ConversationID, through headway.StudyID) (all []Suggested, err error) {
	if err := f.mayShow(ctx, id, through); err != nil {
		return nil, err
	}
	return f.tellingOf(ctx, id)
}

func (f *Flow) tellingOf(ctx context.Context, id headway.ConversationID) (all []Suggested, err error) {
	c, err := f.store.Conversation(ctx, f.ws, id)
	if err != nil {
		return nil, err
	}
	not, err := f.notToMask(ctx)
	if err != nil {
		return nil, err
	}
	turns := map[headway.TextID]int{}
	for i, t := range c.Turns {
		turns[t.Text.ID] = i
	}
	for _, s := range mask.Suggest(&c) {
		if not[s.Span] {
			continue
		}
		turn := turns[s.Span.Text]
		quote, err := c.Turns[turn].Text.Cut(s.Span)
		if err != nil {
			return nil, err
		}
		all = append(all, Suggested{s, turn, c.Speaker(c.Turns[turn].Speaker), quote})
	}
	return all, nil
}

// Mask hides words: what they tell stands in their place from then on, wherever
// they were shown or could be found. It gives how many places it hid. Conflict
// where a text does not stand any more.
func (f *Flow) Mask(ctx context.Context, places ...ToMask) (hidden int, err error) {
	byText := map[headway.TextID][]ToMask{}
	var order []headway.TextID
	for _, p := range places {
		if !slices.Contains(mask.Whats(), p.What) {
			return 0, headway.Errorf(headway.Invalid, "%q is nothing that is masked: say one of %q", p.What, mask.Whats())
		}
		if byText[p.Span.Text] == nil {
			order = append(order, p.Span.Text)
		}
		byText[p.Span.Text] = append(byText[p.Span.Text], p)
	}
	for _, id := range order {
		n, err := f.maskText(ctx, id, byText[id])
		if hidden += n; err != nil {
			return hidden, err
		}
	}
	return hidden, nil
}

func (f *Flow) maskText(ctx context.Context, id headway.TextID, places []ToMask) (int, error) {
	place, err := f.store.Text(ctx, f.ws, id)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(places, func(a, b ToMask) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var standIns []deed.Edit
	end := 0
	for _, p := range places {
		if _, err := place.Text.Cut(p.Span); err != nil {
			return 0, err
		}
		if p.Span.Start < end {
			continue // it is hidden with the one before
		}
		standIns = append(standIns, deed.Edit{Start: p.Span.Start, End: p.Span.End, Words: p.What.Instead()})
		end = p.Span.End
	}
	c, now, err := deed.Masking(place.Text, standIns)
	if err != nil {
		return 0, err
	}
	_, err = f.correct(ctx, headway.DeedMask, place.Conversation, c, now)
	return len(standIns), err
}

// MaskSuggested hides all that is suggested in a conversation.
func (f *Flow) MaskSuggested(ctx context.Context, id headway.ConversationID, through headway.StudyID) (hidden int, err error) {
	all, err := f.Suggestions(ctx, id, through)
	if err != nil {
		return 0, err
	}
	return f.Mask(ctx, toMask(all)...)
}

func toMask(all []Suggested) (places []ToMask) {
	for _, s := range all {
		places = append(places, ToMask{s.Span, s.What})
	}
	return places
}

// MaskSame hides the same words wherever anybody says them.
func (f *Flow) MaskSame(ctx context.Context, as ToMask) (hidden int, err error) {
	place, err := f.store.Text(ctx, f.ws, as.Span.Text)
	if err != nil {
		return 0, err
	}
	quote, err := place.Text.Cut(as.Span)
	if err != nil {
		return 0, err
	}
	if hidden, err = f.Mask(ctx, as); err != nil {
		return hidden, err
	}
	for {
		hits, _, err := f.store.Search(ctx, f.ws, phrase(quote), store.SearchFilter{}, 200)
		if err != nil {
			return hidden, err
		}
		before := hidden
		for _, h := range hits {
			n, err := f.Mask(ctx, sameWords(h.Text, quote.String(), as.What)...)
			if hidden += n; err != nil {
				return hidden, err
			}
		}
		if hidden == before {
			return hidden, nil
		}
	}
}

// sameWords finds words in a text, however they are written.
func sameWords(text headway.TextVersion, words string, what mask.What) (places []ToMask) {
	left := naming.StrikeOut(text.Text, []string{words})
	if left == text.Text {
		return nil
	}
	was, is := []rune(text.Text), []rune(left)
	size := len([]rune(words))
	for at := 0; at+size <= len(was); at++ {
		if was[at] != is[at] {
			places = append(places, ToMask{headway.Span{Text: text.ID, Start: at, End: at + size}, what})
			at += size - 1
		}
	}
	return places
}

// Masked is a mask that stands, and the deed that made it.
type Masked struct {
	Span   headway.Span   // of what stands in the place of the words
	Before headway.TextID // the version that it hides
	Seq    int64
	Turn   int // index
}

// Masks lists what is masked in a conversation.
func (f *Flow) Masks(ctx context.Context, id headway.ConversationID, through headway.StudyID) (all []Masked, err error) {
	if err := f.mayShow(ctx, id, through); err != nil {
		return nil, err
	}
	c, err := f.store.Conversation(ctx, f.ws, id)
	if err != nil {
		return nil, err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	for _, op := range ops {
		if op.Deed != headway.DeedMask || op.Conversation != id || op.Correction == nil {
			continue
		}
		for i, t := range c.Turns {
			for _, p := range op.Correction.Kept {
				if p.Masked && p.To.Text == t.Text.ID {
					all = append(all, Masked{p.To, p.From.Text, op.Seq, i})
				}
			}
		}
	}
	return all, nil
}

// Lift shows the words that a deed masked, again. Owners only. Conflict where the
// turn was corrected, or masked again, since: take that back first.
func (f *Flow) Lift(ctx context.Context, seq int64) error {
	if err := f.mayOwn(ctx); err != nil {
		return err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return err
	}
	for _, op := range ops {
		if op.Seq == seq && op.Deed == headway.DeedMask && op.Correction != nil {
			back := op.Correction.Inverse()
			return f.apply(ctx, headway.Operation{Deed: headway.DeedLift, Conversation: op.Conversation, Correction: &back, Undoes: seq})
		}
	}
	return headway.Errorf(headway.NotFound, "operation %d masked nothing", seq)
}

// Original gives the words behind a mask. Owners only, and it is written down that
// they looked.
func (f *Flow) Original(ctx context.Context, id headway.TextID) (headway.TextVersion, error) {
	place, err := f.store.Hidden(ctx, f.ws, id)
	if err != nil {
		return headway.TextVersion{}, err
	}
	if err := f.mayLook(ctx, "conversation "+string(place.Conversation)); err != nil {
		return headway.TextVersion{}, err
	}
	return place.Text, nil
}
