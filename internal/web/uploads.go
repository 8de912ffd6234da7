package web

import (
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// uploads remembers the files of the last imports of this start for a while, so
// that the columns of a table can be put right without choosing the file again.
type uploads struct {
	mu   sync.Mutex
	last []upload // newest last
}

type upload struct {
	job     string
	files   []source.File // nil once forgotten
	options source.Options
}

const (
	uploadsNamed = 32
	uploadsBytes = 256 << 20 // of files at hand, of all imports together
)

func newUploads() *uploads { return &uploads{} }

func (u *uploads) keep(job string, files []source.File, o source.Options) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.last = append(u.last, upload{job, files, o})
	u.last = u.last[max(0, len(u.last)-uploadsNamed):]
	room := uploadsBytes
	for i := len(u.last) - 1; i >= 0; i-- {
		room -= u.last[i].bytes()
		if room < 0 {
			u.last[i].files = nil
		}
	}
}

func (u upload) bytes() int {
	n := 0
	for _, f := range u.files {
		n += len(f.Data)
	}
	return n
}

// file gives a file of an import, with what was said about it.
func (u *uploads) file(job, name string) (source.File, source.Options, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, k := range u.last {
		for _, f := range k.files {
			if k.job == job && f.Name == name {
				return f, k.options, nil
			}
		}
	}
	return source.File{}, source.Options{}, headway.Errorf(headway.NotFound, "%s is no longer at hand: choose the file again", name)
}
