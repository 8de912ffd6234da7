package headway

import "time"

// Note is what a member wrote beside a passage: our words, never evidence.
type Note struct {
	ID     NoteID    `json:"id"`
	Words  string    `json:"words"`
	Member MemberID  `json:"member"`
	At     time.Time `json:"at"` // UTC, whole microseconds
}
