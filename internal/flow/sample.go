package flow

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/sample"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// SampleMember is in whose name the sample's deeds are done: nobody's who acts.
const SampleMember headway.MemberID = "sample"

// LoadSample opens the invented studies, sealed and judged, and gives the one
// to show first. Loading again after removing brings them back. Its deeds are
// nobody's, so that whoever undoes something undoes something of their own.
func (f *Flow) LoadSample(ctx context.Context) (first headway.StudyID, err error) {
	defer headway.Wrap(&err, "load the sample")
	if err := f.mayWrite(ctx); err != nil {
		return "", err
	}
	ctx = headway.WithMember(ctx, headway.Member{ID: SampleMember, Access: headway.Owner})
	for i, s := range sample.Studies() {
		id := headway.StudyID(headway.Digest("sample", string(f.ws), s.Name))
		if i == 0 {
			first = id
		}
		if err := f.loadStudy(ctx, id, s); err != nil {
			return first, err
		}
	}
	return first, nil
}

func (f *Flow) loadStudy(ctx context.Context, id headway.StudyID, s sample.Study) error {
	_, err := f.store.Study(ctx, f.ws, id)
	isNew := headway.ErrorCode(err) == headway.NotFound
	if err != nil && !isNew {
		return err
	}
	if isNew {
		opened := headway.Study{ID: id, Name: s.Name, About: s.About, Sample: true, Opened: f.now().UTC().Truncate(time.Microsecond)}
		if _, err := f.open(ctx, opened); err != nil {
			return err
		}
		if err := f.sealSample(ctx, id, s.Guesses); err != nil {
			return err
		}
	}
	if err := f.addSample(ctx, id, s); err != nil || !isNew {
		return err
	}
	return f.judgeSample(ctx, id, s)
}

func (f *Flow) sealSample(ctx context.Context, id headway.StudyID, guesses []sample.Guess) error {
	var written []headway.Guess
	for _, g := range guesses {
		written = append(written, headway.Guess{Slot: g.Slot, Text: g.Text, Author: g.Author})
	}
	_, err := f.Seal(ctx, id, written)
	return err
}

// addSample imports the sample's files. Those that were removed are named anew
// first, since what was removed stays out otherwise.
func (f *Flow) addSample(ctx context.Context, id headway.StudyID, s sample.Study) error {
	if err := f.bringBack(ctx, id, s); err != nil {
		return err
	}
	_, err := f.ImportNow(ctx, id, FileList(s.Files), s.Options, nil)
	return err
}

func (f *Flow) bringBack(ctx context.Context, id headway.StudyID, s sample.Study) error {
	for _, file := range s.Files {
		if _, err := f.store.Source(ctx, f.ws, file.ID()); err != nil {
			continue
		}
		batch, err := source.Read(file, s.Options)
		if err != nil {
			return err
		}
		var ids []headway.ConversationID
		for _, c := range batch.Conversations {
			ids = append(ids, c.ID)
		}
		there, err := f.heads(ctx, store.ConversationFilter{Study: id, IDs: ids})
		if err != nil {
			return err
		}
		if len(there) == len(ids) {
			continue
		}
		if err := f.apply(ctx, headway.Operation{Deed: headway.DeedAdd, Study: id, Conversations: ids}); err != nil {
			return err
		}
		if _, err := f.store.AddConversations(ctx, f.ws, batch.Conversations); err != nil {
			return err
		}
	}
	return nil
}

func (f *Flow) judgeSample(ctx context.Context, id headway.StudyID, s sample.Study) error {
	guesses, err := f.store.Guesses(ctx, f.ws, id)
	if err != nil {
		return err
	}
	bySlot := map[headway.Label]headway.GuessID{}
	for _, g := range guesses {
		bySlot[g.Slot] = g.ID
	}
	conversations, err := f.whole(ctx, id)
	if err != nil {
		return err
	}
	sentences := func(c *headway.Conversation) []headway.Heard { return hear.Conversation(c).Sentences }
	for _, j := range s.Judgements {
		at, err := j.Span(conversations, sentences)
		if err != nil {
			return err
		}
		if err := f.Judge(ctx, id, bySlot[j.Guess], at, j.Verdict); err != nil {
			return err
		}
	}
	return f.mergeSample(ctx, s.Same, conversations)
}

// mergeSample says that speakers of several conversations are the first of them.
func (f *Flow) mergeSample(ctx context.Context, same []sample.Speaker, conversations []headway.Conversation) error {
	var into headway.PersonID
	for i, s := range same {
		speaker, err := s.Find(conversations)
		if err != nil {
			return err
		}
		if i == 0 {
			into = speaker.Person()
		} else if err := f.Merge(ctx, speaker.Person(), into); err != nil {
			return err
		}
	}
	return nil
}

func (f *Flow) whole(ctx context.Context, study headway.StudyID) ([]headway.Conversation, error) {
	heads, err := f.heads(ctx, store.ConversationFilter{Study: study})
	if err != nil {
		return nil, err
	}
	var all []headway.Conversation
	for _, h := range heads {
		c, err := f.store.Conversation(ctx, f.ws, h.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// RemoveSample takes every conversation of the invented studies out.
func (f *Flow) RemoveSample(ctx context.Context) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return err
	}
	for _, s := range studies {
		if !s.Sample {
			continue
		}
		if err := f.remove(ctx, store.ConversationFilter{Study: s.ID}); err != nil {
			return err
		}
	}
	return f.FinishErasing(ctx)
}
