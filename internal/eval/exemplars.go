package eval

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// Candidates gives the invented sentences that may be shown as examples: those
// that the careful pass, by weights which had not seen them, heard rightly.
func Candidates(dataDir string) ([]hear.Candidate, error) {
	read, err := kept()
	if err != nil {
		return nil, err
	}
	kinds, ours, err := judgeQuickly(dataDir)
	if err != nil {
		return nil, err
	}
	rows, err := carefulRows(kinds, ours, read)
	if err != nil {
		return nil, err
	}
	theirs, acts := judgeCarefully(rows)
	var all []hear.Candidate
	for _, h := range theirs {
		all = append(all, rightly(h.Labelled, h.scores, func(l headway.Label) bool { return h.suggested[l] })...)
	}
	for _, j := range acts {
		all = append(all, rightly(j.Labelled, j.heard, func(l headway.Label) bool { return holds(j.shown, l) })...)
	}
	return all, nil
}

// rightly gives the labels of an invented sentence that were shown and are its own.
func rightly(l Labelled, heard []headway.Scored, shown func(headway.Label) bool) (all []hear.Candidate) {
	for _, s := range heard {
		if l.Invented() && l.Has(s.Label) && shown(s.Label) {
			all = append(all, hear.Candidate{Label: s.Label, Score: s.Score, Row: l.Row})
		}
	}
	return all
}
