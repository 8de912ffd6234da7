package sqlstore

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

var ctx = context.Background()

// An olga is in the dump of schema 1.
const olga headway.ConversationID = "3bnziz2kkstyqqkgbanyfjaqqm"

var blobLiteral = regexp.MustCompile(`X'([0-9a-f]*)'`)

// schema1 makes a database as the first headway wrote it.
func (e engine) schema1(t *testing.T) (name string) {
	t.Helper()
	name = e.fresh(t)
	db := e.raw(t, name)
	for _, file := range []string{"testdata/schema1.sql", "testdata/schema1." + e.name + ".sql"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script := string(text)
		if e.name == "postgres" {
			script = blobLiteral.ReplaceAllString(postgresDialect.ddl(script), `'\x$1'`)
		}
		if _, err := db.Exec(script); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

func (e engine) mustReopen(t *testing.T, name string) *DB {
	t.Helper()
	d, err := e.reopen(t, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// shape lists all columns and indexes.
func (e engine) shape(t *testing.T, d *DB) (shape []string) {
	t.Helper()
	queries := []string{
		`SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || COALESCE(c.dflt_value, '') || ' ' || c.pk
			FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
		`SELECT name || ' ' || COALESCE(sql, '') FROM sqlite_master WHERE type = 'index'`,
	}
	if e.name == "postgres" {
		queries = []string{
			`SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
				FROM information_schema.columns WHERE table_schema = current_schema()`,
			`SELECT replace(indexdef, schemaname || '.', '') FROM pg_indexes WHERE schemaname = current_schema()`,
			`SELECT replace(conrelid::regclass::text, current_schema() || '.', '') || ' ' || pg_get_constraintdef(oid)
				FROM pg_constraint WHERE connamespace = current_schema()::regnamespace`,
		}
	}
	for _, query := range queries {
		err := d.view(ctx, func(tx *tx) error { return tx.each(query, nil, scanInto(&shape)) })
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(shape)
	return shape
}

func TestAMigratedDatabaseIsLikeANewOne(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		fresh := e.shape(t, e.open(t))
		migrated := e.shape(t, e.mustReopen(t, e.schema1(t)))
		if len(fresh) < 100 {
			t.Fatalf("only %d columns and indexes: is that all?", len(fresh))
		}
		if diff := cmp.Diff(fresh, migrated); diff != "" {
			t.Errorf("schema.sql and the migrations differ (-new +migrated):\n%s", diff)
		}
	})
}

func TestWhatAnOlderHeadwayWroteIsAllThere(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		d := e.mustReopen(t, e.schema1(t))
		c, err := d.Conversation(ctx, store.Home, olga)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Turns) != 2 || c.Turns[1].Text.Text != "We count the boxes by hand, and the spreadsheet never agrees." || c.Turns[0].Times[0].MS != 61_000 {
			t.Errorf("the conversation came back as %+v", c)
		}
		hits, _, err := d.Search(ctx, store.Home, "spreadsheets", store.SearchFilter{Side: headway.Theirs}, 0)
		if err != nil || len(hits) != 1 {
			t.Errorf("its words are found %d times (%v)", len(hits), err)
		}
		payload, err := d.Derived(ctx, store.Home, "hear", "1", string(olga), "i")
		if err != nil || string(payload) != `{"version":"1"}` {
			t.Errorf("a derived row from before packing came back as %q (%v)", payload, err)
		}
		op, err := d.Apply(ctx, store.Home, headway.Operation{Deed: headway.DeedSkip, Study: "s1", At: c.Date.Time.AddDate(2026, 0, 0)})
		if err != nil || op.Seq != 3 {
			t.Errorf("the next operation has seq %d (%v)", op.Seq, err)
		}
		if wrong, err := d.Check(ctx); err != nil || len(wrong) > 0 {
			t.Errorf("it does not check clean: %q (%v)", wrong, err)
		}
	})
}

func TestTheFileIsCopiedBeforeItIsMigrated(t *testing.T) {
	name := sqliteEngine.schema1(t)
	copied := name + ".schema1"
	if err := os.WriteFile(copied, []byte("of an earlier try"), 0o600); err != nil {
		t.Fatal(err)
	}
	sqliteEngine.mustReopen(t, name)
	var schema int
	if err := sqliteEngine.raw(t, copied).QueryRow(`SELECT MAX(version) FROM migration`).Scan(&schema); err != nil || schema != 1 {
		t.Errorf("the copy has schema %d (%v)", schema, err)
	}
	sqliteEngine.mustReopen(t, name) // migrates no more
	if _, err := os.Stat(name + ".schema2"); !os.IsNotExist(err) {
		t.Errorf("opened again it was copied again (%v)", err)
	}
}

func TestADatabaseOfANewerHeadwayIsRefused(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		name := e.fresh(t)
		d := e.mustReopen(t, name)
		if err := d.update(ctx, func(tx *tx) error { return tx.took(migration{version: 99, name: "0099_tomorrow"}) }); err != nil {
			t.Fatal(err)
		}
		_, err := e.reopen(t, name)
		if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "newer headway (schema 99, this one knows ") {
			t.Errorf("got %v", err)
		}
	})
}

func TestADatabaseThatIsNotOursIsLeftAlone(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		name := e.fresh(t)
		raw := e.raw(t, name)
		if _, err := raw.Exec(`CREATE TABLE invoices (n INTEGER)`); err != nil {
			t.Fatal(err)
		}
		_, err := e.reopen(t, name)
		if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "not headway's") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("nor is a file that is no database", func(t *testing.T) {
		name := sqliteEngine.fresh(t)
		if err := os.WriteFile(name, []byte(strings.Repeat("Dear Sir or Madam, ", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := OpenSQLite(ctx, name)
		if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "not a database of headway's") {
			t.Errorf("got %v", err)
		}
	})
}

func TestSeveralProgramsMayOpenANewOrOldDatabaseAtOnce(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		for kind, name := range map[string]string{"new": e.fresh(t), "old": e.schema1(t)} {
			failed := make(chan error)
			for range 4 {
				go func() {
					d, err := e.reopen(t, name)
					if err == nil {
						err = d.Close()
					}
					failed <- err
				}()
			}
			for range 4 {
				if err := <-failed; err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			}
		}
	})
}

func TestKeysOfWorkspacesNeverMeet(t *testing.T) {
	for _, w := range []int64{1, 2, 1<<workspaceBits - 1} {
		first, last := workspaceKeys(w)
		next, _ := workspaceKeys(w + 1)
		if last+1 != next && w != 1<<workspaceBits-1 {
			t.Errorf("workspace %d ends at %d, the next begins at %d", w, last, next)
		}
		lowest := keyOf(w, 0, 0)
		highest := keyOf(w, 1<<conversationBits-1, 1<<textBits-1)
		if lowest < first || highest > last || highest < 0 {
			t.Errorf("workspace %d: %d..%d lies outside %d..%d", w, lowest, highest, first, last)
		}
		if highest.text() != 1<<textBits-1 {
			t.Errorf("text %d", highest.text())
		}
	}
}
