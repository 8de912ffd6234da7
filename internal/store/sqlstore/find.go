package sqlstore

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Reach implements store.Searcher.
func (d *DB) Reach(ctx context.Context, ws headway.WorkspaceID, f store.SearchFilter) (ids []headway.ConversationID, all bool, err error) {
	defer d.done(&err, "see what can be searched")
	err = d.view(ctx, func(t *tx) error {
		w, narrowed := t.conversations(ws, f)
		if all = !narrowed; all {
			return nil
		}
		return t.each(`SELECT c.id FROM conversation c`+w.sql(), w.params, scanInto(&ids))
	})
	return ids, all, err
}

// Named implements store.Searcher.
func (d *DB) Named(ctx context.Context, ws headway.WorkspaceID, f store.SearchFilter) (names []store.Named, err error) {
	defer d.done(&err, "list who speaks")
	err = d.view(ctx, func(t *tx) error {
		w, narrowed := t.conversations(ws, f)
		query := `SELECT DISTINCT s.name, s.email, s.person, s.side FROM speaker s`
		if narrowed {
			query += ` JOIN conversation c ON c.workspace_id = s.workspace_id AND c.id = s.conversation_id`
		} else {
			w = where{}
			w.and("s.workspace_id = ?", ws)
		}
		return t.each(query+w.sql()+` ORDER BY s.name, s.person, s.email, s.side`, w.params, func(r *sql.Rows) error {
			var n store.Named
			err := r.Scan(&n.Name, &n.Email, &n.Person, &n.Side)
			names = append(names, n)
			return err
		})
	})
	return names, err
}

// PutMoments implements store.Moments.
func (d *DB) PutMoments(ctx context.Context, ws headway.WorkspaceID, of map[headway.ConversationID][]store.Moment) (err error) {
	defer d.done(&err, "keep what was heard where in %d conversations", len(of))
	return d.update(ctx, func(t *tx) error {
		w, err := t.lock(ws)
		if err != nil {
			return err
		}
		numbers := map[headway.ConversationID]int64{}
		query := `SELECT id, n FROM conversation WHERE workspace_id = $1 AND id IN (SELECT value FROM ` + t.listIn("$2") + `)`
		err = t.each(query, args(ws, listOf(slices.Collect(maps.Keys(of)))), into(numbers))
		if err != nil {
			return err
		}
		in := t.bulk("moment", "workspace_id", "label", "text_key", "start_point", "end_point", "counted")
		for id, n := range numbers {
			if err := t.putMoments(in, w, n, of[id]); err != nil {
				return err
			}
		}
		return in.flush()
	})
}

// putMoments drops those of conversation n and adds others.
func (t *tx) putMoments(in *bulk, w workspace, n int64, moments []store.Moment) error {
	first, last := conversationKeys(w.n, n, n)
	if err := t.do(`DELETE FROM moment WHERE text_key BETWEEN $1 AND $2`, int64(first), int64(last)); err != nil {
		return err
	}
	keys := map[headway.TextID]int64{}
	const standing = `
		SELECT x.id, x.key FROM text_version x JOIN turn t ON t.text_key = x.key
		WHERE x.key BETWEEN $1 AND $2 AND t.place >= 0 AND x.words <> $3`
	if err := t.each(standing, args(int64(first), int64(last), headway.Erased), into(keys)); err != nil {
		return err
	}
	for _, m := range moments {
		if key, here := keys[m.Span.Text]; here {
			if err := in.add(w.id, m.Label, key, m.Span.Start, m.Span.End, m.Counted); err != nil {
				return err
			}
		}
	}
	return nil
}

// into gathers two columns, the second by the first.
func into[K comparable, V any](all map[K]V) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var key K
		var value V
		err := r.Scan(&key, &value)
		all[key] = value
		return err
	}
}

// Moments implements store.Moments.
func (d *DB) Moments(ctx context.Context, ws headway.WorkspaceID, texts []headway.TextID) (all map[headway.TextID][]store.Moment, err error) {
	defer d.done(&err, "read what was heard in %d texts", len(texts))
	all = map[headway.TextID][]store.Moment{}
	err = d.view(ctx, func(t *tx) error {
		query := `
			SELECT x.id, m.start_point, m.end_point, m.label, m.counted
			FROM text_version x JOIN moment m ON m.text_key = x.key
			WHERE x.workspace_id = $1 AND x.id IN (SELECT value FROM ` + t.listIn("$2") + `)
			ORDER BY m.text_key, m.start_point, m.end_point, m.label`
		return t.each(query, args(ws, listOf(texts)), func(r *sql.Rows) error {
			var m store.Moment
			err := r.Scan(&m.Span.Text, &m.Span.Start, &m.Span.End, &m.Label, &m.Counted)
			all[m.Span.Text] = append(all[m.Span.Text], m)
			return err
		})
	})
	return all, err
}

// PutSearch implements store.Searches.
func (d *DB) PutSearch(ctx context.Context, ws headway.WorkspaceID, s headway.SavedSearch) (err error) {
	defer d.done(&err, "keep a search")
	if s.ID == "" || strings.TrimSpace(s.Name) == "" {
		return headway.Errorf(headway.Invalid, "a search that is kept needs a name")
	}
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO saved_search (workspace_id, id, name, query, member, at_us) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, query = excluded.query`,
			ws, s.ID, s.Name, s.Query, s.Member, toMicros(s.At))
	})
}

// Searches implements store.Searches.
func (d *DB) Searches(ctx context.Context, ws headway.WorkspaceID) (all []headway.SavedSearch, err error) {
	defer d.done(&err, "list saved searches")
	err = d.view(ctx, func(t *tx) error {
		query := `SELECT id, name, query, member, at_us FROM saved_search WHERE workspace_id = $1 ORDER BY at_us, id`
		return t.each(query, args(ws), func(r *sql.Rows) error {
			var s headway.SavedSearch
			var at int64
			err := r.Scan(&s.ID, &s.Name, &s.Query, &s.Member, &at)
			s.At = fromMicros(at)
			all = append(all, s)
			return err
		})
	})
	return all, err
}

// DropSearch implements store.Searches.
func (d *DB) DropSearch(ctx context.Context, ws headway.WorkspaceID, id headway.SearchID) (err error) {
	defer d.done(&err, "forget a search")
	return d.update(ctx, func(t *tx) error {
		for _, drop := range []string{
			`DELETE FROM saved_look WHERE workspace_id = $1 AND search_id = $2`,
			`DELETE FROM saved_search WHERE workspace_id = $1 AND id = $2`,
		} {
			if err := t.do(drop, ws, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// PutLook implements store.Searches.
func (d *DB) PutLook(ctx context.Context, ws headway.WorkspaceID, id headway.SearchID, m headway.MemberID, at store.Extent) (err error) {
	defer d.done(&err, "remember a look at a search")
	return d.update(ctx, func(t *tx) error {
		return t.do(`
			INSERT INTO saved_look (workspace_id, search_id, member, conversations, operations) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (workspace_id, search_id, member) DO UPDATE SET conversations = excluded.conversations, operations = excluded.operations`,
			ws, id, m, at.Conversations, at.Operations)
	})
}

// Looks implements store.Searches.
func (d *DB) Looks(ctx context.Context, ws headway.WorkspaceID, m headway.MemberID) (looks map[headway.SearchID]store.Extent, err error) {
	defer d.done(&err, "read when searches were looked at")
	looks = map[headway.SearchID]store.Extent{}
	err = d.view(ctx, func(t *tx) error {
		query := `SELECT search_id, conversations, operations FROM saved_look WHERE workspace_id = $1 AND member = $2`
		return t.each(query, args(ws, m), func(r *sql.Rows) error {
			var id headway.SearchID
			var at store.Extent
			err := r.Scan(&id, &at.Conversations, &at.Operations)
			looks[id] = at
			return err
		})
	})
	return looks, err
}
