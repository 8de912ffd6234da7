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
	Kinds   []labelNote
	Acts    []labelNote
	Figures bool
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
	view := qualityView{Kinds: notes(headway.Kinds(), figures), Acts: notes(headway.Acts(), figures), Figures: len(figures) > 0}
	return s.render(w, r, http.StatusOK, newPage("quality", "How well Headway hears"), view)
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
