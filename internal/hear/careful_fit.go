package hear

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear/linear"
)

// CarefulExample is a labelled sentence with what both hearers, who had not
// learned from its document, made of it.
type CarefulExample struct {
	KindExample
	Opinions
	Stripped bool // of punctuation and capitals, as speech recognition writes
}

// FitCareful learns from sentences of both sides how sure two opinions make a
// label: calibration and thresholds, as the quick pass has them.
func FitCareful(examples []CarefulExample) *Careful {
	var theirs, ours []CarefulExample
	for _, x := range examples {
		if x.Row.Side == headway.Theirs {
			theirs = append(theirs, x)
		} else {
			ours = append(ours, x)
		}
	}
	return newCareful(append(fitCarefulKinds(theirs), fitCarefulOurs(ours)...))
}

// sevenInTen is what the careful pass must have right in interviews to count
// unchecked, with a little to spare; on what we wrote, in trades of all sorts, it
// is to be right more often than not.
var sevenInTen = right{.72, .6}

func fitCarefulKinds(examples []CarefulExample) (labels []linear.Label) {
	kinds, judged := make([]KindExample, len(examples)), make([][]float64, len(examples))
	for i, x := range examples {
		kinds[i] = x.KindExample
		if x.Proof != "" {
			judged[i] = x.all()
		}
	}
	for i, name := range kindNames() {
		l := linear.Label{Name: name}
		settleKind(&l, proofs(kinds, i, judged), sevenInTen)
		labels = append(labels, l)
	}
	return labels
}

// all lays both opinions of every label together.
func (o Opinions) all() (scores []float64) {
	for i := range o.Read {
		scores = append(scores, o.mixed(i))
	}
	return scores
}

func fitCarefulOurs(examples []CarefulExample) []linear.Label {
	l := &oursLessons{model: &linear.Model{}}
	var written []Example
	var scores [][]float64
	for _, x := range examples {
		carries, teaches := taught(x.Example)
		l.of = append(l.of, linear.Example{Labels: carries, Asked: teaches, Weight: x.Weight})
		l.scores = append(l.scores, x.all())
		if !x.Stripped {
			written, scores = append(written, x.Example), append(scores, l.scores[len(l.scores)-1])
		}
	}
	for _, name := range modelLabels() {
		l.model.Labels = append(l.model.Labels, linear.Label{Name: name})
	}
	for at := range l.model.Labels {
		l.calibrate(at)
		l.settle(at)
	}
	suggestAsks(l.model.Labels, scores, written)
	return l.model.Labels
}

// Marshal writes what was learned as it is embedded.
func (c *Careful) Marshal() ([]byte, error) {
	var labels []linear.Label
	for _, name := range append(kindNames(), modelLabels()...) {
		l := c.labels[headway.Label(name)]
		for _, figure := range []*float64{&l.Slope, &l.Shift, &l.Act, &l.Suggest} {
			*figure = math.Round(*figure*1e4) / 1e4
		}
		labels = append(labels, l)
	}
	text, err := json.MarshalIndent(labels, "", "  ")
	return []byte(strings.TrimSpace(string(text)) + "\n"), err
}
