package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
)

//go:embed schema*.sql migrations/*.sql
var files embed.FS

// firstSchema is that of a database without any migration.
const firstSchema = 1

// migration is a step from one schema to the next.
type migration struct {
	version int
	name    string // 0002_pack_derived
	sql     string
}

// migrate brings the database to this program's schema: makes it where there
// is nothing, goes on from where it is, refuses what is newer. before is called
// with the schema found, once, before anything is changed.
func (d *DB) migrate(ctx context.Context, before func(schema int) error) error {
	steps, err := migrations(d.dialect.name)
	if err != nil {
		return err
	}
	known := steps[len(steps)-1].version
	schema, err := d.schema(ctx)
	if err != nil {
		return err
	}
	switch {
	case schema == 0:
		return d.create(ctx, steps)
	case schema > known:
		return headway.Errorf(headway.Invalid, "this database was written by a newer headway (schema %d, this one knows %d): update headway", schema, known)
	case schema == known:
		return nil
	}
	if err := before(schema); err != nil {
		return err
	}
	for _, step := range steps {
		if err := d.take(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// schema gives the database's schema, 0 for an empty one.
func (d *DB) schema(ctx context.Context) (schema int, err error) {
	err = d.update(ctx, func(t *tx) error {
		if err := t.do(t.exclude); err != nil {
			return err
		}
		schema, err = t.schema()
		return err
	})
	return schema, err
}

func (t *tx) schema() (schema int, err error) {
	var tables []string
	err = t.each(t.tables, nil, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		tables = append(tables, name)
		return err
	})
	if err != nil || len(tables) == 0 {
		return 0, err
	}
	if !slices.Contains(tables, "migration") {
		return 0, headway.Errorf(headway.Invalid, "this database holds tables that are not headway's: name another database")
	}
	_, err = t.one(`SELECT COALESCE(MAX(version), 0) FROM migration`, nil, &schema)
	return schema, err
}

// create makes an empty database from schema.sql, with all migrations taken.
func (d *DB) create(ctx context.Context, steps []migration) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.do(t.exclude); err != nil {
			return err
		}
		if schema, err := t.schema(); err != nil || schema > 0 {
			return err // another program was first
		}
		for _, name := range []string{"schema.sql", "schema." + t.name + ".sql"} {
			ddl, err := files.ReadFile(name)
			if err != nil {
				return err
			}
			if err := t.script(string(ddl)); err != nil {
				return err
			}
		}
		if err := t.took(migration{version: firstSchema, name: "0001_first"}); err != nil {
			return err
		}
		for _, step := range steps {
			if err := t.took(step); err != nil {
				return err
			}
		}
		return nil
	})
}

// take runs one migration, unless the database has had it.
func (d *DB) take(ctx context.Context, step migration) error {
	return d.update(ctx, func(t *tx) error {
		if err := t.do(t.exclude); err != nil {
			return err
		}
		schema, err := t.schema()
		if err != nil || schema >= step.version {
			return err
		}
		if err := t.script(step.sql); err != nil {
			return headway.Errorf(headway.Internal, "migration %s: %w", step.name, err)
		}
		return t.took(step)
	})
}

func (t *tx) took(step migration) error {
	return t.do(`INSERT INTO migration (version, name) VALUES ($1, $2)`, step.version, step.name)
}

// script runs statements that end in a semicolon at the end of a line.
func (t *tx) script(text string) error {
	for statement := range strings.SplitSeq(t.ddl(text), ";\n") {
		if withoutComments(statement) == "" {
			continue
		}
		if err := t.do(statement); err != nil {
			return err
		}
	}
	return nil
}

func withoutComments(statement string) string {
	var kept strings.Builder
	for line := range strings.Lines(statement) {
		before, _, _ := strings.Cut(line, "--")
		kept.WriteString(strings.TrimSpace(before))
	}
	return kept.String()
}

// migrations lists those for an engine, in order: what lies in files of its
// own and what is meant for both.
func migrations(engine string) (steps []migration, err error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, file := range names {
		name, forEngine, only := strings.Cut(strings.TrimSuffix(path.Base(file), ".sql"), ".")
		if only && forEngine != engine {
			continue
		}
		version, err := strconv.Atoi(name[:4])
		if err != nil {
			return nil, err
		}
		text, err := files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		steps = append(steps, migration{version: version, name: name, sql: string(text)})
	}
	return steps, nil
}
