package api

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestFromAnEmptyWorkspaceToAMirror(t *testing.T) {
	w := empty(t)
	var s headway.Study
	w.do("POST", "/studies", map[string]any{"name": "Stock", "about": "all"}).want(http.StatusCreated).into(&s)
	if s.Name != "Stock" || s.Phase != headway.Guessing || s.Opened.Location().String() != "UTC" {
		t.Errorf("opened %+v", s)
	}
	var seal sealed
	w.do("POST", path("/studies/%s/seal", s.ID), map[string]any{
		"guesses": []guessed{{Slot: headway.Measure, Text: "The count takes minutes", Author: "Marta"}},
	}).want(http.StatusOK).into(&seal)
	if len(seal.Seal) != 64 {
		t.Errorf("the seal is %q", seal.Seal)
	}
	var job begun
	w.send(who{}, upload(t, path("/studies/%s/imports", s.ID), "call.txt", interview)).want(http.StatusAccepted).into(&job)
	w.finish(job.Import)

	var heads list[head]
	w.do("GET", path("/studies/%s/conversations", s.ID), nil).want(http.StatusOK).into(&heads)
	if len(heads.Items) != 1 || heads.Items[0].Turns != 4 {
		t.Fatalf("conversations %+v", heads)
	}
	var m struct {
		Schema        string
		Guesses       []struct{ Author string }
		Conversations []struct{ Slots []struct{ Answered []any } }
	}
	w.do("GET", path("/studies/%s/mirror", s.ID), nil).want(http.StatusOK).into(&m)
	if m.Schema != "headway.mirror/1" || len(m.Guesses) != 1 || m.Guesses[0].Author != "Marta" || len(m.Conversations) != 1 {
		t.Errorf("mirror %+v", m)
	}
}

// upload is a form with one file.
func upload(t *testing.T, path, name, words string) *http.Request {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(words))
	form.Close()
	r := httptest.NewRequest("POST", "http://127.0.0.1:8080"+Base+path, &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

// finish waits until an import is done.
func (w *world) finish(name string) {
	w.Helper()
	for {
		moved := w.flow.Watch(name)
		var p progress
		w.do("GET", "/imports/"+name, nil).want(http.StatusOK).into(&p)
		if p.Done {
			return
		}
		<-moved
	}
}

func TestWhatWasSaidLeavesAsWordsWithTheirPlace(t *testing.T) {
	w := open(t)
	var raw struct {
		Items []struct {
			ID    string
			Words struct {
				Span headway.Span
				Text string
			}
		}
		Next string
	}
	w.do("GET", path("/conversations/%s/turns?limit=2", w.talk.ID), nil).into(&raw)
	if len(raw.Items) != 2 || raw.Next != raw.Items[1].ID {
		t.Fatalf("page %+v", raw)
	}
	for i, got := range raw.Items {
		cut, err := w.talk.Turns[i].Text.Cut(got.Words.Span)
		if err != nil || cut.String() != got.Words.Text || got.Words.Text != w.talk.Turns[i].Text.Text {
			t.Errorf("%+v is not what stands there: %v", got, err)
		}
	}
	w.do("GET", path("/conversations/%s/turns?limit=2&after=%s", w.talk.ID, raw.Next), nil).into(&raw)
	if len(raw.Items) != 2 || raw.Next != "" && raw.Next == raw.Items[0].ID || raw.Items[0].ID != string(w.talk.Turns[2].ID) {
		t.Errorf("the second page %+v", raw)
	}
}

func TestAMarkIsKeptAndTakenBack(t *testing.T) {
	w := open(t)
	p := w.place("three hours and half of it is wrong")
	p.Exact = "three hours and half of it is wrong"
	w.as(somebody["an editor"], "POST", "/marks", marks(p)).want(http.StatusOK)
	var kept struct {
		Items []struct {
			Quotes []struct{ Text string }
			Label  string
			Member string
		}
	}
	w.do("GET", path("/conversations/%s/marks", w.talk.ID), nil).want(http.StatusOK).into(&kept)
	if len(kept.Items) != 1 || kept.Items[0].Quotes[0].Text != "three hours and half of it is wrong" || kept.Items[0].Member != "emil" {
		t.Errorf("marks %+v", kept)
	}
	w.as(somebody["an owner"], "POST", "/undo", nil).problem(http.StatusNotFound, headway.NotFound)
	w.as(somebody["an editor"], "POST", "/undo", nil).want(http.StatusOK)
	w.do("GET", path("/conversations/%s/marks", w.talk.ID), nil).into(&kept)
	if len(kept.Items) != 0 {
		t.Errorf("marks %+v", kept)
	}
	w.as(somebody["an editor"], "POST", "/redo", nil).want(http.StatusOK)
	w.do("GET", path("/conversations/%s/marks", w.talk.ID), nil).into(&kept)
	if len(kept.Items) != 1 {
		t.Errorf("marks %+v", kept)
	}
}

func TestWordsThatDifferByALetterAreRefused(t *testing.T) {
	w := open(t)
	before := len(w.deeds())
	for name, words := range map[string]string{
		"another letter":                     "three hourz",
		"a letter more":                      "three hours ",
		"another speaker's words":            "How do you do",
		"two places laid together":           "three hours ten minutes",
		"composed otherwise, to the eye one": "three hour\u0073\u0301",
	} {
		t.Run(name, func(t *testing.T) {
			p := w.place("three hours")
			p.Exact = words
			got := w.do("POST", "/marks", marks(p)).problem(http.StatusConflict, headway.Conflict)
			if !strings.Contains(got.Detail, `"three hours"`) {
				t.Errorf("it does not say what stands there: %s", got.Detail)
			}
		})
	}
	if after := len(w.deeds()); after != before {
		t.Errorf("%d marks were kept", after-before)
	}
}

func TestPlacesAreCountedInCodePoints(t *testing.T) {
	w := open(t)
	p := w.place("it takes me") // after an umlaut in no name, and an emoji in the turn
	var q struct{ Text string }
	w.do("GET", path("/quotes?text=%s&start=%d&end=%d", url.QueryEscape(string(p.Text)), p.Start, p.End), nil).want(http.StatusOK).into(&q)
	if q.Text != "it takes me" {
		t.Errorf("%+v holds %q", p, q.Text)
	}
	p.Start, p.End, p.Exact = p.Start+1, p.End+1, "it takes me" // as UTF-16 counts the emoji
	w.do("POST", "/marks", marks(p)).problem(http.StatusConflict, headway.Conflict)
}

func TestNothingIsShownBeforeTheReveal(t *testing.T) {
	w := open(t)
	var s headway.Study
	w.do("POST", "/studies", map[string]any{"name": "Another", "about": "all"}).into(&s)
	w.send(who{}, upload(t, path("/studies/%s/imports", s.ID), "Stock.txt", interview)).want(http.StatusAccepted)
	var job running
	w.do("GET", path("/studies/%s/imports", s.ID), nil).into(&job)
	for _, j := range job.Items {
		w.finish(j)
	}
	at := w.place("three hours")
	exact := at
	exact.Exact = "a guess"
	for _, ask := range []struct {
		method, path string
		body         any
	}{
		{"GET", path("/studies/%s/mirror", s.ID), nil},
		{"GET", path("/conversations/%s", w.talk.ID), nil},
		{"GET", path("/conversations/%s/turns", w.talk.ID), nil},
		{"GET", path("/conversations/%s/moments", w.talk.ID), nil},
		{"GET", path("/conversations/%s/marks?study=%s", w.talk.ID, s.ID), nil},
		{"GET", path("/quotes?text=%s&start=0&end=5", at.Text), nil},
		{"POST", "/marks", marks(exact)},
	} {
		t.Run(ask.method+" "+ask.path, func(t *testing.T) {
			got := w.do(ask.method, ask.path, ask.body).problem(http.StatusForbidden, headway.Denied)
			if strings.Contains(got.Detail, "three hours") {
				t.Errorf("it tells: %s", got.Detail)
			}
		})
	}
	if body := w.do("GET", "/search?q=hours", nil).want(http.StatusOK).body; strings.Contains(body, "three hours") {
		t.Errorf("the search finds it: %s", body)
	} else if !strings.Contains(body, string(s.ID)) {
		t.Errorf("the search does not say which study is guessing: %s", body)
	}
	// Through the study that was sealed all of it is shown.
	w.do("GET", path("/conversations/%s/turns?study=%s", w.talk.ID, w.study), nil).want(http.StatusOK)
	w.do("GET", path("/quotes?text=%s&start=0&end=5&study=%s", at.Text, w.study), nil).want(http.StatusOK)
}

func TestAnotherWorkspaceIsNotThere(t *testing.T) {
	w := open(t)
	other := inWorkspace(t, w.db, t.TempDir(), "others")
	other.study, other.talk = other.bring("Theirs", strings.ReplaceAll(interview, "Petra", "Otto"))
	at, speaker := other.place("three hours"), other.talk.Speakers[0]
	exact := at
	exact.Exact = "three hours"
	for _, ask := range []struct {
		method, path string
		body         any
	}{
		{"GET", path("/studies/%s", other.study), nil},
		{"GET", path("/studies/%s/guesses", other.study), nil},
		{"GET", path("/studies/%s/conversations", other.study), nil},
		{"GET", path("/studies/%s/closeness", other.study), nil},
		{"GET", path("/studies/%s/mirror", other.study), nil},
		{"GET", path("/studies/%s/imports", other.study), nil},
		{"POST", path("/studies/%s/seal", other.study), map[string]any{"guesses": []guessed{{Slot: "measure", Text: "x"}}}},
		{"POST", path("/studies/%s/skip", other.study), nil},
		{"GET", path("/conversations/%s", other.talk.ID), nil},
		{"GET", path("/conversations/%s?study=%s", other.talk.ID, other.study), nil},
		{"GET", path("/conversations/%s/turns", other.talk.ID), nil},
		{"GET", path("/conversations/%s/moments", other.talk.ID), nil},
		{"GET", path("/conversations/%s/marks", other.talk.ID), nil},
		{"GET", path("/quotes?text=%s&start=0&end=5", at.Text), nil},
		{"POST", "/marks", marks(at)},
		{"POST", "/marks", marks(exact)},
		{"PUT", path("/conversations/%s/speakers/%s/side", other.talk.ID, speaker.ID), map[string]any{"side": "ours"}},
		{"POST", path("/people/%s/merge", speaker.Person()), map[string]any{"into": w.talk.Speakers[0].Person()}},
	} {
		t.Run(ask.method+" "+ask.path, func(t *testing.T) {
			if got := w.do(ask.method, ask.path, ask.body).problem(http.StatusNotFound, headway.NotFound); strings.Contains(got.Detail, "hours") {
				t.Errorf("it tells: %s", got.Detail)
			}
		})
	}
	if body := w.do("GET", "/search?q=hours", nil).body; strings.Contains(body, "Otto") || !strings.Contains(body, "Petra") {
		t.Errorf("found %s", body)
	}
}

// altered puts something else into the one mark of a request.
func altered(request map[string]any, key string, value any) map[string]any {
	request["marks"].([]map[string]any)[0][key] = value
	return request
}

func TestWhatDoesNotFitIsRefusedInOurWords(t *testing.T) {
	w := open(t)
	at := w.place("three hours")
	for name, c := range map[string]struct {
		method, path string
		body         any
		status       int
		says         string
	}{
		"not JSON":                     {"POST", "/marks", "{", http.StatusBadRequest, "body"},
		"nothing at all":               {"POST", "/marks", nil, http.StatusBadRequest, "body"},
		"a list instead of an object":  {"POST", "/marks", "[]", http.StatusUnprocessableEntity, "expected object"},
		"a label that is none":         {"POST", "/marks", altered(marks(at), "label", "sorrow"), http.StatusUnprocessableEntity, "body.marks[0].label"},
		"a verdict on guesses":         {"POST", "/marks", altered(marks(at), "verdict", "supports"), http.StatusUnprocessableEntity, "supports"},
		"no place":                     {"POST", "/marks", altered(marks(at), "spans", []Place{}), http.StatusUnprocessableEntity, "body.marks[0].spans"},
		"a place outside":              {"POST", "/marks", marks(Place{Text: at.Text, Start: 5, End: 9999}), http.StatusUnprocessableEntity, "outside"},
		"a place backwards":            {"POST", "/marks", marks(Place{Text: at.Text, Start: 9, End: 5}), http.StatusUnprocessableEntity, "backwards"},
		"a quotation as a string":      {"POST", "/marks", altered(marks(at), "spans", []string{"three hours"}), http.StatusUnprocessableEntity, "body.marks[0].spans[0]"},
		"a quotation beside the place": {"POST", "/marks", altered(marks(at), "quote", "three hours"), http.StatusUnprocessableEntity, "body.marks[0].quote"},
		"a parameter that is none":     {"GET", "/studies?page=2", nil, http.StatusUnprocessableEntity, "query.page"},
		"too many at once":             {"GET", "/studies?limit=100000", nil, http.StatusUnprocessableEntity, "query.limit"},
		"a cursor of nowhere":          {"GET", "/studies?after=nowhere", nil, http.StatusUnprocessableEntity, "begin again"},
		"a study without a name":       {"POST", "/studies", map[string]any{"name": " ", "about": "all"}, http.StatusUnprocessableEntity, "give the study a name"},
		"nothing to seal":              {"POST", path("/studies/%s/seal", w.study), map[string]any{"guesses": []guessed{}}, http.StatusUnprocessableEntity, "nothing to seal"},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.do(c.method, c.path, c.body).problem(c.status, headway.Invalid)
			if !strings.Contains(got.Detail, c.says) {
				t.Errorf("it says %q and not %q", got.Detail, c.says)
			}
		})
	}
	w.do("GET", "/nothing", nil).problem(http.StatusNotFound, headway.NotFound)
	w.do("PATCH", "/studies", nil).problem(http.StatusNotFound, headway.NotFound)
}

func TestWhatIsKnownAlreadyIsNotSentAgain(t *testing.T) {
	w := open(t)
	first := w.do("GET", "/studies", nil).want(http.StatusOK)
	again := httptest.NewRequest("GET", "http://127.0.0.1:8080"+Base+"/studies", nil)
	again.Header.Set("If-None-Match", first.header.Get("ETag"))
	if got := w.send(who{}, again).want(http.StatusNotModified); got.body != "" {
		t.Errorf("sent %q", got.body)
	}
	w.do("POST", "/studies", map[string]any{"name": "More", "about": "all"}).want(http.StatusCreated)
	if got := w.send(who{}, again).want(http.StatusOK); got.header.Get("ETag") == first.header.Get("ETag") {
		t.Error("another list has the same tag")
	}
}

func TestListsAreReadPageByPage(t *testing.T) {
	w := empty(t)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		w.do("POST", "/studies", map[string]any{"name": name, "about": "all"}).want(http.StatusCreated)
	}
	var names []string
	for after, more := "", true; more; {
		var l list[headway.Study]
		w.do("GET", "/studies?limit=2&after="+after, nil).want(http.StatusOK).into(&l)
		for _, s := range l.Items {
			names = append(names, s.Name)
		}
		after, more = l.Next, l.Next != ""
	}
	if strings.Join(names, "") != "abcde" {
		t.Errorf("read %q", names)
	}
}
