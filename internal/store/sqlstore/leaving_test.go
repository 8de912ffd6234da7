package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
)

func TestWhoLeavesInsideATransactionIsToldSo(t *testing.T) {
	d, err := OpenSQLite(ctx, filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	waits, leave := context.WithCancel(ctx)
	err = d.update(waits, func(tx *tx) error {
		leave()
		for { // until the transaction was rolled back behind us
			if _, err := tx.Tx.ExecContext(ctx, "SELECT 1"); errors.Is(err, sql.ErrTxDone) {
				return err
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}
