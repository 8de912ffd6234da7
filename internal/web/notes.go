package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// addNotes puts notes beside the turns that their passages begin in.
func (s *server) addNotes(r *http.Request, t *transcript, judged deed.Judgements) error {
	here := map[headway.TextID]bool{}
	for _, turn := range t.c.Turns {
		here[turn.Text.ID] = true
	}
	var ids []headway.NoteID
	for _, n := range judged.Notes {
		if here[n.On.First().Text] {
			ids = append(ids, n.Note)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	written, err := s.hw.Notes(r.Context(), ids...)
	if err != nil {
		return err
	}
	t.notes = map[headway.TextID][]notedView{}
	for _, n := range judged.Notes {
		if words := written[n.Note].Words; words != "" {
			at := n.On.First().Text
			t.notes[at] = append(t.notes[at], notedView{n, words})
		}
	}
	return nil
}
