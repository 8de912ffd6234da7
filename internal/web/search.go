package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

const (
	searchLimit   = 50
	contextPoints = 160 // code points shown on each side of a found sentence
)

// searchView is the sentences that hold the words or mean about the same.
type searchView struct {
	Query   string
	Whose   []whoseView
	Hits    []hitView
	Capped  bool // too many hold the words to be weighed
	Full    bool // there may be more
	Reading bool // not all is found by its meaning yet
	Limit   int
	// Guessing are the studies that were not searched.
	Guessing []headway.Study
}

// whoseView leads to the same search in one side's words.
type whoseView struct {
	Name, Href string
	Now        bool
}

// hitView is a found sentence between what stands before and after it.
type hitView struct {
	Before, After      string
	Pieces             []piece
	Side               headway.Side
	Name, Source, Href string
	How                string // how it was found
	Meant              bool   // by its meaning alone
	Invented           bool   // of the sample
}

// piece is a stretch of a sentence, found or not.
type piece struct {
	Text  string
	Found bool
}

func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	through := headway.StudyID(r.FormValue("study"))
	side := oneSide(r.FormValue("side"))
	view := searchView{Query: strings.TrimSpace(r.FormValue("q")), Limit: searchLimit}
	view.Whose = whose(view.Query, through, side)
	p := newPage("search", "Search")
	p.Query = view.Query
	// The way back to the study one searched from. The sample's would call all
	// that is found invented.
	if study, err := s.hw.Study(r.Context(), through); err == nil && !study.Sample {
		p = p.of(study, "search")
	}
	if view.Query != "" {
		found, err := s.hw.Search(r.Context(), flow.Query{Words: view.Query, Through: through, Side: side, Limit: searchLimit})
		if err != nil {
			return err
		}
		view.Capped, view.Full, view.Reading = found.Capped, len(found.Hits) == searchLimit, found.Reading
		view.Guessing = found.Guessing
		invented, err := s.invented(r)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			hit := viewHit(h, through)
			hit.Invented = invented[h.Conversation]
			view.Hits = append(view.Hits, hit)
		}
	}
	return s.render(w, r, http.StatusOK, p, view)
}

// oneSide reads whose words are wanted; anything else is everybody's.
func oneSide(s string) headway.Side {
	if side := headway.Side(s); side == headway.Theirs || side == headway.Ours {
		return side
	}
	return ""
}

func whose(query string, through headway.StudyID, now headway.Side) (all []whoseView) {
	for _, w := range []struct {
		side headway.Side
		name string
	}{{"", "Everybody"}, {headway.Theirs, "Customers"}, {headway.Ours, "Us"}} {
		to := url.Values{"q": {query}}
		if through != "" {
			to.Set("study", string(through))
		}
		if w.side != "" {
			to.Set("side", string(w.side))
		}
		all = append(all, whoseView{w.name, "/search?" + to.Encode(), w.side == now})
	}
	return all
}

// howFound says how a sentence was found.
func howFound(h flow.Hit) string {
	switch {
	case h.ByWords() && h.ByMeaning:
		return "by words and by meaning"
	case h.ByMeaning:
		return "by meaning"
	}
	return "by words"
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
		Side: h.Speaker.Side, Name: h.Speaker.Name, Source: title(flow.Head{Title: h.Title, File: h.File, Row: h.Row}),
		Href: placePath(through, h.Conversation, h.Span), How: howFound(h), Meant: !h.ByWords(),
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
