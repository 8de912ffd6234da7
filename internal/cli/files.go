package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// largestFile is the most that is read of one file, in bytes.
const largestFile = 512 << 20

// fileSet is the files named on a command line. What a folder holds that is
// plainly no conversation is passed over and counted; what was named itself is
// always tried.
type fileSet struct {
	paths []string
	in    io.Reader // what "-" stands for

	given  int            // files that could be opened
	passed map[string]int // by what they are: ".png", "hidden", "link"
}

func (p *program) files(paths []string) *fileSet {
	return &fileSet{paths: paths, in: p.In, passed: map[string]int{}}
}

// feed gives the files in order, each read only when it is asked for.
func (s *fileSet) feed() flow.Files {
	return func(yield func(source.File, error) bool) {
		counted := func(f source.File, err error) bool {
			if err == nil {
				s.given++
			}
			return yield(f, err)
		}
		for _, path := range s.paths {
			if !s.feedPath(path, counted) {
				return
			}
		}
	}
}

func (s *fileSet) feedPath(path string, yield func(source.File, error) bool) bool {
	if path == "-" {
		data, err := readAll(s.in)
		return yield(source.File{Name: "standard input", Data: data}, err)
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		file, err := readFile(path, path)
		if err == nil && !filepath.IsLocal(path) {
			file.Name = filepath.Base(path) // no page or export is to tell the folders of this machine
		}
		return yield(file, err)
	}
	if isOwnData(path) {
		return yield(source.File{Name: shown(path)}, headway.Errorf(headway.Invalid, "it is Headway's own data, not what somebody said: an export is taken back by `headway import %s`", shellWord(path)))
	}
	goOn := true
	err = filepath.WalkDir(path, func(at string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			goOn = yield(source.File{Name: below(path, at)}, unreadable(err))
		case at != path && s.passOver(at, entry):
			if entry.IsDir() {
				return filepath.SkipDir
			}
		case !entry.IsDir():
			goOn = yield(readFile(at, below(path, at)))
		}
		if !goOn {
			return filepath.SkipAll
		}
		return nil
	})
	return goOn && err == nil
}

// passOver says whether an entry of a folder is plainly no conversation.
func (s *fileSet) passOver(path string, entry fs.DirEntry) bool {
	what := ""
	switch name := entry.Name(); {
	case strings.HasPrefix(name, ".") || name == "node_modules" || name == "Thumbs.db":
		what = "hidden"
	case entry.IsDir():
		if isOwnData(path) {
			what = "Headway's own data"
		}
	case !entry.Type().IsRegular():
		what = "link"
	default:
		if ext := strings.ToLower(filepath.Ext(name)); slices.Contains(noConversations, ext) {
			what = ext
		}
	}
	if what != "" {
		s.passed[what]++
	}
	return what != ""
}

// noConversations are the endings under which nobody keeps what was said.
var noConversations = strings.Fields(`
	.png .jpg .jpeg .gif .webp .svg .bmp .ico .heic .tif .tiff .psd
	.mp3 .m4a .wav .ogg .flac .aac .wma .opus .mp4 .mov .mkv .webm .avi .wmv
	.exe .dll .so .dylib .bin .iso .dmg .msi .apk .jar .class .o .a
	.go .py .js .ts .css .c .h .cpp .rs .java .rb .php .sh .bat .ps1 .sql .lock .toml .ini
	.db .sqlite .sqlite3 .db-wal .db-shm .ttf .otf .woff .woff2`)

// isOwnData says whether a folder is Headway's: its data, or an export.
func isOwnData(folder string) bool {
	for _, mark := range []string{flow.ManifestName, databaseName} {
		if _, err := os.Stat(filepath.Join(folder, mark)); err == nil {
			return true
		}
	}
	return false
}

// note says what was passed over: "passed over 3 .png, 1 hidden"; "" for nothing.
func (s *fileSet) note() string {
	var parts []string
	for what, n := range s.passed {
		if what == "link" && n != 1 {
			what = "links"
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, what))
	}
	if len(parts) == 0 {
		return ""
	}
	slices.Sort(parts)
	return "passed over " + strings.Join(parts, ", ") + " in the folders: no conversations; name a file itself to have it tried"
}

func readFile(path, name string) (source.File, error) {
	file := source.File{Name: shown(name)}
	opened, err := os.Open(path)
	if err != nil {
		return file, unreadable(err)
	}
	defer opened.Close()
	file.Data, err = readAll(opened)
	return file, err
}

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(data) > largestFile {
		return nil, headway.Errorf(headway.Invalid, "it is larger than %d MB: split it and give the parts", largestFile>>20)
	}
	return data, nil
}

// unreadable words a file system's error for the person.
func unreadable(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return headway.Errorf(headway.NotFound, "there is no such file: check the path")
	case errors.Is(err, fs.ErrPermission):
		return headway.Errorf(headway.Denied, "it may not be read: ask for the right to, or copy it")
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return headway.Errorf(headway.Unavailable, "it cannot be read: %w", err)
}

// below is the path of a file in a folder, from the folder's own name on.
func below(folder, path string) string {
	rest, err := filepath.Rel(folder, path)
	if err != nil {
		return path
	}
	return shown(filepath.Join(filepath.Base(folder), rest))
}

// shown is a path as every system shows it here, so that the same folder gives
// the same report everywhere.
func shown(path string) string { return filepath.ToSlash(path) }
