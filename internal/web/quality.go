package web

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/headway-oss/headway"
)

// measured is what the evaluation wrote: for each label how surely it is heard.
// No figure is ever typed in by hand:
//
//	headway eval --data ../shared/data --json >internal/web/quality.json
//
//go:embed quality.json
var measured []byte

// figure is one label's figures on one set of sentences that people labelled.
type figure struct {
	Pass      string        `json:"pass"` // who hears it: "careful pass" or "quick pass"
	Label     headway.Label `json:"label"`
	Set       string        `json:"set"`
	N         int           `json:"n"` // sentences that carry the label, in the set
	Precision share         `json:"precision"`
	Recall    share         `json:"recall"`
	Counted   bool          `json:"counted"` // whether it may count unchecked
}

// share is a share with its 95 % interval over documents.
type share struct {
	Is   float64 `json:"is"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

func (s share) String() string { return fmt.Sprintf("%.2f (%.2f–%.2f)", s.Is, s.Low, s.High) }

// qualityView is what the rules hear, and how well.
type qualityView struct {
	Passes []passNotes
}

// passNotes is what one pass hears.
type passNotes struct {
	ID, Title, Lead string
	Kinds, Acts     []labelNote
}

// labelNote is one label with its figures.
type labelNote struct {
	Label   headway.Label
	Figures []figure
}

func (s *server) showQuality(w http.ResponseWriter, r *http.Request) error {
	var figures []figure
	if err := json.Unmarshal(measured, &figures); err != nil {
		return headway.Errorf(headway.Internal, "quality.json is not a list of figures: %w", err)
	}
	var view qualityView
	for _, p := range []struct{ pass, id, title, lead string }{
		{"careful pass", "closely", "Heard closely", "An encoder reads the whole sentence and what it follows. It takes longer, so it works behind the pages, and takes the place of what was heard at once."},
		{"quick pass", "at-once", "Heard at once", "Wordings, and what they are worth together. It serves as soon as a file is read."},
	} {
		of := figuresOf(p.pass, figures)
		if len(of) > 0 {
			view.Passes = append(view.Passes, passNotes{p.id, p.title, p.lead, notes(headway.Kinds(), of), notes(headway.Acts(), of)})
		}
	}
	return s.render(w, r, http.StatusOK, newPage("quality", "How well Headway hears"), view)
}

func figuresOf(pass string, all []figure) (of []figure) {
	for _, f := range all {
		if f.Pass == pass {
			of = append(of, f)
		}
	}
	return of
}

func notes(labels []headway.Label, figures []figure) []labelNote {
	var all []labelNote
	for _, l := range labels {
		note := labelNote{Label: l}
		for _, f := range figures {
			if f.Label == l {
				note.Figures = append(note.Figures, f)
			}
		}
		all = append(all, note)
	}
	return all
}
