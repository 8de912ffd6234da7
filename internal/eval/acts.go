package eval

import (
	"fmt"
	"io"

	"github.com/headway-oss/headway"
)

// printActs prints, per act and per slot asked for, how well it is heard in
// single sentences.
func printActs(w io.Writer, judged []judged) {
	fmt.Fprintln(w, "Weights, calibration and thresholds of the other folds. *Counted* may count unchecked, *suggested* is shown too. Always: F1 of saying so of every sentence (of no sentence: 0). Annotators among themselves: .93 over all acts.")
	printLabels(w, "interviews and podcast", judged, false)
	printLabels(w, "written, not real (invented conversations)", judged, true)
}

func printLabels(w io.Writer, title string, all []judged, invented bool) {
	fmt.Fprintf(w, "\n%s:\n\n| label | n | always | counted F1 | precision | recall | suggested precision | recall |\n|---|---|---|---|---|---|---|---|\n", title)
	micro := Tally{}
	for _, label := range headway.Labels(headway.Ours) {
		heard, always, suggested := Tally{}, Count{}, Count{}
		for _, j := range all {
			if j.Invented() != invented {
				continue
			}
			heard.Of(j.Document()).Add(counted(j.heard, label), j.Has(label))
			micro.Of(j.Document()).Add(counted(j.heard, label), j.Has(label))
			always.Add(true, j.Has(label))
			suggested.Add(holds(j.shown, label), j.Has(label))
		}
		if sum := heard.Sum(); sum.N() > 0 {
			fmt.Fprintf(w, "| %s | %d | %s | %s | %s | %s | %s | %s |\n", label, sum.N(), Dot(always.F1()), heard.F1(),
				Dot(sum.Precision()), Dot(sum.Recall()), Dot(suggested.Precision()), Dot(suggested.Recall()))
		}
	}
	sum := micro.Sum()
	fmt.Fprintf(w, "| all (micro) | %d | | %s | %s | %s | | |\n", sum.N(), micro.F1(), Dot(sum.Precision()), Dot(sum.Recall()))
}
