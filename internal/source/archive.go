package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/headway-oss/headway"
)

// The limits on what a zip may hold, for archives of conversations and for the
// insides of DOCX and XLSX alike. Go's reader never unpacks more than an entry
// declares, so that what is declared can be held against them beforehand.
const (
	maxEntries  = 20_000
	maxUnpacked = 1 << 30 // bytes, all entries together
	maxRatio    = 200     // unpacked to packed, for entries over ratioFrom
	ratioFrom   = 10 << 20
)

// Expand gives the files that an archive holds, with their paths in it, and
// any other file as it is. What is refused — a path that leads out of the
// archive, a link, an archive in the archive, what unpacks to too much — is
// named in a finding, and the rest is still given. It fails with Invalid where
// a zip cannot be opened or nothing in it can be used.
//
// What belongs together comes joined: see [Join].
func Expand(f File) (_ []File, _ []headway.Finding, err error) {
	defer headway.Wrap(&err, "open %s", f.Name)
	if !isArchive(f.Data) {
		return []File{f}, nil, nil
	}
	z, err := newZip(f.Data)
	if err != nil {
		return nil, nil, err
	}
	u := unpacking{left: maxUnpacked}
	for i, entry := range z.File {
		if i == maxEntries {
			u.refuse(entryName(entry), fmt.Sprintf("the archive holds more than %d files; left out this one and those after it: give them in smaller archives", maxEntries))
			break
		}
		u.take(entry)
	}
	files := Join(u.files)
	if len(files) == 0 {
		return nil, u.findings, headway.Errorf(headway.Invalid, "the archive holds no file that can be read: %s", u.reason())
	}
	for i := range files {
		files[i].Name = path.Join(f.Name, files[i].Name)
	}
	return files, u.findings, nil
}

// Join makes one file of files that can only be read together, those of a
// folder or an archive: the days of a Slack channel with the names of the
// people, and mails that quote each other. The others come back as they are.
func Join(files []File) []File { return joinMails(slackChannels(files)) }

// Joins says whether a file may be one of those that Join makes one of.
func Joins(f File) bool {
	base := path.Base(f.Name)
	return isMail(f.Data) || isSlackList(base) || slackDay.MatchString(base)
}

// isArchive says whether data is a zip of files, not a document that is
// written as one.
func isArchive(data []byte) bool {
	p := &peek{raw: data}
	if !p.starts("PK\x03\x04", "PK\x05\x06") {
		return false
	}
	return !slices.ContainsFunc(p.entries(), func(name string) bool {
		return name == "[Content_Types].xml" || name == "mimetype" || name == "META-INF/MANIFEST.MF"
	})
}

// unpacking is an archive on its way into files.
type unpacking struct {
	files    []File
	findings []headway.Finding
	left     uint64 // bytes that may still be unpacked
}

func (u *unpacking) refuse(name, why string) {
	u.findings = append(u.findings, headway.Finding{What: fmt.Sprintf("%s: %s", name, why)})
}

func (u *unpacking) reason() string {
	if len(u.findings) > 0 {
		return u.findings[0].What
	}
	return "it is empty"
}

// take unpacks one entry, or says why not.
func (u *unpacking) take(entry *zip.File) {
	name := entryName(entry)
	if entry.FileInfo().IsDir() || isDebris(name) {
		return
	}
	if why := u.unfit(name, entry); why != "" {
		u.refuse(name, why)
		return
	}
	data, err := unzip(entry)
	switch {
	case err != nil:
		u.refuse(name, "cannot be unpacked ("+err.Error()+"); left it out: pack it again")
	case isPacked(data):
		u.refuse(name, "is an archive inside an archive; left it out: give it on its own")
	default:
		u.left -= uint64(len(data))
		u.files = append(u.files, File{Name: name, Data: data})
	}
}

// unfit tells why an entry must not be unpacked, "" where it may.
func (u *unpacking) unfit(name string, entry *zip.File) string {
	switch {
	case leadsOut(name):
		return "its path leads out of the archive; left it out"
	case !entry.Mode().IsRegular():
		return "is a link or a device, not a file; left it out"
	case entry.Flags&1 != 0:
		return "is locked with a password; left it out: unlock it first"
	case bombRatio(entry):
		return fmt.Sprintf("would unpack to more than %d times its size; left it out", maxRatio)
	case entry.UncompressedSize64 > u.left:
		return fmt.Sprintf("the archive unpacks to more than %d MiB; left it out: give it on its own", maxUnpacked>>20)
	}
	return ""
}

func bombRatio(entry *zip.File) bool {
	return entry.UncompressedSize64 > ratioFrom && entry.UncompressedSize64/max(entry.CompressedSize64, 1) > maxRatio
}

// leadsOut says whether a path would leave the folder it is unpacked in, on
// any system.
func leadsOut(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' || slices.Contains(strings.Split(name, "/"), "..")
}

// isDebris knows the files that systems leave in archives for themselves.
func isDebris(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "..") || strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

func isPacked(data []byte) bool {
	p := &peek{raw: data}
	return isArchive(data) || p.starts("\x1f\x8b", "BZh9", "\xfd7zXZ", "7z\xbc\xaf\x27\x1c", "Rar!\x1a")
}

// entryName gives an entry's name as UTF-8; old zips write it in code page 437.
func entryName(entry *zip.File) string {
	if !entry.NonUTF8 {
		return strings.ToValidUTF8(entry.Name, "\ufffd")
	}
	name, err := charmap.CodePage437.NewDecoder().String(entry.Name)
	if err != nil {
		return strings.ToValidUTF8(entry.Name, "\ufffd")
	}
	return name
}

func newZip(data []byte) (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, headway.Errorf(headway.Invalid, "the packed file is damaged (%w): export it again", err)
	}
	return z, nil
}

func unzip(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// openZip opens a document that is a zip inside. It fails with Invalid where
// the document unpacks to more than any honest one.
func openZip(data []byte) (*zip.Reader, error) {
	z, err := newZip(data)
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxEntries {
		return nil, headway.Errorf(headway.Invalid, "the document holds %d parts, refused: save it again from its program", len(z.File))
	}
	left := uint64(maxUnpacked)
	for _, entry := range z.File {
		if bombRatio(entry) || entry.UncompressedSize64 > left {
			return nil, headway.Errorf(headway.Invalid, "its part %s unpacks from %d to %d bytes, refused: save the document again from its program",
				entryName(entry), entry.CompressedSize64, entry.UncompressedSize64)
		}
		left -= entry.UncompressedSize64
	}
	return z, nil
}
