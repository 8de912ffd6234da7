package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/api"
	"github.com/headway-oss/headway/internal/blob/fileblob"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
	"github.com/headway-oss/headway/internal/web"
)

var fenced = regexp.MustCompile("(?s)```sh\n(.*?)```")

// The examples of docs/api.md are run as they stand there, by curl, against the
// handler that is served: guard, token and all.
func TestTheExamplesOfTheDocumentationRun(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no curl to run the examples with")
		}
		t.Skip("NOT RUN: there is no curl to run the examples of docs/api.md with")
	}
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	served := serve(t)
	examples := fenced.FindAllStringSubmatch(string(text), -1)
	want := []string{`"items":[{"id":"`, `{"import":"`, `{"deeds":[`, ""}
	if len(examples) != len(want) {
		t.Fatalf("%d examples", len(examples))
	}
	for i, example := range examples {
		got := served.run(t, example[1])
		if !strings.Contains(got, want[i]) {
			t.Errorf("%s\ngives %s", example[1], got)
		}
	}
}

type serving struct{ dir, environment string }

// serve gives a Headway with a study, a talk and a token.
func serve(t *testing.T) serving {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	db, err := sqlstore.OpenSQLite(ctx, filepath.Join(dir, "headway.db"))
	fatal(t, err)
	t.Cleanup(func() { db.Close() })
	blobs, err := fileblob.Open(filepath.Join(dir, "sources"))
	fatal(t, err)
	gate := access.New(db, store.Home, time.Now)
	f := flow.New(flow.Config{Store: db, Blobs: blobs, Workspace: store.Home, Background: ctx})
	_, err = gate.Add(ctx, "Olga", headway.Owner)
	fatal(t, err)
	token, _, err := gate.MakeToken(ctx, "examples", access.Write, time.Hour)
	fatal(t, err)

	study, err := f.OpenStudy(ctx, "Stock", headway.OurCustomers)
	fatal(t, err)
	fatal(t, f.Skip(ctx, study.ID))
	const call = "Interviewer: How long does it take?\n\nPetra: It takes us 🙂 three hours every Friday, and half of it is wrong.\n"
	fatal(t, os.WriteFile(filepath.Join(dir, "call.txt"), []byte(strings.Replace(call, "Petra", "Otto", 1)), 0o600))
	fatal(t, os.WriteFile(filepath.Join(dir, "call.mp3"), []byte("ID3 and so on"), 0o600))
	_, err = f.ImportNow(ctx, study.ID, flow.FileList([]source.File{{Name: "first.txt", Data: []byte(call)}}), source.Options{}, nil)
	fatal(t, err)
	heads, err := f.Conversations(ctx, study.ID)
	fatal(t, err)
	talk, _, err := f.Conversation(ctx, heads[0].ID, study.ID)
	fatal(t, err)

	handler, document, err := api.New(f, gate, web.Papers(f))
	fatal(t, err)
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = web.New(f, web.Options{Secret: "of this start", Hosts: []string{server.Listener.Addr().String()}, Access: gate, API: handler, OpenAPI: document})
	server.Start()
	t.Cleanup(server.Close)
	return serving{dir, "HEADWAY=" + server.URL + " HEADWAY_TOKEN=" + token + " STUDY=" + string(study.ID) + " TEXT=" + string(talk.Turns[1].Text.ID) + " CONVERSATION=" + string(talk.ID)}
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run runs a command as a person would, and gives what it prints.
func (s serving) run(t *testing.T, command string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "sh", "-c", command)
	c.Dir, c.Env = s.dir, append(os.Environ(), strings.Fields(s.environment)...)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return string(out)
}

func TestStrangersAndWrongTokensAreToldSo(t *testing.T) {
	served := serve(t)
	for _, authorization := range []string{"", `-H "Authorization: Bearer headway_wrong"`, `-H "Authorization: Basic b2xnYTo="`} {
		got := served.run(t, `curl -sS -w '%{http_code}' `+authorization+` "$HEADWAY/api/v1/studies"`)
		if !strings.HasSuffix(got, "401") {
			t.Errorf("%q is answered %s", authorization, got)
		}
		var p struct{ Code headway.Code }
		if err := json.Unmarshal([]byte(strings.TrimSuffix(got, "401")), &p); err != nil || p.Code != headway.Denied {
			t.Errorf("%q is answered %s", authorization, got)
		}
	}
}
