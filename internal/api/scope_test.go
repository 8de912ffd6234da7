package api

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/headway-oss/headway"
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
	_, a := assemble(nil)
	return a
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// filled puts an id that names nothing into a path.
func filled(path string) string { return parameter.ReplaceAllString(path, "nothing") }

func TestWhatNeedsMoreThanSomebodyHasIsRefused(t *testing.T) {
	w := open(t)
	has := map[string]Scope{"whoever sits at the machine": Admin, "an owner": Admin, "an editor": Write, "a viewer": Read}
	walked := 0
	eachOperation(t, func(t *testing.T, method, path string, op *huma.Operation) {
		needed, declared := op.Extensions[scopeExtension].(Scope)
		if !declared {
			t.Fatal("no scope is declared")
		}
		walked++
		for name, by := range somebody {
			for _, token := range []Scope{"", Read, Write, Admin, "none such"} {
				by.scope = token
				narrowed := has[name]
				if token != "" && !token.covers(narrowed) {
					narrowed = token
				}
				got := w.as(by, method, filled(path), nil)
				refusedByScope := got.status == http.StatusForbidden && strings.Contains(got.body, "needs the scope")
				if refused := !narrowed.covers(needed); refused != refusedByScope {
					t.Errorf("%s with token %q: %d %s; needs %s", name, token, got.status, got.body, needed)
				}
				if refusedByScope {
					got.problem(http.StatusForbidden, headway.Denied)
				}
			}
		}
	})
	if walked < 20 {
		t.Errorf("only %d operations were walked", walked)
	}
}

func TestAViewerChangesNothing(t *testing.T) {
	w := open(t)
	before := len(w.deeds())
	eachOperation(t, func(t *testing.T, method, path string, _ *huma.Operation) {
		if method == http.MethodGet {
			return
		}
		here := strings.NewReplacer("{study}", string(w.study), "{conversation}", string(w.talk.ID), "{speaker}", string(w.talk.Speakers[0].ID),
			"{person}", string(w.talk.Speakers[0].Person())).Replace(path)
		w.as(somebody["a viewer"], method, filled(here), nil).problem(http.StatusForbidden, headway.Denied)
	})
	if after := len(w.deeds()); after != before {
		t.Errorf("%d deeds were done", after-before)
	}
}

func TestAReadingTokenOfAnOwnerDoesNotWrite(t *testing.T) {
	w := open(t)
	by := who{member: headway.Member{ID: "olga", Access: headway.Owner}, scope: Read}
	mark := map[string]any{"spans": []Place{w.place("three hours")}, "label": "struggle", "verdict": "kept"}
	w.as(by, "POST", "/marks", mark).problem(http.StatusForbidden, headway.Denied)
	w.as(by, "GET", "/studies", nil).want(http.StatusOK)
	by.scope = Write
	w.as(by, "POST", "/marks", mark).want(http.StatusNoContent)
}
