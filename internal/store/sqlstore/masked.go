package sqlstore

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Hidden implements store.Corrections.
func (d *DB) Hidden(ctx context.Context, ws headway.WorkspaceID, id headway.TextID) (p store.Place, err error) {
	defer d.done(&err, "read text %s", id)
	err = d.view(ctx, func(t *tx) error {
		found, _, err := t.mayHide(ws, id, &p)
		if err == nil && !found {
			return headway.Errorf(headway.NotFound, "these words are not here any more")
		}
		return err
	})
	return p, err
}

// mayHide reads a text, and says whether a mask hides it.
func (t *tx) mayHide(ws headway.WorkspaceID, id headway.TextID, p *store.Place) (found, hidden bool, err error) {
	if found, err = t.place(ws, id, p); !found || err != nil {
		return found, false, err
	}
	_, err = t.one(`SELECT hidden FROM text_version WHERE workspace_id = $1 AND id = $2`, args(ws, id), &hidden)
	return true, hidden, err
}
