package flow

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/meaning"
	"github.com/headway-oss/headway/internal/store"
)

// atOnce is how many sentences and conversations are kept together: some
// megabytes, a second's work.
const atOnce = 10_000

// Remember keeps what sentences mean and where what was heard stands, first of
// what is there and then of whatever comes, until ctx ends.
func (f *Flow) Remember(ctx context.Context) error {
	return f.follow(ctx, f.unread, func(ctx context.Context) error {
		if err := f.MakeFindable(ctx); err != nil {
			return err
		}
		return f.RememberAll(ctx)
	})
}

// follow does work now, whenever more is told, and now and then for what other
// programs have brought, until ctx ends.
func (f *Flow) follow(ctx context.Context, more <-chan struct{}, work func(context.Context) error) error {
	others := time.NewTicker(othersMayImport)
	defer others.Stop()
	for {
		err := work(ctx)
		if err != nil && headway.ErrorCode(err) != headway.Conflict { // another program is at it
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-more:
		case <-others.C:
		}
	}
}

// RememberAll keeps what the sentences of every conversation mean, and forgets
// those that were removed. What is missing is asked of what is kept, so a crash
// costs a second's work. It waits for imports of this program to end. One
// program at a time writes in the same files; Conflict for another.
func (f *Flow) RememberAll(ctx context.Context) error {
	if f.meanings == nil {
		return nil
	}
	f.letImportsEnd(ctx)
	ops, extent, err := f.operations(ctx)
	if err != nil || f.remembers(ops, extent) {
		return err
	}
	release, err := f.lease(ctx, "remember "+f.meanings.Name())
	if err != nil {
		return err
	}
	defer release()
	missing, err := f.forgetRemoved(ctx)
	if err != nil {
		return err
	}
	if err := f.rememberEach(ctx, missing); err != nil {
		return err
	}
	f.mu.Lock()
	f.remembered = &extent
	f.mu.Unlock()
	return nil
}

// remembers says whether what was kept last is still all there is.
func (f *Flow) remembers(ops []headway.Operation, extent store.Extent) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.remembered != nil && f.remembered.Conversations == extent.Conversations && onlyJudged(ops, f.remembered.Operations)
}

// forgetRemoved forgets what is no longer there, and gives what is there and not
// yet kept.
func (f *Flow) forgetRemoved(ctx context.Context) (missing []headway.ConversationID, err error) {
	heads, err := f.heads(ctx, store.ConversationFilter{})
	if err != nil {
		return nil, err
	}
	kept, err := f.meanings.Kept()
	if err != nil {
		return nil, err
	}
	gone := map[headway.ConversationID]bool{}
	for _, id := range kept {
		gone[id] = true
	}
	for _, h := range heads {
		if !gone[h.ID] {
			missing = append(missing, h.ID)
		}
		delete(gone, h.ID)
	}
	var removed []headway.ConversationID
	for _, id := range kept {
		if gone[id] {
			removed = append(removed, id)
		}
	}
	if len(removed) > 0 {
		err = f.meanings.Forget(removed...)
	}
	return missing, err
}

func (f *Flow) rememberEach(ctx context.Context, missing []headway.ConversationID) error {
	var next []meaning.Conversation
	size := 0
	for i, id := range missing {
		c, err := f.store.Conversation(ctx, f.ws, id)
		if headway.ErrorCode(err) == headway.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return err
		}
		next = append(next, meaning.Of(&c))
		size += 1 + len(next[len(next)-1].Spans)
		if size < atOnce && i < len(missing)-1 {
			continue
		}
		if err := f.meanings.Keep(next...); err != nil {
			return err
		}
		next, size = nil, 0
		f.letImportsEnd(ctx)
	}
	if len(next) > 0 {
		return f.meanings.Keep(next...)
	}
	return nil
}
