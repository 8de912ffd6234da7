package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// mirrorShown is what of a mirror its page and its exports show.
var mirrorShown = mirror.Choices{PerSlot: nearest, PerLine: saidAlike, Pairs: pairsShown, Listed: grantedShown}

// showMirror is the page that Headway is for.
func (s *server) showMirror(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	view, err := s.mirrorOf(r, study, mirrorShown)
	if err != nil {
		return err
	}
	view.Running = s.running(study.ID)
	if view.Closely, err = s.hw.Closeness(r.Context(), study.ID); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("mirror", "Mirror").of(study, "mirror"), view)
}

func (s *server) mirrorOf(r *http.Request, study headway.Study, choices mirror.Choices) (mirrorView, error) {
	m, texts, err := s.hw.Mirror(r.Context(), study.ID, choices)
	if err != nil {
		return mirrorView{}, err
	}
	titles, err := s.titles(r, study.ID)
	if err != nil {
		return mirrorView{}, err
	}
	return viewMirror(study, m, texts, titles), nil
}
