package eval

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// realOurs names the files of real sentences of our side; invented ones teach
// and are never measured.
var realOurs = []string{"ai-*", "podcast"}

// OursExamples gives every labelled sentence of our side to learn from.
func OursExamples(dataDir string) ([]hear.Example, error) {
	rows, err := ReadLabels(dataDir, append(realOurs, "invented/*")...)
	if err != nil {
		return nil, err
	}
	return oursExamples(rows), nil
}

// realWeight is what a real sentence counts for beside an invented one.
const realWeight = 2

func oursExamples(rows []Labelled) []hear.Example {
	var examples []hear.Example
	for _, r := range OfSide(rows, headway.Ours) {
		x := hear.Example{Row: r.Row, Labels: r.Labels, Part: Fold(r.Document()), Weight: 1}
		if isReal(r) {
			x.Weight = realWeight
		}
		examples = append(examples, x)
	}
	return examples
}

func isReal(r Labelled) bool { return len(r.File) < 3 || r.File[:3] != "inv" }
