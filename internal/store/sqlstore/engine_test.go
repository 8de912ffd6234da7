package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/pgtest"
	"github.com/headway-oss/headway/internal/store/storetest"
)

// postgres is where tests find PostgreSQL: as the environment says, or one that
// is started when a test first asks, so that children of tests start none.
var postgres struct {
	once sync.Once
	dsn  string
	none error // why there is none
	stop func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if postgres.stop != nil {
		postgres.stop()
	}
	os.Exit(code)
}

// postgresDSN gives the address, and skips, loudly, where there is none; never
// in CI.
func postgresDSN(t testing.TB) string {
	t.Helper()
	postgres.once.Do(func() {
		postgres.dsn = os.Getenv(pgtest.Env)
		if postgres.dsn == "" {
			postgres.dsn, postgres.stop, postgres.none = pgtest.Start(context.Background())
		}
	})
	if postgres.none != nil && os.Getenv("CI") != "" {
		t.Fatalf("PostgreSQL is to be tested in CI: %v", postgres.none)
	}
	if postgres.none != nil {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v; or set %s", postgres.none, pgtest.Env)
	}
	return postgres.dsn
}

// engine is one of the two, as tests use it.
type engine struct {
	name string
	// fresh names an empty database, reopen opens one by name.
	fresh  func(t testing.TB) string
	reopen func(t testing.TB, name string) (*DB, error)
	// raw opens it without headway's doing.
	raw func(t testing.TB, name string) *sql.DB
}

var sqliteEngine = engine{
	name:   "sqlite",
	fresh:  func(t testing.TB) string { return filepath.Join(t.TempDir(), "headway.db") },
	reopen: func(t testing.TB, name string) (*DB, error) { return OpenSQLite(context.Background(), name) },
	raw:    func(t testing.TB, name string) *sql.DB { return rawDB(t, "sqlite", name) },
}

var postgresEngine = engine{
	name:   "postgres",
	fresh:  freshSchema,
	reopen: func(t testing.TB, name string) (*DB, error) { return OpenPostgres(context.Background(), name) },
	raw:    func(t testing.TB, name string) *sql.DB { return rawDB(t, "pgx", name) },
}

func rawDB(t testing.TB, driver, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

var schemas atomic.Int64

// freshSchema makes a schema of its own for a test, and drops it afterwards.
func freshSchema(t testing.TB) string {
	t.Helper()
	dsn := postgresDSN(t)
	db := rawDB(t, "pgx", dsn)
	name := fmt.Sprintf("headway_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		again, err := sql.Open("pgx", dsn)
		if err == nil {
			_, err = again.Exec(`SET client_min_messages = error; DROP SCHEMA ` + name + ` CASCADE`)
			err = errors.Join(err, again.Close())
		}
		if err != nil {
			t.Error(err)
		}
	})
	if strings.Contains(dsn, "://") {
		separator := "?"
		if strings.Contains(dsn, "?") {
			separator = "&"
		}
		return dsn + separator + "search_path=" + name
	}
	return dsn + " search_path=" + name
}

// on runs a test on both engines.
func on(t *testing.T, test func(t *testing.T, e engine)) {
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		t.Run(e.name, func(t *testing.T) { test(t, e) })
	}
}

// open opens a new, empty store.
func (e engine) open(t testing.TB) *DB {
	t.Helper()
	d, err := e.reopen(t, e.fresh(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestConformance(t *testing.T) {
	on(t, func(t *testing.T, e engine) {
		t.Parallel()
		storetest.Run(t, func(t *testing.T) store.Store { return e.open(t) })
	})
}
