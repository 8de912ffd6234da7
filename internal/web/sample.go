package web

import "net/http"

// loadSample brings in the invented study and opens its mirror.
func (s *server) loadSample(w http.ResponseWriter, r *http.Request) error {
	study, err := s.hw.LoadSample(r.Context())
	if err != nil {
		return err
	}
	http.Redirect(w, r, studyPath(study, "mirror"), http.StatusSeeOther)
	return nil
}

// removeSample takes everything invented out again.
func (s *server) removeSample(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.RemoveSample(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}
