package api

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// eachOperation walks the whole document, so that an operation that is added is
// covered by every test that walks it.
func eachOperation(t *testing.T, do func(t *testing.T, method, path string, op *huma.Operation)) {
	t.Helper()
	for path, item := range newAPI(t).OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
		} {
			if op != nil {
				t.Run(method+" "+path, func(t *testing.T) { do(t, method, path, op) })
			}
		}
	}
}

func newAPI(t *testing.T) huma.API {
	t.Helper()
	_, a := assemble(nil, nil, nil)
	return a
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// filled puts an id that names nothing into a path.
func filled(path string) string {
	return parameter.ReplaceAllString(strings.ReplaceAll(path, "{deed}", "99999"), "nothing")
}

func TestWhatNeedsMoreThanSomebodyHasIsRefused(t *testing.T) {
	w := open(t)
	walked := 0
	eachOperation(t, func(t *testing.T, method, path string, op *huma.Operation) {
		needed := op.Extensions[scopeExtension].(access.Scope)
		walked++
		for name, by := range somebody {
			for _, by.token = range []access.Scope{"", access.Read, access.Write, access.Admin, "none such"} {
				has := access.Admin
				if c, known := by.caller(); known {
					has = c.Scope
				}
				got := w.as(by, method, filled(path), nil)
				refused := got.status == http.StatusForbidden && (strings.Contains(got.body, "and this takes") || strings.Contains(got.body, "you may read here"))
				if refused == has.Holds(needed) {
					t.Errorf("%s with the token %q: %d %s; needs %s", name, by.token, got.status, got.body, needed)
				}
				if refused {
					got.problem(http.StatusForbidden, headway.Denied)
				}
			}
		}
	})
	if walked < 60 {
		t.Errorf("only %d operations were walked", walked)
	}
}

func TestAnOperationWithoutAScopeIsForNobody(t *testing.T) {
	mux := http.NewServeMux()
	a := &api{API: humago.NewWithPrefix(mux, Base, config())}
	a.UseMiddleware(a.allow)
	op := read("GET /studies", "listStudies", "studies", "List")
	delete(op.Extensions, scopeExtension)
	do(a, op, func(context.Context, *struct{}) error { t.Error("it was done"); return nil })
	w := &world{TB: t, Handler: mux}
	w.do("GET", "/studies", nil).problem(http.StatusForbidden, headway.Denied)
}

func TestAViewerChangesNothing(t *testing.T) {
	w := open(t)
	before := len(w.deeds())
	eachOperation(t, func(t *testing.T, method, path string, op *huma.Operation) {
		if method == http.MethodGet || op.Extensions[scopeExtension] == access.Read { // a long text is posted to be read, and changes nothing
			return
		}
		here := strings.NewReplacer("{study}", string(w.study), "{conversation}", string(w.talk.ID), "{speaker}", string(w.talk.Speakers[0].ID),
			"{person}", string(w.talk.Speakers[0].Person()), "{deed}", "1").Replace(path)
		w.as(somebody["a viewer"], method, filled(here), nil).problem(http.StatusForbidden, headway.Denied)
	})
	if after := len(w.deeds()); after != before {
		t.Errorf("%d deeds were done", after-before)
	}
}

func TestAReadingTokenOfAnOwnerDoesNotWrite(t *testing.T) {
	w := open(t)
	by := who{member: headway.Member{ID: "olga", Access: headway.Owner}, token: access.Read}
	w.as(by, "POST", "/marks", marks(w.place("three hours"))).problem(http.StatusForbidden, headway.Denied)
	w.as(by, "GET", "/studies", nil).want(http.StatusOK)
	by.token = access.Write
	w.as(by, "POST", "/marks", marks(w.place("three hours"))).want(http.StatusOK)
}

// marks is a request to mark one place.
func marks(at ...Place) map[string]any {
	return map[string]any{"marks": []map[string]any{{"spans": at, "label": "struggle", "verdict": "kept"}}}
}
