package sqlstore

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"fmt"
	"io"
	"iter"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// PutDerived implements store.Derivations.
func (d *DB) PutDerived(ctx context.Context, ws headway.WorkspaceID, rows ...store.Derived) (err error) {
	defer d.done(&err, "keep %d derived rows", len(rows))
	packed := make([][]byte, len(rows))
	for i, row := range rows {
		packed[i] = pack(row.Payload) // before the database is held
	}
	return d.update(ctx, func(t *tx) error {
		for i, row := range rows {
			payload, isPacked := packed[i], true
			if payload == nil {
				payload, isPacked = row.Payload, false
			}
			err := t.do(`
				INSERT INTO derived (workspace_id, step, version, subject, inputs, payload, packed)
				SELECT $1, $2, $3, $4, $5, $6, $7
				WHERE NOT EXISTS (SELECT 1 FROM removed_conversation WHERE workspace_id = $1 AND conversation_id = $4)
				AND ($8 = '' OR EXISTS (SELECT 1 FROM conversation WHERE workspace_id = $1 AND id = $4 AND inputs = $8))
				ON CONFLICT (workspace_id, step, version, subject) DO UPDATE SET
					inputs = excluded.inputs, payload = excluded.payload, packed = excluded.packed`,
				ws, row.Step, row.Version, row.Subject, row.Inputs, notNil(payload), isPacked, row.Given)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// worthPacking is the size in bytes from which compressing is tried.
const worthPacking = 512

// pack gives data compressed, or nil where that does not save a fifth.
func pack(data []byte) []byte {
	if len(data) < worthPacking {
		return nil
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	w.Write(data) // a buffer takes everything
	w.Close()
	if out.Len() > len(data)*4/5 {
		return nil
	}
	return out.Bytes()
}

func unpack(payload []byte, packed bool) ([]byte, error) {
	if !packed {
		return payload, nil
	}
	return io.ReadAll(flate.NewReader(bytes.NewReader(payload)))
}

// notNil keeps an empty payload from being NULL.
func notNil(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

// Derived implements store.Derivations.
func (d *DB) Derived(ctx context.Context, ws headway.WorkspaceID, step, version, subject, inputs string) (payload []byte, err error) {
	defer d.done(&err, "read what %s made of %s", step, subject)
	var found, packed bool
	err = d.view(ctx, func(t *tx) error {
		found, err = t.one(`
			SELECT payload, packed FROM derived
			WHERE workspace_id = $1 AND step = $2 AND version = $3 AND subject = $4 AND inputs = $5`,
			args(ws, step, version, subject, inputs), &payload, &packed)
		return err
	})
	if err == nil && !found {
		err = headway.Errorf(headway.NotFound, "nothing is kept of it, or it was made from something else")
	}
	if err != nil {
		return nil, err
	}
	return unpack(payload, packed)
}

// AllDerived implements store.Derivations.
func (d *DB) AllDerived(ctx context.Context, ws headway.WorkspaceID, step, version string, subjects ...string) iter.Seq2[store.Derived, error] {
	var w where
	w.and("workspace_id = ? AND step = ? AND version = ?", ws, step, version)
	if len(subjects) > 0 {
		w.and("subject IN (SELECT value FROM "+d.dialect.listIn("?")+")", listOf(subjects))
	}
	query := `SELECT subject, inputs, payload, packed FROM derived` + w.sql() + ` ORDER BY subject`
	scan := func(r *sql.Rows) (store.Derived, error) {
		row := store.Derived{Step: step, Version: version}
		var payload []byte
		var packed bool
		err := r.Scan(&row.Subject, &row.Inputs, &payload, &packed)
		if err != nil {
			return row, err
		}
		row.Payload, err = unpack(payload, packed)
		return row, err
	}
	return stream(ctx, d, "read what "+step+" made", query, w.params, scan)
}

// stream gives a query's rows one by one, from one state of the database.
func stream[T any](ctx context.Context, d *DB, doing, query string, params []any, scan func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		stopped := false
		err := d.view(ctx, func(t *tx) error {
			rows, err := t.QueryContext(ctx, query, params...)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				row, err := scan(rows)
				if err != nil {
					return err
				}
				if !yield(row, nil) {
					stopped = true
					return nil
				}
			}
			return rows.Err()
		})
		if err != nil && !stopped {
			d.done(&err, "%s", doing)
			var none T
			yield(none, err)
		}
	}
}

// Stale implements store.Derivations.
func (d *DB) Stale(ctx context.Context, ws headway.WorkspaceID, step, version string, after store.Cursor, limit int) (stale []store.StaleConversation, err error) {
	defer d.done(&err, "find what %s has yet to do", step)
	const query = `
		SELECT c.id, c.inputs, c.n FROM conversation c
		LEFT JOIN derived r ON r.workspace_id = c.workspace_id AND r.step = $2 AND r.version = $3
			AND r.subject = c.id AND r.inputs = c.inputs
		WHERE c.workspace_id = $1 AND c.n > $4 AND r.subject IS NULL
		ORDER BY c.n LIMIT $5`
	err = d.view(ctx, func(t *tx) error {
		return t.each(query, args(ws, step, version, int64(after), within(limit, 100, 10_000)), func(r *sql.Rows) error {
			var s store.StaleConversation
			err := r.Scan(&s.ID, &s.Inputs, &s.Cursor)
			stale = append(stale, s)
			return err
		})
	})
	return stale, err
}

// Fresh implements store.Derivations.
func (d *DB) Fresh(ctx context.Context, ws headway.WorkspaceID, step, version string, f store.ConversationFilter) (fresh, all int, err error) {
	defer d.done(&err, "count what %s has done", step)
	err = d.view(ctx, func(t *tx) error {
		w := t.narrow(ws, f)
		w.params = append(w.params, step, version)
		n := len(w.params)
		query := fmt.Sprintf(`
			SELECT count(r.subject), count(*) FROM conversation c
			LEFT JOIN derived r ON r.workspace_id = c.workspace_id AND r.step = $%d AND r.version = $%d
				AND r.subject = c.id AND r.inputs = c.inputs`, n-1, n)
		_, err := t.one(query+w.sql(), w.params, &fresh, &all)
		return err
	})
	return fresh, all, err
}

// Sweep implements store.Derivations.
func (d *DB) Sweep(ctx context.Context, ws headway.WorkspaceID, step, keep string) (dropped int, err error) {
	defer d.done(&err, "drop what older rules of %s made", step)
	err = d.update(ctx, func(t *tx) error {
		n, err := t.exec(`DELETE FROM derived WHERE workspace_id = $1 AND step = $2 AND version <> $3`, ws, step, keep)
		dropped = int(n)
		return err
	})
	return dropped, err
}
