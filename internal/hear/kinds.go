package hear

import "github.com/headway-oss/headway"

// theirs hears the twelve kinds in a customer's sentence.
func theirs(Row) []headway.Scored { return nil }

// kindSuggests gives the score from which a kind is shown as a suggestion.
func kindSuggests(headway.Label) float64 { return .5 }
