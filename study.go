package headway

import "time"

// Study is a question we put to what customers said: its guesses, its seal and
// its conversations. A mirror belongs to a study.
type Study struct {
	ID     StudyID   `json:"id"`
	Name   string    `json:"name"`
	About  About     `json:"about"`
	Phase  Phase     `json:"phase"`
	Sample bool      `json:"sample,omitempty"` // invented; marked so wherever it shows
	Opened time.Time `json:"opened"`
}

// About says whom a study is about.
type About string

// A study is about one customer, about our customers, or about oneself (the
// sixty-second start, never counted as a customer's).
const (
	OneCustomer  About = "one"
	OurCustomers About = "all"
	Myself       About = "self"
)

// Phase orders guessing before looking.
type Phase string

// The phases: evidence is shown in Sealed and Skipped only.
const (
	Guessing Phase = "guessing"
	Sealed   Phase = "sealed"
	Skipped  Phase = "skipped" // looked without sealing; later guesses are marked Late
)

// Revealed says whether evidence may be shown.
func (p Phase) Revealed() bool { return p == Sealed || p == Skipped }
