package flow

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// stepHear keeps what was heard in each conversation.
const stepHear = "hear"

// shipment is what an import stores at one time: files, and conversations with
// what was heard in them. It is stored in such an order that after a crash at
// any point running the import again completes it: what the import was told
// about the files first, that they were wholly read last.
type shipment struct {
	flow    *Flow
	study   headway.StudyID
	options source.Options
	mask    bool // what is suggested
	guesses []headway.Guess

	files []received
	whole int // of files, from the front: their last conversation is in here
	talks []*taken
	turns int
}

// received is a file as it will be kept, and what the import was told about it.
type received struct {
	source store.Source
	told   store.Derived
}

// delivery is what became of a shipment.
type delivery struct {
	added, known, files int
	corrected           int // of those known, with other words now than they came with
	placed              int // speakers read as nobody's whom a member had placed before
	err                 error
}

func (s *shipment) add(t *taken) {
	s.talks = append(s.talks, t)
	s.turns += len(t.conversation.Turns)
}

// hear adds a conversation that did not come through the stream.
func (s *shipment) hear(c *headway.Conversation) {
	t := &taken{conversation: c}
	t.hear(Quick, s.guesses)
	s.add(t)
}

// hear hears the conversation by a pass and holds it against guesses, now.
func (t *taken) hear(by Pass, guesses []headway.Guess) {
	t.hearing = by.Hear(t.conversation)
	t.part = mirror.Look(t.conversation, t.hearing, guesses)
}

func (s *shipment) store(ctx context.Context) (d delivery) {
	f := s.flow
	var told, read []store.Derived
	for i, r := range s.files {
		told = append(told, r.told)
		if i < s.whole {
			read = append(read, readRow(r.told, s.study))
		}
	}
	if d.err = f.store.PutDerived(ctx, f.ws, told...); d.err != nil {
		return d
	}
	if d = s.storeTalks(ctx); d.err != nil {
		return d
	}
	for _, r := range s.files[:s.whole] {
		if d.err = f.store.PutSource(ctx, f.ws, r.source); d.err != nil {
			return d
		}
	}
	d.files = s.whole
	d.err = f.store.PutDerived(ctx, f.ws, read...)
	return d
}

func (s *shipment) storeTalks(ctx context.Context) (d delivery) {
	if len(s.talks) == 0 {
		return d
	}
	if d.err = s.again(ctx); d.err != nil {
		return d
	}
	var ids []headway.ConversationID
	var conversations []headway.Conversation
	for _, t := range s.talks {
		ids = append(ids, t.conversation.ID)
		conversations = append(conversations, *t.conversation)
	}
	if d.err = s.join(ctx, ids); d.err != nil {
		return d
	}
	if d.added, d.err = s.flow.store.AddConversations(ctx, s.flow.ws, conversations); d.err != nil {
		return d
	}
	d.known = len(conversations) - d.added
	for _, t := range s.talks {
		if t.corrected {
			d.corrected++
		}
	}
	if d.err = s.place(ctx, ids); d.err != nil {
		return d
	}
	if d.placed, d.err = s.storeHeard(ctx, ids); d.err != nil {
		return d
	}
	masked := s.mask
	if !masked {
		masked, d.err = s.flow.MasksAtImport(ctx)
	}
	if masked && d.err == nil {
		d.err = s.flow.maskNew(ctx, ids)
	}
	return d
}

// join puts those conversations into the study that are not in it yet.
func (s *shipment) join(ctx context.Context, ids []headway.ConversationID) error {
	heads, err := s.flow.heads(ctx, store.ConversationFilter{Study: s.study, IDs: ids})
	if err != nil {
		return err
	}
	there := map[headway.ConversationID]bool{}
	for _, h := range heads {
		there[h.ID] = true
	}
	var missing []headway.ConversationID
	for _, id := range ids {
		if !there[id] {
			there[id] = true
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return s.flow.apply(ctx, headway.Operation{Deed: headway.DeedAdd, Study: s.study, Conversations: missing})
}

// place lets the names given with --ours and --theirs settle speakers of
// conversations that were there before.
func (s *shipment) place(ctx context.Context, ids []headway.ConversationID) error {
	if len(s.options.Ours)+len(s.options.Theirs) == 0 {
		return nil
	}
	told := map[headway.SpeakerID]headway.Side{}
	for _, t := range s.talks {
		for _, speaker := range t.conversation.Speakers {
			if speaker.Settled == headway.SettledFlag || speaker.Settled == headway.SettledRest {
				told[speaker.ID] = speaker.Side
			}
		}
	}
	heads, err := s.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	for _, h := range heads {
		for _, speaker := range h.Speakers {
			side, ok := told[speaker.ID]
			if !ok || side == speaker.Side || speaker.Settled == headway.SettledMember {
				continue
			}
			if err := s.flow.Place(ctx, h.ID, speaker.ID, side); err != nil {
				return err
			}
		}
	}
	return nil
}

// storeHeard keeps what was heard, for those conversations whose stored words
// and sides are the ones that were heard; the others are stale and come later.
func (s *shipment) storeHeard(ctx context.Context, ids []headway.ConversationID) (placed int, err error) {
	heads, err := s.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return 0, err
	}
	byID := map[headway.ConversationID]store.Head{}
	for _, h := range heads {
		byID[h.ID] = h
	}
	var rows []store.Derived
	for _, t := range s.talks {
		head, stored := byID[t.conversation.ID]
		placed += unplaced(t.conversation) - unplacedNow(t.conversation, head.Speakers)
		if !stored || t.differs || isErasedIn(head.Speakers) || !sameSides(head.Speakers, t.conversation.Speakers) {
			continue
		}
		made, err := derivedRows(s.study, head.Inputs, s.guesses, t.hearing, t.part)
		if err != nil {
			return 0, err
		}
		rows = append(rows, made...)
	}
	return placed, s.flow.store.PutDerived(ctx, s.flow.ws, rows...)
}

// unplacedNow counts those of a conversation's unplaced speakers whom nobody
// has placed in the store either.
func unplacedNow(c *headway.Conversation, stored []headway.Speaker) int {
	now := *c
	now.Speakers = slices.Clone(c.Speakers)
	for i := range now.Speakers {
		if known := speaker(stored, now.Speakers[i].ID); known.Side != headway.Unknown {
			now.Speakers[i].Side = known.Side
		}
	}
	return unplaced(&now)
}

// isErasedIn says whether one of the speakers was erased, or is called otherwise by
// a mask: then other words and names are stored than came.
func isErasedIn(stored []headway.Speaker) bool {
	return slices.ContainsFunc(stored, func(s headway.Speaker) bool { return s.Name == headway.Erased || s.Masked != "" })
}

func sameSides(a, b []headway.Speaker) bool {
	return slices.EqualFunc(a, b, func(x, y headway.Speaker) bool { return x.ID == y.ID && x.Side == y.Side })
}

// derivedRows are the rows of one conversation: what was heard, and its part of
// the study's mirror.
func derivedRows(study headway.StudyID, inputs string, guesses []headway.Guess, h headway.Hearing, p mirror.Part) ([]store.Derived, error) {
	heard, err := hearingRow(inputs, h)
	if err != nil {
		return nil, err
	}
	part, err := partRow(study, inputs, guesses, h, p)
	return []store.Derived{heard, part}, err
}

func hearingRow(inputs string, h headway.Hearing) (store.Derived, error) {
	payload, err := json.Marshal(h)
	return store.Derived{Subject: string(h.Conversation), Step: stepHeard(h.Version), Version: h.Version, Inputs: inputs, Given: inputs, Payload: payload}, err
}

func partRow(study headway.StudyID, inputs string, guesses []headway.Guess, h headway.Hearing, p mirror.Part) (store.Derived, error) {
	payload, err := json.Marshal(p)
	return store.Derived{
		Subject: string(h.Conversation), Step: stepLook(study), Version: lookVersion,
		Inputs: lookInputs(inputs, h.Version, guesses), Given: inputs, Payload: payload,
	}, err
}
