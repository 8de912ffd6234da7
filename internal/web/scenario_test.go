package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	ui "github.com/headway-oss/headway/web"
)

const (
	host   = "127.0.0.1:8080"
	secret = "the-secret-of-this-start"
)

// interview is invented, like everybody in it.
const interview = `Jan (us): {q-open, asks:struggle} What is hard about closing the month?
Petra: {struggle} I copy the numbers by hand every Friday and it takes me three hours.
Jan (us): {assumption} Like everybody in your trade you lose money on returns.
Petra: {measure} If my boss stops calling on Sundays, it works.
Jan (us): {pitch} Our module does exactly that.
Petra: {request} I wish it had a dark mode.
Petra: {motivation} I want to be home when the kids are still up.
Olaf (?): Nobody has said who I am.`

// workbench is the handler over a fake, with a person's browser.
type workbench struct {
	t    *testing.T
	fake *fake
	http.Handler
	cookies []*http.Cookie
}

func open(t *testing.T) *workbench {
	t.Helper()
	f := newFake()
	return &workbench{t: t, fake: f,
		Handler: New(f, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t)}),
		cookies: []*http.Cookie{{Name: keyCookie, Value: cookieValue(secret)}},
	}
}

// builtInterface is web/ as a build leaves it, so that these tests need Go alone.
func builtInterface(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, ui.Files); err != nil {
		t.Fatal(err)
	}
	manifest := `{"app.css": "app-0.css", "app.js": "app-0.js", "reader.css": "reader-0.css", "reader.js": "reader-0.js", "icon.svg": "icon-0.svg"}`
	for name, content := range map[string]string{"manifest.json": manifest, "app-0.css": "a{}", "THIRD-PARTY.txt": "licences"} {
		if err := os.WriteFile(filepath.Join(dir, "dist", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

func (w *workbench) do(r *http.Request) answer {
	w.t.Helper()
	r.Host = host
	for _, c := range w.cookies {
		r.AddCookie(c)
	}
	return w.raw(r)
}

func (w *workbench) raw(r *http.Request) answer {
	w.t.Helper()
	recorder := httptest.NewRecorder()
	w.ServeHTTP(recorder, r)
	response := recorder.Result()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{response, string(body)}
}

func (w *workbench) get(path string) answer {
	w.t.Helper()
	return w.do(httptest.NewRequest("GET", path, nil))
}

func (w *workbench) post(path string, form url.Values) answer {
	w.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(r)
}

func (w *workbench) upload(path string, files map[string]string, fields url.Values) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, v := range values {
			if err := form.WriteField(name, v); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	for name, content := range files {
		part, err := form.CreateFormFile("files", name)
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.do(r)
}

// says fails unless the page has status and all of the texts.
func (a answer) says(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("status %d, want %d\n%s", a.StatusCode, status, a.body)
	}
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			t.Errorf("the page does not say %q\n%s", text, a.body)
		}
	}
}

// hides fails if the page has any of the texts.
func (a answer) hides(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			t.Errorf("the page shows %q", text)
		}
	}
}

func (a answer) leadsTo(t *testing.T, path string) {
	t.Helper()
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != path {
		t.Errorf("status %d to %q, want 303 to %q\n%s", a.StatusCode, a.Header.Get("Location"), path, a.body)
	}
}

// sealed opens a study with one sealed guess and the interview in it.
func (w *workbench) sealed() headway.StudyID {
	w.t.Helper()
	w.post("/start", url.Values{"about": {"one"}, "name": {"Petra's month"}, "worked": {"her boss stops calling on Sundays"}, "do": {"seal"}}).
		leadsTo(w.t, "/study/study1/evidence")
	w.upload("/study/study1/evidence", map[string]string{"petra.txt": interview}, nil).leadsTo(w.t, "/study/study1/import/1")
	return "study1"
}

func (w *workbench) conversation(study headway.StudyID) headway.ConversationID {
	w.t.Helper()
	heads, err := w.fake.Conversations(context.Background(), study)
	if err != nil || len(heads) == 0 {
		w.t.Fatalf("no conversation in %s: %v", study, err)
	}
	return heads[0].ID
}

// everyPage lists the addresses of all pages of a revealed study.
func (w *workbench) everyPage(study headway.StudyID) []string {
	base := "/study/" + string(study)
	return []string{
		"/", "/start", "/self", "/quality", "/keys", "/third-party", "/search?q=I", "/nowhere",
		base + "/guess", base + "/evidence", base + "/import/1", base + "/mirror", base + "/said/struggle", base + "/people",
		base + "/mirror.html", base + "/mirror.docx",
		"/conversation/" + string(w.conversation(study)), "/conversation/" + string(w.conversation(study)) + "?study=" + string(study),
	}
}

var hiddenField = regexp.MustCompile(`name="(span|guess|label|answer)" value="([^"]+)"`)

// fields reads the hidden fields of the first form that posts to path.
func (a answer) fields(t *testing.T, path string) url.Values {
	t.Helper()
	_, form, found := strings.Cut(a.body, `action="`+path+`"`)
	if !found {
		t.Fatalf("no form posts to %s", path)
	}
	form, _, _ = strings.Cut(form, "</form>")
	values := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
		values.Set(m[1], m[2])
	}
	return values
}
