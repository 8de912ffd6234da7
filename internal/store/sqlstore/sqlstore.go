// Package sqlstore keeps a store.Store in SQLite (a file, by default) or in
// PostgreSQL, with one SQL text for both: $n parameters, and only what both
// engines understand alike. What differs is named in dialect.go and nowhere else.
//
//	s, err := sqlstore.OpenSQLite(ctx, "headway.db")
//	defer s.Close()
//
// schema.sql is the truth; a new database is made from it. An older one is
// brought up to it by migrations/NNNN_name.sql (NNNN_name.sqlite.sql and
// NNNN_name.postgres.sql where an engine needs its own), each in a transaction,
// on SQLite after a copy of the file. To change the schema: change schema.sql,
// add the migration that leads there; a test compares the two.
package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// DB implements store.Store. Several may be open on the same database, in
// several programs.
type DB struct {
	read    *sql.DB
	write   *sql.DB // the same as read on PostgreSQL; one connection on SQLite
	dialect dialect
	copyTo  func(ctx context.Context, path string) error // nil where the engine has a tool of its own
	// dropCopies drops the copies that were made before migrations; nil where none are.
	dropCopies func() error
}

var _ store.Store = (*DB)(nil)

// Close implements store.Keeper.
func (d *DB) Close() error {
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// tx is a transaction. Its methods map no errors: the exported method that
// began it does, once, with done.
type tx struct {
	*sql.Tx
	ctx context.Context
	dialect
}

// update runs do in a transaction that may write.
func (d *DB) update(ctx context.Context, do func(*tx) error) error {
	return d.inside(ctx, d.write, nil, do)
}

// view runs do in a transaction that sees one state and writes nothing.
func (d *DB) view(ctx context.Context, do func(*tx) error) error {
	return d.inside(ctx, d.read, &sql.TxOptions{ReadOnly: true, Isolation: d.dialect.snapshot}, do)
}

func (d *DB) inside(ctx context.Context, db *sql.DB, o *sql.TxOptions, do func(*tx) error) error {
	begun, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer begun.Rollback() // nothing, once committed
	err = do(&tx{Tx: begun, ctx: ctx, dialect: d.dialect})
	if err == nil {
		err = begun.Commit()
	}
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err() // whoever waited went away, and the transaction with them
	}
	return err
}

// done is the first line of every exported method: it gives an engine's error
// a code and words that say what to do, and puts before it what was being done.
// What the store itself refuses stays as it is, for members read it so.
//
//	defer d.done(&err, "keep source %s", id)
func (d *DB) done(err *error, format string, args ...any) {
	if *err == nil || errors.As(*err, new(*headway.Error)) {
		return
	}
	if !errors.Is(*err, context.Canceled) && !errors.Is(*err, context.DeadlineExceeded) {
		*err = d.dialect.explain(*err)
	}
	headway.Wrap(err, format, args...)
}

// exec runs a statement and says how many rows it touched.
func (t *tx) exec(query string, args ...any) (int64, error) {
	result, err := t.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// do runs a statement.
func (t *tx) do(query string, args ...any) error {
	_, err := t.ExecContext(t.ctx, query, args...)
	return err
}

// one reads one row into dest, and says whether there was one.
func (t *tx) one(query string, args []any, dest ...any) (found bool, err error) {
	err = t.QueryRowContext(t.ctx, query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls scan for every row.
func (t *tx) each(query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := t.QueryContext(t.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// args is for queries' parameters, to set them off from where results go.
func args(a ...any) []any { return a }

// listOf is a list as one parameter: see dialect.list.
func listOf[T ~string | ~int64](items []T) string {
	if items == nil {
		return "[]"
	}
	return toJSON(items)
}

// toJSON is for values that always have a JSON form.
func toJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types: impossible
	}
	return string(data)
}

// toMicros and fromMicros keep times as whole microseconds.
func toMicros(t time.Time) int64 { return t.UnixMicro() }

func fromMicros(us int64) time.Time { return time.UnixMicro(us).UTC() }

// maybeMicros is NULL for the zero time.
func maybeMicros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

func fromMaybeMicros(us sql.NullInt64) time.Time {
	if !us.Valid {
		return time.Time{}
	}
	return fromMicros(us.Int64)
}

// workspace is the row that a workspace's writers take turns at.
type workspace struct {
	id            headway.WorkspaceID
	n             int64
	conversations int64
	operations    int64
}

// lock makes the workspace where it is missing, and holds it until the end of
// the transaction, so that numbers are given out without gaps or twins.
func (t *tx) lock(ws headway.WorkspaceID) (workspace, error) {
	w := workspace{id: ws}
	const hold = `UPDATE workspace SET operations = operations WHERE id = $1 RETURNING n, conversations, operations`
	found, err := t.one(hold, args(ws), &w.n, &w.conversations, &w.operations)
	if found || err != nil {
		return w, err
	}
	if err := t.do(t.exclude); err != nil {
		return w, err
	}
	const add = `
		INSERT INTO workspace (id, n)
		SELECT $1, COALESCE(MAX(n), 0) + 1 FROM workspace WHERE TRUE
		ON CONFLICT (id) DO NOTHING`
	if err := t.do(add, string(ws)); err != nil {
		return w, err
	}
	_, err = t.one(hold, args(ws), &w.n, &w.conversations, &w.operations)
	if err != nil {
		return w, err
	}
	return w, checkRoom(w.n, w.conversations)
}

// number gives a workspace's number, and whether it exists.
func (t *tx) number(ws headway.WorkspaceID) (n int64, found bool, err error) {
	found, err = t.one(`SELECT n FROM workspace WHERE id = $1`, args(ws), &n)
	return n, found, err
}

// scanInto gathers a column.
func scanInto[T any](all *[]T) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var one T
		err := r.Scan(&one)
		*all = append(*all, one)
		return err
	}
}
