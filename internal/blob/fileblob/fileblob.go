// Package fileblob keeps blobs as files in a folder, each named by its digest
// under two letters of it: ab/abcd....
//
// A file is written under a passing name, brought to the disk, and only then
// given its own; so a name that exists has all its bytes, whatever crashed.
package fileblob

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob"
)

// Folder is a folder of blobs. It implements blob.Blobs.
type Folder struct{ dir string }

// unfinished begins the name of a file that is being written.
const unfinished = "writing-"

// abandoned is the age from which an unfinished file is nobody's: a younger one
// may be what another program is writing now.
const abandoned = time.Hour

// Open uses dir, makes it where it is missing, and clears away what a crash
// left unfinished.
func Open(dir string) (_ *Folder, err error) {
	defer explain(&err, "open the folder of sources %s", dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	left, err := filepath.Glob(filepath.Join(dir, unfinished+"*"))
	if err != nil {
		return nil, err
	}
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(name) // else it costs room and nothing more
		}
	}
	return &Folder{dir: dir}, nil
}

// Put implements blob.Blobs.
func (f *Folder) Put(ctx context.Context, id headway.SourceID, data []byte) (err error) {
	defer explain(&err, "keep source %s", id)
	if blob.ID(data) != id {
		return headway.Errorf(headway.Invalid, "the bytes are not those of this id")
	}
	name := f.name(id)
	if info, err := os.Stat(name); err == nil && info.Size() == int64(len(data)) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return f.write(name, data)
}

// write makes the file whole or not at all.
func (f *Folder) write(name string, data []byte) error {
	file, err := os.CreateTemp(f.dir, unfinished)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // nothing, once it has been renamed
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), name); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}

// syncFolder brings a new name to the disk. Windows has no such call, and
// needs none.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Get implements blob.Blobs.
func (f *Folder) Get(ctx context.Context, id headway.SourceID) (_ []byte, err error) {
	defer explain(&err, "read source %s", id)
	if !isDigest(string(id)) {
		return nil, headway.Errorf(headway.NotFound, "there is no source of this id")
	}
	data, err := os.ReadFile(f.name(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, headway.Errorf(headway.NotFound, "its file is not in %s", f.dir)
	}
	if err != nil {
		return nil, err
	}
	if blob.ID(data) != id {
		return nil, headway.Errorf(headway.Internal, "its file %s is damaged: put it back from a backup", f.name(id))
	}
	return data, nil
}

// Delete implements blob.Blobs.
func (f *Folder) Delete(ctx context.Context, id headway.SourceID) (err error) {
	defer explain(&err, "delete source %s", id)
	if !isDigest(string(id)) {
		return nil
	}
	err = os.Remove(f.name(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// List implements blob.Blobs.
func (f *Folder) List(ctx context.Context) (ids []headway.SourceID, err error) {
	defer explain(&err, "list the sources in %s", f.dir)
	names, err := filepath.Glob(filepath.Join(f.dir, "??", "*"))
	for _, name := range names {
		if id := filepath.Base(name); isDigest(id) {
			ids = append(ids, headway.SourceID(id))
		}
	}
	return ids, err
}

func (f *Folder) name(id headway.SourceID) string {
	return filepath.Join(f.dir, string(id[:2]), string(id))
}

// isDigest keeps ids that come from outside from naming any other file.
func isDigest(id string) bool {
	raw, err := hex.DecodeString(id)
	return err == nil && len(raw) == 32 && strings.ToLower(id) == id
}

// explain gives an error of the file system the code Unavailable and says what
// to do about it.
func explain(err *error, format string, args ...any) {
	const windowsDiskFull = syscall.Errno(112)
	var coded *headway.Error
	switch {
	case *err == nil:
		return
	case errors.As(*err, &coded):
	case errors.Is(*err, syscall.ENOSPC), runtime.GOOS == "windows" && errors.Is(*err, windowsDiskFull):
		*err = headway.Errorf(headway.Unavailable, "the disk is full: free some space and try again (%w)", *err)
	case errors.Is(*err, fs.ErrPermission):
		*err = headway.Errorf(headway.Unavailable, "not allowed: give yourself access and try again (%w)", *err)
	default:
		*err = headway.Errorf(headway.Unavailable, "the folder cannot be used: %w", *err)
	}
	headway.Wrap(err, format, args...)
}
