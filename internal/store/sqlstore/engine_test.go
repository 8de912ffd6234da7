package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/pgtest"
	"github.com/headway-oss/headway/internal/store/storetest"
)

// postgresDSN is where tests find PostgreSQL; noPostgres says why there is none.
var (
	postgresDSN = os.Getenv(pgtest.Env)
	noPostgres  error
)

// TestMain starts a PostgreSQL where none was named.
func TestMain(m *testing.M) {
	stop := func() {}
	if postgresDSN == "" {
		dsn, end, err := pgtest.Start(context.Background())
		postgresDSN, noPostgres = dsn, err
		if err == nil {
			stop = end
		}
	}
	code := m.Run()
	stop()
	os.Exit(code)
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
	needPostgres(t)
	db := rawDB(t, "pgx", postgresDSN)
	name := fmt.Sprintf("headway_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		again, err := sql.Open("pgx", postgresDSN)
		if err == nil {
			_, err = again.Exec(`SET client_min_messages = error; DROP SCHEMA ` + name + ` CASCADE`)
			err = errors.Join(err, again.Close())
		}
		if err != nil {
			t.Error(err)
		}
	})
	if strings.Contains(postgresDSN, "://") {
		separator := "?"
		if strings.Contains(postgresDSN, "?") {
			separator = "&"
		}
		return postgresDSN + separator + "search_path=" + name
	}
	return postgresDSN + " search_path=" + name
}

// needPostgres skips, loudly, where there is none; never in CI.
func needPostgres(t testing.TB) {
	t.Helper()
	if postgresDSN != "" {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("PostgreSQL is to be tested in CI: %v", noPostgres)
	}
	t.Skipf("NOT TESTED ON POSTGRESQL: %v; or set %s", noPostgres, pgtest.Env)
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
