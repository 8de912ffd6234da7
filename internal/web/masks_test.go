package web

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// kilnCall is an invented call; everything that tells who speaks in it is in ofIda.
var kilnCall = source.File{Name: "kiln.txt", Data: []byte(`Jan Ours: How do you book the kilns today?

Ida: My name is Ida Zwolinska, I call 030 23125 044 every Friday and it takes me three hours. I want to be home at five.

Jan Ours: Thank you, Ida Zwolinska. What would you have done otherwise?

Ida: I was afraid that it breaks. Write to ida@kilnwerk.example, I would have asked my brother.
`)}

var ofIda = []string{"zwolinska", "23125", "kilnwerk"}

// withIda brings the call to a desk, masks what is suggested in it, and gives its id.
func withIda(t *testing.T, d *desk) headway.ConversationID {
	t.Helper()
	studies, err := d.flow.Studies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.flow.ImportNow(t.Context(), studies[0].ID, flow.FileList([]source.File{kilnCall}), source.Options{Ours: []string{"Jan Ours"}, Theirs: []string{"*"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	heads, err := d.flow.Conversations(t.Context(), studies[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		if h.File == kilnCall.Name {
			return h.ID
		}
	}
	t.Fatal("the call is not here")
	return ""
}

var link = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// walk opens every page that can be reached from some, and gives what each says.
func (d *desk) walk(from ...string) map[string]string {
	said, left := map[string]string{}, from
	for len(left) > 0 && len(said) < 400 {
		path := left[0]
		left = left[1:]
		if _, seen := said[path]; seen || strings.HasPrefix(path, "/static/") || strings.HasSuffix(path, "/live") || strings.HasSuffix(path, "/events") {
			continue
		}
		got := d.get(path)
		said[path] = got.body
		for _, m := range link.FindAllStringSubmatch(got.body, -1) {
			left = append(left, html.UnescapeString(m[1]))
		}
	}
	return said
}

// unzipped adds what lies in a zip, which a document is.
func unzipped(body string) string {
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		return body
	}
	var all bytes.Buffer
	for _, file := range z.File {
		if r, err := file.Open(); err == nil {
			io.Copy(&all, r) //nolint:errcheck // what cannot be read says nothing
			r.Close()
		}
	}
	return all.String()
}

func TestNoPageTellsWhatIsMasked(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	c := "/conversation/" + string(id)
	page := d.get(c + "/masks")
	wantAnswer(t, page, http.StatusOK, "Ida Zwolinska", "030 23125 044", "ida@kilnwerk.example")
	form := url.Values{"back": {c + "/masks"}}
	for _, m := range regexp.MustCompile(`name="place" value="([^"]+)"`).FindAllStringSubmatch(page.body, -1) {
		form.Add("place", html.UnescapeString(m[1]))
	}
	if got := d.post(c+"/masks", form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("masking answers %d:\n%s", got.StatusCode, got.body)
	}
	from := []string{"/", c, c + "/masks", c + "/turns", "/people", "/search", "/links"}
	for _, words := range append(ofIda, "ida zw*", "brother", "the phone number of ida") {
		from = append(from, "/search?q="+url.QueryEscape(words))
	}
	said := d.walk(from...)
	if len(said) < 25 || !strings.Contains(said[c], "[phone]") {
		t.Fatalf("%d pages were opened, and the call reads\n%s", len(said), said[c])
	}
	for path, body := range said {
		low := strings.ToLower(unzipped(body))
		for _, word := range ofIda {
			low := strings.ReplaceAll(low, "“"+word, "") // what was searched for is said again
			if strings.Contains(low, word) && !strings.HasPrefix(path, "/search") {
				t.Errorf("%s tells %q", path, word)
			}
		}
		if strings.HasPrefix(path, "/search") && strings.Contains(low, "my name is ida z") {
			t.Errorf("%s tells a masked name", path)
		}
	}
	t.Logf("%d pages were opened", len(said))
}

func TestAnOwnerLooksBehindAMaskAndLiftsIt(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	c := "/conversation/" + string(id)
	one := regexp.MustCompile(`name="one" value="(phone@[^"]+)"`).FindStringSubmatch(d.get(c + "/masks").body)
	d.post(c+"/masks", url.Values{"one": {html.UnescapeString(one[1])}})
	seq := regexp.MustCompile(`name="seq" value="(\d+)"`).FindStringSubmatch(d.get(c + "/masks").body)[1]
	if got := d.post(c+"/masks/behind", url.Values{"seq": {seq}}); !strings.Contains(got.body, "030 23125 044") {
		t.Errorf("behind the mask stands\n%s", got.body)
	}
	d.post(c+"/masks/lift", url.Values{"seq": {seq}})
	if got := d.get(c); !strings.Contains(got.body, "030 23125 044") {
		t.Error("the mask is not lifted")
	}
}

func TestWhoIsToBeErasedIsCalledByTheirWholeName(t *testing.T) {
	for want, names := range map[string][]string{
		"Lene Brask": {"Brask", "Lene", "Lene Brask", "lene.brask@olm.example"},
		"":           {"lene.brask@olm.example"},
	} {
		if got := fullest(names); got != want {
			t.Errorf("of %q it is %q, want %q", names, got, want)
		}
	}
}

func TestErasingIsReadBeforeItIsDone(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	said, _, err := d.flow.Conversation(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	path := "/person/" + string(said.Speaker(said.Turns[1].Speaker).Person()) + "/erase"
	wantAnswer(t, d.get(path), http.StatusOK, "Erase Ida", "2 turns", "kiln.txt")
	if got := d.post(path, url.Values{}); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without having read it answers %d", got.StatusCode)
	}
	wantAnswer(t, d.post(path, url.Values{"sure": {"yes"}, "mentions": {"yes"}}), http.StatusOK, "They are erased")
	if body := d.get("/conversation/" + string(id)).body; !strings.Contains(body, headway.Erased) || strings.Contains(body, "brother") {
		t.Errorf("the conversation reads\n%s", body)
	}
}

// wantAnswer sees that an answer holds words.
func wantAnswer(t *testing.T, got answer, status int, words ...string) {
	t.Helper()
	if got.StatusCode != status {
		t.Fatalf("status %d, want %d:\n%s", got.StatusCode, status, got.body)
	}
	for _, w := range words {
		if !strings.Contains(got.body, w) {
			t.Errorf("%q is not on the page:\n%s", w, got.body)
		}
	}
}
