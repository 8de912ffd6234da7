package flow

import (
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// How many characters what members write may have. Pages and lists show all of a
// name, and whoever pastes a page into its field would never get it out of them.
const (
	longestName    = 200
	longestAccount = 500
	longestGuess   = 5000
)

// within refuses words of more characters than most; what says which they are.
func within(what, words string, most int) error {
	if utf8.RuneCountInString(words) > most {
		return headway.Errorf(headway.Invalid, "%s has %d characters at most: this has %d", what, most, utf8.RuneCountInString(words))
	}
	return nil
}
