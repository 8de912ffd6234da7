package flow

import (
	"context"
	"slices"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// readLast holds the conversations that were read last, with what was heard in
// them: to read one of ten thousand turns takes longer than a mark may. What is
// held is never changed, and is current while its inputs are.
type readLast struct {
	mu   sync.Mutex
	last []readOnce // newest last
}

type readOnce struct {
	inputs  string
	c       headway.Conversation
	hearing headway.Hearing
}

// keptOpen is how many conversations are held.
const keptOpen = 6

func (o *readLast) get(head store.Head) (readOnce, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, one := range o.last {
		if one.c.ID == head.ID && one.inputs == head.Inputs {
			return one, true
		}
	}
	return readOnce{}, false
}

func (o *readLast) put(one readOnce) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = slices.DeleteFunc(o.last, func(other readOnce) bool { return other.c.ID == one.c.ID })
	if len(o.last) == keptOpen {
		o.last = slices.Delete(o.last, 0, 1)
	}
	o.last = append(o.last, one)
}

// openConversation gives a conversation and the best that was heard in it, without asking
// who may see it. Nobody may change what it gives.
func (f *Flow) openConversation(ctx context.Context, id headway.ConversationID) (headway.Conversation, headway.Hearing, error) {
	heads, _, err := f.store.Conversations(ctx, f.ws, store.ConversationFilter{IDs: []headway.ConversationID{id}}, store.Page{})
	if err != nil || len(heads) == 0 {
		return f.openUnheard(ctx, id, err)
	}
	kept, found := f.readLast.get(heads[0])
	if found {
		if better, err := f.heardBetter(ctx, heads[0], kept.hearing.Version); err != nil || !better {
			return kept.c, kept.hearing, err
		}
	}
	c, err := f.store.Conversation(ctx, f.ws, id)
	if err != nil {
		return c, headway.Hearing{}, err
	}
	h, err := f.heard(ctx, &c, heads[0].Inputs)
	if err != nil {
		return c, h, err
	}
	f.readLast.put(readOnce{heads[0].Inputs, c, h})
	return c, h, nil
}

// openUnheard is for what is not in the list of heads.
func (f *Flow) openUnheard(ctx context.Context, id headway.ConversationID, err error) (headway.Conversation, headway.Hearing, error) {
	if err != nil {
		return headway.Conversation{}, headway.Hearing{}, err
	}
	c, err := f.store.Conversation(ctx, f.ws, id)
	if headway.ErrorCode(err) == headway.NotFound {
		err = headway.Errorf(headway.NotFound, "this conversation is not here: somebody removed it, or the address is not whole")
	}
	return c, headway.Hearing{}, err
}

// heardBetter says whether a pass better than this version's has been through a
// conversation since. It is quick where none has.
func (f *Flow) heardBetter(ctx context.Context, head store.Head, than string) (bool, error) {
	versions, err := f.versions(ctx)
	if err != nil {
		return false, err
	}
	for _, version := range slices.Backward(versions) {
		if version == than {
			return false, nil
		}
		_, err := f.store.Derived(ctx, f.ws, stepHeard(version), version, string(head.ID), head.Inputs)
		if headway.ErrorCode(err) != headway.NotFound {
			return err == nil, err
		}
	}
	return true, nil // heard by rules that are gone
}
