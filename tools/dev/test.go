package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/headway-oss/headway/internal/store/pgtest"
)

// test runs every test there is. What a test needs and is not there fails it
// where CI is set; elsewhere it is said loudly, and the rest goes on.
func test(ctx context.Context) error {
	return inOrder(ctx,
		task{name: "reference data", do: needData},
		task{name: "interface and headway", do: build},
		task{name: "go test, with PostgreSQL", do: testGo},
		task{name: "fuzzing, some thousand inputs a target", do: fuzz},
		task{name: "check", do: check},
		task{name: "journeys", do: e2eBuilt},
	)
}

// testGo runs the Go tests with a PostgreSQL of their own.
func testGo(ctx context.Context) error {
	var env []string
	dsn, stop, err := pgtest.Start(ctx)
	switch {
	case err == nil:
		defer stop()
		env = append(env, pgtest.Env+"="+dsn)
	case errors.Is(err, pgtest.Missing):
		if err := missing(err.Error()); err != nil {
			return err
		}
	default:
		return fmt.Errorf("PostgreSQL for the tests: %w", err)
	}
	return shellEnv(ctx, env, "go", "test", "./...")
}

func e2eBuilt(ctx context.Context) error {
	browser := findBrowser()
	if browser == "" {
		return missing("no Chromium found for the browser tests: install it (Debian: apt-get install chromium) or name it in CHROMIUM")
	}
	return journeys(ctx, browser)
}

// needData looks for the conversations beside the repository that some tests read.
func needData(context.Context) error {
	dir := os.Getenv("HEADWAY_DATA")
	if dir == "" {
		dir = "../shared/data"
	}
	if _, err := os.Stat(dir); err != nil {
		return missing("no reference data in " + dir + ": tests that read it are skipped (HEADWAY_DATA names another folder)")
	}
	return nil
}

// missing is an error where CI is set, and a warning nobody can overlook elsewhere.
func missing(what string) error {
	if os.Getenv("CI") != "" {
		return errors.New(what)
	}
	bar := strings.Repeat("!", 72)
	fmt.Fprintf(os.Stderr, "%s\nNOT TESTED: %s\n%s\n", bar, what, bar)
	return nil
}
