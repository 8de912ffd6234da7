package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// PutSource implements store.Sources.
func (d *DB) PutSource(ctx context.Context, ws headway.WorkspaceID, s store.Source) (err error) {
	defer d.done(&err, "keep source %s", s.Name)
	return d.update(ctx, func(t *tx) error {
		err := t.do(`
			INSERT INTO source (workspace_id, id, name, format, size, imported_us, findings)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (workspace_id, id) DO NOTHING`,
			ws, s.ID, s.Name, s.Format, s.Size, toMicros(s.ImportedAt), toJSON(s.Findings))
		if err != nil {
			return err
		}
		return t.veilSource(ws, s.ID)
	})
}

// Source implements store.Sources.
func (d *DB) Source(ctx context.Context, ws headway.WorkspaceID, id headway.SourceID) (s store.Source, err error) {
	defer d.done(&err, "read source %s", id)
	found, err := d.sources(ctx, `WHERE workspace_id = $1 AND id = $2`, ws, id)
	if err == nil && len(found) == 0 {
		err = headway.Errorf(headway.NotFound, "there is no such file: was all that it held removed?")
	}
	if err != nil {
		return s, err
	}
	return found[0], nil
}

// Sources implements store.Sources.
func (d *DB) Sources(ctx context.Context, ws headway.WorkspaceID) (all []store.Source, err error) {
	defer d.done(&err, "list sources")
	return d.sources(ctx, `WHERE workspace_id = $1 ORDER BY imported_us, id`, ws)
}

func (d *DB) sources(ctx context.Context, where string, params ...any) (found []store.Source, err error) {
	query := `SELECT id, name, format, size, imported_us, findings FROM source ` + where
	err = d.view(ctx, func(t *tx) error {
		return t.each(query, params, func(r *sql.Rows) error {
			var s store.Source
			var imported int64
			var findings string
			if err := r.Scan(&s.ID, &s.Name, &s.Format, &s.Size, &imported, &findings); err != nil {
				return err
			}
			s.ImportedAt = fromMicros(imported)
			found = append(found, s)
			return json.Unmarshal([]byte(findings), &found[len(found)-1].Findings)
		})
	})
	return found, err
}
