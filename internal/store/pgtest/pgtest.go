// Package pgtest starts a PostgreSQL of its own for tests: a new cluster in a
// passing folder, reached over a socket in that folder, gone afterwards.
//
//	dsn, stop, err := pgtest.Start(ctx)
//	defer stop()
//
// It takes the newest server found on the PATH or where Debian, Homebrew and
// PostgreSQL's own packages put it. PostgreSQL does not run as root, so root
// starts it as the user postgres.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// Missing is what Start fails with where no PostgreSQL is installed.
var Missing = errors.New("no PostgreSQL server found: install postgresql (Debian: apt-get install postgresql)")

// Env names the environment variable that holds the address of a PostgreSQL
// for tests.
const Env = "HEADWAY_TEST_POSTGRES"

// Start runs a new, empty cluster that does not care to survive a crash. stop
// ends it and removes everything.
func Start(ctx context.Context) (dsn string, stop func(), err error) {
	bin, err := server()
	if err != nil {
		return "", nil, err
	}
	c, err := newCluster(bin)
	if err != nil {
		return "", nil, err
	}
	if err := c.start(ctx); err != nil {
		c.stop()
		return "", nil, err
	}
	return fmt.Sprintf("host=%s user=headway dbname=postgres sslmode=disable", c.dir), c.stop, nil
}

// server gives the folder of the newest server's programs.
func server() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	newest, found := 0, ""
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"} {
		dirs, _ := filepath.Glob(filepath.Join(pattern, "initdb"))
		for _, program := range dirs {
			dir := filepath.Dir(program)
			name := filepath.Base(filepath.Dir(dir))
			version, _ := strconv.Atoi(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz-@"))
			if version >= newest {
				newest, found = version, dir
			}
		}
	}
	if found == "" || runtime.GOOS == "windows" {
		return "", Missing
	}
	return found, nil
}

// cluster is one server's folder. Data, log and socket lie in it.
type cluster struct{ bin, dir string }

func newCluster(bin string) (*cluster, error) {
	// The path of a socket may not be longer than about 100 bytes; TMPDIR can be.
	parent := os.TempDir()
	if len(parent) > 60 {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "headway-pg-")
	if err != nil {
		return nil, err
	}
	if err := giveAway(dir); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &cluster{bin: bin, dir: dir}, nil
}

func (c *cluster) start(ctx context.Context) error {
	err := c.run(ctx, "initdb", "--pgdata="+c.data(), "--username=headway", "--auth=trust",
		"--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	if err != nil {
		return err
	}
	options := []string{
		"-c listen_addresses=''", "-c unix_socket_directories='" + c.dir + "'",
		"-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off",
		"-c max_connections=100", "-c shared_buffers=64MB",
	}
	return c.run(ctx, "pg_ctl", "start", "--wait", "--silent", "--pgdata="+c.data(),
		"--log="+filepath.Join(c.dir, "log"), "--options="+strings.Join(options, " "))
}

func (c *cluster) stop() {
	// A cluster that never started cannot be stopped; the folder goes anyway.
	_ = c.run(context.Background(), "pg_ctl", "stop", "--mode=immediate", "--silent", "--pgdata="+c.data())
	_ = os.RemoveAll(c.dir)
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

// run calls one of the server's programs. Its output goes to a file, since a
// pipe would stay open for as long as the server runs.
func (c *cluster) run(ctx context.Context, program string, args ...string) error {
	out, err := os.CreateTemp("", "headway-pg-out-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, out, out
	if err := asPostgres(cmd); err != nil {
		return err
	}
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w\n%s", program, err, said)
	}
	return nil
}
