package eval

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/quality"
)

// ceilings are how far two annotators agree who worked apart from each other:
// language models of one family, so two people might agree less. They were
// counted when the labels were made, and the second opinions are not kept.
var ceilings = []quality.Ceiling{
	{Of: "typed interviews", F1: .87, Sentences: 693},
	{Of: "spoken sessions", F1: .825, Sentences: 462},
	{Of: "reviews", F1: .92, Sentences: 331},
	{Of: "our side's acts", F1: .93},
}

// Measure gives every figure that the pages show, as they keep it.
func Measure(dataDir string) (quality.Report, error) {
	passes, err := passes(dataDir)
	if err != nil {
		return quality.Report{}, err
	}
	report := quality.Report{Machine: machine(), Ceilings: ceilings}
	for _, p := range passes {
		measured := measure(p)
		if measured.Near, err = nearness(dataDir, p.hearing); err != nil {
			return report, err
		}
		heard, err := sessions(dataDir, p.hearing)
		if err != nil {
			return report, err
		}
		measured.Sessions = sessionFigures(heard)
		if p.name == quality.Quick {
			measured.Curve = learningCurve(labelledOfKinds(p.kinds))
		}
		report.Passes = append(report.Passes, measured)
	}
	return report, nil
}

func measure(p pass) quality.Pass {
	typed := ofFiles(p.kinds, wholeInterviews...)
	q := quality.Pass{
		Name: p.name, Version: p.version,
		Calibration: binsOf(calibration(typed)), CalibrationError: rounded(expectedError(calibration(typed))),
		Mistaken: mistaken(typed),
		Asked:    askedOf(slotsOf(p.ours, false)),
		Speed:    speed(p, typed, longEnough),
	}
	for _, set := range kindSets(p) {
		q.Figures = append(q.Figures, kindFigures(set)...)
		q.Totals = append(q.Totals, kindTotal(set))
	}
	for _, set := range []actSet{{quality.RealTalks, actsOf(p.ours, false)}, {quality.WrittenByUs, actsOf(p.ours, true)}} {
		for _, l := range headway.Labels(headway.Ours) {
			q.Figures = appendMeasured(q.Figures, actTallies(set.of, l).figure(l, set.name))
		}
	}
	return q
}

// kindSet is sentences of customers in one genre.
type kindSet struct {
	name string
	of   []heardKinds
}

// kindSets are the genres in which a pass was measured.
func kindSets(p pass) []kindSet {
	sets := []kindSet{
		{quality.Interviews, ofFiles(p.kinds, wholeInterviews...)},
		{quality.SameSurveys, ofFiles(p.kinds, "survey")},
	}
	for _, genre := range p.unseen {
		sets = append(sets, kindSet{genre.set, genre.of})
	}
	return append(sets, kindSet{quality.WrittenByUs, ofFiles(p.kinds, "inv*")})
}

// tallies is what was decided of one label, or of all.
type tallies struct{ plain, shown, counted, suggested Tally }

func newTallies() tallies { return tallies{Tally{}, Tally{}, Tally{}, Tally{}} }

// add counts one decision; what counts is shown, too.
func (t tallies) add(document string, plain, shown, counted, there bool) {
	t.plain.Of(document).Add(plain, there)
	t.shown.Of(document).Add(shown, there)
	t.counted.Of(document).Add(counted, there)
	t.suggested.Of(document).Add(shown && !counted, there)
}

func (t tallies) join(o tallies) {
	t.plain.join(o.plain)
	t.shown.join(o.shown)
	t.counted.join(o.counted)
	t.suggested.join(o.suggested)
}

func (t tallies) figure(l headway.Label, set string) quality.Figure {
	return quality.Figure{
		Label: l, Set: set, N: t.shown.Sum().N(), Plain: rounded(t.plain.Sum().F1()),
		F1:    t.shown.shareOf(Count.F1, Count.N),
		Shown: t.shown.shareOf(Count.Precision, Count.Found), Found: t.shown.shareOf(Count.Recall, Count.N),
		Counted: t.counted.shareOf(Count.Precision, Count.Found), CountedFound: t.counted.shareOf(Count.Recall, Count.N),
		OnlySuggested: t.suggested.shareOf(Count.Precision, Count.Found),
	}
}

// shareOf gives a figure with its interval and what it is a share of.
func (t Tally) shareOf(figure func(Count) float64, of func(Count) int) quality.Share {
	low, high := t.Interval(figure)
	return quality.Share{Is: rounded(figure(t.Sum())), Low: rounded(low), High: rounded(high), Of: of(t.Sum())}
}

// rounded keeps three decimals: more would say more than the labels can.
func rounded(share float64) float64 { return float64(int(share*1000+.5)) / 1000 }

func kindTallies(all []heardKinds, kind headway.Label) tallies {
	t := newTallies()
	for _, h := range all {
		t.add(h.Document(), plainCue(h.Row.Sentence, kind), h.suggested[kind], h.counted[kind], h.Has(kind))
	}
	return t
}

func kindFigures(set kindSet) (all []quality.Figure) {
	for _, kind := range headway.Kinds() {
		all = appendMeasured(all, kindTallies(set.of, kind).figure(kind, set.name))
	}
	return all
}

// appendMeasured leaves out what no sentence of the set carries and nothing was
// heard as.
func appendMeasured(all []quality.Figure, f quality.Figure) []quality.Figure {
	if f.N == 0 && f.Shown.Of == 0 {
		return all
	}
	return append(all, f)
}

func kindTotal(set kindSet) quality.Total {
	sum, macro := newTallies(), []float64(nil)
	for _, kind := range headway.Kinds() {
		t := kindTallies(set.of, kind)
		sum.join(t)
		if t.shown.Sum().N() >= leastCases {
			macro = append(macro, t.shown.Sum().F1())
		}
	}
	return quality.Total{
		Figure: sum.figure(quality.Any, set.name), Macro: rounded(mean(macro)), Labels: len(macro),
		Any:       anyKind(set.of).shareOf(Count.F1, Count.N),
		Sentences: len(set.of), Documents: len(sum.shown),
	}
}

// actSet is sentences of ours, real or written.
type actSet struct {
	name string
	of   []judged
}

func actsOf(all []judged, invented bool) (of []judged) {
	for _, j := range all {
		if j.Invented() == invented {
			of = append(of, j)
		}
	}
	return of
}

func actTallies(all []judged, l headway.Label) tallies {
	t := newTallies()
	for _, j := range all {
		t.add(j.Document(), true, holds(j.shown, l), counted(j.heard, l), j.Has(l))
	}
	return t
}

// askedOf tells how rightly a mirror says what was asked and what nobody asked.
func askedOf(slots []slotOf) quality.Asked {
	asked, never := Tally{}, Tally{}
	for _, s := range slots {
		asked.Of(s.document).Add(s.counted, s.asked)
		never.Of(s.document).Add(s.never, s.asked)
	}
	return quality.Asked{
		Asked:      asked.shareOf(Count.Precision, Count.Found),
		FalseNever: never.shareOf(Count.Precision, Count.Found),
	}
}

// nearness measures candidates of the guesses that nearness was not set on.
func nearness(dataDir string, hearing func(*headway.Conversation) headway.Hearing) (quality.Near, error) {
	pairs, err := readPairs(dataDir)
	t, find := Tally{}, nearAsHeardBy(hearing)
	for _, p := range pairs {
		if !p.tuned() {
			t.Of(p.guess.Text).Add(find(p), p.about)
		}
	}
	return quality.Near{Right: t.shareOf(Count.Precision, Count.Found), Found: t.shareOf(Count.Recall, Count.N)}, err
}
