package pgtest_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/headway-oss/headway/internal/store/pgtest"
)

func TestAStartedClusterAnswersAndLeavesNothing(t *testing.T) {
	dsn, stop, err := pgtest.Start(context.Background())
	if errors.Is(err, pgtest.Missing) && os.Getenv("CI") == "" {
		t.Skipf("NOT TESTED: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	var encoding string
	err = db.QueryRow("SHOW server_encoding").Scan(&encoding)
	db.Close()
	stop()
	if err != nil || encoding != "UTF8" {
		t.Errorf("encoding %q, error %v", encoding, err)
	}
	folder := strings.TrimPrefix(strings.Fields(dsn)[0], "host=")
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", folder, err)
	}
}
