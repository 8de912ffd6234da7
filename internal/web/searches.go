package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// savedView is a saved search in the list.
type savedView struct {
	flow.Saved
	Href string
	News string // what is new since one last looked
}

// searchActs are the acts of finding, keeping searches and taking along what they find.
func (s *server) searchActs() map[string]handler {
	return map[string]handler{
		"GET /search":                  s.search,
		"GET /search.csv":              s.takeFound("csv", "text/csv; charset=utf-8"),
		"GET /search.xlsx":             s.takeFound("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
		"GET /search.md":               s.takeFound("md", "text/markdown; charset=utf-8"),
		"POST /searches":               s.saveSearch,
		"GET /searches/{search}":       s.openSearch,
		"POST /searches/{search}/name": s.renameSearch,
		"POST /searches/{search}/drop": s.dropSearch,
	}
}

// savedOf lists the saved searches where nothing is being searched for.
func (s *server) savedOf(r *http.Request, _ headway.StudyID, v *searchView) error {
	if v.Asked {
		return nil
	}
	all, err := s.hw.SavedSearches(r.Context())
	for _, one := range all {
		v.Saved = append(v.Saved, savedView{one, "/searches/" + url.PathEscape(string(one.ID)), newsOf(one)})
	}
	return err
}

func newsOf(s flow.Saved) string {
	switch {
	case !s.Looked:
		return "you have not looked yet"
	case s.More:
		return fmt.Sprintf("%d and more new", s.New)
	case s.New > 0:
		return fmt.Sprintf("%d new", s.New)
	}
	return "nothing new"
}

func (s *server) saveSearch(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.hw.SaveSearch(r.Context(), r.PostFormValue("name"), r.PostFormValue("query")); err != nil {
		return err
	}
	return back(w, r, "/search")
}

// openSearch remembers the look and shows what the search finds.
func (s *server) openSearch(w http.ResponseWriter, r *http.Request) error {
	saved, err := s.hw.OpenSearch(r.Context(), headway.SearchID(r.PathValue("search")))
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/search?"+searchValues(saved.Query, "").Encode(), http.StatusSeeOther)
	return nil
}

func (s *server) renameSearch(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.RenameSearch(r.Context(), headway.SearchID(r.PathValue("search")), r.PostFormValue("name")); err != nil {
		return err
	}
	return back(w, r, "/search")
}

func (s *server) dropSearch(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.DropSearch(r.Context(), headway.SearchID(r.PathValue("search"))); err != nil {
		return err
	}
	return back(w, r, "/search")
}

// takeFound gives what a search finds as a file, one row a quote.
func (s *server) takeFound(ending, kind string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		through := headway.StudyID(r.FormValue("study"))
		typed := typedSearch(r.Form)
		if typed == "" {
			return headway.Errorf(headway.Invalid, "there is nothing to take along: search for something first")
		}
		link := func(h flow.Hit) string { return addressOf(r) + placePath(through, h.Conversation, h.Span) }
		taken, err := s.hw.TakeOut(r.Context(), flow.Query{Words: typed, Through: through}, ending, link)
		if err != nil {
			return err
		}
		data, err := taken.As(ending)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="headway-quotes.`+ending+`"`)
		_, _ = w.Write(data) // the reader may have left
		return nil
	}
}

// addressOf is where this Headway was asked, for links in files that leave it.
func addressOf(r *http.Request) string {
	if r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// PlacePath is the address below Headway's own at which words are shown.
func PlacePath(through headway.StudyID, c headway.ConversationID, at headway.Span) string {
	return placePath(through, c, at)
}
