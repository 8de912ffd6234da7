package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// importView is how far an import has come.
type importView struct {
	Name     string
	Progress flow.Progress
	Line     string // "412 of 600 turns; 2 speakers to place"
	Roles    []columnRole
	Stopping bool // cancelled, and still at what was at hand
}

// Nothing says whether the import ended without a conversation.
func (v importView) Nothing() bool {
	p := v.Progress
	return p.Done && p.Added+p.Known == 0 && len(p.Failed) > 0
}

// columnRole is what a column of a table can be.
type columnRole struct{ Role, Name string }

// columnRoles are worded as the page asks for them.
func columnRoles() []columnRole {
	return []columnRole{
		{"", "not used"},
		{"text", "their words"},
		{"title", "their heading"},
		{"who", "who"},
		{"when", "when"},
		{"product", "which product"},
		{"email", "their e-mail address"},
		{"customer", "an id of theirs"},
		{"id", "an id of the row"},
		{"rating", "a rating"},
		{"ours", "our words"},
		{"agent", "which of us"},
	}
}

// Wordless says whether no column of a table holds customers' own words.
func (v importView) Wordless(ask flow.TableAsk) bool {
	return !slices.ContainsFunc(ask.Table.Columns, func(c source.Column) bool { return c.Role == "text" })
}

func (s *server) showImport(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	name := r.PathValue("import")
	progress, err := s.hw.Progress(name)
	if going := s.hw.Imports(study.ID); headway.ErrorCode(err) == headway.NotFound && len(going) > 0 {
		// an address of an earlier start: what it was given goes on here
		http.Redirect(w, r, studyPath(study.ID, "import/"+going[0]), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	view := importView{Name: name, Progress: progress, Line: progressLine(progress), Roles: columnRoles(), Stopping: r.URL.Query().Has("stopping") && !progress.Done}
	p := newPage("import", "Reading what was said").of(study, "evidence")
	p.Again = !progress.Done
	return s.render(w, r, http.StatusOK, p, view)
}

// progressLine counts what was done, what there is, and what will be asked.
func progressLine(p flow.Progress) string {
	if p.Turns == 0 {
		return "opening the files"
	}
	line := fmt.Sprintf("%s of %s", thousand(p.TurnsDone), count(p.Turns, "turn", "turns"))
	if p.Unplaced > 0 {
		line += "; " + count(p.Unplaced, "speaker", "speakers") + " to place"
	}
	return line
}

// importEvents tells the island of changes until the import is done, at most
// ten times a second.
func (s *server) importEvents(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.revealed(r); err != nil {
		return err
	}
	name := r.PathValue("import")
	if _, err := s.hw.Progress(name); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	_ = flush.SetWriteDeadline(time.Time{}) // it lasts as long as the import
	for {
		changed := s.hw.Watch(name)
		progress, err := s.hw.Progress(name)
		if err != nil {
			return nil // forgotten: the stream ends, and the page asks again
		}
		writeEvent(w, progress)
		if err := flush.Flush(); err != nil || progress.Done {
			return nil
		}
		if !wait(r.Context(), changed) {
			return nil
		}
	}
}

// wait lasts until the progress changed and a tenth of a second has passed; it
// says whether the reader is still there.
func wait(ctx context.Context, changed <-chan struct{}) bool {
	pause := time.After(time.Second / 10)
	return received(ctx, changed) && received(ctx, pause)
}

func received[T any](ctx context.Context, signal <-chan T) bool {
	select {
	case <-signal:
		return true
	case <-ctx.Done():
		return false
	}
}

func writeEvent(w http.ResponseWriter, p flow.Progress) {
	event, _ := json.Marshal(struct {
		Line      string `json:"line"`
		Turns     int    `json:"turns"`
		TurnsDone int    `json:"turnsDone"`
		Files     int    `json:"files"`
		Done      bool   `json:"done"`
	}{progressLine(p), p.Turns, p.TurnsDone, p.Files, p.Done})
	fmt.Fprintf(w, "data: %s\n\n", event)
}

func (s *server) cancelImport(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	if err := s.hw.Cancel(r.PathValue("import")); err != nil {
		return err
	}
	http.Redirect(w, r, studyPath(study.ID, "import/"+r.PathValue("import"))+"?stopping", http.StatusSeeOther)
	return nil
}

// nameColumns reads a table again with its columns as the person named them.
func (s *server) nameColumns(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return headway.Errorf(headway.Invalid, "the form is too long or broken: choose the file again")
	}
	columns := columnsOf(r.PostForm["header"], r.PostForm["role"])
	if columns["text"] == "" {
		return headway.Errorf(headway.Invalid, "say which column holds their words; the others may stay unused")
	}
	file, o, err := s.uploads.file(r.PathValue("import"), r.PostFormValue("file"))
	if err != nil {
		return err
	}
	o.Columns = columns
	return s.beginImport(w, r, study.ID, []source.File{file}, o)
}

// columnsOf joins the headers of each role, as source wants them.
func columnsOf(headers, roles []string) map[string]string {
	columns := map[string]string{}
	for i, header := range headers {
		role := at(roles, i)
		if role == "" || strings.TrimSpace(header) == "" {
			continue
		}
		if columns[role] != "" {
			header = columns[role] + "|" + header
		}
		columns[role] = header
	}
	return columns
}
