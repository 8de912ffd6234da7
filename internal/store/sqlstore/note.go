package sqlstore

import (
	"context"
	"database/sql"

	"github.com/headway-oss/headway"
)

// PutNote implements store.Notes.
func (d *DB) PutNote(ctx context.Context, ws headway.WorkspaceID, n headway.Note) (err error) {
	defer d.done(&err, "keep a note")
	if n.ID == "" || n.Words == "" {
		return headway.Errorf(headway.Invalid, "a note needs words")
	}
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO note (workspace_id, id, words, member, at_us) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (workspace_id, id) DO NOTHING`, ws, n.ID, n.Words, n.Member, toMicros(n.At))
	})
}

// Notes implements store.Notes.
func (d *DB) Notes(ctx context.Context, ws headway.WorkspaceID, ids []headway.NoteID) (notes map[headway.NoteID]headway.Note, err error) {
	defer d.done(&err, "read %d notes", len(ids))
	notes = map[headway.NoteID]headway.Note{}
	err = d.view(ctx, func(t *tx) error {
		query := `SELECT id, words, member, at_us FROM note WHERE workspace_id = $1 AND id IN (SELECT value FROM ` + t.listIn("$2") + `)`
		return t.each(query, args(ws, listOf(ids)), func(r *sql.Rows) error {
			var n headway.Note
			var at int64
			err := r.Scan(&n.ID, &n.Words, &n.Member, &at)
			n.At = fromMicros(at)
			notes[n.ID] = n
			return err
		})
	})
	return notes, err
}
