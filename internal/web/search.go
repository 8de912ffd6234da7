package web

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

const (
	searchLimit   = 50
	contextPoints = 160 // code points shown on each side of a found sentence
)

// searchView is the places that hold the words.
type searchView struct {
	Query  string
	Hits   []hitView
	Capped bool
	Limit  int
}

// hitView is a found sentence between what stands before and after it.
type hitView struct {
	Before, After      string
	Pieces             []piece
	Side               headway.Side
	Name, Source, Href string
	Invented           bool // of the sample
}

// piece is a stretch of a sentence, found or not.
type piece struct {
	Text  string
	Found bool
}

func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	view := searchView{Query: strings.TrimSpace(r.FormValue("q")), Limit: searchLimit}
	p := newPage("search", "Search")
	p.Query = view.Query
	// The way back to the study one searched from. The sample's would call all
	// that is found invented.
	through := headway.StudyID(r.FormValue("study"))
	if study, err := s.hw.Study(r.Context(), through); err == nil && !study.Sample {
		p = p.of(study, "search")
	}
	if view.Query != "" {
		hits, capped, err := s.hw.Search(r.Context(), view.Query, through, searchLimit)
		if err != nil {
			return err
		}
		view.Capped = capped
		invented, err := s.invented(r)
		if err != nil {
			return err
		}
		for _, h := range hits {
			hit := viewHit(h, through)
			hit.Invented = invented[h.Conversation]
			view.Hits = append(view.Hits, hit)
		}
	}
	return s.render(w, r, http.StatusOK, p, view)
}

// invented says which conversations are the sample's.
func (s *server) invented(r *http.Request) (map[headway.ConversationID]bool, error) {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return nil, err
	}
	all := map[headway.ConversationID]bool{}
	for _, study := range studies {
		if !study.Sample || !study.Phase.Revealed() {
			continue
		}
		heads, err := s.hw.Conversations(r.Context(), study.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			all[h.ID] = true
		}
	}
	return all, nil
}

func viewHit(h flow.Hit, through headway.StudyID) hitView {
	v := hitView{
		Side: h.Speaker.Side, Name: speakerName(h.Speaker.Name), Source: h.Title,
		Href: placePath(through, h.Conversation, h.Span),
	}
	if v.Source == "" {
		v.Source = h.File
	}
	ruler := headway.NewRuler(h.Text.Text)
	start, end := ruler.Byte(h.Span.Start), ruler.Byte(h.Span.End)
	if start < 0 || end < start {
		return v
	}
	v.Before = lastRunes(h.Text.Text[:start], contextPoints)
	v.Pieces = pieces(h, ruler)
	v.After = firstRunes(h.Text.Text[end:], contextPoints)
	return v
}

// pieces cuts the sentence at the words that were found.
func pieces(h flow.Hit, ruler *headway.Ruler) []piece {
	var all []piece
	from := h.Span.Start
	for _, m := range h.Matches {
		if m.Start < from || m.End > h.Span.End {
			continue
		}
		all = appendPiece(all, h.Text.Text[ruler.Byte(from):ruler.Byte(m.Start)], false)
		all = appendPiece(all, h.Text.Text[ruler.Byte(m.Start):ruler.Byte(m.End)], true)
		from = m.End
	}
	return appendPiece(all, h.Text.Text[ruler.Byte(from):ruler.Byte(h.Span.End)], false)
}

func appendPiece(all []piece, text string, found bool) []piece {
	if text == "" {
		return all
	}
	return append(all, piece{text, found})
}

func firstRunes(s string, n int) string {
	if cut := cutRunes(s, n); len(cut) < len(s) {
		return cut + "…"
	}
	return s
}

func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	if at > 0 {
		return "…" + s[at:]
	}
	return s
}
