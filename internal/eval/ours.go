package eval

import (
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// realOurs names the files of real sentences of our side; invented ones teach
// and are measured only in tables of their own.
var realOurs = []string{"ai-*", "podcast"}

// OursExamples gives every labelled sentence of our side to learn from.
func OursExamples(dataDir string) ([]hear.Example, error) {
	rows, err := oursRows(dataDir)
	return oursExamples(rows), err
}

func oursRows(dataDir string) ([]Labelled, error) {
	rows, err := ReadLabels(dataDir, append(realOurs, "invented/*")...)
	return OfSide(rows, headway.Ours), err
}

// realWeight is what a real sentence counts for beside an invented one.
const realWeight = 2

func oursExamples(rows []Labelled) []hear.Example {
	var examples []hear.Example
	for _, r := range rows {
		examples = append(examples, oursExample(r))
	}
	return examples
}

func oursExample(r Labelled) hear.Example {
	x := hear.Example{Row: r.Row, Labels: r.Labels, Turn: r.Turn(), Part: Fold(r.Document()), Weight: realWeight}
	if r.Invented() {
		x.Weight = 1
	}
	return x
}

// judged is a labelled sentence of ours with what was heard in it by weights
// that have not seen its document, as written and stripped of punctuation and
// capitals.
type judged struct {
	Labelled
	heard, stripped []headway.Scored
	shown           []headway.Scored // of heard, what is counted or suggested
}

// judgeOurs hears every sentence of our side with weights, calibration and
// thresholds fitted on the other folds.
func judgeOurs(dataDir string) ([]judged, error) {
	rows, err := oursRows(dataDir)
	if err != nil {
		return nil, err
	}
	all := make([]judged, len(rows))
	var folds sync.WaitGroup
	for fold := range Folds {
		folds.Go(func() {
			fit, _ := Split(rows, fold)
			ours := hear.FitOurs(oursExamples(fit))
			for i, r := range rows {
				if Fold(r.Document()) == fold {
					heard := ours.Sentence(r.Row)
					all[i] = judged{r, heard, ours.Sentence(hear.Stripped(r.Row)), ours.Suggested(heard)}
				}
			}
		})
	}
	folds.Wait()
	return all, nil
}

// counted says whether any of the labels was heard surely enough to count.
func counted(all []headway.Scored, labels ...headway.Label) bool {
	for _, s := range all {
		for _, l := range labels {
			if s.Label == l && s.Counted {
				return true
			}
		}
	}
	return false
}

// holds says whether a label is among labels.
func holds(labels []headway.Scored, label headway.Label) bool {
	return headway.Heard{Labels: labels}.Has(label)
}
