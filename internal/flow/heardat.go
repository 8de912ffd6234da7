package flow

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// heardAt gives who hears a label at a place, the best pass before others; the
// zero Scored where none does, or where there is no such place.
func (f *Flow) heardAt(ctx context.Context, at headway.Span, l headway.Label) (headway.Scored, error) {
	place, err := f.store.Text(ctx, f.ws, at.Text)
	if headway.ErrorCode(err) == headway.NotFound {
		return headway.Scored{}, nil // to be refused as a deed
	}
	if err != nil {
		return headway.Scored{}, err
	}
	heard, err := f.labelsOf(ctx, place.Conversation)
	return heard[spot{at, l}], err
}

// spot is a label at a place.
type spot struct {
	at    headway.Span
	label headway.Label
}

// labels is what is kept of what was heard in one conversation, by the best
// pass that heard it there.
type labels map[spot]headway.Scored

func (f *Flow) labelsOf(ctx context.Context, id headway.ConversationID) (labels, error) {
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: []headway.ConversationID{id}})
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	versions, err := f.versions(ctx)
	if err != nil {
		return nil, err
	}
	if kept := f.marking.get(heads[0], versions); kept != nil {
		return kept, nil
	}
	kept, best := labels{}, false
	for i, version := range versions { // the best comes last and takes the place of others
		h, err := f.keptHearing(ctx, version, heads[0])
		if err != nil {
			return nil, err
		}
		best = i == len(versions)-1 && h.Conversation != ""
		kept.add(h)
	}
	if best { // what is only heard quickly may be heard better any moment
		f.marking.put(heads[0], versions, kept)
	}
	return kept, nil
}

func (l labels) add(h headway.Hearing) {
	for _, sentence := range h.Sentences {
		for _, s := range sentence.Labels {
			l[spot{sentence.Span, s.Label}] = s
		}
	}
}

// keptHearing gives what is kept of what a version heard in a conversation as it
// stands; nothing where nothing is.
func (f *Flow) keptHearing(ctx context.Context, version string, head store.Head) (h headway.Hearing, err error) {
	payload, err := f.store.Derived(ctx, f.ws, stepHeard(version), version, string(head.ID), head.Inputs)
	if headway.ErrorCode(err) == headway.NotFound {
		return h, nil
	}
	if err == nil {
		err = json.Unmarshal(payload, &h)
	}
	return h, err
}

// inMarking is how many conversations' labels are held while people mark them:
// to read those of ten thousand turns takes longer than a mark may.
const inMarking = 8

// marking holds the labels of the conversations that were marked last.
type marking struct {
	mu   sync.Mutex
	last []inMark // newest last
}

type inMark struct {
	conversation headway.ConversationID
	of           string // digests what the labels were made from
	labels       labels
}

func (m *marking) get(h store.Head, versions []string) labels {
	of := ofHearing(h, versions)
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, one := range m.last {
		if one.of == of {
			return one.labels
		}
	}
	return nil
}

func (m *marking) put(h store.Head, versions []string, l labels) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = slices.DeleteFunc(m.last, func(one inMark) bool { return one.conversation == h.ID })
	if len(m.last) == inMarking {
		m.last = slices.Delete(m.last, 0, 1)
	}
	m.last = append(m.last, inMark{h.ID, ofHearing(h, versions), l})
}

func ofHearing(h store.Head, versions []string) string {
	return headway.Digest(slices.Concat([]string{string(h.ID), h.Inputs}, versions)...)
}
