package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// merge says that two persons are one, so that they count once.
func (s *server) merge(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	person, into := headway.PersonID(r.PostFormValue("person")), headway.PersonID(r.PostFormValue("into"))
	if person == "" || into == "" || person == into {
		return headway.Errorf(headway.Invalid, "choose two different people to be one")
	}
	if err := s.hw.Merge(r.Context(), person, into); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "people"))
}
