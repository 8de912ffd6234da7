package headway

import (
	"strings"
	"time"
)

// Guess is what we believe about customers, written down before we look.
type Guess struct {
	ID     GuessID   `json:"id"`
	Study  StudyID   `json:"study"`
	Slot   Label     `json:"slot"`
	Text   string    `json:"text"`
	Author string    `json:"author,omitempty"` // as written; may be empty
	Member MemberID  `json:"member,omitempty"`
	At     time.Time `json:"at,omitzero"` // UTC, whole microseconds
	// Late is set on a guess written after evidence was shown.
	Late bool `json:"late,omitempty"`
	// Seal is the hash that closes this guess and all before it; "" while open.
	Seal string `json:"seal,omitempty"`
}

// NewGuess checks slot and text and gives the guess its id.
func NewGuess(study StudyID, slot Label, text string) (Guess, error) {
	text = strings.TrimSpace(text)
	if !slot.IsSlot() {
		return Guess{}, Errorf(Invalid, "a guess is about one of %s; %q is none of them", slotNames(), slot)
	}
	if text == "" {
		return Guess{}, Errorf(Invalid, "the guess about %s is empty: write a sentence or leave it out", slot)
	}
	return Guess{ID: GuessID(Digest("guess", string(study), string(slot), text)), Study: study, Slot: slot, Text: text}, nil
}

// Slots gives the kinds a guess is held against: its own, and for a guess
// about why (pull) the motivation too.
func (g Guess) Slots() []Label {
	if g.Slot == Pull {
		return []Label{Pull, Motivation}
	}
	return []Label{g.Slot}
}

// SealAll closes guesses in order into a chain of SHA-256 hashes that starts
// from previous ("" for the first): changing, dropping or reordering one
// changes every seal after it. It sets Seal on each and gives the last.
func SealAll(guesses []Guess, previous string) (last string) {
	for i := range guesses {
		g := &guesses[i]
		g.Seal = sealOf(*g, previous)
		previous = g.Seal
	}
	return previous
}

// SealsHold says whether each guess still matches its seal, in order.
func SealsHold(guesses []Guess, previous string) bool {
	for _, g := range guesses {
		if g.Seal != sealOf(g, previous) {
			return false
		}
		previous = g.Seal
	}
	return true
}

func sealOf(g Guess, previous string) string {
	return digestHex("seal", string(g.Study), string(g.Slot), g.Text, string(g.Member), g.At.UTC().Format(time.RFC3339Nano), previous)
}

func slotNames() string {
	var names []string
	for _, s := range Slots() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}
