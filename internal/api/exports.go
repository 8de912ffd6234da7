package api

import (
	"archive/zip"
	"context"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Exporting gives the workspace to be taken along.
type Exporting interface {
	// Export puts the facts and the deeds as files. Denied while a study is
	// guessing, since it shows evidence.
	Export(ctx context.Context, put func(name string, data []byte) error) error
}

// Paper writes a file of a study to take along: the mirror as html or docx, its jobs
// as jobs.md or jobs.html.
type Paper func(ctx context.Context, study headway.StudyID, form string) ([]byte, error)

func (a *api) exports() {
	give(a, read("GET /studies/{study}/mirror/file", "takeMirror", "mirror", "Take the mirror along, as one page or as a Word document"), a.takeMirror, papers["html"], papers["docx"])
	whole := admin("GET /export", "exportWorkspace", "imports", "Take the whole workspace along, as `headway export` writes it")
	whole.Description = "A ZIP archive of the facts and the deeds, with the words behind masks; `headway import` takes it into an empty store. The files as they came are in a backup only."
	whole.Responses["200"] = &huma.Response{Description: "The archive", Content: map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	huma.Register(a.API, whole, func(ctx context.Context, in *struct{}) (*huma.StreamResponse, error) {
		archive, err := a.export(ctx)
		if err != nil {
			return nil, told(ctx, whole, err)
		}
		return &huma.StreamResponse{Body: func(out huma.Context) { sendFile(out, archive) }}, nil
	})
}

type takeMirrorInput struct {
	InStudy
	Form string `query:"form" enum:"html,docx" default:"html" doc:"of the file"`
}

// papers gives the kinds of the files that a mirror is taken along as.
var papers = map[string]string{
	"html": "text/html; charset=utf-8", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

func (a *api) takeMirror(ctx context.Context, in *takeMirrorInput) (file, error) {
	data, err := a.paper(ctx, in.Study, in.Form)
	if err == nil {
		err = a.gate.Record(ctx, access.Exported, "study/"+string(in.Study)+"/mirror."+in.Form)
	}
	return file{papers[in.Form], `attachment; filename="mirror.` + in.Form + `"`, data}, err
}

// export writes the archive to a file without a name, so that what fails half-way
// is refused, and is no archive cut off.
func (a *api) export(ctx context.Context) (*os.File, error) {
	archive, err := os.CreateTemp("", "headway-export-*.zip")
	if err != nil {
		return nil, err
	}
	err = a.writeExport(ctx, archive)
	if err == nil {
		_, err = archive.Seek(0, io.SeekStart)
	}
	if err != nil {
		forget(archive)
		return nil, err
	}
	return archive, nil
}

func (a *api) writeExport(ctx context.Context, out io.Writer) error {
	archive := zip.NewWriter(out)
	err := a.hw.Export(ctx, func(name string, data []byte) error {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write(data)
		}
		return err
	})
	if err == nil {
		err = archive.Close()
	}
	if err == nil {
		err = a.gate.Record(ctx, access.Exported, "export")
	}
	return err
}

// sendFile sends an archive without holding it, and forgets it.
func sendFile(out huma.Context, archive *os.File) {
	defer forget(archive)
	out.SetHeader("Content-Type", "application/zip")
	out.SetHeader("Content-Disposition", `attachment; filename="headway-export-`+time.Now().UTC().Format(time.DateOnly)+`.zip"`)
	if flusher, can := out.BodyWriter().(http.Flusher); can {
		flusher.Flush()
	}
	_, _ = io.Copy(out.BodyWriter(), archive) // whoever asked may have left
}

func forget(archive *os.File) {
	archive.Close()
	os.Remove(archive.Name())
}
