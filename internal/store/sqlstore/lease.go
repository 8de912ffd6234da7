package sqlstore

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
)

// Acquire implements store.Leases.
func (d *DB) Acquire(ctx context.Context, ws headway.WorkspaceID, name, holder string, now, until time.Time) (err error) {
	defer d.done(&err, "take the lease %s", name)
	return d.lease(ctx, `
		INSERT INTO lease (workspace_id, name, holder, until_us) VALUES ($1, $2, $3, $5)
		ON CONFLICT (workspace_id, name) DO UPDATE SET holder = excluded.holder, until_us = excluded.until_us
		WHERE lease.holder = excluded.holder OR lease.until_us <= $4`, ws, name, holder, toMicros(now), toMicros(until))
}

// Renew implements store.Leases.
func (d *DB) Renew(ctx context.Context, ws headway.WorkspaceID, name, holder string, now, until time.Time) (err error) {
	defer d.done(&err, "renew the lease %s", name)
	return d.lease(ctx, `
		UPDATE lease SET until_us = $5
		WHERE workspace_id = $1 AND name = $2 AND holder = $3 AND until_us > $4`, ws, name, holder, toMicros(now), toMicros(until))
}

func (d *DB) lease(ctx context.Context, statement string, params ...any) error {
	return d.update(ctx, func(t *tx) error {
		held, err := t.exec(statement, params...)
		if err == nil && held == 0 {
			return headway.Errorf(headway.Conflict, "another program does this already")
		}
		return err
	})
}

// Release implements store.Leases.
func (d *DB) Release(ctx context.Context, ws headway.WorkspaceID, name, holder string) (err error) {
	defer d.done(&err, "give the lease %s back", name)
	return d.update(ctx, func(t *tx) error {
		return t.do(`DELETE FROM lease WHERE workspace_id = $1 AND name = $2 AND holder = $3`, ws, name, holder)
	})
}
