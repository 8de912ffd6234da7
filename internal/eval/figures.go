package eval

import "github.com/headway-oss/headway"

// Figure is how surely one label is heard on one set of labelled sentences, by
// weights and thresholds that do not know them. The quality page shows it.
type Figure struct {
	Pass      string        `json:"pass"` // "quick pass" or "careful pass"
	Label     headway.Label `json:"label"`
	Set       string        `json:"set"`
	N         int           `json:"n"`         // sentences that carry the label
	Precision Share         `json:"precision"` // of those heard surely enough to count; of those suggested where none is
	Recall    Share         `json:"recall"`
	Shown     Share         `json:"shown"`     // the share that is right of all that is suggested, what counts included
	Suggested int           `json:"suggested"` // how often it was, which Shown rests on
	Counted   bool          `json:"counted"`   // whether any is heard surely enough to count unchecked
}

// Share is a share with its 95 % interval over documents.
type Share struct {
	Is   float64 `json:"is"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// figureSets are the genres that figures are given for. Our side has labels in
// real talks of both kinds together, and in written ones.
var figureSets = []struct {
	name     string
	theirs   []string // files
	ours     bool
	invented bool
}{
	{"interviews", wholeInterviews, true, false},
	{"survey answers", []string{"survey"}, false, false},
	{"written, not real", []string{"inv*"}, true, true},
}

// Figures measures every label of both sides, on real conversations and, kept
// apart, on those that we wrote.
func Figures(dataDir string) ([]Figure, error) {
	passes, err := passes(dataDir)
	if err != nil {
		return nil, err
	}
	var all []Figure
	for _, p := range passes {
		all = append(all, figuresOf(p)...)
	}
	return all, nil
}

func figuresOf(p pass) (all []Figure) {
	for _, set := range figureSets {
		kinds := ofFiles(p.kinds, set.theirs...)
		for _, kind := range headway.Kinds() {
			counted, suggested := Tally{}, Tally{}
			for _, h := range kinds {
				counted.Of(h.Document()).Add(h.counted[kind], h.Has(kind))
				suggested.Of(h.Document()).Add(h.suggested[kind], h.Has(kind))
			}
			all = appendFigure(all, p.name, kind, set.name, counted, suggested)
		}
		if !set.ours {
			continue
		}
		for _, act := range headway.Acts() {
			sure, shown := Tally{}, Tally{}
			for _, j := range p.ours {
				if j.Invented() == set.invented {
					sure.Of(j.Document()).Add(counted(j.heard, act), j.Has(act))
					shown.Of(j.Document()).Add(holds(j.shown, act), j.Has(act))
				}
			}
			all = appendFigure(all, p.name, act, set.name, sure, shown)
		}
	}
	return all
}

// appendFigure leaves out what no sentence of the set carries.
func appendFigure(all []Figure, pass string, l headway.Label, set string, counted, suggested Tally) []Figure {
	if suggested.Sum().N() == 0 {
		return all
	}
	sum := counted.Sum()
	f := Figure{Pass: pass, Label: l, Set: set, N: sum.N(), Counted: sum.Hit+sum.False > 0}
	of := suggested
	if f.Counted {
		of = counted
	}
	f.Shown, f.Suggested = suggested.share(Count.Precision), suggested.Sum().Hit+suggested.Sum().False
	f.Precision, f.Recall = of.share(Count.Precision), of.share(Count.Recall)
	return append(all, f)
}

func (t Tally) share(figure func(Count) float64) Share {
	low, high := t.Interval(figure)
	return Share{rounded(figure(t.Sum())), rounded(low), rounded(high)}
}

// rounded keeps three decimals: more would say more than the labels can.
func rounded(share float64) float64 { return float64(int(share*1000+.5)) / 1000 }
