package eval

import "github.com/headway-oss/headway"

// Figure is how surely one label is heard on one set of labelled sentences, by
// weights and thresholds that do not know them. The quality page shows it.
type Figure struct {
	Label     headway.Label `json:"label"`
	Set       string        `json:"set"`
	N         int           `json:"n"`         // sentences that carry the label
	Precision float64       `json:"precision"` // of those heard surely enough to count; of those suggested where none is
	Recall    float64       `json:"recall"`
	Counted   bool          `json:"counted"` // whether any is heard surely enough to count unchecked
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
			var counted, suggested Count
			for _, h := range set.kinds {
				counted.Add(h.counted[kind], h.Has(kind))
				suggested.Add(h.suggested[kind], h.Has(kind))
			}
			all = appendFigure(all, kind, set.name, counted, suggested)
		}
		for _, act := range headway.Acts() {
			var sure, shown Count
			for _, j := range ours {
				if j.Invented() == (set.name == setWritten) {
					sure.Add(counted(j.heard, act), j.Has(act))
					shown.Add(holds(j.shown, act), j.Has(act))
				}
			}
			all = appendFigure(all, act, set.name, sure, shown)
		}
	}
	return all, nil
}

// appendFigure leaves out what no sentence of the set carries.
func appendFigure(all []Figure, l headway.Label, set string, counted, suggested Count) []Figure {
	if suggested.N() == 0 {
		return all
	}
	f := Figure{Label: l, Set: set, N: suggested.N(), Counted: counted.Hit+counted.False > 0}
	of := suggested
	if f.Counted {
		of = counted
	}
	f.Precision, f.Recall = rounded(of.Precision()), rounded(of.Recall())
	return append(all, f)
}

// rounded keeps three decimals: more would say more than the labels can.
func rounded(share float64) float64 { return float64(int(share*1000+.5)) / 1000 }
