package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// FuzzBodies sends anything to every operation that takes a body: it is done or
// refused, and never our mistake.
func FuzzBodies(f *testing.F) {
	w := open(f)
	at := w.place("three hours")
	var routes []string
	_, a := assemble(nil, nil, nil)
	for path, item := range a.OpenAPI().Paths {
		here := strings.NewReplacer("{study}", string(w.study), "{conversation}", string(w.talk.ID), "{speaker}", string(w.talk.Speakers[0].ID),
			"{person}", string(w.talk.Speakers[0].Person()), "{deed}", "1").Replace(path)
		if item.Post != nil {
			routes = append(routes, "POST "+filled(here))
		}
		if item.Put != nil {
			routes = append(routes, "PUT "+filled(here))
		}
	}
	slices.Sort(routes)
	for i := range routes {
		f.Add(uint8(i), `{}`)
		f.Add(uint8(i), `null`)
	}
	f.Add(uint8(0), `{"marks":[{"spans":[{"text":"`+string(at.Text)+`","start":1,"end":2,"exact":"x"}],"label":"struggle","verdict":"kept"}]}`)
	f.Add(uint8(1), `{"name":"\u0000","about":"all"}`)
	f.Add(uint8(2), `{"guesses":[{"slot":"measure","text":"`+strings.Repeat("x", 3000)+`"}]}`)
	f.Add(uint8(3), "{\"side\":\"\xff\"}")
	f.Add(uint8(4), strings.Repeat(`[`, 20_000))
	f.Add(uint8(5), `{"number":1e400}`)
	f.Add(uint8(6), `{"spans":[{"text":"a.1","start":9223372036854775807,"end":-9223372036854775808}],"label":"","verdict":""}`)
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		method, path, _ := strings.Cut(routes[int(which)%len(routes)], " ")
		w := &world{TB: t, Handler: w.Handler}
		got := w.as(who{}, method, path, body)
		if got.status == http.StatusInternalServerError || got.status < http.StatusOK {
			t.Errorf("%s %s gives %d for %q: %s", method, path, got.status, body, got.body)
		}
		if got.status >= http.StatusBadRequest && got.header.Get("Content-Type") != problemType {
			t.Errorf("%s %s refuses as %s", method, path, got.header.Get("Content-Type"))
		}
	})
}
