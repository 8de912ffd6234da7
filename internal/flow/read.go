package flow

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Conversation gives a conversation and what was heard in it, as it is shown
// through a study: whoever sealed or skipped there may look, whatever other
// studies still guess. Through no study (""), and through one that does not hold
// it, it is Denied while any study that does is guessing.
func (f *Flow) Conversation(ctx context.Context, id headway.ConversationID, through headway.StudyID) (headway.Conversation, headway.Hearing, error) {
	if err := f.mayShow(ctx, id, through); err != nil {
		return headway.Conversation{}, headway.Hearing{}, err
	}
	return f.openConversation(ctx, id)
}

// mayShow refuses a conversation that a study still guesses about, unless it is
// shown through another that guesses no more.
func (f *Flow) mayShow(ctx context.Context, id headway.ConversationID, through headway.StudyID) error {
	hidden, err := f.hidden(ctx, []headway.ConversationID{id}, through)
	if err != nil || hidden[id] == "" {
		return err
	}
	return headway.Errorf(headway.Denied, "%q is still guessing about this conversation: seal your guesses there or skip them, then look", hidden[id])
}

// hidden tells of each conversation that may not be shown through a study the
// name of one that still guesses about it.
func (f *Flow) hidden(ctx context.Context, ids []headway.ConversationID, through headway.StudyID) (map[headway.ConversationID]string, error) {
	guessing, err := f.guessing(ctx)
	if err != nil {
		return nil, err
	}
	hidden := map[headway.ConversationID]string{}
	for _, s := range guessing {
		heads, err := f.heads(ctx, store.ConversationFilter{Study: s.ID, IDs: ids})
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			hidden[h.ID] = s.Name
		}
	}
	if _, err := f.revealed(ctx, through); err != nil || len(hidden) == 0 {
		return hidden, nil // through no study, or through one that may show nothing yet
	}
	shown, err := f.heads(ctx, store.ConversationFilter{Study: through, IDs: ids})
	for _, h := range shown {
		delete(hidden, h.ID)
	}
	return hidden, err
}

func (f *Flow) guessing(ctx context.Context) ([]headway.Study, error) {
	all, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	var guessing []headway.Study
	for _, s := range all {
		if !s.Phase.Revealed() {
			guessing = append(guessing, s)
		}
	}
	return guessing, nil
}

// Conversations lists a study's conversations without their words.
func (f *Flow) Conversations(ctx context.Context, study headway.StudyID) ([]Head, error) {
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return nil, err
	}
	list := make([]Head, 0, len(heads))
	for _, h := range heads {
		list = append(list, headOf(h))
	}
	return list, nil
}

// heads lists all heads that a filter lets through.
func (f *Flow) heads(ctx context.Context, filter store.ConversationFilter) ([]store.Head, error) {
	var all []store.Head
	page := store.Page{Limit: 10_000}
	for {
		heads, next, err := f.store.Conversations(ctx, f.ws, filter, page)
		if err != nil {
			return nil, err
		}
		all = append(all, heads...)
		if next == 0 {
			return all, nil
		}
		page.After = next
	}
}
