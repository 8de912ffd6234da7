package web

import (
	"net/http"

	"github.com/headway-oss/headway"
)

// showGuesses takes the guesses of a study that was opened elsewhere, or shows
// those that are sealed.
func (s *server) showGuesses(w http.ResponseWriter, r *http.Request) error {
	study, err := s.study(r)
	if err != nil {
		return err
	}
	if study.Phase.Revealed() {
		return s.showSealed(w, r, study)
	}
	form := emptyForm()
	form.Name, form.About = study.Name, study.About
	return s.render(w, r, http.StatusOK, newPage("start", "Three guesses first").of(study, "guess"), form)
}

// showSealed lists what was guessed, with the hashes that close it.
func (s *server) showSealed(w http.ResponseWriter, r *http.Request, study headway.Study) error {
	guesses, err := s.hw.Guesses(r.Context(), study.ID)
	if err != nil {
		return err
	}
	view := struct {
		Guesses []headway.Guess
		Slots   []headway.Label
		Differ  []differing
	}{guesses, headway.Slots(), whereWeDiffer(guesses)}
	return s.render(w, r, http.StatusOK, newPage("sealed", "What we guessed").of(study, "guess"), view)
}

// seal closes the guesses of an opened study, or skips them.
func (s *server) seal(w http.ResponseWriter, r *http.Request) error {
	study, err := s.study(r)
	if err != nil {
		return err
	}
	form, err := postedGuesses(r)
	if err != nil {
		return err
	}
	form.Name, form.About = study.Name, study.About
	skipping := r.PostFormValue("do") == "skip"
	if !skipping {
		form.Problem = form.check()
	}
	if form.Problem != "" {
		return s.render(w, r, http.StatusUnprocessableEntity, newPage("start", "Three guesses first").of(study, "guess"), form)
	}
	if err := s.reveal(r, study.ID, form, skipping); err != nil {
		return err
	}
	http.Redirect(w, r, studyPath(study.ID, ""), http.StatusSeeOther)
	return nil
}

// addGuess keeps a guess written after the reveal; flow marks it late.
func (s *server) addGuess(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	guess, err := headway.NewGuess(study.ID, headway.Label(r.PostFormValue("slot")), r.PostFormValue("text"))
	if err != nil {
		return err
	}
	guess.Author = r.PostFormValue("author")
	if err := s.hw.AddGuess(r.Context(), study.ID, guess); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "mirror"))
}
