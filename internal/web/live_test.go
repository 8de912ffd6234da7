package web

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// living is a fake in which deeds are done while others look.
type living struct {
	*fake
	mu    sync.Mutex
	done  []flow.Change
	moved chan struct{}
}

func (l *living) do(c flow.Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.Seq = int64(len(l.done)) + 1
	l.done = append(l.done, c)
	close(l.moved)
	l.moved = make(chan struct{})
}

func (l *living) Moved() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.moved
}

func (l *living) Changes(_ context.Context, c headway.ConversationID, _ headway.StudyID, after int64) ([]flow.Change, int64, error) {
	if c == "hidden" {
		return nil, 0, headway.Errorf(headway.Denied, "still guessing")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.done[after:], int64(len(l.done)), nil
}

// news is what a page is told.
type news struct {
	ID      string        `json:"-"`
	Changes []flow.Change `json:"changes"`
	People  []present     `json:"people"`
}

// listener is a page that is open.
type listener struct {
	t     *testing.T
	lines *bufio.Scanner
	close func()
}

// next gives the next news that say something, or nothing at the stream's end.
func (l listener) next() news {
	l.t.Helper()
	var n news
	for l.lines.Scan() {
		line := l.lines.Text()
		if id, is := strings.CutPrefix(line, "id: "); is {
			n.ID = id
		}
		if data, is := strings.CutPrefix(line, "data: "); is {
			if err := json.Unmarshal([]byte(data), &n); err != nil {
				l.t.Fatal(err)
			}
			return n
		}
	}
	return n
}

// lively serves a living fake; the header Who says who asks.
func lively(t *testing.T) (*living, func(who, path string) listener, func(who, path string, form url.Values) int) {
	l := &living{fake: newFake(), moved: make(chan struct{})}
	pages := New(l, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t)})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := r.Header.Get("Who")
		member := headway.Member{ID: headway.MemberID(who), Name: strings.ToUpper(who), Access: headway.Editor}
		pages.ServeHTTP(w, r.WithContext(headway.WithMember(r.Context(), member)))
	}))
	t.Cleanup(server.Close)
	ask := func(r *http.Request, who string) *http.Response {
		t.Helper()
		r.Header.Set("Who", who)
		r.AddCookie(&http.Cookie{Name: keyCookie, Value: cookieValue(secret)})
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	listen := func(who, path string) listener {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		r, _ := http.NewRequestWithContext(ctx, "GET", server.URL+path, nil)
		answer := ask(r, who)
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", path, answer.Status)
		}
		return listener{t, bufio.NewScanner(answer.Body), cancel}
	}
	post := func(who, path string, form url.Values) int {
		t.Helper()
		r, _ := http.NewRequestWithContext(t.Context(), "POST", server.URL+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := ask(r, who)
		answer.Body.Close()
		return answer.StatusCode
	}
	return l, listen, post
}

func TestWhatOthersDoInAConversationIsToldAtOnce(t *testing.T) {
	l, listen, _ := lively(t)
	l.do(flow.Change{Deed: headway.DeedMark, Member: "anna", Texts: []headway.TextID{"t.1"}})
	page := listen("ben", "/conversation/c/live?after=1")
	if first := page.next(); len(first.Changes) != 0 || first.ID != "1" {
		t.Errorf("what was known already was told: %+v", first)
	}
	l.do(flow.Change{Deed: headway.DeedNote, Member: "anna", Texts: []headway.TextID{"t.2"}})
	want := news{"2", []flow.Change{{Seq: 2, Deed: headway.DeedNote, Member: "anna", Texts: []headway.TextID{"t.2"}}}, []present{}}
	if diff := cmp.Diff(want, page.next(), cmp.AllowUnexported(present{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEachSeesWhoElseIsThere(t *testing.T) {
	_, listen, post := lively(t)
	ben := listen("ben", "/conversation/c/live")
	ben.next()
	anna := listen("anna", "/conversation/c/live")
	if others := anna.next().People; len(others) != 1 || others[0].Name != "BEN" {
		t.Errorf("anna sees %+v", others)
	}
	if others := ben.next().People; len(others) != 1 || others[0].Name != "ANNA" {
		t.Errorf("ben sees %+v", others)
	}
	post("anna", "/conversation/c/here", url.Values{"turn": {"t7"}})
	if others := ben.next().People; len(others) != 1 || others[0].Turn != "t7" {
		t.Errorf("ben sees anna at %+v", others)
	}
	listen("carl", "/conversation/another/live").next() // no news to them
	anna.close()
	if others := ben.next().People; len(others) != 0 {
		t.Errorf("anna has gone, and ben sees %+v", others)
	}
}

func TestALiveStreamTellsNothingOfWhatMayNotBeShown(t *testing.T) {
	w := open(t)
	l := &living{fake: w.fake, moved: make(chan struct{})}
	w.Handler = New(l, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t)})
	for path, want := range map[string]int{"/conversation/hidden/live": http.StatusForbidden, "/conversation/c/live?after=x": http.StatusUnprocessableEntity} {
		if a := w.get(path); a.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, a.Status, want)
		}
	}
	w.cookies = nil
	if a := w.get("/conversation/c/live"); a.StatusCode != http.StatusForbidden && a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a stranger: %s", a.Status)
	}
}
