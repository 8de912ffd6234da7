package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/quality"
)

// qualityView is how well it hears: in five lines, by what people here decided,
// and as it was measured.
type qualityView struct {
	Lines     []string
	Here      []mirror.Kept
	Passes    []passView
	Ceilings  []quality.Ceiling
	Curve     curvePlot
	Machine   string
	Unheardof []string // genres that were never measured
}

// passView is what was measured of one pass.
type passView struct {
	quality.Pass
	ID, Title, Lead string
	Stale           string // the version that hears now, where another was measured
	Kinds, Acts     []setView
	Plot            calibrationPlot
	Mistakes        []mistakeView
}

// setView is the figures of one set of sentences.
type setView struct {
	Name    string
	Figures []quality.Figure
}

// mistakeView says of what was wrongly counted as a kind what it was.
type mistakeView struct {
	Label   headway.Label
	Wrong   int
	Counted int
	Was     string // "nothing 57, situation 32", most first
}

// unmeasuredGenres are those of which no labelled sentence is there to measure on.
var unmeasuredGenres = []headway.Genre{headway.Review, headway.Mail, headway.Chat, headway.Call}

func (s *server) showQuality(w http.ResponseWriter, r *http.Request) error {
	judged, err := s.hw.Judgements(r.Context())
	if err != nil {
		return err
	}
	stored := quality.Stored()
	view := qualityView{
		Lines: inFiveLines(stored), Here: mirror.KeptOf(judged, nil),
		Ceilings: stored.Ceilings, Machine: stored.Machine, Curve: plotCurve(stored.Pass(quality.Quick).Curve),
	}
	for _, g := range unmeasuredGenres {
		view.Unheardof = append(view.Unheardof, quality.GenreName(g))
	}
	for _, p := range []struct{ pass, version, id, title, lead string }{
		{quality.Careful, hear.CarefulVersion, "closely", "Heard closely", "An encoder reads the whole sentence and what it follows. It takes longer, so it works behind the pages, and takes the place of what was heard at once."},
		{quality.Quick, hear.Version, "at-once", "Heard at once", "Wordings, and what they are worth together. It serves as soon as a file is read."},
	} {
		if measured := stored.Pass(p.pass); len(measured.Figures) > 0 {
			pass := viewPass(measured)
			pass.ID, pass.Title, pass.Lead = p.id, p.title, p.lead
			if measured.Version != p.version {
				pass.Stale = p.version
			}
			view.Passes = append(view.Passes, pass)
		}
	}
	return s.render(w, r, http.StatusOK, newPage("quality", "How well Headway hears"), view)
}

func viewPass(p quality.Pass) passView {
	v := passView{Pass: p, Plot: plotCalibration(p)}
	for _, t := range p.Totals {
		v.Kinds = append(v.Kinds, setView{t.Set, figuresIn(p, t.Set, headway.Kinds())})
	}
	for _, set := range []string{quality.RealTalks, quality.WrittenByUs} {
		v.Acts = append(v.Acts, setView{set, figuresIn(p, set, headway.Labels(headway.Ours))})
	}
	for _, m := range p.Mistaken {
		if f, _ := p.Figure(m.Label, quality.Interviews); f.Counted.Of > 0 {
			v.Mistakes = append(v.Mistakes, mistakeView{m.Label, m.Wrong, f.Counted.Of, insteadOf(m)})
		}
	}
	return v
}

func figuresIn(p quality.Pass, set string, labels []headway.Label) (all []quality.Figure) {
	for _, l := range labels {
		if f, known := p.Figure(l, set); known {
			all = append(all, f)
		}
	}
	return all
}

// insteadOf lists what sentences were that were wrongly counted, most first.
func insteadOf(m quality.Mistaken) string {
	instead := slices.Clone(m.Instead)
	if m.Nothing > 0 {
		instead = append(instead, quality.Instead{Label: "nothing", N: m.Nothing})
	}
	slices.SortStableFunc(instead, func(a, b quality.Instead) int { return b.N - a.N })
	var was []string
	for _, i := range instead {
		if i.N > 0 {
			was = append(was, fmt.Sprintf("%s %d", i.Label, i.N))
		}
	}
	return strings.Join(was, ", ")
}

// inFiveLines says what somebody needs to know who reads no table: how often it
// is right, how much it finds, where it is worse, what it never decides, and
// what nobody knows.
func inFiveLines(r quality.Report) []string {
	p := r.Pass(quality.Careful)
	typed, measured := p.Total(quality.Interviews)
	if !measured {
		return nil
	}
	spoken, _ := p.Total(quality.Spoken)
	survey, _ := p.Total(quality.OtherSurvey)
	return []string{
		fmt.Sprintf("Of what it counts unchecked in typed interviews %s; of what it only suggests %s.", areRight(typed.Counted), areRight(typed.OnlySuggested)),
		fmt.Sprintf("Of what a careful reader would mark it shows %s and counts %s. Much is missed: that nothing was heard does not mean that nothing was said.", typed.Found.About(), typed.CountedFound.About()),
		fmt.Sprintf("Where it has learned nothing it is worse. Of what it shows in surveys it does not know %s, and it shows %s of what is there; in spoken talks %s, and it shows %s.", areRight(survey.Shown), survey.Found.About(), areRight(spoken.Shown), spoken.Found.About()),
		rareLine(p),
		fmt.Sprintf("Of what it says nobody asked, %s was asked after all (n\u00a0=\u00a0%s). On %s it was never measured, and what is not English it does not hear.", p.Asked.FalseNever.About(), thousand(p.Asked.FalseNever.Of), genreList(unmeasuredGenres)),
	}
}

// areRight says a share within a sentence: "about 7 in 10 are right (n = 2,729)".
func areRight(s quality.Share) string {
	return fmt.Sprintf("%s are right (n\u00a0=\u00a0%s)", s.About(), thousand(s.Of))
}

// rareLine names the kinds that never count, and those of which too little counts to tell.
func rareLine(p quality.Pass) string {
	var never, few []string
	for _, k := range headway.Kinds() {
		f, known := p.Figure(k, quality.Interviews)
		switch {
		case !known:
		case f.Counted.Of == 0:
			never = append(never, string(k))
		case f.CountedFound.Is < .1:
			few = append(few, string(k))
		}
	}
	var said []string
	if len(never) > 0 {
		said = append(said, "only suggests "+enumerated(never))
	}
	if len(few) > 0 {
		said = append(said, "hardly ever counts "+enumerated(few)+", so look at the suggestions")
	}
	if len(said) == 0 {
		return "Every kind counts where it is heard surely enough."
	}
	return "It " + strings.Join(said, "; it ") + "."
}

func enumerated(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func genreList(genres []headway.Genre) string {
	var names []string
	for _, g := range genres {
		names = append(names, quality.GenreName(g))
	}
	return enumerated(names)
}
