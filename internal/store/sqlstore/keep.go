package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"os"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Texts implements store.Keeper.
func (d *DB) Texts(ctx context.Context, ws headway.WorkspaceID) iter.Seq2[store.StoredText, error] {
	query := `
		SELECT x.id, x.words, x.digest, c.id
		FROM workspace w
		JOIN text_version x ON x.key BETWEEN ` + firstKey("w.n") + ` AND ` + firstKey("w.n + 1") + ` - 1
		JOIN conversation c ON c.workspace_id = w.id AND c.n = ` + conversationOf("x.key") + `
		WHERE w.id = $1
		ORDER BY x.key`
	scan := func(r *sql.Rows) (text store.StoredText, err error) {
		err = r.Scan(&text.ID, &text.Text, &text.SHA256, &text.Conversation)
		return text, err
	}
	return stream(ctx, d, "read all texts", query, args(ws), scan)
}

// Check implements store.Keeper.
func (d *DB) Check(ctx context.Context) (wrong []string, err error) {
	defer d.done(&err, "check the database")
	for _, statement := range d.dialect.check {
		var said []string
		err := d.update(ctx, func(t *tx) error { return t.each(statement, nil, scanInto(&said)) })
		if err != nil && d.dialect.damaged(err) {
			said = append(said, err.Error())
		} else if err != nil {
			return nil, err
		}
		for _, s := range said {
			if s != "ok" {
				wrong = append(wrong, s)
			}
		}
	}
	missing, err := d.unindexed(ctx)
	if missing != 0 {
		wrong = append(wrong, fmt.Sprintf("%d turns are missing from the search index", missing))
	}
	return wrong, err
}

// unindexed counts turns whose words are not findable.
func (d *DB) unindexed(ctx context.Context) (missing int, err error) {
	err = d.view(ctx, func(t *tx) error {
		var turns, indexed int
		if _, err := t.one(`SELECT count(*) FROM standing`, nil, &turns); err != nil {
			return err
		}
		_, err := t.one(t.search.indexed, nil, &indexed)
		missing = turns - indexed
		return err
	})
	return missing, err
}

// Backup implements store.Keeper.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	defer d.done(&err, "back up to %s", path)
	if d.copyTo == nil {
		return headway.Errorf(headway.Unavailable, "PostgreSQL has a better tool for backups: use pg_dump")
	}
	if _, err := os.Stat(path); err == nil {
		return headway.Errorf(headway.Invalid, "%s exists: name another file, or remove it first", path)
	}
	if err = d.copyTo(ctx, path); err != nil {
		os.Remove(path) // half of it
	}
	return err
}
