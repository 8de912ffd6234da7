package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// OpenPostgres opens the database at dsn (a postgres:// address or key=value
// words), makes its tables in the first schema of the search path where they
// are missing, and migrates them where they are older than this program.
func OpenPostgres(ctx context.Context, dsn string) (_ *DB, err error) {
	d := &DB{dialect: postgresDialect}
	defer d.done(&err, "open the PostgreSQL database")
	if d.write, err = sql.Open("pgx", dsn); err != nil {
		return nil, err
	}
	d.read = d.write
	d.write.SetMaxOpenConns(8)
	d.write.SetMaxIdleConns(8)
	noCopy := func(int) error { return nil } // an operator's pg_dump, not ours
	if err := d.migrate(ctx, noCopy); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// The parser of PostgreSQL takes addresses, paths and hyphenated words for one
// word each, and in the locale C every character beyond ASCII for a letter,
// where SQLite sees what people see. Blanks in the place of these characters
// make both see the same; one for one, so that places stay. It indexes at most
// a megabyte of one text, hence no more than the first 200,000 characters.
const notWords = "-./\\@:_+~&<>#%=?'*$!" + "\u00a0\u2009\u200b\ufeff“”‘’„«»‹›–—―…•·¿¡。、"

var plain = `translate(left(words, 200000), '` + strings.ReplaceAll(notWords, `'`, `''`) + `', '` +
	strings.Repeat(" ", utf8.RuneCountInString(notWords)) + `')`

var postgresDialect = dialect{
	name:     "postgres",
	ddl:      func(schema string) string { return integer.ReplaceAllString(schema, "BIGINT") },
	tables:   `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`,
	snapshot: sql.LevelRepeatableRead,
	exclude:  `SELECT pg_advisory_xact_lock(hashtext('headway ' || current_schema()))`,
	list:     `json_array_elements_text(CAST(%s AS json)) AS list (value)`,
	explain:  explainPostgres,
	damaged: func(err error) bool {
		var failed *pgconn.PgError
		return errors.As(err, &failed) && (failed.Code == "XX001" || failed.Code == "XX002")
	},
	vacuum: []string{`VACUUM (FULL, ANALYZE)`},
	check: []string{
		`SELECT 'turn ' || t.key || ' has no words' FROM turn t LEFT JOIN text_version x ON x.key = t.text_key WHERE x.key IS NULL`,
	},
	search: searchDialect{
		// Whether to walk the newest texts or the index of words depends on the
		// words: a plan made once for all of them would be wrong for half. What one
		// search asks is too little to be shared among processes, or compiled.
		begin: `SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
			set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`,
		key:     `search.key`,
		match:   `words @@ to_tsquery('headway', $1)`,
		score:   `-ts_rank(words, to_tsquery('headway', $1))`,
		ranked:  store.RankedMatches / 2, // each is fetched, its words unpacked
		query:   tsQuery,
		index:   `INSERT INTO search (key, words) SELECT key, to_tsvector('headway', ` + plain + `) FROM standing WHERE key BETWEEN $1 AND $2`,
		unindex: `DELETE FROM search WHERE key BETWEEN $1 AND $2`,
		mark: func(list string) string {
			return `SELECT key, ts_headline('headway', ` + plain + `, to_tsquery('headway', $1),
			'HighlightAll=true, StartSel=' || chr(64976) || ', StopSel=' || chr(64977)) FROM text_version WHERE key IN (SELECT CAST(value AS BIGINT) FROM ` + list + `)`
		},
		marksWords: true,
		indexed:    `SELECT count(*) FROM search`,
	},
}

var integer = regexp.MustCompile(`\bINTEGER\b`)

func explainPostgres(err error) error {
	var refused *pgconn.ConnectError
	if errors.As(err, &refused) {
		return unavailable("PostgreSQL cannot be reached: see that it runs and that the address, user and password are right (%w)", err)
	}
	var failed *pgconn.PgError
	if !errors.As(err, &failed) {
		if pgconn.Timeout(err) || pgconn.SafeToRetry(err) {
			return unavailable("the connection to PostgreSQL broke: try again (%w)", err)
		}
		return err
	}
	switch class := failed.Code[:2]; {
	case failed.Code == "23505":
		return headway.Errorf(headway.Conflict, "it is there already (%w)", err)
	case failed.Code == "53100":
		return unavailable(errFull, err)
	case failed.Code == "55P03", class == "40":
		return unavailable(errLocked, err)
	case class == "08", class == "53", class == "57":
		return unavailable("PostgreSQL is not to be had now: try again (%w)", err)
	case failed.Code == "42501":
		return unavailable("PostgreSQL does not let this user do that: give it the rights of an owner (%w)", err)
	}
	return err
}
