package pgtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Dump gives what pg_dump writes of the schema that an address goes to. It skips,
// loudly, where PostgreSQL came without pg_dump; never in CI.
func Dump(t testing.TB, dsn string) []byte {
	t.Helper()
	program, err := dumper()
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("NOT TESTED WITH PG_DUMP: %v", err)
	}
	if err != nil {
		t.Fatalf("a dump is to be tested in CI: %v", err)
	}
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	dump := exec.CommandContext(t.Context(), program, "--host="+c.Host, "--port="+strconv.Itoa(int(c.Port)),
		"--username="+c.User, "--no-password", "--schema="+c.RuntimeParams["search_path"], c.Database)
	dump.Env = append(os.Environ(), "PGPASSWORD="+c.Password)
	dump.Stderr = t.Output()
	written, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// dumper gives the pg_dump that came with the newest server, whose version it
// has to know, or else the one on the PATH.
func dumper() (string, error) {
	if bin, err := server(); err == nil {
		if program, err := exec.LookPath(filepath.Join(bin, "pg_dump")); err == nil {
			return program, nil
		}
	}
	return exec.LookPath("pg_dump")
}
