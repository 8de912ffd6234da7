package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// patience is how long to wait for another program to let go of the file.
const patience = 5 * time.Second

// OpenSQLite opens the database in a file, makes it where it is missing, and
// migrates it where it is older than this program; a copy of the file as it
// was then lies beside it. Invalid: the file is no database of ours, or one
// of a newer program.
//
// Readers have a pool of their own; writing goes through one connection, since
// SQLite has one writer at a time.
func OpenSQLite(ctx context.Context, path string) (*DB, error) {
	return openSQLite(ctx, path, patience)
}

func openSQLite(ctx context.Context, path string, patience time.Duration) (_ *DB, err error) {
	d := &DB{dialect: sqliteDialect, copyTo: func(ctx context.Context, to string) error { return copySQLite(ctx, path, to) }, dropCopies: func() error { return dropCopies(path) }}
	defer d.done(&err, "open the database %s", path)
	if d.write, err = openFile(address(path, patience, "immediate", "secure_delete(1)")); err != nil {
		return nil, err
	}
	d.write.SetMaxOpenConns(1)
	if d.read, err = openFile(address(path, patience, "deferred", "query_only(1)")); err != nil {
		return nil, errors.Join(err, d.write.Close())
	}
	d.read.SetMaxOpenConns(4)
	d.read.SetMaxIdleConns(4)
	if err := untilFree(patience, func() error {
		return d.migrate(ctx, func(schema int) error { return copyBefore(ctx, path, schema) })
	}); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// untilFree does something again while another program holds the file. SQLite
// waits by itself, but not where two turn a new file into one with a log, or
// the last turns it back: waiting, they might wait for each other.
func untilFree(patience time.Duration, do func() error) error {
	for until := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		err := do()
		if codeOf(err)&0xff != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			return err
		}
	}
}

// address is what the driver is told of a file and of how to use it.
func address(path string, patience time.Duration, lock string, more ...string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/... on Windows
	}
	pragmas := append([]string{
		fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()),
		"journal_mode(WAL)",
		"synchronous(NORMAL)", // a power cut may lose the last transactions, never half of one
		"foreign_keys(1)",
		"cache_size(-65536)",   // KiB: 64 MB
		"mmap_size(268435456)", // 256 MB
		"temp_store(MEMORY)",
	}, more...)
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{"_pragma": pragmas, "_txlock": {lock}}.Encode()}
	return u.String()
}

var sqliteDialect = dialect{
	name:    "sqlite",
	ddl:     func(schema string) string { return schema },
	tables:  `SELECT name FROM sqlite_master WHERE type = 'table'`,
	exclude: `SELECT 1`, // transactions that write are alone already
	list:    `json_each(%s)`,
	explain: explainSQLite,
	damaged: func(err error) bool { return codeOf(err)&0xff == sqlite3.SQLITE_CORRUPT },
	vacuum: []string{
		`INSERT INTO search (search) VALUES ('optimize')`,
		`PRAGMA wal_checkpoint(TRUNCATE)`,
		`VACUUM`,
		`PRAGMA wal_checkpoint(TRUNCATE)`,
	},
	check: []string{
		`PRAGMA integrity_check`,
		`INSERT INTO search (search, rank) VALUES ('integrity-check', 1)`,
	},
	search: searchDialect{
		key:    `search.rowid`,
		match:  `search MATCH $1`,
		score:  `rank`,
		ranked: store.RankedMatches,
		query:  fts5Query,
		index:  `INSERT INTO search (rowid, words) SELECT key, words FROM standing WHERE key BETWEEN $1 AND $2`,
		unindex: `INSERT INTO search (search, rowid, words)
			SELECT 'delete', key, words FROM standing WHERE key BETWEEN $1 AND $2`,
		// Told of rows one by one, SQLite works the query out for each; told
		// between which two they lie, once. The + keeps it from the former.
		shred: `INSERT INTO search (search, rank) VALUES ('secure-delete', 1)`,
		mark: func(list string) string {
			return `SELECT rowid, highlight(search, 0, char(64976), char(64977)) FROM search
				WHERE search MATCH $1
				AND rowid BETWEEN (SELECT MIN(value) FROM ` + list + `) AND (SELECT MAX(value) FROM ` + list + `)
				AND +rowid IN (SELECT value FROM ` + list + `)`
		},
		indexed: `SELECT count(*) FROM search_docsize`,
	},
}

// copySQLite writes the database in a file, as it is at one moment, to another
// file, which is not there or empty.
func copySQLite(ctx context.Context, from, to string) error {
	db, err := sql.Open("sqlite", address(from, patience, "deferred"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO $1`, to)
	return errors.Join(err, db.Close())
}

// copyBefore keeps the file as it was before a migration, beside it, unless
// another program has migrated it meanwhile.
func copyBefore(ctx context.Context, path string, schema int) error {
	unfinished, err := os.CreateTemp(filepath.Dir(path), "copying-*.db")
	if err != nil {
		return err
	}
	defer os.Remove(unfinished.Name()) // nothing, once it has been renamed
	if err := unfinished.Close(); err != nil {
		return err
	}
	if err := copySQLite(ctx, path, unfinished.Name()); err != nil {
		return err
	}
	copied, err := schemaOfCopy(ctx, unfinished.Name())
	if err != nil || copied != schema {
		return err
	}
	return os.Rename(unfinished.Name(), fmt.Sprintf("%s.schema%d", path, schema))
}

// dropCopies drops what copyBefore kept beside the file.
func dropCopies(path string) error {
	var failed []error
	for _, pattern := range []string{path + ".schema*", filepath.Join(filepath.Dir(path), "copying-*.db*")} {
		names, err := filepath.Glob(pattern)
		failed = append(failed, err)
		for _, name := range names {
			failed = append(failed, os.Remove(name))
		}
	}
	return errors.Join(failed...)
}

func schemaOfCopy(ctx context.Context, path string) (schema int, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0, err
	}
	err = db.QueryRowContext(ctx, `SELECT MAX(version) FROM migration`).Scan(&schema)
	return schema, errors.Join(err, db.Close())
}

// codeOf is SQLite's own code of an error, 0 for an error of another's.
func codeOf(err error) int {
	var failed *sqlite.Error
	if errors.As(err, &failed) {
		return failed.Code()
	}
	return 0
}

func explainSQLite(err error) error {
	switch code := codeOf(err); {
	case code == sqlite3.SQLITE_CONSTRAINT_UNIQUE, code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, code == sqlite3.SQLITE_CONSTRAINT_ROWID:
		return headway.Errorf(headway.Conflict, "it is there already (%w)", err)
	case code&0xff == sqlite3.SQLITE_FULL:
		return unavailable(errFull, err)
	case code&0xff == sqlite3.SQLITE_BUSY, code&0xff == sqlite3.SQLITE_LOCKED:
		return unavailable(errLocked, err)
	case code&0xff == sqlite3.SQLITE_READONLY, code&0xff == sqlite3.SQLITE_PERM:
		return unavailable("the file may not be written: give yourself access and try again (%w)", err)
	case code&0xff == sqlite3.SQLITE_CANTOPEN:
		return unavailable("the file cannot be opened: see that its folder exists and is yours (%w)", err)
	case code&0xff == sqlite3.SQLITE_IOERR:
		return unavailable("the disk failed to read or write: see that it is there, sound and not full (%w)", err)
	case code&0xff == sqlite3.SQLITE_NOTADB:
		return headway.Errorf(headway.Invalid, "the file is not a database of headway's: name another file (%w)", err)
	case code&0xff == sqlite3.SQLITE_CORRUPT:
		return unavailable("the file is damaged: restore the last backup (%w)", err)
	case code&0xff == sqlite3.SQLITE_INTERRUPT:
		return context.Canceled
	}
	return err
}
