package cli

import (
	"fmt"
	"io"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// measuredReport is a mirror with how often what is in it is right.
type measuredReport struct {
	mirror.Report
	Measured []measuredKind `json:"measured"`
}

// measuredKind is what was measured nearest to the sentences of a kind that one
// hearer heard in one genre.
type measuredKind struct {
	Kind      headway.Label `json:"kind"`
	By        string        `json:"by"`
	Genre     headway.Genre `json:"genre"`
	Sentences int           `json:"sentences"`
	Measured  bool          `json:"genre_measured"`
	Figures   []figure      `json:"figures"`
}

// figure is how often such sentences were right in one set.
type figure struct {
	Right    quality.Share `json:"right"`
	On       string        `json:"on"`
	AllKinds bool          `json:"all_kinds,omitempty"`
}

func measuredOf(m mirror.Mirror) []measuredKind {
	all := []measuredKind{}
	for _, said := range m.TheySaid.Slots {
		for _, h := range said.Heard {
			n := quality.Of(quality.Heard{Label: said.Kind, By: h.By, Counted: true, Genre: h.Genre})
			kind := measuredKind{Kind: said.Kind, By: h.By, Genre: h.Genre, Sentences: h.Sentences, Measured: n.Measured, Figures: []figure{}}
			for _, f := range n.Found {
				kind.Figures = append(kind.Figures, figure{f.Right, f.Set, f.All})
			}
			all = append(all, kind)
		}
	}
	return all
}

// tally remembers what was heard, to say at the end how often such is right.
type tally struct {
	order []quality.Heard
	n     map[quality.Heard]int
}

func (t *tally) add(h headway.Heard, genre headway.Genre) {
	if t.n == nil {
		t.n = map[quality.Heard]int{}
	}
	for _, l := range h.Labels {
		if h.Side != headway.Theirs {
			continue
		}
		of := quality.Heard{Label: quality.Any, By: l.By, Counted: l.Counted, Genre: genre}
		if t.n[of] == 0 {
			t.order = append(t.order, of)
		}
		t.n[of]++
	}
}

// tell says it, one line for what counts and one for what does not, by genre.
func (t *tally) tell(w io.Writer) {
	for _, of := range t.order {
		does := "only suggested"
		if of.Counted {
			does = "counted"
		}
		fmt.Fprintf(w, "kinds %s in %s by %s: %d; %s\n", does, quality.GenreName(of.Genre), of.By, t.n[of], quality.Of(of).Short())
	}
}
