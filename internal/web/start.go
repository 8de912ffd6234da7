package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// showStart asks the first question and takes the three guesses, on one page:
// a study comes to be when they are sealed or skipped, not before.
func (s *server) showStart(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, newPage("start", "Three guesses first"), emptyForm())
}

// start opens a study with the guesses of the page, sealed or skipped.
func (s *server) start(w http.ResponseWriter, r *http.Request) error {
	form, err := postedGuesses(r)
	if err != nil {
		return err
	}
	skipping := r.PostFormValue("do") == "skip"
	if !skipping {
		form.Problem = form.check()
	}
	if form.About != headway.OneCustomer && form.About != headway.OurCustomers {
		form.Problem = "Say first whether this is about one customer or about our customers."
	}
	if form.Problem != "" {
		return s.render(w, r, http.StatusUnprocessableEntity, newPage("start", "Three guesses first"), form)
	}
	study, err := s.hw.OpenStudy(r.Context(), form.studyName(), form.About)
	if err != nil {
		return err
	}
	if err := s.reveal(r, study.ID, form, skipping); err != nil {
		return err
	}
	http.Redirect(w, r, studyPath(study.ID, "evidence"), http.StatusSeeOther)
	return nil
}

// reveal seals the form's guesses or skips them; guesses written beside a skip
// are kept, and marked late by flow.
func (s *server) reveal(r *http.Request, study headway.StudyID, form guessForm, skipping bool) error {
	guesses, err := form.guesses(study)
	if err != nil {
		return err
	}
	if !skipping {
		_, err = s.hw.Seal(r.Context(), study, guesses)
		return err
	}
	if err := s.hw.Skip(r.Context(), study); err != nil {
		return err
	}
	for _, g := range guesses {
		if err := s.hw.AddGuess(r.Context(), study, g); err != nil {
			return err
		}
	}
	return nil
}

// postedGuesses reads the form of guesses.
func postedGuesses(r *http.Request) (guessForm, error) {
	if err := r.ParseForm(); err != nil {
		return guessForm{}, headway.Errorf(headway.Invalid, "the form is too long or broken: write the guesses shorter")
	}
	return readForm(r), nil
}

func studyPath(id headway.StudyID, part string) string {
	return "/study/" + string(id) + "/" + part
}
