package hear

import (
	"github.com/headway-oss/headway"
)

// Row is one sentence with all that it is heard from.
type Row struct {
	Side     headway.Side
	Question string // the last two sentences of the other side's turn before; of a survey, its question
	Before   string // the sentence before in the same turn
	Sentence string
	After    string // the sentence after in the same turn
	Genre    string // a headway.Genre, or "" where it is not known
}

// Sentence gives every label of the row's side in codebook order with its
// score, Counted at the acting threshold; nothing for a side that is neither
// theirs nor ours.
func Sentence(r Row) []headway.Scored {
	switch r.Side {
	case headway.Theirs:
		return theirs(r)
	case headway.Ours:
		return ours(r)
	}
	return nil
}

// Suggested keeps the labels at or above their suggesting threshold.
func Suggested(all []headway.Scored) []headway.Scored { return suggested(all, suggests) }

func suggested(all []headway.Scored, from func(headway.Label) float64) []headway.Scored {
	var kept []headway.Scored
	for _, s := range all {
		if s.Counted || s.Score >= from(s.Label) {
			kept = append(kept, s)
		}
	}
	return kept
}

// suggests gives the score from which a label is shown as a suggestion.
func suggests(label headway.Label) float64 {
	if _, known := shipped().at[label]; known {
		return shipped().suggests(label)
	}
	return kindSuggests(label)
}
