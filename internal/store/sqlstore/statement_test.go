package sqlstore

import (
	"database/sql"
	"path/filepath"
	"testing"
)

func TestAKeptStatementServesWhoAsksTwiceAtOnceAndAfterTheSchemaChanged(t *testing.T) {
	d, err := OpenSQLite(ctx, filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	const numbers = `SELECT value FROM json_each($1) WHERE (SELECT count(*) FROM setting) = 0`
	for _, column := range []string{"one", "two"} {
		err := d.update(ctx, func(tx *tx) error {
			var pairs [][2]int
			err := tx.each(numbers, args(`[1, 2]`), func(r *sql.Rows) error {
				var outer int
				if err := r.Scan(&outer); err != nil {
					return err
				}
				return tx.each(numbers, args(`[3, 4]`), func(r *sql.Rows) error {
					inner := 0
					err := r.Scan(&inner)
					pairs = append(pairs, [2]int{outer, inner})
					return err
				})
			})
			if want := [][2]int{{1, 3}, {1, 4}, {2, 3}, {2, 4}}; len(pairs) != 4 || [4][2]int(pairs) != [4][2]int(want) {
				t.Errorf("one text, asked within itself, gave %v", pairs)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.write.Exec(`ALTER TABLE setting ADD COLUMN ` + column + ` TEXT`); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAConnectionKeepsNoMoreStatementsThanItMay(t *testing.T) {
	d, err := OpenSQLite(ctx, filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	conn, err := d.write.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	text := "SELECT 1"
	for range 2*mostKept + 1 {
		text += " "
		if _, err := conn.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	err = conn.Raw(func(c any) error {
		if kept := len(c.(*connection).kept); kept == 0 || kept > mostKept {
			t.Errorf("%d are kept", kept)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
