package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

var schemas atomic.Int64

// Fresh gives the address of an empty schema for one test: in the PostgreSQL
// that Env names, or in one started for the test. It skips, loudly, where there
// is none; never in CI. All is gone after the test.
func Fresh(t testing.TB) (dsn string) {
	t.Helper()
	dsn = os.Getenv(Env)
	if dsn == "" {
		started, stop, err := Start(t.Context())
		if errors.Is(err, Missing) && os.Getenv("CI") == "" {
			t.Skipf("NOT TESTED ON POSTGRESQL: %v; or set %s", err, Env)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		dsn = started
	}
	connection, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("headway_fresh_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := connection.Exec(t.Context(), `CREATE SCHEMA `+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := connection.Exec(context.Background(), `SET client_min_messages = error; DROP SCHEMA `+schema+` CASCADE`)
		if err := errors.Join(err, connection.Close(context.Background())); err != nil {
			t.Error(err)
		}
	})
	return inSchema(connection.Config(), schema)
}

// inSchema writes a connection's address anew, with a schema that all its
// statements go to.
func inSchema(c *pgx.ConnConfig, schema string) string {
	address := url.URL{Scheme: "postgres", User: url.UserPassword(c.User, c.Password), Path: "/" + c.Database}
	address.RawQuery = url.Values{
		"host": {c.Host}, "port": {strconv.Itoa(int(c.Port))}, "sslmode": {"disable"}, "search_path": {schema},
	}.Encode()
	return address.String()
}
