package sqlstore

import (
	"context"
	"database/sql"
	"iter"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// PutAnchors implements store.Anchors.
func (d *DB) PutAnchors(ctx context.Context, ws headway.WorkspaceID, anchors ...headway.Anchor) (err error) {
	defer d.done(&err, "keep on what groups hang")
	if len(anchors) == 0 {
		return nil
	}
	return d.update(ctx, func(t *tx) error {
		var last int64
		if _, err := t.one(`SELECT COALESCE(MAX(n), 0) FROM anchor WHERE workspace_id = $1`, args(ws), &last); err != nil {
			return err
		}
		for i, a := range anchors {
			err := t.do(`
				INSERT INTO anchor (workspace_id, group_id, n, kind, text_id, start_point, end_point)
				SELECT x.workspace_id, $2, $3, $4, x.id, $6, $7 FROM text_version x JOIN standing s ON s.key = x.key
				WHERE x.workspace_id = $1 AND x.id = $5
				ON CONFLICT (workspace_id, group_id) DO NOTHING`,
				ws, a.Group, last+1+int64(i), a.Kind, a.Span.Text, a.Span.Start, a.Span.End)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Anchors implements store.Anchors.
func (d *DB) Anchors(ctx context.Context, ws headway.WorkspaceID) iter.Seq2[store.Anchored, error] {
	const query = `
		SELECT a.group_id, a.kind, a.start_point, a.end_point, v.id, v.words FROM anchor a
		JOIN text_version v ON v.workspace_id = a.workspace_id AND v.id = a.text_id
		WHERE a.workspace_id = $1 ORDER BY a.n`
	scan := func(r *sql.Rows) (a store.Anchored, err error) {
		err = r.Scan(&a.Group, &a.Kind, &a.Span.Start, &a.Span.End, &a.Text.ID, &a.Text.Text)
		a.Span.Text = a.Text.ID
		return a, err
	}
	return stream(ctx, d, "read on what groups hang", query, args(ws), scan)
}
