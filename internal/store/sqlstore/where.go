package sqlstore

import (
	"strconv"
	"strings"
)

// where gathers the conditions that a filter asks for and no others, so that
// an engine can choose its index by them.
type where struct {
	conditions []string
	params     []any
}

// and adds a condition; each ? in it is the next of params.
func (w *where) and(condition string, params ...any) {
	for _, p := range params {
		w.params = append(w.params, p)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.params)), 1)
	}
	w.conditions = append(w.conditions, condition)
}

// sql gives the WHERE clause, or what comes after it.
func (w *where) sql() string { return " WHERE " + strings.Join(w.conditions, " AND ") }
