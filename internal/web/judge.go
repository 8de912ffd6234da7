package web

import (
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
)

// judge keeps what a person says of one sentence against one guess.
func (s *server) judge(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	span, verdict, err := judged(r, headway.Supports, headway.Partly, headway.Contradicts, headway.NotAbout)
	if err != nil {
		return err
	}
	guess := headway.GuessID(r.PostFormValue("guess"))
	if err := s.hw.Judge(r.Context(), study.ID, guess, span, verdict); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "mirror"))
}

// judged reads a place and a verdict on it.
func judged(r *http.Request, allowed ...headway.Verdict) (headway.Span, headway.Verdict, error) {
	span, err := parseSpan(r.PostFormValue("span"))
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	if err == nil && verdict != headway.Undecided && !slices.Contains(allowed, verdict) {
		err = headway.Errorf(headway.Invalid, "%q is no verdict here", verdict)
	}
	return span, verdict, err
}
