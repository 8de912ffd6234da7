package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// mark keeps or dismisses what was heard in one sentence ("not this").
func (s *server) mark(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	span, verdict, err := judged(r, headway.Kept, headway.Dismissed)
	if err != nil {
		return err
	}
	if err := s.hw.Mark(r.Context(), span, headway.Label(r.PostFormValue("label")), verdict); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "mirror"))
}
