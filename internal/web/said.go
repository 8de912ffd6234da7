package web

import (
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// A page of one kind holds so many lines before it asks to narrow, and so many
// sentences that say the same in each.
const manyLines, manyAlike = 500, 50

// saidPage is everything heard of one kind: what several people said, then what
// one did, under the words that such sentences share.
type saidPage struct {
	saidView
	Several []lineView
	Groups  []saidGroup
	Left    int // sentences beyond manyLines
}

// saidGroup gathers the lines of one person each that share a word.
type saidGroup struct {
	Word   string // "" for those that share none
	People int
	Lines  []lineView
}

// showSaid is "all 141": every sentence of one kind, what means the same in one
// line, and the rest under words that customers share, never under a name of ours.
func (s *server) showSaid(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	kind := headway.Label(r.PathValue("kind"))
	choices := mirror.Choices{PerSlot: manyLines, PerLine: manyAlike, Pairs: 1, Listed: 1}
	if r.FormValue("alike") == "all" {
		choices.PerLine = 0
	}
	m, texts, err := s.hw.Mirror(r.Context(), study.ID, choices)
	if err != nil {
		return err
	}
	titles, err := s.titles(r, study.ID)
	if err != nil {
		return err
	}
	for _, said := range m.TheySaid.Slots {
		if said.Kind == kind {
			view := gather(viewSaid(study.ID, said, m.N, texts, titles), viewLines(study.ID, said.Lines, texts, titles))
			view.Left = left(said)
			view.Sure = sureOf(said, m.Kept)
			return s.render(w, r, http.StatusOK, newPage("said", slotName(kind)).of(study, "mirror"), view)
		}
	}
	return headway.Errorf(headway.NotFound, "nothing of the kind %q was heard in this study", kind)
}

// left counts the sentences that the lines of a page do not hold.
func left(said mirror.Said) int {
	left := said.Total
	for _, l := range said.Lines {
		left -= 1 + len(l.Same)
	}
	return left
}

// gather puts each line of one person under its most shared word, in the order of
// the words, and those without one at the end.
func gather(said saidView, lines []lineView) saidPage {
	page := saidPage{saidView: said}
	at := map[string]int{}
	for _, word := range append(slices.Clone(said.Words), mirror.Gathered{}) {
		at[word.Word] = len(page.Groups)
		page.Groups = append(page.Groups, saidGroup{Word: word.Word, People: word.People})
	}
	for _, l := range lines {
		l.Back = said.Href + "#" + l.ID
		for i := range l.Same {
			l.Same[i].Back = said.Href + "#" + l.Same[i].ID
		}
		i, known := at[l.Under]
		switch {
		case l.People > 1:
			page.Several = append(page.Several, l)
			continue
		case !known:
			i = len(page.Groups) - 1
		}
		page.Groups[i].Lines = append(page.Groups[i].Lines, l)
	}
	return page
}
