package flow

import (
	"context"
	"strconv"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// jobs are the imports that run behind the faces.
type jobs struct {
	mu      sync.Mutex
	last    int
	running map[string]*job
}

// job is one import behind the faces. changed is closed and replaced whenever
// progress moves.
type job struct {
	mu       sync.Mutex
	progress Progress
	changed  chan struct{}
	cancel   context.CancelFunc
}

func (j *job) tell(p Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.progress = p
	close(j.changed)
	j.changed = make(chan struct{})
}

// Import starts an import behind the faces and names it. The files are kept
// before it returns, so that a crash cannot lose them. It runs on when the
// request that started it ends.
func (f *Flow) Import(ctx context.Context, study headway.StudyID, files []source.File, o source.Options) (name string, err error) {
	if _, err := f.store.Study(ctx, f.ws, study); err != nil {
		return "", err
	}
	if len(files) == 0 {
		return "", headway.Errorf(headway.Invalid, "there is no file to read: drop one, or paste text")
	}
	files = source.Join(files)
	for _, file := range files {
		if len(file.Data) == 0 {
			continue // there is nothing to keep; the import says so
		}
		if err := f.keep(ctx, study, file, o); err != nil {
			return "", err
		}
	}
	return f.start(func(ctx context.Context, tell func(Progress)) (Progress, error) {
		return f.ImportNow(ctx, study, FileList(files), o, tell)
	}), nil
}

// start runs work in the background under a new name.
func (f *Flow) start(work func(context.Context, func(Progress)) (Progress, error)) string {
	ctx, cancel := context.WithCancel(f.background)
	j := &job{changed: make(chan struct{}), cancel: cancel}
	f.jobs.mu.Lock()
	f.jobs.last++
	name := strconv.Itoa(f.jobs.last)
	f.jobs.running[name] = j
	f.jobs.mu.Unlock()
	go func() {
		defer cancel()
		p, err := work(ctx, j.tell)
		if err != nil {
			p.Err = err.Error()
		}
		p.Canceled = ctx.Err() != nil
		p.Done = true
		j.tell(p)
	}()
	return name
}

func (f *Flow) job(name string) (*job, error) {
	f.jobs.mu.Lock()
	defer f.jobs.mu.Unlock()
	j, ok := f.jobs.running[name]
	if !ok {
		return nil, headway.Errorf(headway.NotFound, "there is no import %q since this start; what was read before is kept", name)
	}
	return j, nil
}

// Progress tells how far an import has come.
func (f *Flow) Progress(name string) (Progress, error) {
	j, err := f.job(name)
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
	j, err := f.job(name)
	if err != nil {
		closed := make(chan struct{})
		close(closed)
		return closed
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.changed
}

// Cancel ends an import; what it has stored so far stays.
func (f *Flow) Cancel(name string) error {
	j, err := f.job(name)
	if err != nil {
		return err
	}
	j.cancel()
	return nil
}
