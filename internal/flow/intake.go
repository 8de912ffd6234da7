package flow

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// The steps whose results are kept.
const (
	stepHear   = "hear"
	stepIntake = "intake" // what an import was told about a file, kept until its source is
)

// Some turns are stored together: often enough that a crash costs seconds,
// seldom enough that storing costs little.
const turnsPerBatch = 20_000

// intake is a file that an import took in, and what it was told about it.
type intake struct {
	Study   headway.StudyID `json:"study"`
	Name    string          `json:"name"`
	Options source.Options  `json:"options"`
}

// keep puts a file's bytes and its intake where a crash cannot lose them.
func (f *Flow) keep(ctx context.Context, study headway.StudyID, file source.File, o source.Options) error {
	if err := f.blobs.Put(ctx, file.ID(), file.Data); err != nil {
		return err
	}
	row, err := intakeRow(study, file, o)
	if err != nil {
		return err
	}
	return f.store.PutDerived(ctx, f.ws, row)
}

func intakeRow(study headway.StudyID, file source.File, o source.Options) (store.Derived, error) {
	told, err := json.Marshal(intake{Study: study, Name: file.Name, Options: o})
	return store.Derived{Subject: string(file.ID()), Step: stepIntake, Version: "1", Inputs: headway.Digest(string(told)), Payload: told}, err
}

// ImportNow reads files into a study: keeps their bytes, their conversations
// and what is heard in them. It can be stopped and run again at any moment:
// what is there already is not added twice, and a file that was wholly read
// under the same options is passed over. tell, if not nil, hears of progress.
func (f *Flow) ImportNow(ctx context.Context, study headway.StudyID, files Files, o source.Options, tell func(Progress)) (Progress, error) {
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return Progress{}, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	b := &batch{flow: f, study: study, options: o, guesses: guesses, tell: tell}
	if b.tell == nil {
		b.tell = func(Progress) {}
	}
	for a := range stream(ctx, b.unread(ctx, files), o, guesses) {
		if err := b.take(ctx, a); err != nil {
			return b.progress, err
		}
	}
	if err := ctx.Err(); err != nil {
		b.progress.Canceled = true
		return b.progress, err
	}
	if err := b.store(ctx); err != nil {
		return b.progress, err
	}
	b.progress.Done = true
	b.tell(b.progress)
	return b.progress, nil
}

// batch gathers what arrives until it is worth a transaction.
type batch struct {
	flow    *Flow
	study   headway.StudyID
	options source.Options
	guesses []headway.Guess
	tell    func(Progress)

	progress Progress
	talks    []*taken
	sources  []store.Source
	intakes  []store.Derived
	turns    int
}

// unread passes over the files that were wholly read before under the same
// options.
func (b *batch) unread(ctx context.Context, files Files) Files {
	return func(yield func(source.File, error) bool) {
		for file, err := range files {
			if err == nil && b.known(ctx, file) {
				continue
			}
			if !yield(file, err) {
				return
			}
		}
	}
}

// known says whether a file's source is kept and was read under these options.
func (b *batch) known(ctx context.Context, file source.File) bool {
	if s, err := b.flow.store.Source(ctx, b.flow.ws, file.ID()); err != nil || s.Format == formatUnread {
		return false
	}
	row, err := intakeRow(b.study, file, b.options)
	if err != nil {
		return false
	}
	_, err = b.flow.store.Derived(ctx, b.flow.ws, row.Step, row.Version, row.Subject, row.Inputs)
	return err == nil
}

func (b *batch) take(ctx context.Context, a arrival) error {
	if a.file != nil {
		return b.takeFile(ctx, a.file)
	}
	<-a.talk.ready
	b.talks = append(b.talks, a.talk)
	b.turns += len(a.talk.conversation.Turns)
	b.progress.TurnsDone += len(a.talk.conversation.Turns)
	b.progress.Words += words(a.talk.conversation)
	b.tell(b.progress)
	if b.turns >= b.flow.perBatch {
		return b.store(ctx)
	}
	return nil
}

func (b *batch) takeFile(ctx context.Context, file *opened) error {
	b.progress.note(file)
	b.tell(b.progress)
	if len(file.file.Data) == 0 {
		return nil // it could not even be opened
	}
	if err := b.flow.blobs.Put(ctx, file.file.ID(), file.file.Data); err != nil {
		return err
	}
	if file.batch.Table != nil && len(b.options.Columns) > 0 {
		// The person has put the columns right: the rows as they were read before go.
		if err := b.flow.remove(ctx, store.ConversationFilter{Source: file.file.ID()}); err != nil {
			return err
		}
	}
	row, err := intakeRow(b.study, file.file, b.options)
	if err != nil {
		return err
	}
	b.intakes = append(b.intakes, row)
	b.sources = append(b.sources, store.Source{
		ID: file.file.ID(), Name: file.file.Name, Format: file.batch.Format, Size: int64(len(file.file.Data)),
		ImportedAt: b.flow.now().UTC().Truncate(time.Microsecond), Findings: file.findings(),
	})
	return nil
}

// findings are the file's own, or why nothing of it could be read.
func (f *opened) findings() []headway.Finding {
	if f.err == nil {
		return f.batch.Findings
	}
	return []headway.Finding{{What: "nothing could be read: " + f.err.Error()}}
}

// store puts the batch away, so that after a crash at any point running the
// import again completes it: what the import was told first, the sources, which
// say that their files were wholly read, last. The newest source may have
// conversations still to come and waits for the next batch.
func (b *batch) store(ctx context.Context) error {
	f := b.flow
	if err := f.store.PutDerived(ctx, f.ws, b.intakes...); err != nil {
		return err
	}
	if err := b.storeTalks(ctx); err != nil {
		return err
	}
	done := len(b.sources)
	if len(b.talks) > 0 && done > 0 && b.turns >= b.flow.perBatch {
		done--
	}
	for _, s := range b.sources[:done] {
		if err := f.store.PutSource(ctx, f.ws, s); err != nil {
			return err
		}
	}
	b.progress.FilesDone = b.progress.Files - len(b.progress.Failed)
	b.sources = slices.Clone(b.sources[done:])
	b.intakes, b.talks, b.turns = nil, nil, 0
	f.forget()
	b.tell(b.progress)
	return nil
}

func (b *batch) storeTalks(ctx context.Context) error {
	if len(b.talks) == 0 {
		return nil
	}
	f := b.flow
	if err := b.again(ctx); err != nil {
		return err
	}
	var ids []headway.ConversationID
	var conversations []headway.Conversation
	for _, t := range b.talks {
		ids = append(ids, t.conversation.ID)
		conversations = append(conversations, *t.conversation)
	}
	if err := b.join(ctx, ids); err != nil {
		return err
	}
	added, err := f.store.AddConversations(ctx, f.ws, conversations)
	if err != nil {
		return err
	}
	b.progress.Added += added
	b.progress.Known += len(conversations) - added
	if err := b.replace(ctx); err != nil {
		return err
	}
	return b.storeHeard(ctx, ids)
}

// join puts those conversations into the study that are not in it yet.
func (b *batch) join(ctx context.Context, ids []headway.ConversationID) error {
	heads, err := b.flow.heads(ctx, store.ConversationFilter{Study: b.study, IDs: ids})
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
	return b.flow.apply(ctx, headway.Operation{Deed: headway.DeedAdd, Study: b.study, Conversations: missing})
}

// replace lets the names given with --ours and --theirs settle speakers of
// conversations that were there before.
func (b *batch) replace(ctx context.Context) error {
	if len(b.options.Ours)+len(b.options.Theirs) == 0 {
		return nil
	}
	told := map[headway.SpeakerID]headway.Side{}
	var ids []headway.ConversationID
	for _, t := range b.talks {
		ids = append(ids, t.conversation.ID)
		for _, s := range t.conversation.Speakers {
			if s.Settled == headway.SettledFlag || s.Settled == headway.SettledRest {
				told[s.ID] = s.Side
			}
		}
	}
	heads, err := b.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	for _, h := range heads {
		for _, s := range h.Speakers {
			side, ok := told[s.ID]
			if !ok || side == s.Side || s.Settled == headway.SettledMember {
				continue
			}
			if err := b.flow.Place(ctx, h.ID, s.ID, side); err != nil {
				return err
			}
		}
	}
	return nil
}

// storeHeard keeps what was heard, for those conversations whose stored sides
// are the ones with which they were heard; the others are stale and come later.
func (b *batch) storeHeard(ctx context.Context, ids []headway.ConversationID) error {
	heads, err := b.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	byID := map[headway.ConversationID]store.Head{}
	for _, h := range heads {
		byID[h.ID] = h
	}
	var rows []store.Derived
	for _, t := range b.talks {
		head, stored := byID[t.conversation.ID]
		if !stored || !sameSides(head.Speakers, t.conversation.Speakers) {
			continue
		}
		made, err := derivedRows(b.study, head.Inputs, b.guesses, t.hearing, t.part)
		if err != nil {
			return err
		}
		rows = append(rows, made...)
	}
	return b.flow.store.PutDerived(ctx, b.flow.ws, rows...)
}

func sameSides(a, b []headway.Speaker) bool {
	return slices.EqualFunc(a, b, func(x, y headway.Speaker) bool { return x.ID == y.ID && x.Side == y.Side })
}

// derivedRows are the rows of one conversation: what was heard, and its part of
// the study's mirror.
func derivedRows(study headway.StudyID, inputs string, guesses []headway.Guess, h headway.Hearing, p mirror.Part) ([]store.Derived, error) {
	heard, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	part, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	id := string(h.Conversation)
	return []store.Derived{
		{Subject: id, Step: stepHear, Version: hear.Version, Inputs: inputs, Payload: heard},
		{Subject: id, Step: stepLook(study), Version: lookVersion, Inputs: lookInputs(inputs, guesses), Payload: part},
	}, nil
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

// Resume takes up the imports that a crash broke off: every file that was taken
// in but not wholly read is read again from its kept bytes.
func (f *Flow) Resume(ctx context.Context) error {
	var pending []intake
	var files []source.File
	for row, err := range f.store.AllDerived(ctx, f.ws, stepIntake, "1") {
		if err != nil {
			return err
		}
		id := headway.SourceID(row.Subject)
		if _, err := f.store.Source(ctx, f.ws, id); headway.ErrorCode(err) != headway.NotFound {
			continue
		}
		var told intake
		if err := json.Unmarshal(row.Payload, &told); err != nil {
			return err
		}
		data, err := f.blobs.Get(ctx, id)
		if err != nil {
			return err
		}
		pending = append(pending, told)
		files = append(files, source.File{Name: told.Name, Data: data})
	}
	var failed []error
	for i, told := range pending {
		_, err := f.ImportNow(ctx, told.Study, FileList(files[i:i+1]), told.Options, nil)
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
