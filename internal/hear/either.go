package hear

import (
	"runtime"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/encoder/weights"
)

// EitherWay hears sentences by themselves, by the careful pass, each as if a
// customer said it and as if one of us did: what a firm writes of its customers
// is in nobody's mouth. It takes hardly longer than hearing them as one side's.
func EitherWay(sentences []string) (theirs, ours [][]headway.Scored) {
	rows := make([]Row, len(sentences))
	for i, words := range sentences {
		rows[i] = Row{Sentence: words}
	}
	for i, read := range readRows(weights.Careful(), rows, runtime.GOMAXPROCS(0)) {
		asTheirs, asOurs := rows[i], rows[i]
		asTheirs.Side, asOurs.Side = headway.Theirs, headway.Ours
		theirs = append(theirs, shippedCareful().Weigh(OpinionsOf(asTheirs, Sentence(asTheirs), read.either[:len(kindLabels)])))
		ours = append(ours, shippedCareful().Weigh(OpinionsOf(asOurs, Sentence(asOurs), read.either[len(kindLabels):])))
	}
	return theirs, ours
}
