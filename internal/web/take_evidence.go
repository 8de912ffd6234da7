package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// What one person may bring in at once. Larger archives come in by
// `headway import`, which reads folders file by file.
const (
	maxFile   = 512 << 20
	maxUpload = 1 << 30
)

// takeEvidence reads files, a folder or pasted text and starts the import,
// which goes on when the page is left.
func (s *server) takeEvidence(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	files, options, err := readUpload(r)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return headway.Errorf(headway.Invalid, "nothing was chosen: drop files, choose a folder, or paste what was said")
	}
	return s.beginImport(w, r, study.ID, files, options)
}

func (s *server) beginImport(w http.ResponseWriter, r *http.Request, study headway.StudyID, files []source.File, o source.Options) error {
	job, err := s.hw.Import(context.WithoutCancel(r.Context()), study, files, o)
	if err != nil {
		return err
	}
	s.uploads.keep(job, files, o)
	to := studyPath(study, "import/"+job)
	if r.Header.Get("Accept") == "text/plain" { // the island, which shows how much is uploaded
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, err := io.WriteString(w, to)
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// pastedText is what a text is called that was pasted and has no name.
const pastedText = "pasted text"

// readUpload takes the parts of the form one after the other, so that nothing
// is held twice.
func readUpload(r *http.Request) ([]source.File, source.Options, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, source.Options{}, headway.Errorf(headway.Invalid, "the upload is broken: choose the files again")
	}
	var files []source.File
	var o source.Options
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return files, o, nil
		}
		if err != nil {
			return nil, o, uploadError(err)
		}
		data, err := io.ReadAll(io.LimitReader(part, maxFile+1))
		if err != nil {
			return nil, o, uploadError(err)
		}
		if len(data) > maxFile {
			return nil, o, headway.Errorf(headway.Invalid, "%s is larger than %d MB: split it, or use `headway import` in a terminal", uploadName(part), maxFile>>20)
		}
		switch part.FormName() {
		case "files":
			if name := uploadName(part); name != "" {
				files = append(files, source.File{Name: name, Data: data})
			}
		case "paste":
			if text := strings.TrimSpace(string(data)); text != "" {
				files = append(files, source.File{Name: pastedText, Data: []byte(text)})
			}
		case "ours":
			o.Ours = append(o.Ours, names(string(data))...)
		case "theirs":
			o.Theirs = append(o.Theirs, names(string(data))...)
		}
	}
}

// uploadName keeps the path inside a dropped folder. It is only ever shown:
// nothing is opened or written by it.
func uploadName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	return params["filename"]
}

func uploadError(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return errTooLarge
	}
	return headway.Errorf(headway.Invalid, "the upload broke off: choose the files again")
}

// names splits "Marta, @acme.example".
func names(list string) []string {
	var all []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, name)
		}
	}
	return all
}
