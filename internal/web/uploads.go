package web

import (
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// uploads remembers the files of the last imports, so that the columns of a
// table can be put right without choosing the file again. It is forgetful by
// design: a few imports, a few hundred megabytes.
type uploads struct {
	mu   sync.Mutex
	kept []upload
}

type upload struct {
	job     string
	files   []source.File
	options source.Options
	bytes   int
}

const (
	uploadsKept  = 4
	uploadsBytes = 256 << 20
)

func newUploads() *uploads { return &uploads{} }

func (u *uploads) keep(job string, files []source.File, o source.Options) {
	u.mu.Lock()
	defer u.mu.Unlock()
	bytes := 0
	for _, f := range files {
		bytes += len(f.Data)
	}
	u.kept = append(u.kept, upload{job, files, o, bytes})
	for len(u.kept) > 1 && (len(u.kept) > uploadsKept || u.bytes() > uploadsBytes) {
		u.kept = u.kept[1:]
	}
	if u.bytes() > uploadsBytes {
		u.kept = nil
	}
}

func (u *uploads) bytes() int {
	n := 0
	for _, k := range u.kept {
		n += k.bytes
	}
	return n
}

// file gives a file of an import, with what was said about it.
func (u *uploads) file(job, name string) (source.File, source.Options, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, k := range u.kept {
		for _, f := range k.files {
			if k.job == job && f.Name == name {
				return f, k.options, nil
			}
		}
	}
	return source.File{}, source.Options{}, headway.Errorf(headway.NotFound, "%s is no longer at hand: choose the file again", name)
}
