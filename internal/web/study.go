package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// study gives the study named in the address.
func (s *server) study(r *http.Request) (headway.Study, error) {
	return s.hw.Study(r.Context(), headway.StudyID(r.PathValue("study")))
}

// revealed gives the study named in the address, once its evidence may be shown.
func (s *server) revealed(r *http.Request) (headway.Study, error) {
	study, err := s.study(r)
	if err == nil && !study.Phase.Revealed() {
		err = errNotSealed
	}
	return study, err
}

// showStudy goes where the study stands: to its guesses, its evidence, its mirror.
func (s *server) showStudy(w http.ResponseWriter, r *http.Request) error {
	study, err := s.study(r)
	if err != nil {
		return err
	}
	part := "mirror"
	if !study.Phase.Revealed() {
		part = "guess"
	} else if heads, err := s.hw.Conversations(r.Context(), study.ID); err == nil && len(heads) == 0 {
		part = "evidence"
	}
	http.Redirect(w, r, studyPath(study.ID, part), http.StatusSeeOther)
	return nil
}
