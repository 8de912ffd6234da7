package flow

import (
	"context"
	"errors"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// Erase forgets a person: see store.Erasures. mentions strikes their name from
// what others said too. What rests on their words has lost its support then. It
// is done or not done, whatever happens meanwhile; what lies outside the store is
// cleared away afterwards, by the next start if need be. Owners only.
func (f *Flow) Erase(ctx context.Context, person headway.PersonID, mentions bool) (Loss, error) {
	l, err := f.Loss(ctx, person)
	if err != nil {
		return l, err
	}
	op := headway.Operation{Deed: headway.DeedErase, Person: l.Person, Conversations: l.touched}
	if !mentions {
		op.Verdict = headway.Kept
	}
	if err := f.apply(ctx, op); err != nil {
		return l, err
	}
	if err := f.FinishErasing(ctx); err != nil {
		return l, err
	}
	return l, f.tellRewritten(ctx, &l)
}

// FinishErasing clears away what erasing and removing left outside of the store:
// the bytes of sources, what sentences mean, weights that saw the words, rows that
// were made meanwhile, free pages on the disk. It can be run again at any time.
func (f *Flow) FinishErasing(ctx context.Context) error {
	left, err := f.store.Unfinished(ctx, f.ws)
	if err != nil {
		return err
	}
	if len(f.runs.going()) > 0 { // an import may have made room for what it brings
		left = slices.DeleteFunc(left, func(op headway.Operation) bool { return op.Deed == headway.DeedRemove })
	}
	if len(left) == 0 {
		return nil
	}
	f.forgetShown()
	if err := f.forgetOwn(ctx); err != nil {
		return err
	}
	if _, err := f.store.Sweep(ctx, f.ws, stepMirror, ""); err != nil { // they hold names
		return err
	}
	for _, op := range left {
		if op.Deed == headway.DeedErase {
			err = f.finishErase(ctx, op)
		} else {
			err = f.finishRemove(ctx)
		}
		if err != nil {
			return err
		}
	}
	if err := f.hangAgain(ctx); err != nil {
		return err
	}
	if slices.ContainsFunc(left, func(op headway.Operation) bool { return op.Deed == headway.DeedErase }) {
		if err := f.store.Vacuum(ctx); err != nil {
			return headway.Errorf(headway.Unavailable, "they are erased; what the disk still holds of them goes when nothing else uses the database: stop other programs and run `headway vacuum` (%w)", err)
		}
	}
	for _, op := range left {
		if err := f.store.Finished(ctx, f.ws, op.Seq); err != nil {
			return err
		}
	}
	f.tellMore()
	return nil
}

// forgetShown lets go of what is held in memory.
func (f *Flow) forgetShown() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.shown)
	clear(f.scored)
	clear(f.counted)
	clear(f.drawn)
	f.remembered = nil
}

func (f *Flow) finishErase(ctx context.Context, op headway.Operation) error {
	if err := f.store.ForgetDerived(ctx, f.ws, op.Conversations...); err != nil {
		return err
	}
	if err := f.forgetMeaning(op.Conversations...); err != nil {
		return err
	}
	touched := map[headway.ConversationID]bool{}
	for _, id := range op.Conversations {
		touched[id] = true
	}
	gone, err := f.store.Erased(ctx, f.ws)
	if err != nil {
		return err
	}
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range sources {
		holds, err := f.holds(ctx, s, touched, gone)
		if err != nil {
			return err
		}
		if holds {
			if err := f.keepRest(ctx, s, touched, gone); err != nil {
				return err
			}
			if err := f.dropBytes(ctx, s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetMeaning lets what the sentences of conversations mean be made anew.
func (f *Flow) forgetMeaning(ids ...headway.ConversationID) error {
	if f.meanings == nil {
		return nil
	}
	f.mu.Lock()
	f.remembered = nil
	f.mu.Unlock()
	return f.meanings.Forget(ids...)
}

// holds says whether a source's bytes hold words of conversations that were
// touched by an erasure, or of whoever was erased. What can no longer be read
// holds nothing that anybody could show.
func (f *Flow) holds(ctx context.Context, s store.Source, touched map[headway.ConversationID]bool, gone map[headway.PersonID]bool) (bool, error) {
	if s.Format == formatRecording {
		return touched[headway.ConversationID(s.Name)], nil
	}
	heads, err := f.heads(ctx, store.ConversationFilter{Source: s.ID})
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(heads, func(h store.Head) bool { return touched[h.ID] }) {
		return true, nil
	}
	data, err := f.blobs.Get(ctx, s.ID)
	if headway.ErrorCode(err) == headway.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	batch, err := source.Read(source.File{Name: s.Name, Data: data}, source.Options{})
	if err != nil {
		return false, nil //nolint:nilerr // it was told when it was imported
	}
	return slices.ContainsFunc(batch.Conversations, func(c headway.Conversation) bool { return touched[c.ID] || isIn(&c, gone) }), nil
}

// isIn says whether one of some persons speaks in a conversation.
func isIn(c *headway.Conversation, people map[headway.PersonID]bool) bool {
	return slices.ContainsFunc(c.Speakers, func(s headway.Speaker) bool { return people[s.Person()] })
}

func (f *Flow) dropBytes(ctx context.Context, id headway.SourceID) error {
	return errors.Join(f.blobs.Delete(ctx, id), f.store.ForgetSource(ctx, f.ws, id))
}

// finishRemove drops the bytes of sources of which no conversation is left, unless
// an import has yet to read them.
func (f *Flow) finishRemove(ctx context.Context) error {
	waiting, err := f.waiting(ctx)
	if err != nil {
		return err
	}
	sources, err := f.store.Sources(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range sources {
		if s.Format == formatRecording {
			if gone, err := f.recordsNobody(ctx, s); err != nil {
				return err
			} else if gone {
				if err := f.dropBytes(ctx, s.ID); err != nil {
					return err
				}
			}
			continue
		}
		left, _, err := f.store.Conversations(ctx, f.ws, store.ConversationFilter{Source: cameFrom(s)}, store.Page{Limit: 1})
		if err != nil {
			return err
		}
		if len(left) == 0 && s.Format != formatUnread && !waiting[s.ID] {
			if err := f.blobs.Delete(ctx, s.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// waiting gives the sources that were taken in and not wholly read.
func (f *Flow) waiting(ctx context.Context) (map[headway.SourceID]bool, error) {
	all := map[headway.SourceID]bool{}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	for _, s := range studies {
		pending, err := f.pending(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		for _, file := range pending {
			all[file.id] = true
		}
	}
	return all, nil
}

const cameErased = "a person in it was erased here: their words and names were left out, and the bytes of the file are not kept"

// withoutBytes says whether a file may not be kept, since somebody in it was
// erased, and says so in its findings.
func (f *Flow) withoutBytes(ctx context.Context, file *opened) (bool, error) {
	gone, err := f.store.Erased(ctx, f.ws)
	if err != nil || len(gone) == 0 {
		return false, err
	}
	if !slices.ContainsFunc(file.batch.Conversations, func(c headway.Conversation) bool { return isIn(&c, gone) }) {
		return false, nil
	}
	file.batch.Findings = append([]headway.Finding{{What: cameErased}}, slices.DeleteFunc(file.batch.Findings, func(f headway.Finding) bool { return f.Text != "" })...)
	return true, f.blobs.Delete(ctx, file.file.ID())
}
