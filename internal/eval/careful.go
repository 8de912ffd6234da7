package eval

import (
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// carefulRow is a labelled sentence in one form, with what both hearers made of
// it by weights that have not learned from its document.
type carefulRow struct {
	Labelled
	hear.CarefulExample
}

// CarefulExamples gives every labelled sentence that both hearers have judged
// without having learned from it.
func CarefulExamples(dataDir string, read Opinions) (examples []hear.CarefulExample, err error) {
	kinds, ours, err := judgeQuickly(dataDir)
	if err != nil {
		return nil, err
	}
	rows, err := carefulRows(kinds, ours, read)
	for _, r := range rows {
		examples = append(examples, r.CarefulExample)
	}
	return examples, err
}

// carefulRows lays the encoder's opinions beside what was heard quickly.
func carefulRows(kinds []heardKinds, ours []judged, read Opinions) (all []carefulRow, err error) {
	add := func(l Labelled, x hear.KindExample, quick []headway.Scored, form Form) {
		all = append(all, carefulRow{l, hear.CarefulExample{
			KindExample: x,
			Opinions:    hear.OpinionsOf(l.inForm(form), quick, read.Of(l, form)),
			Stripped:    form == asStripped,
		}})
	}
	for _, h := range kinds {
		add(h.Labelled, kindExample(h.Labelled), h.scores, asWritten)
	}
	for _, j := range ours {
		x := hear.KindExample{Example: oursExample(j.Labelled)}
		add(j.Labelled, x, j.heard, asWritten)
		add(j.Labelled, x, j.stripped, asStripped)
	}
	for _, r := range all {
		if r.Opinions.Read == nil {
			return nil, headway.Errorf(headway.NotFound, "no opinion is kept of sentence %s of %s: run tools/train/careful after the labels change", r.ID, r.File)
		}
	}
	return all, nil
}

// judgeCarefully weighs both opinions of every row by what the other folds
// taught about them.
func judgeCarefully(rows []carefulRow) (kinds []heardKinds, ours []judged) {
	parts := make([]*hear.Careful, Folds)
	var folds sync.WaitGroup
	for fold := range Folds {
		folds.Go(func() {
			parts[fold] = hear.FitCareful(without(rows, func(r carefulRow) bool { return Fold(r.Document()) == fold }))
		})
	}
	folds.Wait()
	for _, r := range rows {
		by := parts[Fold(r.Document())]
		heard := by.Weigh(r.Opinions)
		switch {
		case r.Labelled.Row.Side == headway.Theirs:
			kinds = append(kinds, newHeardKinds(r.Labelled, heard, by.Suggested(heard)))
		case r.Stripped:
			ours[len(ours)-1].stripped = heard // its written form comes right before
		default:
			ours = append(ours, judged{r.Labelled, heard, nil, by.Suggested(heard)})
		}
	}
	return kinds, ours
}

// unseenCarefully hears the genres from which the encoder without them has not
// learned; nor have the quick pass's weights, nor the thresholds.
func unseenCarefully(rows []carefulRow, read Opinions, files ...string) (kinds []heardKinds) {
	of := func(r carefulRow) bool { return isFile(r.Labelled, files...) }
	by := hear.FitCareful(without(rows, of))
	var theirs []Labelled
	for _, r := range rows {
		if r.Labelled.Row.Side == headway.Theirs {
			theirs = append(theirs, r.Labelled)
		}
	}
	for _, h := range withoutGenre(theirs, files...) {
		opinion := read.Of(h.Labelled, asUnseen)
		if opinion == nil {
			continue
		}
		heard := by.Weigh(hear.OpinionsOf(h.Row, h.scores, opinion))
		kinds = append(kinds, newHeardKinds(h.Labelled, heard, by.Suggested(heard)))
	}
	return kinds
}

// without leaves out the rows that are not to teach.
func without(rows []carefulRow, out func(carefulRow) bool) (kept []hear.CarefulExample) {
	for _, r := range rows {
		if !out(r) {
			kept = append(kept, r.CarefulExample)
		}
	}
	return kept
}
