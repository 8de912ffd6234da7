package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// PutAccount implements store.Accounts.
func (d *DB) PutAccount(ctx context.Context, ws headway.WorkspaceID, a headway.Account) (err error) {
	defer d.done(&err, "keep account %s", a.Name)
	if a.ID == "" || strings.TrimSpace(a.Name) == "" {
		return headway.Errorf(headway.Invalid, "an account needs a name: write what the customer's firm is called")
	}
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO account (workspace_id, id, name) VALUES ($1, $2, $3)
			ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name`, ws, a.ID, a.Name)
	})
}

// Accounts implements store.Accounts.
func (d *DB) Accounts(ctx context.Context, ws headway.WorkspaceID) (all []headway.Account, err error) {
	defer d.done(&err, "list accounts")
	err = d.view(ctx, func(t *tx) error {
		query := `SELECT id, name FROM account WHERE workspace_id = $1`
		return t.each(query, args(ws), func(r *sql.Rows) error {
			var a headway.Account
			err := r.Scan(&a.ID, &a.Name)
			all = append(all, a)
			return err
		})
	})
	slices.SortFunc(all, func(a, b headway.Account) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(string(a.ID), string(b.ID)))
	})
	return all, err
}
