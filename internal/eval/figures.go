package eval

import "github.com/headway-oss/headway"

// Figure is how surely one label is heard on one set of labelled sentences, by
// weights and thresholds that do not know them. The quality page shows it.
type Figure struct {
	Label     headway.Label `json:"label"`
	Set       string        `json:"set"`
	N         int           `json:"n"`         // sentences that carry the label
	Precision Share         `json:"precision"` // of those heard surely enough to count; of those suggested where none is
	Recall    Share         `json:"recall"`
	Counted   bool          `json:"counted"` // whether any is heard surely enough to count unchecked
}

// Share is a share with its 95 % interval over documents.
type Share struct {
	Is   float64 `json:"is"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

const (
	setReal    = "real conversations"
	setWritten = "written, not real"
)

// Figures measures every label of both sides, on real conversations and, kept
// apart, on those that we wrote.
func Figures(dataDir string) ([]Figure, error) {
	rows, err := kindRows(dataDir)
	if err != nil {
		return nil, err
	}
	ours, err := judgeOurs(dataDir)
	if err != nil {
		return nil, err
	}
	theirs := judgeKinds(rows)
	var all []Figure
	for _, set := range []struct {
		name  string
		kinds []heardKinds
	}{{setReal, ofFiles(theirs, wholeInterviews...)}, {setWritten, ofFiles(theirs, "inv*")}} {
		for _, kind := range headway.Kinds() {
			counted, suggested := Tally{}, Tally{}
			for _, h := range set.kinds {
				counted.Of(h.Document()).Add(h.counted[kind], h.Has(kind))
				suggested.Of(h.Document()).Add(h.suggested[kind], h.Has(kind))
			}
			all = appendFigure(all, kind, set.name, counted, suggested)
		}
		for _, act := range headway.Acts() {
			sure, shown := Tally{}, Tally{}
			for _, j := range ours {
				if j.Invented() == (set.name == setWritten) {
					sure.Of(j.Document()).Add(counted(j.heard, act), j.Has(act))
					shown.Of(j.Document()).Add(holds(j.shown, act), j.Has(act))
				}
			}
			all = appendFigure(all, act, set.name, sure, shown)
		}
	}
	return all, nil
}

// appendFigure leaves out what no sentence of the set carries.
func appendFigure(all []Figure, l headway.Label, set string, counted, suggested Tally) []Figure {
	if suggested.Sum().N() == 0 {
		return all
	}
	sum := counted.Sum()
	f := Figure{Label: l, Set: set, N: sum.N(), Counted: sum.Hit+sum.False > 0}
	of := suggested
	if f.Counted {
		of = counted
	}
	f.Precision, f.Recall = of.share(Count.Precision), of.share(Count.Recall)
	return append(all, f)
}

func (t Tally) share(figure func(Count) float64) Share {
	low, high := t.Interval(figure)
	return Share{rounded(figure(t.Sum())), rounded(low), rounded(high)}
}

// rounded keeps three decimals: more would say more than the labels can.
func rounded(share float64) float64 { return float64(int(share*1000+.5)) / 1000 }
