package flow

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// The steps of an import that are kept, per study: what it was told about a
// file, and that the file was wholly read under that.
func stepIntake(study headway.StudyID) string { return "intake " + string(study) }
func stepRead(study headway.StudyID) string   { return "read " + string(study) }

const intakeVersion = "1"

// Some turns are stored together: often enough that a crash costs seconds,
// seldom enough that storing costs little.
const turnsPerShipment = 20_000

// intake is what an import was told about a file.
type intake struct {
	Study   headway.StudyID `json:"study"`
	Name    string          `json:"name"`
	Options source.Options  `json:"options"`
	Dropped bool            `json:"dropped,omitempty"` // the import was cancelled before it was read
	Mask    bool            `json:"mask,omitempty"`    // what is suggested in it
}

// row is how an intake is kept. Its inputs digest all of it, so that the same
// file under other options is other work.
func (t intake) row(id headway.SourceID) (store.Derived, error) {
	told, err := json.Marshal(t)
	return store.Derived{
		Subject: string(id), Step: stepIntake(t.Study), Version: intakeVersion,
		Inputs: headway.Digest(string(told)), Payload: told,
	}, err
}

// readRow says that a file was wholly read as its intake row told.
func readRow(taken store.Derived, study headway.StudyID) store.Derived {
	return store.Derived{Subject: taken.Subject, Step: stepRead(study), Version: intakeVersion, Inputs: taken.Inputs}
}

// keep puts a file's bytes and its intake where a crash cannot lose them.
func (f *Flow) keep(ctx context.Context, study headway.StudyID, file source.File, o source.Options) error {
	if err := f.blobs.Put(ctx, file.ID(), file.Data); err != nil {
		return err
	}
	row, err := intake{Study: study, Name: file.Name, Options: o}.row(file.ID())
	if err != nil {
		return err
	}
	return f.store.PutDerived(ctx, f.ws, row)
}

// ImportNow reads files into a study: keeps their bytes, their conversations
// and what is heard in them. It can be stopped and run again at any moment:
// what is there already is not added twice, and a file that was wholly read
// under the same options is passed over. tell, if not nil, hears of progress.
func (f *Flow) ImportNow(ctx context.Context, study headway.StudyID, files Files, o source.Options, tell func(Progress)) (Progress, error) {
	return f.importNow(ctx, study, files, o, tell, false)
}

// ImportMasked is ImportNow that masks what is suggested in what comes, and so does
// ImportNow where MasksAtImport.
func (f *Flow) ImportMasked(ctx context.Context, study headway.StudyID, files Files, o source.Options, tell func(Progress)) (Progress, error) {
	return f.importNow(ctx, study, files, o, tell, true)
}

func (f *Flow) importNow(ctx context.Context, study headway.StudyID, files Files, o source.Options, tell func(Progress), masked bool) (Progress, error) {
	if err := f.mayWrite(ctx); err != nil {
		return Progress{}, err
	}
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return Progress{}, err
	}
	if tell == nil {
		tell = func(Progress) {}
	}
	i := &importing{flow: f, study: study, options: o, mask: masked, guesses: guesses, tell: tell}
	return i.all(ctx, together(files))
}

// all imports files as they come.
func (i *importing) all(ctx context.Context, files Files) (Progress, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	err := i.run(ctx, files)
	if err == nil {
		err = ctx.Err()
	}
	i.progress.Canceled = errors.Is(err, context.Canceled)
	i.progress.Done = err == nil
	i.flow.tellMore()
	i.tell(i.progress)
	return i.progress, err
}

// importing is one import on its way. What arrives is gathered in next; when
// that is worth a transaction it is shipped to the store, and gathering goes on
// meanwhile.
type importing struct {
	flow    *Flow
	study   headway.StudyID
	options source.Options
	mask    bool // what is suggested
	guesses []headway.Guess
	tell    func(Progress)

	progress Progress
	next     shipment
	shipped  chan delivery // nil while nothing is on its way
}

func (i *importing) run(ctx context.Context, files Files) error {
	defer i.settle() // whatever happened, what is on its way arrives first
	for a := range stream(ctx, i.unread(ctx, files), i.options, Quick, i.guesses) {
		if err := i.take(ctx, a); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := i.ship(ctx, 0); err != nil {
		return err
	}
	return i.settle()
}

// unread passes over the files that were wholly read before under the same
// options.
func (i *importing) unread(ctx context.Context, files Files) Files {
	return func(yield func(source.File, error) bool) {
		for file, err := range files {
			if err == nil && i.known(ctx, file) {
				continue
			}
			if !yield(file, err) {
				return
			}
		}
	}
}

// known says whether a file was read into this study under these options, and
// something could be read of it.
func (i *importing) known(ctx context.Context, file source.File) bool {
	f := i.flow
	if s, err := f.store.Source(ctx, f.ws, file.ID()); err != nil || s.Format == formatUnread {
		return false
	}
	told, err := intake{Study: i.study, Name: file.Name, Options: i.options, Mask: i.mask}.row(file.ID())
	if err != nil {
		return false
	}
	read := readRow(told, i.study)
	_, err = f.store.Derived(ctx, f.ws, read.Step, read.Version, read.Subject, read.Inputs)
	return err == nil
}

func (i *importing) take(ctx context.Context, a arrival) error {
	if a.file != nil {
		return i.takeFile(ctx, a.file)
	}
	<-a.talk.ready
	i.next.add(a.talk)
	i.progress.TurnsDone += len(a.talk.conversation.Turns)
	i.progress.Words += words(a.talk.conversation)
	i.tell(i.progress)
	if i.next.turns >= i.flow.perShipment {
		return i.ship(ctx, 1)
	}
	return nil
}

func (i *importing) takeFile(ctx context.Context, file *opened) error {
	f := i.flow
	unkept, err := f.withoutBytes(ctx, file)
	if err != nil {
		return err
	}
	i.progress.note(file)
	i.tell(i.progress)
	if len(file.file.Data) == 0 {
		return nil // it could not even be opened
	}
	if !unkept {
		if err := f.blobs.Put(ctx, file.file.ID(), file.file.Data); err != nil {
			return err
		}
	}
	if file.batch.Table != nil && len(i.options.Columns) > 0 {
		if err := f.readAnew(ctx, &file.batch); err != nil {
			return err
		}
	}
	told, err := intake{Study: i.study, Name: file.file.Name, Options: i.options, Mask: i.mask}.row(file.file.ID())
	if err != nil {
		return err
	}
	i.next.files = append(i.next.files, received{told: told, source: store.Source{
		ID: file.file.ID(), Name: file.file.Name, Format: file.batch.Format, Size: int64(len(file.file.Data)),
		ImportedAt: f.now().UTC().Truncate(time.Microsecond), Findings: file.findings(),
	}})
	return nil
}

// readAnew makes room for a table whose columns a person has put right: its
// rows as they were read before go, and every study that held them is told of
// the new ones, which are yet to come.
func (f *Flow) readAnew(ctx context.Context, table *source.Batch) error {
	filter := store.ConversationFilter{Source: table.Source}
	studies, err := f.holding(ctx, filter)
	if err != nil {
		return err
	}
	if err := f.remove(ctx, filter); err != nil {
		return err
	}
	op := headway.Operation{Deed: headway.DeedAdd}
	for _, c := range table.Conversations {
		op.Conversations = append(op.Conversations, c.ID)
	}
	for _, s := range studies {
		if op.Study = s; len(op.Conversations) == 0 {
			break
		}
		if err := f.apply(ctx, op); err != nil {
			return err
		}
	}
	return nil
}

// holding gives the studies that hold any conversation that a filter lets through.
func (f *Flow) holding(ctx context.Context, filter store.ConversationFilter) (holding []headway.StudyID, err error) {
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	for _, s := range studies {
		filter.Study = s.ID
		heads, _, err := f.store.Conversations(ctx, f.ws, filter, store.Page{Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(heads) > 0 {
			holding = append(holding, s.ID)
		}
	}
	return holding, nil
}

// findings are the file's own, or why nothing of it could be read.
func (f *opened) findings() []headway.Finding {
	if f.err == nil {
		return f.batch.Findings
	}
	return []headway.Finding{{What: "nothing could be read: " + f.err.Error()}}
}

// ship sends what was gathered to the store. The newest open files may have
// conversations still to come: they stay with what is gathered next.
func (i *importing) ship(ctx context.Context, open int) error {
	if err := i.settle(); err != nil {
		return err
	}
	s := i.next
	s.flow, s.study, s.options, s.mask, s.guesses = i.flow, i.study, i.options, i.mask, i.guesses
	open = min(open, len(s.files))
	i.next = shipment{files: append([]received(nil), s.files[len(s.files)-open:]...)}
	s.whole = len(s.files) - open
	i.shipped = make(chan delivery, 1)
	go func() { i.shipped <- s.store(ctx) }()
	return nil
}

// settle waits for what is on its way to the store, and counts it.
func (i *importing) settle() error {
	if i.shipped == nil {
		return nil
	}
	d := <-i.shipped
	i.shipped = nil
	i.progress.Added += d.added
	i.progress.Known += d.known
	i.progress.Corrected += d.corrected
	i.progress.FilesDone += d.files
	i.progress.Unplaced -= d.placed
	i.tell(i.progress)
	return d.err
}

// Resume takes up the imports that a crash broke off: every file that was taken
// in but not wholly read is read again from its kept bytes. Meanwhile Imports
// names what goes on.
func (f *Flow) Resume(ctx context.Context) error {
	studies, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return err
	}
	var failed []error
	for _, s := range studies {
		pending, err := f.pending(ctx, s.ID)
		if err != nil {
			return err
		}
		for len(pending) > 0 { // those that were told the same go on together
			same := slices.IndexFunc(pending, func(t pendingFile) bool {
				return t.Mask != pending[0].Mask || !reflect.DeepEqual(t.Options, pending[0].Options)
			})
			if same < 0 {
				same = len(pending)
			}
			failed = append(failed, f.resume(ctx, pending[:same])) // and on with the others
			pending = pending[same:]
		}
	}
	return errors.Join(failed...)
}

// pendingFile is a file that was taken in, of which nothing says that it was
// wholly read.
type pendingFile struct {
	intake
	id headway.SourceID
}

// pending gives a study's, without those that were dropped.
func (f *Flow) pending(ctx context.Context, study headway.StudyID) (files []pendingFile, err error) {
	read := map[string]string{}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepRead(study), intakeVersion) {
		if err != nil {
			return nil, err
		}
		read[row.Subject] = row.Inputs
	}
	for row, err := range f.store.AllDerived(ctx, f.ws, stepIntake(study), intakeVersion) {
		if err != nil {
			return nil, err
		}
		if read[row.Subject] == row.Inputs {
			continue
		}
		file := pendingFile{id: headway.SourceID(row.Subject)}
		if err := json.Unmarshal(row.Payload, &file.intake); err != nil {
			return nil, err
		}
		if !file.Dropped {
			files = append(files, file)
		}
	}
	return files, nil
}

// drop keeps files from being taken up again; to bring them again still reads them.
func (f *Flow) drop(ctx context.Context, files []pendingFile) error {
	var rows []store.Derived
	for _, file := range files {
		file.Dropped = true
		row, err := file.row(file.id)
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	return f.store.PutDerived(ctx, f.ws, rows...)
}

// resume imports files of a study that were told the same, as a job, and waits
// for its end.
func (f *Flow) resume(ctx context.Context, files []pendingFile) error {
	told := files[0].intake
	guesses, err := f.store.Guesses(ctx, f.ws, told.Study)
	if err != nil {
		return err
	}
	j := &running{study: told.Study, resumed: true}
	for _, file := range files {
		j.sources = append(j.sources, file.id)
	}
	f.start(ctx, j, func(ctx context.Context) (Progress, error) {
		i := &importing{flow: f, study: told.Study, options: told.Options, mask: told.Mask, guesses: guesses, tell: j.tell}
		return i.all(ctx, f.kept(ctx, files)) // each as it was kept: joined already
	})
	defer context.AfterFunc(ctx, j.cancel)()
	<-j.done
	if p := j.progress; p.Err != "" && !p.Canceled {
		return errors.New(p.Err)
	}
	return nil
}

// kept feeds the bytes of files that were taken in.
func (f *Flow) kept(ctx context.Context, files []pendingFile) Files {
	return func(yield func(source.File, error) bool) {
		for _, file := range files {
			data, err := f.blobs.Get(ctx, file.id)
			if !yield(source.File{Name: file.Name, Data: data}, err) {
				return
			}
		}
	}
}
