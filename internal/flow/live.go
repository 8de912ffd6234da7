package flow

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Change is a deed as those who look at the same conversation are told of it.
// It names places, never words: what stands there is read anew.
type Change struct {
	Seq     int64              `json:"seq"`
	Deed    headway.Deed       `json:"deed"`
	Member  headway.MemberID   `json:"member"`
	Texts   []headway.TextID   `json:"texts,omitempty"`   // that it is about
	Persons []headway.PersonID `json:"persons,omitempty"` // that it is about
}

// tidings tells everybody who waits that a deed was done.
type tidings struct {
	mu   sync.Mutex
	next chan struct{} // closed with the next deed; nil while nobody waits
	seen int64         // the last Seq that was told of
}

func (t *tidings) wait() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == nil {
		t.next = make(chan struct{})
	}
	return t.next
}

func (t *tidings) tell(seq int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if seq <= t.seen {
		return
	}
	t.seen = seq
	if t.next != nil {
		close(t.next)
		t.next = nil
	}
}

// Moved gives a channel that is closed when the next deed is done: at once by
// this program, within a moment by another one on the same store (see Follow).
func (f *Flow) Moved() <-chan struct{} { return f.tidings.wait() }

// glances is how often Follow looks what other programs did.
const glances = 2 * time.Second

// Follow watches for deeds done by other programs on the same store, until ctx ends.
func (f *Flow) Follow(ctx context.Context) error {
	tick := time.NewTicker(glances)
	defer tick.Stop()
	for {
		extent, err := f.store.Extent(ctx, f.ws)
		if err == nil {
			f.tidings.tell(extent.Operations)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Changes lists the deeds after seq that are about a conversation and that the
// member of the context may see, and gives the last Seq that they may see, even
// where that is before seq. Denied where
// the conversation may not be shown through the study.
func (f *Flow) Changes(ctx context.Context, c headway.ConversationID, through headway.StudyID, after int64) (changes []Change, last int64, err error) {
	if err := f.mayShow(ctx, c, through); err != nil {
		return nil, after, err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, after, err
	}
	from, _ := slices.BinarySearchFunc(ops, after+1, func(op headway.Operation, seq int64) int { return int(op.Seq - seq) })
	changes, err = f.changesIn(ctx, c, ops[from:])
	return changes, lastSeq(ops), err // of those that are seen: how many there are besides would tell
}

// changesIn keeps the deeds that are about a conversation.
func (f *Flow) changesIn(ctx context.Context, c headway.ConversationID, ops []headway.Operation) ([]Change, error) {
	if len(ops) == 0 {
		return nil, nil
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: []headway.ConversationID{c}})
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	var texts []headway.TextID
	for _, op := range ops {
		texts = append(texts, textsOf(op)...)
	}
	places, err := f.store.Places(ctx, f.ws, texts)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, op := range ops {
		change := Change{Seq: op.Seq, Deed: op.Deed, Member: op.Member}
		for _, text := range textsOf(op) {
			if places[text].Conversation == c {
				change.Texts = append(change.Texts, text)
			}
		}
		for _, s := range heads[0].Speakers {
			if p := s.Person(); p == op.Person || p == op.Into {
				change.Persons = append(change.Persons, p)
			}
		}
		erased := op.Deed == headway.DeedErase && slices.Contains(op.Conversations, c)
		if op.Conversation == c || erased || len(change.Texts)+len(change.Persons) > 0 {
			changes = append(changes, change)
		}
	}
	return changes, nil
}

// textsOf lists the texts that an operation is about.
func textsOf(op headway.Operation) []headway.TextID {
	var texts []headway.TextID
	for _, s := range append(op.Passage(), op.Answer) {
		if s.Text != "" && !slices.Contains(texts, s.Text) {
			texts = append(texts, s.Text)
		}
	}
	if op.Correction != nil {
		texts = slices.Concat(texts, op.Correction.From, op.Correction.To)
	}
	return texts
}
