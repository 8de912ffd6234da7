package sqlstore

import (
	"database/sql"

	"github.com/headway-oss/headway"
)

// dialect is all in which the two engines differ: how to open them (beside it,
// in sqlite.go and postgres.go), how to wait one's turn, how to pass a list,
// how to search, what their errors mean, how to check and to copy.
type dialect struct {
	name string // "sqlite" or "postgres", as in the names of their files

	// ddl puts schema.sql's words into the engine's.
	ddl func(schema string) string

	// tables lists the names of the tables that are there.
	tables string

	// snapshot makes a transaction see one state.
	snapshot sql.IsolationLevel

	// exclude is a statement that makes other transactions that run it wait
	// until this one ends.
	exclude string

	// list is a table of one column, value, made from a parameter holding a JSON
	// array: it stands in FROM. %s is the parameter.
	list string

	search searchDialect

	// explain gives an engine's error a code, and says what to do.
	explain func(error) error

	// vacuum lists statements that leave nothing on the disk of what was erased;
	// they run outside of transactions.
	vacuum []string

	// check lists statements that find damage: each row they give is a finding,
	// but "ok" is none.
	check []string

	// damaged says whether an error means that what is on the disk is not sound.
	damaged func(error) bool
}

// searchDialect is how the full-text index of schema.NAME.sql is used.
type searchDialect struct {
	begin   string // tells the engine how to plan what a search asks; "" where it needs no telling
	key     string // column with the text's key, with its table
	match   string // condition: the row matches $1
	score   string // how well the row matches $1: the best have the least
	ranked  int    // how many matches are weighed, where a search is not narrowed
	query   func([]term) string
	index   string // puts texts with keys from $1 to $2 into the index
	unindex string // takes them out, while the texts are still there
	shred   string // makes unindex leave nothing behind; "" where it never does
	// mark SELECTs the keys in a list and their words, with matches of $1
	// between markStart and markEnd.
	mark func(list string) string
	// marksWords says that mark marks words of a phrase wherever they stand.
	marksWords bool
	indexed    string // SELECT how many texts are indexed
}

// Marks around what matched. No text holds them: they are not characters.
const (
	markStart = '\uFDD0'
	markEnd   = '\uFDD1'
)

var (
	errFull   = "the disk is full: free some space and try again (%w)"
	errLocked = "another program is using the database and did not let go: let it finish, or stop it, and try again (%w)"
)

func unavailable(format string, err error) error {
	return headway.Errorf(headway.Unavailable, format, err)
}
