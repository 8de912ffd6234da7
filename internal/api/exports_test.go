package api

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// sound is the beginning of a WAV file, and nothing else.
const sound = "RIFF\x10\x00\x00\x00WAVEfmt and so on"

func TestARecordingIsKeptReadAndForgotten(t *testing.T) {
	w := open(t)
	at := path("/conversations/%s/recording", w.talk.ID)
	w.do("GET", at, nil).problem(http.StatusNotFound, headway.NotFound)
	put := func(data string) answered {
		r := httptest.NewRequest("PUT", "http://127.0.0.1:8080"+Base+at, strings.NewReader(data))
		r.Header.Set("Content-Type", "application/octet-stream")
		return w.send(who{}, r)
	}
	put("no sound at all").problem(http.StatusUnprocessableEntity, headway.Invalid)
	long := sound + strings.Repeat("\x00", 3<<20) // longer than JSON may be
	put(long).want(http.StatusNoContent)
	if got := w.do("GET", at, nil).want(http.StatusOK); got.body != long || got.header.Get("Content-Type") != "audio/wave" {
		t.Errorf("%d bytes came back as %s", len(got.body), got.header.Get("Content-Type"))
	}
	var c conversation
	w.do("GET", path("/conversations/%s", w.talk.ID), nil).into(&c)
	if !c.Recorded {
		t.Error("the conversation does not say that it was recorded")
	}
	w.do("DELETE", at, nil).want(http.StatusNoContent)
	w.do("GET", at, nil).problem(http.StatusNotFound, headway.NotFound)
}

func TestAMirrorIsTakenAlongAndWrittenIntoTheLogOnlyThen(t *testing.T) {
	w := open(t)
	at := path("/studies/%s/mirror/file?form=docx", w.study)
	got := w.do("GET", at, nil).want(http.StatusOK)
	if got.body != "docx of headway.mirror/1" || !strings.Contains(got.header.Get("Content-Disposition"), "mirror.docx") {
		t.Errorf("%s %v", got.body, got.header)
	}
	s, err := w.flow.OpenStudy(t.Context(), "Another", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	w.do("GET", path("/studies/%s/mirror/file", s.ID), nil).problem(http.StatusForbidden, headway.Denied)
	if taken := w.taken(); len(taken) != 1 || taken[0] != "study/"+string(w.study)+"/mirror.docx" {
		t.Errorf("the log has %q", taken)
	}
}

func TestTheWorkspaceIsTakenAlongWhole(t *testing.T) {
	w := open(t)
	got := w.as(somebody["an owner"], "GET", "/export", nil).want(http.StatusOK)
	archive, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"headway-export.json", "operations.jsonl", "conversations/" + string(w.talk.ID) + ".json"} {
		if data, err := fs.ReadFile(archive, name); err != nil || len(data) == 0 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
	other := empty(t)
	if n, err := other.flow.Adopt(t.Context(), archive); err != nil || n != 1 {
		t.Errorf("%d conversations were taken in: %v", n, err)
	}
	w.do("POST", "/studies", map[string]any{"name": "Another", "about": "all"})
	w.do("GET", "/export", nil).problem(http.StatusForbidden, headway.Denied)
	if taken := w.taken(); len(taken) != 1 || taken[0] != "export" {
		t.Errorf("the log has %q", taken)
	}
}

// taken is what the log says was taken along.
func (w *world) taken() (about []string) {
	w.Helper()
	entries, err := w.gate.Entries(w.Context(), 0, 100)
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range entries {
		if e.Act == access.Exported {
			about = append(about, e.About)
		}
	}
	return about
}

func TestTheEndOfAnImportIsWaitedFor(t *testing.T) {
	w := open(t)
	var job begun
	w.send(who{}, upload(t, path("/studies/%s/imports", w.study), "again.txt", interview+"\nInterviewer: Thank you.\n")).want(http.StatusAccepted).into(&job)
	var p progress
	w.do("GET", "/imports/"+job.Import+"?wait=30", nil).want(http.StatusOK).into(&p)
	if !p.Done || p.Added != 1 {
		t.Errorf("%+v", p)
	}
}
