package sqlstore

import (
	"database/sql"
	"strconv"
	"strings"
)

// bulk inserts many rows into one table, some at a time, since both engines
// spend more on a statement than on a row.
type bulk struct {
	t       *tx
	into    string // "speaker (workspace_id, ...)"
	columns int
	stmt    *sql.Stmt // for a full batch
	pending []any
}

// batch is how many rows go into one statement.
const batch = 64

// bulk begins inserting into a table's columns.
func (t *tx) bulk(table string, columns ...string) *bulk {
	return &bulk{t: t, into: table + " (" + strings.Join(columns, ", ") + ")", columns: len(columns)}
}

// add inserts a row, now or with the next flush.
func (b *bulk) add(row ...any) error {
	b.pending = append(b.pending, row...)
	if len(b.pending) < batch*b.columns {
		return nil
	}
	if b.stmt == nil {
		stmt, err := b.t.PrepareContext(b.t.ctx, b.insert(batch))
		if err != nil {
			return err
		}
		b.stmt = stmt // closed with the transaction
	}
	_, err := b.stmt.ExecContext(b.t.ctx, b.pending...)
	b.pending = b.pending[:0]
	return err
}

// flush inserts what is pending.
func (b *bulk) flush() error {
	if len(b.pending) == 0 {
		return nil
	}
	err := b.t.do(b.insert(len(b.pending)/b.columns), b.pending...)
	b.pending = b.pending[:0]
	return err
}

func (b *bulk) insert(rows int) string {
	var s strings.Builder
	s.WriteString("INSERT INTO " + b.into + " VALUES ")
	for i := range rows * b.columns {
		switch {
		case i == 0:
			s.WriteString("(")
		case i%b.columns == 0:
			s.WriteString("), (")
		default:
			s.WriteString(", ")
		}
		s.WriteString("$" + strconv.Itoa(i+1))
	}
	s.WriteString(")")
	return s.String()
}
