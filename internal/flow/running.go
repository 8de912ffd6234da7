package flow

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// runs are the imports that run behind the faces, by number. Numbers begin at
// the second of the start: an address of an earlier start names none of these.
type runs struct {
	mu      sync.Mutex
	last    int
	started map[int]*running
}

// running is one import behind the faces.
type running struct {
	study   headway.StudyID
	sources []headway.SourceID // the files it was given
	resumed bool               // an earlier start was given them

	cancel context.CancelFunc
	done   chan struct{} // closed at the end

	mu       sync.Mutex
	canceled bool // by a person
	progress Progress
	changed  chan struct{} // closed and replaced whenever progress moves
}

func (j *running) tell(p Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p.Resumed = j.resumed
	j.progress = p
	close(j.changed)
	j.changed = make(chan struct{})
}

// Import starts an import behind the faces and names it. The files are kept
// before it returns, so that a crash cannot lose them. It runs on when the
// request that started it ends.
func (f *Flow) Import(ctx context.Context, study headway.StudyID, files []source.File, o source.Options) (name string, err error) {
	if err := f.mayWrite(ctx); err != nil {
		return "", err
	}
	if _, err := f.store.Study(ctx, f.ws, study); err != nil {
		return "", err
	}
	if len(files) == 0 {
		return "", headway.Errorf(headway.Invalid, "there is no file to read: drop one, or paste text")
	}
	files = source.Join(files)
	j := &running{study: study}
	for _, file := range files {
		if len(file.Data) == 0 {
			continue // there is nothing to keep; the import says so
		}
		if err := f.keep(ctx, study, file, o); err != nil {
			return "", err
		}
		j.sources = append(j.sources, file.ID())
	}
	return f.start(ctx, j, func(ctx context.Context) (Progress, error) {
		return f.ImportNow(ctx, study, FileList(files), o, j.tell)
	}), nil
}

// start does an import's work in the background, on whose behalf it was asked for,
// and names it.
func (f *Flow) start(of context.Context, j *running, work func(context.Context) (Progress, error)) (name string) {
	var ctx context.Context
	ctx, j.cancel = context.WithCancel(onBehalf(of, f.background))
	j.done, j.changed = make(chan struct{}), make(chan struct{})
	j.tell(Progress{})
	f.runs.mu.Lock()
	f.runs.last++
	number := f.runs.last
	f.runs.started[number] = j
	f.runs.mu.Unlock()
	go func() {
		defer close(j.done)
		defer j.cancel()
		p, err := work(ctx)
		p.Canceled = ctx.Err() != nil
		if err == nil || p.Canceled {
			err = f.letGo(j)
		}
		if err != nil {
			p.Err = err.Error()
		}
		p.Done = true
		j.tell(p)
	}()
	return strconv.Itoa(number)
}

// letGo sees to it that what a person cancelled is not taken up at the next start.
func (f *Flow) letGo(j *running) error {
	j.mu.Lock()
	canceled := j.canceled
	j.mu.Unlock()
	if !canceled {
		return nil
	}
	ctx := context.WithoutCancel(f.background)
	pending, err := f.pending(ctx, j.study)
	if err != nil {
		return err
	}
	pending = slices.DeleteFunc(pending, func(t pendingFile) bool { return !slices.Contains(j.sources, t.id) })
	return f.drop(ctx, pending)
}

func (f *Flow) run(name string) (*running, error) {
	f.runs.mu.Lock()
	defer f.runs.mu.Unlock()
	number, err := strconv.Atoi(name)
	j, ok := f.runs.started[number]
	if err != nil || !ok {
		return nil, headway.Errorf(headway.NotFound, "there is no import %q since this start; what was read before is kept", name)
	}
	return j, nil
}

// Imports names the imports into a study that go on, the newest first.
func (f *Flow) Imports(study headway.StudyID) (names []string) {
	var numbers []int
	for number, j := range f.runs.going() {
		if j.study == study {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	for _, number := range slices.Backward(numbers) {
		names = append(names, strconv.Itoa(number))
	}
	return names
}

// going gives those that have not ended, by number.
func (all *runs) going() map[int]*running {
	all.mu.Lock()
	defer all.mu.Unlock()
	going := map[int]*running{}
	for number, j := range all.started {
		select {
		case <-j.done:
		default:
			going[number] = j
		}
	}
	return going
}

// Progress tells how far an import has come.
func (f *Flow) Progress(name string) (Progress, error) {
	j, err := f.run(name)
	if err != nil {
		return Progress{}, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.progress, nil
}

// Watch gives a channel that is closed when the import's progress next moves;
// of an import that is not known it is closed already.
func (f *Flow) Watch(name string) <-chan struct{} {
	j, err := f.run(name)
	if err != nil {
		closed := make(chan struct{})
		close(closed)
		return closed
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.changed
}

// Cancel ends an import; what it has stored so far stays, and what it has not
// read is not taken up again.
func (f *Flow) Cancel(name string) error {
	j, err := f.run(name)
	if err != nil {
		return err
	}
	j.mu.Lock()
	j.canceled = true
	j.mu.Unlock()
	j.cancel()
	return nil
}
