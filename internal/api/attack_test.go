package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestMaskedWordsAreNowhere(t *testing.T) {
	w := open(t)
	before := w.place("my brother")
	var h hidden
	w.as(somebody["an editor"], "POST", "/masks", map[string]any{"span": before, "what": "name"}).want(http.StatusOK).into(&h)
	if h.Hidden != 1 {
		t.Fatalf("%d places are hidden", h.Hidden)
	}
	exact := before
	exact.Exact = "my brother"
	for _, ask := range []struct {
		method, path string
		body         any
	}{
		{"GET", path("/quotes?text=%s&start=%d&end=%d", before.Text, before.Start, before.End), nil},
		{"GET", path("/texts/%s/original", before.Text), nil},
		{"POST", "/marks", marks(exact)},
		{"POST", path("/texts/%s/correction", before.Text), map[string]any{"edits": []Edit{{0, 1, "I"}}}},
		{"DELETE", "/masks/5", nil},
		{"GET", path("/conversations/%s/turns", w.talk.ID), nil},
		{"GET", path("/conversations/%s/moments", w.talk.ID), nil},
		{"GET", path("/conversations/%s/masks", w.talk.ID), nil},
		{"GET", path("/conversations/%s/changes", w.talk.ID), nil},
		{"GET", path("/studies/%s/mirror?lines=0", w.study), nil},
		{"GET", "/search?q=" + url.QueryEscape("my brother"), nil},
		{"GET", "/search?q=" + url.QueryEscape(`"my brother"`), nil},
		{"GET", "/search/file?q=spreadsheet", nil},
		{"GET", "/deeds", nil},
		{"GET", "/people", nil},
	} {
		for _, by := range []string{"an editor", "a viewer"} {
			if got := w.as(somebody[by], ask.method, ask.path, ask.body); strings.Contains(got.body, "brother") || got.status >= http.StatusInternalServerError {
				t.Errorf("%s is told by %s %s: %d %s", by, ask.method, ask.path, got.status, got.body)
			}
		}
	}
	// Nor does an editor lift a mask by taking the deed back.
	for _, op := range w.deeds() {
		if op.Deed == headway.DeedMask {
			w.as(somebody["an editor"], "POST", path("/deeds/%d/undo", op.Seq), nil).problem(http.StatusForbidden, headway.Denied)
			w.as(somebody["an owner"], "DELETE", path("/masks/%d", op.Seq), nil).want(http.StatusNoContent)
		}
	}
	if body := w.do("GET", path("/conversations/%s/turns", w.talk.ID), nil).body; !strings.Contains(body, "my brother") {
		t.Error("the owner could not lift it")
	}
}

func TestARoundTellsNobodyWhatOthersMarked(t *testing.T) {
	w := open(t)
	emil := somebody["an editor"]
	vic := who{member: headway.Member{ID: "vic", Name: "Vic", Access: headway.Editor}}
	var r openedRound
	w.as(emil, "POST", path("/conversations/%s/rounds", w.talk.ID), map[string]any{"members": []string{"emil", "vic"}}).want(http.StatusCreated).into(&r)
	w.as(emil, "POST", "/marks", marks(w.place("three hours"))).want(http.StatusOK)
	w.as(emil, "POST", "/notes", map[string]any{"spans": []Place{w.place("three hours")}, "words": "a telling note"}).want(http.StatusCreated)
	for _, at := range []string{
		path("/conversations/%s/marks", w.talk.ID), path("/conversations/%s/notes", w.talk.ID), path("/conversations/%s/changes", w.talk.ID),
		"/deeds?limit=1000", "/search?q=is:kept", path("/studies/%s/mirror", w.study),
	} {
		body := w.as(vic, "GET", at, nil).want(http.StatusOK).body
		if strings.Contains(body, `"emil"`) && strings.Contains(body, `"mark"`) || strings.Contains(body, "a telling note") || strings.Contains(body, `"is":"kept"`) || strings.Contains(body, `"verdict":"kept"`) {
			t.Errorf("%s tells %s", at, body)
		}
	}
	w.as(vic, "GET", path("/rounds/%s/agreement", r.Round), nil).problem(http.StatusForbidden, headway.Denied)
	w.as(vic, "POST", path("/rounds/%s/release", r.Round), nil).problem(http.StatusForbidden, headway.Denied)
	for _, by := range []who{emil, vic} {
		w.as(by, "PUT", path("/rounds/%s/done", r.Round), map[string]any{"done": true}).want(http.StatusNoContent)
	}
	var a agreedShape
	w.as(vic, "GET", path("/rounds/%s/agreement", r.Round), nil).want(http.StatusOK).into(&a)
	if len(a.Raters) != 2 || len(a.Disputes) != 1 || a.Disputes[0].Quote.Text == "" {
		t.Errorf("agreement %+v", a)
	}
}

type agreedShape struct {
	Raters   []string
	Disputes []struct{ Quote struct{ Text string } }
}

func TestATokenHandsOutNoMoreThanItHas(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	if _, err := w.gate.Add(ctx, "Olga", headway.Owner); err != nil {
		t.Fatal(err)
	}
	olga, _, err := w.gate.FirstOwner(ctx)
	if err != nil {
		t.Fatal(err)
	}
	make := func(by who, scope string) answered {
		return w.as(by, "POST", "/tokens", map[string]any{"name": "report", "scope": scope, "days": 30})
	}
	writing := who{member: olga, token: "write"}
	make(writing, "admin").problem(http.StatusForbidden, headway.Denied)
	var h struct{ ID, Secret, Grants string }
	make(writing, "read").want(http.StatusCreated).into(&h)
	if !strings.HasPrefix(h.Secret, "headway_") || h.Grants != "read" {
		t.Errorf("handed out %+v", h)
	}
	if body := w.as(writing, "GET", "/tokens", nil).want(http.StatusOK).body; strings.Contains(body, h.Secret) || !strings.Contains(body, h.ID) {
		t.Errorf("the list tells %s", body)
	}
	w.as(writing, "DELETE", "/tokens/"+h.ID, nil).want(http.StatusNoContent)
	if _, err := w.gate.Token(ctx, h.Secret, ""); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("a token that was ended lets in: %v", err)
	}
}

func TestAViewersTokenAndAnotherOnesAreNotTheirs(t *testing.T) {
	w := open(t)
	w.as(somebody["a viewer"], "GET", "/log", nil).problem(http.StatusForbidden, headway.Denied)
	w.as(somebody["an editor"], "GET", "/invitations", nil).problem(http.StatusForbidden, headway.Denied)
	w.as(somebody["an editor"], "DELETE", "/tokens/nobodys", nil).problem(http.StatusNotFound, headway.NotFound)
}

func TestWaitingForChangesEndsWithTheNextDeed(t *testing.T) {
	w := open(t)
	var before changed
	w.do("GET", path("/conversations/%s/changes", w.talk.ID), nil).want(http.StatusOK).into(&before)
	told := w.TB
	got := make(chan answered)
	go func() {
		quiet := &world{TB: told, Handler: w.Handler}
		got <- quiet.as(who{}, "GET", path("/conversations/%s/changes?after=%d&wait=30", w.talk.ID, before.Last), nil)
	}()
	w.as(somebody["an editor"], "POST", "/marks", marks(w.place("three hours"))).want(http.StatusOK)
	var after changed
	(<-got).want(http.StatusOK).into(&after)
	if len(after.Items) != 1 || after.Items[0].Member != "emil" || after.Last <= before.Last {
		t.Errorf("told %+v", after)
	}
}
