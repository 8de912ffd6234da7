package api

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// Importing takes files in, behind the scenes.
type Importing interface {
	Import(ctx context.Context, study headway.StudyID, files []source.File, o source.Options) (job string, err error)
	Progress(job string) (flow.Progress, error)
	Cancel(job string) error
	// Watch gives a channel that is closed when the job's progress next moves.
	Watch(job string) <-chan struct{}
	// Imports names the imports into a study that go on, newest first.
	Imports(study headway.StudyID) (jobs []string)
}

// maxUpload is how many bytes one import may bring. Larger archives come in by
// `headway import`, which reads folders file by file.
const maxUpload = 1 << 30

func (a *api) imports() {
	begin := write("POST /studies/{study}/imports", "importFiles", "imports", "Take files in")
	begin.Description = "Files are sent as a form, never named by a path: they are kept before the answer comes, and read on after it."
	begin.DefaultStatus = http.StatusAccepted
	ask(a, begin, a.importFiles)
	ask(a, read("GET /studies/{study}/imports", "listImports", "imports", "List the imports into a study that go on, newest first"), a.listImports)
	ask(a, read("GET /imports/{import}", "getImport", "imports", "Tell how far an import has come, waiting for its end if asked to"), a.getImport)
	do(a, write("DELETE /imports/{import}", "cancelImport", "imports", "End an import; what it has stored so far stays"), a.cancelImport)
}

type importFilesInput struct {
	InStudy
	RawBody huma.MultipartFormFiles[struct {
		Files  []huma.FormFile `form:"files" required:"true" doc:"the files; an archive is opened"`
		Ours   string          `form:"ours" required:"false" doc:"who of the speakers is us: names, mail addresses or @domains, with commas between"`
		Theirs string          `form:"theirs" required:"false" doc:"who of the speakers is a customer"`
	}]
}

type begun struct {
	Import string `json:"import" doc:"name of the import, to ask for its progress"`
}

func (a *api) importFiles(ctx context.Context, in *importFilesInput) (begun, error) {
	form := in.RawBody.Data()
	if len(form.Files) == 0 {
		return begun{}, headway.Errorf(headway.Invalid, "no files were sent: curl -F files=@call.vtt")
	}
	var files []source.File
	for _, f := range form.Files {
		data, err := io.ReadAll(f)
		if err != nil {
			return begun{}, headway.Errorf(headway.Invalid, "the upload broke off: send the files again: %w", err)
		}
		files = append(files, source.File{Name: f.Filename, Data: data})
	}
	name, err := a.hw.Import(context.WithoutCancel(ctx), in.Study, files, source.Options{Ours: names(form.Ours), Theirs: names(form.Theirs)})
	return begun{name}, err
}

// names splits "Marta, @acme.example".
func names(list string) (all []string) {
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, name)
		}
	}
	return all
}

type running struct {
	Items []string `json:"items" doc:"names of imports"`
}

func (a *api) listImports(ctx context.Context, in *InStudy) (running, error) {
	_, err := a.hw.Study(ctx, in.Study)
	return running{each(a.hw.Imports(in.Study), itself)}, err
}

type InImport struct {
	Import string `path:"import" doc:"name of the import"`
}

type getImportInput struct {
	InImport
	Wait int `query:"wait" minimum:"0" maximum:"30" doc:"where it is not done yet, wait so many seconds for it to be"`
}

type progress struct {
	Files     int       `json:"files"`
	FilesDone int       `json:"files_done"`
	Turns     int       `json:"turns"`
	TurnsDone int       `json:"turns_done" doc:"read, and heard and stored"`
	Words     int       `json:"words"`
	Added     int       `json:"added" doc:"conversations that were not there before"`
	Known     int       `json:"known" doc:"conversations that were"`
	Unplaced  int       `json:"unplaced" doc:"speakers whose side nobody has settled"`
	Findings  int       `json:"findings" doc:"things noticed while reading"`
	Failed    []failure `json:"failed" doc:"files of which nothing could be read"`
	Done      bool      `json:"done"`
	Canceled  bool      `json:"canceled,omitempty"`
	Error     string    `json:"error,omitempty" doc:"why the import as a whole stopped"`
}

type failure struct {
	File string `json:"file"`
	Why  string `json:"why" doc:"what to do about it"`
}

func (a *api) getImport(ctx context.Context, in *getImportInput) (progress, error) {
	enough := time.After(time.Duration(in.Wait) * time.Second)
	for {
		moved := a.hw.Watch(in.Import) // asked first, so that nothing falls between
		p, err := a.hw.Progress(in.Import)
		if err != nil || p.Done || in.Wait == 0 {
			return progressOf(p), err
		}
		select {
		case <-moved:
		case <-enough:
			return progressOf(p), nil
		case <-ctx.Done():
			return progressOf(p), nil
		}
	}
}

func progressOf(p flow.Progress) progress {
	failed := each(p.Failed, func(f flow.FileResult) failure { return failure{f.File, f.Told()} })
	return progress{
		p.Files, p.FilesDone, p.Turns, p.TurnsDone, p.Words, p.Added, p.Known, p.Unplaced, p.Findings,
		failed, p.Done, p.Canceled, p.Err,
	}
}

func (a *api) cancelImport(_ context.Context, in *InImport) error { return a.hw.Cancel(in.Import) }
