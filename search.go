package headway

import "time"

// SearchID names a saved search.
type SearchID string

// SavedSearch is what a member looks for again and again. Query holds words and
// filters as they are typed, and so may hold a customer's name: it is kept as a
// fact of its own and stands in no operation.
type SavedSearch struct {
	ID     SearchID  `json:"id"`
	Name   string    `json:"name"`
	Query  string    `json:"query"`
	Member MemberID  `json:"member"`
	At     time.Time `json:"at"` // UTC, whole microseconds
}
