package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/blob/fileblob"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// interview is invented, like everybody in it.
const interview = `Interviewer: How do you do the stock count today?

Petra Möller: We count by hand every Friday 🙂, it takes me three hours and half of it is wrong. I want to be home at five.

Interviewer: What would you have done if you could not have had the scanner?

Petra Möller: I would have asked my brother to build a spreadsheet. It went from three hours to ten minutes.
`

// world is the API over a real application on SQLite.
type world struct {
	testing.TB
	http.Handler
	flow  *flow.Flow
	gate  *access.Gate
	db    store.Store
	study headway.StudyID
	talk  headway.Conversation
}

// open gives a world with one sealed study that holds the interview.
func open(t testing.TB) *world {
	t.Helper()
	w := empty(t)
	w.study, w.talk = w.bring("Stock", interview)
	return w
}

func empty(t testing.TB) *world {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(dir, "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return inWorkspace(t, db, dir, store.Home)
}

func inWorkspace(t testing.TB, db store.Store, dir string, ws headway.WorkspaceID) *world {
	t.Helper()
	blobs, err := fileblob.Open(filepath.Join(dir, "sources"))
	if err != nil {
		t.Fatal(err)
	}
	var seconds atomic.Int64
	f := flow.New(flow.Config{Store: db, Blobs: blobs, Workspace: ws, Background: t.Context(), Now: func() time.Time {
		return time.Date(2026, 11, 21, 8, 0, int(seconds.Add(1)), 0, time.UTC)
	}})
	gate := access.New(db.(access.Keeping), ws, time.Now)
	paper := func(ctx context.Context, study headway.StudyID, form string) ([]byte, error) {
		report, err := f.Report(ctx, study, mirror.Choices{})
		return []byte(form + " of " + report.Schema), err
	}
	handler, _, err := New(f, gate, paper)
	if err != nil {
		t.Fatal(err)
	}
	return &world{TB: t, Handler: handler, flow: f, gate: gate, db: db}
}

// bring opens a study, seals a guess and takes words in.
func (w *world) bring(name, words string) (headway.StudyID, headway.Conversation) {
	w.Helper()
	ctx := context.Background()
	s, err := w.flow.OpenStudy(ctx, name, headway.OurCustomers)
	if err != nil {
		w.Fatal(err)
	}
	if _, err := w.flow.Seal(ctx, s.ID, []headway.Guess{{Slot: headway.Measure, Text: "The count takes minutes"}}); err != nil {
		w.Fatal(err)
	}
	if _, err := w.flow.ImportNow(ctx, s.ID, flow.FileList([]source.File{{Name: name + ".txt", Data: []byte(words)}}), source.Options{}, nil); err != nil {
		w.Fatal(err)
	}
	heads, err := w.flow.Conversations(ctx, s.ID)
	if err != nil || len(heads) != 1 {
		w.Fatalf("%d conversations, %v", len(heads), err)
	}
	c, _, err := w.flow.Conversation(ctx, heads[0].ID, s.ID)
	if err != nil {
		w.Fatal(err)
	}
	return s.ID, c
}

// place is where words stand in the interview.
func (w *world) place(words string) Place {
	w.Helper()
	for _, t := range w.talk.Turns {
		if at := strings.Index(t.Text.Text, words); at >= 0 {
			s := t.Text.SpanOf(headway.NewRuler(t.Text.Text), at, at+len(words))
			return Place{Text: s.Text, Start: s.Start, End: s.End}
		}
	}
	w.Fatalf("nobody says %q", words)
	return Place{}
}

// answered is what came back.
type answered struct {
	testing.TB
	status int
	header http.Header
	body   string
}

// who does a request: the zero one sits at the machine.
type who struct {
	member headway.Member
	token  access.Scope // "" for one without a token
}

// caller is who the guard would find.
func (by who) caller() (access.Caller, bool) {
	c := access.Caller{Member: by.member, Way: access.BySession, Scope: access.ScopeOf(by.member.Access)}
	if by.token != "" {
		c.Way = access.ByToken
		if c.Scope.Holds(by.token) || !access.Admin.Holds(by.token) {
			c.Scope = by.token
		}
	}
	return c, by.member.ID != ""
}

var somebody = map[string]who{
	"whoever sits at the machine": {},
	"an owner":                    {member: headway.Member{ID: "olga", Name: "Olga", Access: headway.Owner}},
	"an editor":                   {member: headway.Member{ID: "emil", Name: "Emil", Access: headway.Editor}},
	"a viewer":                    {member: headway.Member{ID: "vera", Name: "Vera", Access: headway.Viewer}},
}

func (w *world) do(method, path string, body any) answered {
	w.Helper()
	return w.as(who{}, method, path, body)
}

func (w *world) as(by who, method, path string, body any) answered {
	w.Helper()
	var sent io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		sent = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			w.Fatal(err)
		}
		sent = strings.NewReader(string(data))
	}
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+Base+path, sent)
	if sent != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return w.send(by, r)
}

func (w *world) send(by who, r *http.Request) answered {
	w.Helper()
	ctx := r.Context()
	if c, known := by.caller(); known {
		ctx = access.WithCaller(ctx, c)
	}
	got := httptest.NewRecorder()
	w.ServeHTTP(got, r.WithContext(ctx))
	return answered{w.TB, got.Code, got.Header(), got.Body.String()}
}

// want fails where the answer has another status.
func (a answered) want(status int) answered {
	a.Helper()
	if a.status != status {
		a.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	return a
}

// into reads the answer.
func (a answered) into(v any) {
	a.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		a.Fatalf("%v in %s", err, a.body)
	}
}

// problem reads the answer as a failure.
func (a answered) problem(status int, code headway.Code) Problem {
	a.Helper()
	a.want(status)
	if kind := a.header.Get("Content-Type"); kind != problemType {
		a.Errorf("a failure is %s: %s", kind, a.body)
	}
	var p Problem
	a.into(&p)
	if p.Code != code || p.Status != status || p.Detail == "" || p.Title == "" {
		a.Errorf("got %+v, want the code %s", p, code)
	}
	return p
}

// deeds is everything that anybody has done.
func (w *world) deeds() []headway.Operation {
	w.Helper()
	ops, err := w.db.Operations(context.Background(), store.Home, store.OperationFilter{})
	if err != nil {
		w.Fatal(err)
	}
	return ops
}

func path(format string, args ...any) string { return fmt.Sprintf(format, args...) }
