// Package vectorfile keeps what sentences mean in two files of a folder: the
// vectors, one after another, and where each sentence stands. Both are only ever
// appended to, and are looked at where they lie, mapped into memory.
//
//	meanings, err := vectorfile.Open(folder, embed.Version())
//
// The files are named by the version of what made them; those of other versions
// are cleared away. A conversation counts once its places are written, which are
// written last and carry the checksums of both. What a crash left after them is
// never read, and cut off before anything is added.
package vectorfile

import (
	"errors"
	"hash/crc32"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning"
)

// File implements meaning.Meanings.
type File struct {
	name string
	view func(*os.File, *part, int) error // mapped, or read where it cannot be

	mu       sync.RWMutex
	vectors  part
	places   part
	seen     int64 // size of places when it was last read
	end      int   // of what is sound in it
	rows     int   // sound vectors
	chapters []chapter
	kept     map[headway.ConversationID]bool
}

// part is one of the two files and its bytes.
type part struct {
	file  *os.File
	bytes []byte
}

// chapter is one conversation: its first row and, in places, its first place.
type chapter struct {
	id       headway.ConversationID
	row, end int
	at       int
}

var _ meaning.Meanings = (*File)(nil)

const prefix = "sentences-"

// Open opens the files of a version in a folder, made where they are missing.
func Open(dir, version string) (*File, error) { return open(dir, version, view) }

func open(dir, version string, view func(*os.File, *part, int) error) (f *File, err error) {
	defer explain(&err, "open what sentences mean in %s", dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	base := filepath.Join(dir, prefix+version)
	clearOthers(dir, base)
	f = &File{name: ownName(base), view: view, kept: map[headway.ConversationID]bool{}}
	for _, p := range []struct {
		*part
		suffix string
	}{{&f.vectors, ".vectors"}, {&f.places, ".places"}} {
		if p.file, err = os.OpenFile(base+p.suffix, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, nil
}

// clearOthers drops what other versions made; what cannot be dropped costs room
// and nothing more.
func clearOthers(dir, base string) {
	all, _ := filepath.Glob(filepath.Join(dir, prefix+"*"))
	for _, name := range all {
		if !strings.HasPrefix(name, base+".") {
			_ = os.Remove(name)
		}
	}
}

// ownName tells these files from those of the same path on another machine.
func ownName(base string) string {
	host, _ := os.Hostname()
	if absolute, err := filepath.Abs(base); err == nil {
		base = absolute
	}
	return headway.Digest(host, base)
}

// Name implements meaning.Meanings.
func (f *File) Name() string { return f.name }

// Close lets go of the files. Nothing may be asked any more.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var failed []error
	for _, p := range []*part{&f.vectors, &f.places} {
		if p.file != nil {
			failed = append(failed, f.view(p.file, p, 0), p.file.Close())
			p.file = nil
		}
	}
	return errors.Join(failed...)
}

// reading lets look at what is there now, that of other programs too.
func (f *File) reading(look func() error) (err error) {
	defer explain(&err, "read what sentences mean")
	f.mu.RLock()
	grown, err := f.grown()
	if err == nil && !grown {
		defer f.mu.RUnlock()
		return look()
	}
	f.mu.RUnlock()
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(); err != nil {
		return err
	}
	return look()
}

func (f *File) grown() (bool, error) {
	info, err := f.places.file.Stat()
	return err == nil && info.Size() != f.seen, err
}

// catchUp reads the chapters that were added since, and keeps nothing else in sight.
func (f *File) catchUp() error {
	places, err := f.places.file.Stat()
	if err != nil {
		return err
	}
	vectors, err := f.vectors.file.Stat()
	if err != nil {
		return err
	}
	if int(places.Size()) < f.end || int(vectors.Size()) < f.rows*embed.Dim { // another program found damage
		f.end, f.rows, f.chapters = 0, 0, nil
		clear(f.kept)
	}
	if err := f.view(f.places.file, &f.places, int(places.Size())); err != nil {
		return err
	}
	if err := f.view(f.vectors.file, &f.vectors, int(vectors.Size())); err != nil {
		return err
	}
	f.seen = places.Size()
	for f.next() {
	}
	return errors.Join(f.view(f.places.file, &f.places, f.end), f.view(f.vectors.file, &f.vectors, f.rows*embed.Dim))
}

// next takes up the chapter at the end of what is known to be sound, if it is
// sound too.
func (f *File) next() bool {
	c, size, vectorSum, sound := readChapter(f.places.bytes[f.end:])
	if !sound {
		return false
	}
	c.row, c.end = f.rows, f.rows+c.end
	c.at += f.end
	if c.end*embed.Dim > len(f.vectors.bytes) || crc32.Checksum(f.vectors.bytes[c.row*embed.Dim:c.end*embed.Dim], castagnoli) != vectorSum {
		return false
	}
	if strings.Trim(string(c.id), "\x00") == "" {
		c.id = "" // forgotten
	} else {
		f.kept[c.id] = true
	}
	f.chapters = append(f.chapters, c)
	f.rows, f.end = c.end, f.end+size
	return true
}

// Keep implements meaning.Meanings.
func (f *File) Keep(said ...meaning.Conversation) (err error) {
	defer explain(&err, "keep what sentences mean")
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(); err != nil {
		return err
	}
	var vectors, places []byte
	fresh := map[headway.ConversationID]bool{}
	for i := range said {
		if id := said[i].ID; !f.kept[id] && !fresh[id] {
			fresh[id] = true
			vectors = append(vectors, said[i].Rows...)
			places = appendChapter(places, &said[i])
		}
	}
	if err := f.append(&f.vectors, f.rows*embed.Dim, vectors); err != nil {
		return err
	}
	if err := f.append(&f.places, f.end, places); err != nil {
		return err
	}
	return f.catchUp()
}

// append brings data to the disk at the end of what is sound; what lies behind
// it is what a crash left.
func (f *File) append(p *part, end int, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if err := p.file.Truncate(int64(end)); err != nil {
		return err
	}
	if _, err := p.file.WriteAt(data, int64(end)); err != nil {
		return err
	}
	return p.file.Sync()
}

// Kept implements meaning.Meanings.
func (f *File) Kept() (ids []headway.ConversationID, err error) {
	err = f.reading(func() error {
		ids = slices.Sorted(maps.Keys(f.kept))
		return nil
	})
	return ids, err
}

// Forget implements meaning.Meanings. What is forgotten is written over with
// zeros where it lies: a sentence near nothing, of no conversation. Should a
// crash tear that, what lies behind is lost too, and made again.
func (f *File) Forget(ids ...headway.ConversationID) (err error) {
	defer explain(&err, "forget what sentences mean")
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(); err != nil {
		return err
	}
	unwanted := map[headway.ConversationID]bool{}
	for _, id := range ids {
		unwanted[id] = f.kept[id]
	}
	for i := range f.chapters {
		if c := &f.chapters[i]; unwanted[c.id] {
			delete(f.kept, c.id)
			if err := f.blank(c); err != nil {
				return err
			}
		}
	}
	return errors.Join(f.vectors.file.Sync(), f.places.file.Sync())
}

func (f *File) blank(c *chapter) error {
	nothing := meaning.Conversation{
		ID:    headway.ConversationID(make([]byte, len(c.id))),
		Spans: make([]headway.Span, c.end-c.row),
		Rows:  make([]byte, (c.end-c.row)*embed.Dim),
	}
	if err := f.overwrite(&f.vectors, c.row*embed.Dim, nothing.Rows); err != nil {
		return err
	}
	c.id = ""
	return f.overwrite(&f.places, c.at-headSize-1-len(nothing.ID), appendChapter(nil, &nothing))
}

// overwrite changes what lies on the disk, and in memory where that is a copy.
func (f *File) overwrite(p *part, at int, data []byte) error {
	if _, err := p.file.WriteAt(data, int64(at)); err != nil {
		return err
	}
	size := len(p.bytes)
	return errors.Join(f.view(p.file, p, at), f.view(p.file, p, size))
}

// Nearest implements meaning.Meanings.
func (f *File) Nearest(query embed.Vector, k int, floor float32, in func(headway.ConversationID) bool) (near []meaning.Near, err error) {
	err = f.reading(func() error {
		for _, hit := range embed.SimilarIn(query, f.vectors.bytes, f.stretches(in), k, floor) {
			c := f.chapterOf(hit.Row)
			if c.id == "" {
				continue
			}
			near = append(near, meaning.Near{Conversation: c.id, Span: readPlace(f.places.bytes[c.at+(hit.Row-c.row)*placeSize:]), Cosine: hit.Cosine})
		}
		return nil
	})
	return near, err
}

// stretches gives the rows of the conversations that in lets through.
func (f *File) stretches(in func(headway.ConversationID) bool) (all []embed.Stretch) {
	if in == nil {
		return []embed.Stretch{{From: 0, To: f.rows}}
	}
	for _, c := range f.chapters {
		switch last := len(all) - 1; {
		case !in(c.id):
		case last >= 0 && all[last].To == c.row:
			all[last].To = c.end
		default:
			all = append(all, embed.Stretch{From: c.row, To: c.end})
		}
	}
	return all
}

func (f *File) chapterOf(row int) chapter {
	at, _ := slices.BinarySearchFunc(f.chapters, row, func(c chapter, row int) int {
		if c.end <= row {
			return -1
		}
		return 1
	})
	return f.chapters[at]
}

// explain says what was being done and, of a full disk, what to do.
func explain(err *error, doing string, about ...any) {
	if *err == nil {
		return
	}
	advice := "is the folder there, and may you write in it?"
	if errors.Is(*err, syscall.ENOSPC) || runtime.GOOS == "windows" && strings.Contains((*err).Error(), "not enough space") {
		advice = "free some space and try again"
	}
	*err = headway.Errorf(headway.Unavailable, doing+": %w; "+advice, append(about, *err)...)
}
