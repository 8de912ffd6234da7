package eval

import (
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// KindExamples gives every labelled sentence of customers to learn from.
func KindExamples(dataDir string) ([]hear.Example, error) {
	rows, err := kindRows(dataDir)
	return kindExamples(rows), err
}

// kindsMeasured names the files that kinds are scored on; the others teach.
var kindsMeasured = []string{"ai-*", "more-*"}

func kindRows(dataDir string) ([]Labelled, error) {
	rows, err := ReadLabels(dataDir, append(kindsMeasured, "rare-*", "survey", "podcast", "invented/*")...)
	return OfSide(rows, headway.Theirs), err
}

// What a sentence counts for while learning. Thresholds rest on those that
// count fully: whole interviews, drawn at random.
const (
	wholeInterview  = 1
	otherGenre      = .9 // survey, podcast
	pickedOrWritten = .5
)

func kindExamples(rows []Labelled) []hear.Example {
	var examples []hear.Example
	for _, r := range rows {
		examples = append(examples, hear.Example{Row: r.Row, Labels: r.Labels, Part: Fold(r.Document()), Weight: kindWeight(r)})
	}
	return examples
}

func kindWeight(r Labelled) float64 {
	switch {
	case r.Invented() || strings.HasPrefix(r.File, "rare-"):
		return pickedOrWritten
	case r.File == "survey" || r.File == "podcast":
		return otherGenre
	}
	return wholeInterview
}
