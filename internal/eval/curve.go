package eval

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/quality"
)

// curveParts are the parts of the training documents that the learning curve
// lets the quick pass have.
var curveParts = []float64{1. / 8, 1. / 4, 1. / 2, 1}

// drawn says whether a document is in a part of all: by its digest, so that the
// same are drawn every time and each part holds the smaller ones.
func drawn(document string, part float64) bool {
	digest := sha256.Sum256([]byte("learning curve " + document))
	return float64(binary.BigEndian.Uint32(digest[:])) < part*(1<<32)
}

// learningCurve tells whether more labels would help: how well the quick pass
// hears kinds in interviews of a fold when it learned from a part of the
// documents of the others. The careful pass takes a quarter of an hour to learn
// from one, so its curve is not drawn.
func learningCurve(rows []Labelled) (steps []quality.Step) {
	for _, part := range curveParts {
		var some []Labelled
		for _, r := range rows {
			if drawn(r.Document(), part) {
				some = append(some, r)
			}
		}
		steps = append(steps, stepOf(part, rows, some))
	}
	return steps
}

func stepOf(part float64, rows, some []Labelled) quality.Step {
	step := quality.Step{Part: part}
	var heard []heardKinds
	for fold := range Folds {
		fit, _ := Split(some, fold)
		_, measure := Split(rows, fold)
		heard = append(heard, hearKinds(hear.FitTheirs(kindExamples(fit)), filesOf(measure, wholeInterviews...))...)
		step.Documents += documents(fit)
		step.Sentences += len(fit)
	}
	step.Documents, step.Sentences = step.Documents/Folds, step.Sentences/Folds
	total := kindTotal(kindSet{quality.Interviews, heard})
	step.F1, step.Macro = total.F1, total.Macro
	return step
}

func filesOf(all []Labelled, files ...string) (kept []Labelled) {
	for _, l := range all {
		if isFile(l, files...) {
			kept = append(kept, l)
		}
	}
	return kept
}

func documents(rows []Labelled) int {
	all := map[string]bool{}
	for _, r := range rows {
		all[r.Document()] = true
	}
	return len(all)
}

// printCurve prints the learning curve of the quick pass.
func printCurve(w io.Writer, rows []Labelled) {
	fmt.Fprintln(w, "Kinds in whole interviews, heard at once with weights and thresholds of the other folds, learned from a part of their documents (drawn by digest; those we wrote among them). The careful pass takes a quarter of an hour to learn from one part, so it has no curve here.")
	fmt.Fprintln(w, "\n| part | documents | sentences | micro-F1 | macro-F1 |\n|---|---|---|---|---|")
	for _, s := range learningCurve(rows) {
		fmt.Fprintf(w, "| %s | %d | %d | %s (%s-%s) | %s |\n", Dot(s.Part), s.Documents, s.Sentences, Dot(s.F1.Is), Dot(s.F1.Low), Dot(s.F1.High), Dot(s.Macro))
	}
}
