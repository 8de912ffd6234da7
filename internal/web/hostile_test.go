package web

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// hostile is a transcript whose every part tries to become markup.
const hostile = `Jan (us)<script>alert(1)</script>: {assumption} You "lose" money</textarea><script>alert(2)</script>, don't you?
<img src=x onerror=alert(3)>: {struggle} I copy </q></a><script>alert(4)</script> by hand for three hours "><svg onload=alert(5)>
<img src=x onerror=alert(3)>: {motivation} I want ` + "\x00" + ` {{.Style}} javascript:alert(6) <!-- to be home
<img src=x onerror=alert(3)>: {measure} </script></style><iframe src="http://evil.example/"></iframe> when it works`

func TestWhatWasSaidNeverBecomesMarkup(t *testing.T) {
	w := open(t)
	w.post("/start", url.Values{"about": {"one"}, "name": {`</title><script>alert(7)</script>`}, "worked": {`</p><script>alert(8)</script> when it works`}, "do": {"seal"}})
	w.upload("/study/study1/evidence", map[string]string{`<script>alert(9)</script>.txt`: hostile, `"><img src=y>.bad`: ""}, nil)
	pages := append(w.everyPage("study1"), "/search?q=%3Cscript%3E", "/study/study1/said/measure", "/study/study1/said/motivation")
	for _, path := range pages {
		if strings.HasSuffix(path, ".docx") {
			continue
		}
		a := w.get(path)
		a.hides(t, "<script>alert", "<img src", "<svg onload", "<iframe", "<!-- to", "\x00")
	}
	w.get("/study/study1/mirror").says(t, 200, "&lt;script&gt;alert(4)")
	w.get("/conversation/"+string(w.conversation("study1"))).says(t, 200, "&lt;script&gt;alert(4)", "&lt;iframe")
}

func TestTheSavedPageNeedsNothingElse(t *testing.T) {
	w := open(t)
	a := w.get("/study/" + string(w.sealed()) + "/mirror.html")
	a.says(t, 200, "I copy the numbers by hand every Friday", "Guesses sealed:", "Nobody asked")
	a.hides(t, "<script", "<link", "src=", "@import", "/static/", "http://", "https://")
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="mirror-petra-s-month.html"` {
		t.Errorf("content disposition %q", got)
	}
}

func TestTheDocumentIsAWellFormedPackageWithTheWordsInIt(t *testing.T) {
	w := open(t)
	w.sealed()
	w.upload("/study/study1/evidence", map[string]string{"hostile.txt": hostile}, nil)
	a := w.get("/study/study1/mirror.docx")
	z, err := zip.NewReader(bytes.NewReader([]byte(a.body)), int64(len(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
		if text, err := characters(data); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		} else if f.Name == "word/document.xml" && !strings.Contains(text, "I copy the numbers by hand every Friday and it takes me three hours.”") {
			t.Errorf("the document lacks their words: %s", text)
		}
	}
	for _, needed := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"} {
		if parts[needed] == "" {
			t.Errorf("%s is missing", needed)
		}
	}
	if again := w.get("/study/study1/mirror.docx"); again.body != a.body {
		t.Error("the same mirror gave other bytes")
	}
}

// characters reads XML through and gives its text.
func characters(data []byte) (string, error) {
	var b strings.Builder
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		if c, ok := token.(xml.CharData); ok {
			b.Write(c)
		}
	}
}

// endless is a form that never ends; it counts what was read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return copy(p, bytes.Repeat([]byte("x"), len(p))), nil
}

func TestNobodyCanSendAFormWithoutEnd(t *testing.T) {
	w := open(t)
	w.sealed()
	for _, path := range []string{
		"/start", "/self", "/settings", "/study/study1/guesses", "/study/study1/judge", "/study/study1/mark",
		"/study/study1/test", "/study/study1/place", "/study/study1/merge",
	} {
		body := &endless{}
		r := httptest.NewRequest("POST", path, body)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w.do(r)
		if body.read == 0 || body.read > 2*maxForm {
			t.Errorf("%s: %d bytes were read, want at most about %d", path, body.read, maxForm)
		}
	}
}
