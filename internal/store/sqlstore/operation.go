package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Apply implements store.Operations.
func (d *DB) Apply(ctx context.Context, ws headway.WorkspaceID, op headway.Operation) (kept headway.Operation, err error) {
	all, err := d.ApplyAll(ctx, ws, []headway.Operation{op})
	if err != nil {
		return kept, err
	}
	return all[0], nil
}

// ApplyAll implements store.Operations.
func (d *DB) ApplyAll(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation) (kept []headway.Operation, err error) {
	return d.applyAll(ctx, ws, ops, func(*tx) error { return nil })
}

// applyAll is ApplyAll that puts first what the operations are about.
func (d *DB) applyAll(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation, put func(*tx) error) (kept []headway.Operation, err error) {
	if len(ops) == 0 {
		return nil, nil
	}
	defer d.done(&err, "write down what was done")
	err = d.update(ctx, func(t *tx) error {
		w, err := t.lock(ws)
		if err != nil {
			return err
		}
		if err := put(t); err != nil {
			return err
		}
		kept = kept[:0]
		for i, op := range ops {
			op.Seq = w.operations + 1 + int64(i)
			if len(ops) > 1 {
				op.Batch = w.operations + 1
			}
			if op, err = t.apply(w, op); err != nil {
				return err
			}
			kept = append(kept, op)
		}
		return t.dropRemoved(w)
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

// apply checks an operation, writes it down and brings the state up to it.
func (t *tx) apply(w workspace, op headway.Operation) (headway.Operation, error) {
	deed, known := deeds[op.Deed]
	if !known {
		return op, headway.Errorf(headway.Invalid, "there is no such deed")
	}
	if op.At.IsZero() {
		return op, headway.Errorf(headway.Invalid, "what was done needs its time")
	}
	op.At = op.At.UTC().Truncate(time.Microsecond)
	if err := deed.check(t, w.id, op); err != nil {
		return op, err
	}
	if op.Deed == headway.DeedErase {
		var err error
		if op.Turns, err = t.turnsToErase(w.id, op.Person); err != nil {
			return op, err
		}
	}
	if err := t.append(w, []headway.Operation{op}); err != nil {
		return op, err
	}
	return op, deed.settle(t, w.id, op)
}

// Replay implements store.Operations.
func (d *DB) Replay(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation) (err error) {
	defer d.done(&err, "replay %d operations", len(ops))
	return d.update(ctx, func(t *tx) error {
		w, err := t.lock(ws)
		if err != nil {
			return err
		}
		for i, op := range ops {
			if want := w.operations + 1 + int64(i); op.Seq != want {
				return headway.Errorf(headway.Conflict, "operation %d comes where %d is next: replay into a workspace that has just the operations before", op.Seq, want)
			}
			if _, known := deeds[op.Deed]; !known {
				return headway.Errorf(headway.Invalid, "operation %d: there is no deed %q; was it written by a newer headway?", op.Seq, op.Deed)
			}
		}
		if err := t.append(w, ops); err != nil {
			return err
		}
		for _, op := range ops {
			err := deeds[op.Deed].settle(t, ws, op)
			if headway.ErrorCode(err) == headway.Conflict {
				return headway.Errorf(headway.Invalid, "operation %d does not fit these facts: %w", op.Seq, err)
			}
			if err != nil {
				return err
			}
		}
		// Last of all: what was removed and came again is not to be dropped between.
		return t.dropRemoved(w)
	})
}

// append writes operations down.
func (t *tx) append(w workspace, ops []headway.Operation) error {
	in := t.bulk("operation", "workspace_id", "seq", "deed", "study_id", "conversation_id", "body")
	for _, op := range ops {
		if err := in.add(w.id, op.Seq, op.Deed, op.Study, op.Conversation, toJSON(op)); err != nil {
			return err
		}
	}
	if err := in.flush(); err != nil {
		return err
	}
	return t.do(`UPDATE workspace SET operations = operations + $2 WHERE id = $1`, w.id, len(ops))
}

// Operations implements store.Operations.
func (d *DB) Operations(ctx context.Context, ws headway.WorkspaceID, f store.OperationFilter) (ops []headway.Operation, err error) {
	defer d.done(&err, "list operations")
	var w where
	w.and("workspace_id = ?", ws)
	w.and("seq > ?", f.After)
	if f.Study != "" {
		w.and("study_id = ?", f.Study)
	}
	if f.Deeds != nil {
		w.and("deed IN (SELECT value FROM "+d.dialect.listIn("?")+")", listOf(f.Deeds))
	}
	query := `SELECT body FROM operation` + w.sql() + ` ORDER BY seq`
	if f.Limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(f.Limit)
	}
	err = d.view(ctx, func(t *tx) error {
		ops, err = t.operations(query, w.params...)
		return err
	})
	return ops, err
}

// operations reads the bodies that a query gives.
func (t *tx) operations(query string, params ...any) (ops []headway.Operation, err error) {
	err = t.each(query, params, func(r *sql.Rows) error {
		var body string
		if err := r.Scan(&body); err != nil {
			return err
		}
		var op headway.Operation
		err := json.Unmarshal([]byte(body), &op)
		ops = append(ops, op)
		return err
	})
	return ops, err
}

// Extent implements store.Operations.
func (d *DB) Extent(ctx context.Context, ws headway.WorkspaceID) (e store.Extent, err error) {
	defer d.done(&err, "see what is new")
	err = d.view(ctx, func(t *tx) error {
		_, err := t.one(`SELECT conversations, operations FROM workspace WHERE id = $1`, args(ws), &e.Conversations, &e.Operations)
		return err
	})
	return e, err
}

// Merges implements store.Operations.
func (d *DB) Merges(ctx context.Context, ws headway.WorkspaceID) (merges map[headway.PersonID]headway.PersonID, err error) {
	defer d.done(&err, "read who is who")
	err = d.view(ctx, func(t *tx) error {
		merges, err = t.merges(ws)
		return err
	})
	for person := range merges {
		merges[person] = now(merges, person)
	}
	return merges, err
}

// merges gives for each merged person the one they were merged into.
func (t *tx) merges(ws headway.WorkspaceID) (map[headway.PersonID]headway.PersonID, error) {
	into := map[headway.PersonID]headway.PersonID{}
	err := t.each(`SELECT person, into_person FROM person_merge WHERE workspace_id = $1`, args(ws), func(r *sql.Rows) error {
		var person, other headway.PersonID
		err := r.Scan(&person, &other)
		into[person] = other
		return err
	})
	return into, err
}

// now follows merges to who a person is. The number of steps is bounded, should
// operations from elsewhere ever go round in a circle.
func now(into map[headway.PersonID]headway.PersonID, person headway.PersonID) headway.PersonID {
	for range len(into) {
		next, merged := into[person]
		if !merged {
			break
		}
		person = next
	}
	return person
}
