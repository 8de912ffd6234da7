package flow

import (
	"context"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// blind tells whether a round is open anywhere, and remembers of which
// conversation texts are: both are asked for with every page.
type blind struct {
	open bool
	of   map[headway.TextID]headway.ConversationID
}

// after brings it up to a history that ends with fresh operations.
func (b *blind) after(fresh, history []headway.Operation) {
	for i := range fresh {
		switch fresh[i].Deed {
		case headway.DeedBlind, headway.DeedDone, headway.DeedRelease, headway.DeedRemove:
			b.open = slices.ContainsFunc(deed.Rounds(history), headway.Round.Open)
			return
		}
	}
}

// visible leaves out what a member may not see yet.
func (f *Flow) visible(ctx context.Context, ops []headway.Operation, to headway.MemberID) ([]headway.Operation, error) {
	f.mu.Lock()
	open := f.blind.open
	f.mu.Unlock()
	if !open {
		return ops, nil
	}
	var asked []headway.TextID
	deed.Visible(ops, to, func(text headway.TextID) headway.ConversationID {
		asked = append(asked, text)
		return ""
	})
	of, err := f.conversationsOf(ctx, asked)
	return deed.Visible(ops, to, func(text headway.TextID) headway.ConversationID { return of[text] }), err
}

// conversationsOf tells of which conversation texts are: a text never moves.
func (f *Flow) conversationsOf(ctx context.Context, texts []headway.TextID) (map[headway.TextID]headway.ConversationID, error) {
	of := map[headway.TextID]headway.ConversationID{}
	var unknown []headway.TextID
	f.mu.Lock()
	for _, text := range texts {
		if of[text] = f.blind.of[text]; of[text] == "" {
			unknown = append(unknown, text)
		}
	}
	f.mu.Unlock()
	if len(unknown) == 0 {
		return of, nil
	}
	places, err := f.store.Places(ctx, f.ws, unknown)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blind.of == nil {
		f.blind.of = map[headway.TextID]headway.ConversationID{}
	}
	for text, place := range places {
		of[text], f.blind.of[text] = place.Conversation, place.Conversation
	}
	return of, nil
}

// seenByAll gives the history without what only some may see yet. What is made
// of it may be shown to everybody.
func (f *Flow) seenByAll(ctx context.Context) ([]headway.Operation, store.Extent, error) {
	all, extent, err := f.everyOperation(ctx)
	if err != nil {
		return nil, extent, err
	}
	visible, err := f.visible(ctx, all, "")
	return visible, extent, err
}

// eyes tells whose view what is shown to them is kept for: everybody's, "",
// unless a round is open.
func (f *Flow) eyes(ctx context.Context) headway.MemberID {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.blind.open {
		return ""
	}
	return f.acting(ctx)
}

// shownTo is a study as one member sees it.
type shownTo struct {
	study  headway.StudyID
	member headway.MemberID
}

// noRound is Denied while a round is open.
func (f *Flow) noRound(ctx context.Context) error {
	if _, _, err := f.everyOperation(ctx); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blind.open {
		return headway.Errorf(headway.Denied, "a conversation is being marked by several who do not see each other's marks, and an export shows them: release the round, or make a backup")
	}
	return nil
}
