package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

// paletteItem is one place that the palette offers to go to.
type paletteItem struct {
	Group string `json:"group"`
	Name  string `json:"name"`
	Href  string `json:"href"`
}

// mostOffered is how many conversations and people are offered.
const mostOffered = 12

// palette lists pages, and conversations and people of revealed studies, whose
// names hold every word of the query.
func (s *server) palette(w http.ResponseWriter, r *http.Request) error {
	words := strings.Fields(strings.ToLower(r.FormValue("q")))
	var items []paletteItem
	for _, page := range []paletteItem{
		{"Pages", "Start", "/"}, {"Pages", "Search what was said", "/search"}, {"Pages", "Next doubtful one", "/queue"},
		{"Pages", "How well Headway hears", "/quality"}, {"Pages", "Own labels", "/own"}, {"Pages", "Keys and looks", "/keys"},
	} {
		items = offer(items, page, words)
	}
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return err
	}
	for _, study := range studies {
		items = offerStudy(items, study, words)
		if !study.Phase.Revealed() {
			continue
		}
		if items, err = s.offerConversations(r, items, study, words); err != nil {
			return err
		}
	}
	slices.SortStableFunc(items, func(a, b paletteItem) int { return cmp.Compare(groupOrder[a.Group], groupOrder[b.Group]) })
	return writeJSON(w, items)
}

var groupOrder = map[string]int{"Pages": 1, "Studies": 2, "Conversations": 3, "People": 4}

// offer adds an item if its name holds every word.
func offer(items []paletteItem, item paletteItem, words []string) []paletteItem {
	name := strings.ToLower(item.Name)
	for _, word := range words {
		if !strings.Contains(name, word) {
			return items
		}
	}
	return append(items, item)
}

func offerStudy(items []paletteItem, study headway.Study, words []string) []paletteItem {
	if !study.Phase.Revealed() {
		return offer(items, paletteItem{"Studies", study.Name, studyPath(study.ID, "guess")}, words)
	}
	for _, part := range []string{"mirror", "evidence", "people"} {
		items = offer(items, paletteItem{"Studies", study.Name + ": " + part, studyPath(study.ID, part)}, words)
	}
	return items
}

// offerConversations adds what is found by a name; without a query that would
// be everything.
func (s *server) offerConversations(r *http.Request, items []paletteItem, study headway.Study, words []string) ([]paletteItem, error) {
	if len(words) == 0 {
		return items, nil
	}
	heads, err := s.hw.Conversations(r.Context(), study.ID)
	if err != nil {
		return nil, err
	}
	offered := 0
	for _, h := range heads {
		if offered == mostOffered {
			break
		}
		before := len(items)
		name := cmp.Or(h.Title, h.File)
		if h.Row > 0 {
			name += ", row " + strconv.Itoa(h.Row)
		}
		href := "/conversation/" + url.PathEscape(string(h.ID)) + "?study=" + url.QueryEscape(string(study.ID))
		items = offer(items, paletteItem{"Conversations", name, href}, words)
		for _, speaker := range h.Speakers {
			if speaker.Name != "" && speaker.Side == headway.Theirs {
				items = offer(items, paletteItem{"People", speaker.Name + ", in " + name, href}, words)
			}
		}
		offered += len(items) - before
	}
	return items, nil
}
