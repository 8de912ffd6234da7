package web

import (
	"context"
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/shoes"
	"github.com/headway-oss/headway/internal/source"
)

// Describing tells whom a text of ours describes. It keeps nothing of the text,
// and is Denied before the reveal.
type Describing interface {
	Describe(ctx context.Context, study headway.StudyID, text string) (flow.Described, error)
}

// shoesPage is a text with its marks; without sentences only the form.
type shoesPage struct {
	Problem   string // why the text could not be read, and what to do
	Pasted    string // a text that could not be read, to be mended
	File      string // "" for pasted text
	Sentences []shoesLine
	Shares    []shoesShare
	Counts    shoes.Counts
	Against   int
}

// shoesLine is one sentence of the text.
type shoesLine struct {
	Words string
	Mark  shoes.Mark
	Name  string // of the mark
	Why   []shoes.Reason
	Near  []shoesNear
}

// shoesNear is a customer's sentence beside it.
type shoesNear struct {
	quoteView
	Who, Source string
	Nearness    float64
}

// shoesShare is how many sentences have a mark, in words.
type shoesShare struct {
	Mark  shoes.Mark
	Name  string
	Share string
}

var markNames = map[shoes.Mark]string{
	shoes.Theirs: "their words", shoes.Ours: "our operations", shoes.Unsupported: "unsupported", shoes.Unread: "not read: not English",
}

// showShoes asks for a text.
func (s *server) showShoes(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("shoes", "Them or us?").of(study, "mirror"), shoesPage{})
}

// shoes marks a text that was chosen or pasted. Nothing of it is kept, so the
// answer is the page itself and no redirect; where the text cannot be read, the
// form again, with what was pasted.
func (s *server) shoes(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	files, _, err := readUpload(r)
	if err != nil {
		return err
	}
	view, err := s.readShoes(r.Context(), study.ID, files)
	status := http.StatusOK
	if headway.ErrorCode(err) == headway.Invalid {
		view, status, err = shoesPage{Problem: sentence(err.Error()), Pasted: pastedIn(files)}, http.StatusUnprocessableEntity, nil
	}
	if err != nil {
		return err
	}
	return s.render(w, r, status, newPage("shoes", "Them or us?").of(study, "mirror"), view)
}

func (s *server) readShoes(ctx context.Context, study headway.StudyID, files []source.File) (v shoesPage, err error) {
	if len(files) != 1 {
		return v, headway.Errorf(headway.Invalid, "give one text: choose a file, or paste it, not both")
	}
	text, err := source.Text(files[0])
	if err != nil {
		return v, err
	}
	d, err := s.hw.Describe(ctx, study, text)
	if err != nil {
		return v, err
	}
	v, err = viewShoes(study, d)
	v.File = files[0].Name
	return v, err
}

// pastedIn gives the text that was pasted, or "".
func pastedIn(files []source.File) string {
	for _, f := range files {
		if f.Name == pastedText {
			return string(f.Data)
		}
	}
	return ""
}

func viewShoes(study headway.StudyID, d flow.Described) (shoesPage, error) {
	c := d.Counts()
	v := shoesPage{Counts: c, Against: d.Against}
	for _, of := range []struct {
		mark shoes.Mark
		n    int
	}{{shoes.Theirs, c.Theirs}, {shoes.Ours, c.Ours}, {shoes.Unsupported, c.Unsupported}} {
		v.Shares = append(v.Shares, shoesShare{of.mark, markNames[of.mark], mirror.ShareOf(of.n, c.N())})
	}
	for _, s := range d.Sentences {
		line := shoesLine{Words: s.Words, Mark: s.Mark, Name: markNames[s.Mark], Why: s.Why}
		for _, n := range s.Near {
			words, err := d.Quote(n)
			if err != nil {
				return v, err
			}
			in, turn := d.Place(n)
			line.Near = append(line.Near, shoesNear{
				quoteView{words, placePath(study, in.ID, n.Span), formatSpan(n.Span)},
				speakerName(in.Speaker(in.Turns[turn].Speaker).Name), in.File, n.Nearness})
		}
		v.Sentences = append(v.Sentences, line)
	}
	return v, nil
}
