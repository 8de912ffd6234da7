package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// test keeps what the customer's next words say of something we took for granted.
func (s *server) test(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	ours, verdict, err := judged(r, headway.Supports, headway.Contradicts, headway.NotAbout)
	if err != nil {
		return err
	}
	var answer headway.Span
	if place := r.PostFormValue("answer"); place != "" {
		if answer, err = parseSpan(place); err != nil {
			return err
		}
	}
	if err := s.hw.Test(r.Context(), study.ID, ours, answer, verdict); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "mirror"))
}
