// Package quality holds what was measured of hearing, as `headway eval --json`
// wrote it, and finds for something heard the figure that comes nearest: of its
// label, by whom it was heard, whether it counts, and in which genre. It stands
// beside the data's way: eval fills it, and the faces print it where
// suggestions stand.
//
//	note := quality.Of(quality.Heard{Label: headway.Struggle, By: "rule 1", Counted: true, Genre: headway.Interview})
//	note.Short() // such as "about 7 in 10 right, n = 795"
//
// No figure is ever typed in by hand:
//
//	headway eval --data ../shared/data --json >measured.json && mv measured.json internal/quality/
package quality

import (
	_ "embed"
	"encoding/json"
	"sync"

	"github.com/headway-oss/headway"
)

// Report is everything that was measured.
type Report struct {
	Machine  string    `json:"machine"` // on which Speed holds
	Passes   []Pass    `json:"passes"`  // the careful one first
	Ceilings []Ceiling `json:"ceilings"`
}

// The passes by which a sentence is heard.
const (
	Careful = "careful pass"
	Quick   = "quick pass"
)

// Pass is one of the ways to hear. Nothing in it was measured on documents of
// which its weights or thresholds had learned.
type Pass struct {
	Name    string   `json:"name"`
	Version string   `json:"version"` // of rules and weights
	Totals  []Total  `json:"totals"`  // by set
	Figures []Figure `json:"figures"`
	Asked   Asked    `json:"asked"`
	Near    Near     `json:"near"`
	// Calibration and Mistaken are of counted kinds in typed interviews.
	Calibration      []Bin      `json:"calibration"`
	CalibrationError float64    `json:"calibration_error"` // expected
	Mistaken         []Mistaken `json:"mistaken"`
	Curve            []Step     `json:"curve,omitempty"` // of the kinds in typed interviews
	Speed            Speed      `json:"speed"`
	Sessions         []Session  `json:"sessions,omitempty"`
}

// The sets of labelled sentences. Of those not known or not learned from, the
// pass had learned no sentence of their genre.
const (
	Interviews  = "typed interviews"
	SameSurveys = "answers to surveys it knows"
	OtherSurvey = "answers to surveys it does not know"
	Spoken      = "spoken talks, none learned from"
	Unseen      = "typed interviews, none learned from"
	RealTalks   = "interviews and spoken talks" // of our side
	WrittenByUs = "written by us, not real"
)

// Any is the label of a total: any of those of its side.
const Any headway.Label = "all"

// enoughToTell is from how many on a share is told; under it counts only.
const enoughToTell = 10

// Share is a share, its 95 % interval over documents, and what it is a share of.
type Share struct {
	Is   float64 `json:"is"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	Of   int     `json:"of"`
}

// Figure is how surely one label is heard in one set. Plain is the F1 of a
// baseline: for a kind three to eight words, each enough by itself; for our
// side saying so of every sentence.
type Figure struct {
	Label         headway.Label `json:"label"`
	Set           string        `json:"set"`
	N             int           `json:"n"` // sentences that carry the label
	Plain         float64       `json:"plain"`
	F1            Share         `json:"f1"`             // of all that is shown
	Shown         Share         `json:"shown"`          // right of all that is shown
	Found         Share         `json:"found"`          // shown of those there
	Counted       Share         `json:"counted"`        // right of what may count unchecked
	CountedFound  Share         `json:"counted_found"`  // counted of those there
	OnlySuggested Share         `json:"only_suggested"` // right of what is shown and may not count
}

// Total lays the labels of one set together.
type Total struct {
	Figure
	Macro     float64 `json:"macro"`  // mean F1 over Labels
	Labels    int     `json:"labels"` // those with at least five cases
	Any       Share   `json:"any"`    // F1 of carrying any kind or none
	Sentences int     `json:"sentences"`
	Documents int     `json:"documents"`
}

// Asked is whether conversations of ours are read rightly, slot by slot.
type Asked struct {
	Asked      Share `json:"asked"`       // right of the slots called asked
	FalseNever Share `json:"false_never"` // asked for after all, of the slots called never asked
}

// Near is whether sentences near a guess are about it, for guesses that nearness
// was not set on.
type Near struct {
	Right Share `json:"right"`
	Found Share `json:"found"`
}

// Bin is what was counted with scores from From to To.
type Bin struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	N     int     `json:"n"`
	Mean  float64 `json:"mean"`  // score
	Right float64 `json:"right"` // share
}

// Mistaken is what sentences are that were wrongly counted as a label; one may
// carry several.
type Mistaken struct {
	Label   headway.Label `json:"label"`
	Wrong   int           `json:"wrong"`
	Nothing int           `json:"nothing"` // carry no label at all
	Instead []Instead     `json:"instead"` // codebook order
}

// Instead is how many of them carry a label.
type Instead struct {
	Label headway.Label `json:"label"`
	N     int           `json:"n"`
}

// Session is how often, of a poor and a good counselling session, a share of
// ours names the poor one.
type Session struct {
	Share string `json:"share"`
	AUC   Share  `json:"auc"`
}

// Step is a pass that had fewer documents to learn from.
type Step struct {
	Part      float64 `json:"part"`      // of all there are to learn from
	Documents int     `json:"documents"` // mean over folds
	Sentences int     `json:"sentences"`
	F1        Share   `json:"f1"` // micro, of what is shown
	Macro     float64 `json:"macro"`
}

// Speed is how fast a pass hears on the machine that measured.
type Speed struct {
	Sentences float64 `json:"sentences"` // a second
	Words     float64 `json:"words"`     // a second
	Cores     int     `json:"cores"`
}

// Ceiling is how far two annotators agree, who worked apart from each other.
type Ceiling struct {
	Of        string  `json:"of"`
	F1        float64 `json:"f1"` // micro
	Sentences int     `json:"sentences,omitempty"`
}

//go:embed measured.json
var measured []byte

// Stored gives what was measured. It must not be changed.
var Stored = sync.OnceValue(func() Report {
	var r Report
	if err := json.Unmarshal(measured, &r); err != nil {
		panic("quality: measured.json: " + err.Error()) // part of the program, and a test reads it
	}
	return r
})

// Pass gives a pass by its name; one in which nothing was measured where there
// is none.
func (r Report) Pass(name string) Pass {
	for _, p := range r.Passes {
		if p.Name == name {
			return p
		}
	}
	return Pass{Name: name}
}

// Figure gives a label's figure in a set.
func (p Pass) Figure(l headway.Label, set string) (Figure, bool) {
	for _, f := range p.Figures {
		if f.Label == l && f.Set == set {
			return f, true
		}
	}
	return Figure{}, false
}

// Total gives a set's total.
func (p Pass) Total(set string) (Total, bool) {
	for _, t := range p.Totals {
		if t.Set == set {
			return t, true
		}
	}
	return Total{}, false
}

// OnlySuggests says whether a label never counted unchecked where it was measured.
func (p Pass) OnlySuggests(l headway.Label) bool {
	for _, set := range []string{Interviews, RealTalks} {
		if f, measured := p.Figure(l, set); measured {
			return f.Counted.Of == 0
		}
	}
	return false
}
