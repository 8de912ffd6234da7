package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
)

// Beside the texts: names in the other tables, what was noticed of their files, and
// what is left to clear away outside the tables.

// leaveTraces remembers that something is left to clear away outside the tables.
func (t *tx) leaveTraces(ws headway.WorkspaceID, seq int64) error {
	return t.do(`INSERT INTO erasing (workspace_id, seq) VALUES ($1, $2) ON CONFLICT (workspace_id, seq) DO NOTHING`, ws, seq)
}

// elsewhere strikes the names that nobody else has from everything that is not a
// conversation of theirs.
func (e *erasing) elsewhere() error {
	if len(e.full) == 0 {
		return nil
	}
	if e.mentions {
		if err := e.otherTexts(); err != nil {
			return err
		}
	}
	for _, at := range []struct{ table, column, only string }{
		{"conversation", "file", ""}, {"conversation", "title", ""}, {"conversation", "product", ""}, {"conversation", "findings", ""},
		{"source", "name", ""}, {"source", "findings", ""},
		{"conversation", "behind_file", ""}, {"conversation", "behind_title", ""}, {"conversation", "behind_findings", ""},
		{"source", "behind_name", ""}, {"source", "behind_findings", ""},
		{"study", "name", ""}, {"guess", "words", "AND seal = ''"}, {"guess", "author", "AND seal = ''"},
		{"note", "words", ""}, {"claim", "words", ""}, {"account", "name", ""},
		{"saved_search", "name", ""}, {"saved_search", "query", ""},
		{"ticket", "name", ""}, {"ticket", "about", ""}, {"audit", "words", ""},
	} {
		if err := e.strike(at.table, at.column, e.full, at.only); err != nil {
			return err
		}
	}
	return nil
}

// otherTexts strikes their full names from what is said in all conversations.
func (e *erasing) otherTexts() error {
	number, _, err := e.number(e.ws)
	if err != nil {
		return err
	}
	struck := map[int64]bool{}
	first, last := workspaceKeys(number)
	err = e.reword(first, last, func(v version) string {
		words := naming.StrikeOut(v.words, e.full)
		if words != v.words {
			struck[v.key>>textBits&(1<<conversationBits-1)] = true
		}
		return words
	})
	if err != nil {
		return err
	}
	for _, n := range slices.Sorted(maps.Keys(struck)) {
		var id headway.ConversationID
		if _, err := e.one(`SELECT id FROM conversation WHERE workspace_id = $1 AND n = $2`, args(e.ws, n), &id); err != nil {
			return err
		}
		if err := e.do(`DELETE FROM derived WHERE workspace_id = $1 AND subject = $2`, e.ws, id); err != nil {
			return err
		}
		if err := e.countAnew(e.ws, number, n, id); err != nil {
			return err
		}
	}
	return nil
}

// strike strikes names from a column of the workspace's rows, or of some of them.
func (e *erasing) strike(table, column string, names []string, only string, params ...any) error {
	var all []string
	query := fmt.Sprintf(`SELECT DISTINCT %s FROM %s WHERE workspace_id = $1 AND %s IS NOT NULL %s`, column, table, column, only)
	if err := e.each(query, append(args(e.ws), params...), scanInto(&all)); err != nil {
		return err
	}
	for _, was := range all {
		is := naming.StrikeOut(was, names)
		if is == was {
			continue
		}
		n := len(params)
		set := fmt.Sprintf(`UPDATE %s SET %s = $%d WHERE workspace_id = $1 AND %s = $%d %s`, table, column, n+3, column, n+2, only)
		if err := e.do(set, append(append(args(e.ws), params...), was, is)...); err != nil {
			return err
		}
	}
	return nil
}

// notes drops what members wrote beside their words.
func (e *erasing) notes() error {
	gone := map[headway.TextID]bool{}
	for _, id := range e.texts {
		gone[id] = true
	}
	ops, err := e.operations(`SELECT body FROM operation WHERE workspace_id = $1 AND deed IN ($2, $3) ORDER BY seq`, e.ws, headway.DeedNote, headway.DeedSettle)
	if err != nil {
		return err
	}
	var notes []headway.NoteID
	for _, op := range ops {
		if op.Note != "" && slices.ContainsFunc(op.Passage(), func(s headway.Span) bool { return gone[s.Text] }) {
			notes = append(notes, op.Note)
		}
	}
	return e.do(`DELETE FROM note WHERE workspace_id = $1 AND id IN (SELECT value FROM `+e.listIn("$2")+`)`, e.ws, listOf(notes))
}

// sources forgets what was noticed and told of the files they came from; what was
// told may hold their name.
func (e *erasing) sources() error {
	for _, talk := range e.talks {
		for _, column := range []string{"name", "behind_name"} {
			if err := e.strike("source", column, talk.names, `AND id = $2`, talk.source); err != nil {
				return err
			}
		}
		if err := e.forgetSource(e.ws, talk.source); err != nil {
			return err
		}
	}
	return nil
}

// told strikes their names from what imports were told of all files: --theirs
// names them.
func (e *erasing) told() error {
	names := slices.Clone(e.full)
	for _, talk := range e.talks {
		names = append(names, talk.names...)
	}
	names = longestFirst(names)
	type row struct {
		step, version, subject string
		payload                []byte
	}
	var changed []row
	const query = `SELECT step, version, subject, payload, packed FROM derived WHERE workspace_id = $1 AND subject IN (SELECT id FROM source WHERE workspace_id = $1)`
	err := e.each(query, args(e.ws), func(r *sql.Rows) error {
		var told row
		var packed bool
		err := r.Scan(&told.step, &told.version, &told.subject, &told.payload, &packed)
		if err != nil {
			return err
		}
		was, err := unpack(told.payload, packed)
		if is := naming.StrikeOut(string(was), names); is != string(was) {
			told.payload = []byte(is)
			changed = append(changed, told)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, told := range changed {
		err := e.do(`UPDATE derived SET payload = $5, packed = FALSE WHERE workspace_id = $1 AND step = $2 AND version = $3 AND subject = $4`,
			e.ws, told.step, told.version, told.subject, told.payload)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) forgetSource(ws headway.WorkspaceID, id headway.SourceID) error {
	if err := t.do(`UPDATE source SET findings = '[]', behind_findings = NULL WHERE workspace_id = $1 AND id = $2`, ws, id); err != nil {
		return err
	}
	return t.do(`DELETE FROM derived WHERE workspace_id = $1 AND subject = $2`, ws, id)
}

// forget gives a conversation that comes in as it may be kept: without the words
// and names of persons who were erased.
func forget(c *headway.Conversation, gone map[headway.PersonID]bool) *headway.Conversation {
	erased, names := map[headway.SpeakerID]bool{}, []string(nil)
	for _, s := range c.Speakers {
		if gone[s.Person()] {
			erased[s.ID] = true
			names = append(names, naming.Of(s)...)
		}
	}
	if len(erased) == 0 {
		return c
	}
	names = longestFirst(names)
	kept := *c
	kept.File, kept.Title, kept.Product = naming.StrikeOut(c.File, names), naming.StrikeOut(c.Title, names), naming.StrikeOut(c.Product, names)
	kept.Findings = nil
	kept.Speakers, kept.Turns = slices.Clone(c.Speakers), slices.Clone(c.Turns)
	for i, s := range kept.Speakers {
		if erased[s.ID] {
			kept.Speakers[i] = headway.Speaker{ID: s.ID, Name: headway.Erased, Side: headway.Unknown, Settled: headway.SettledMember}
		}
	}
	for i, t := range kept.Turns {
		words := naming.StrikeOut(t.Text.Text, names)
		if erased[t.Speaker] {
			words = headway.Erased
		}
		kept.Turns[i].Text.Text = words
	}
	return &kept
}

// Erased implements store.Erasures.
func (d *DB) Erased(ctx context.Context, ws headway.WorkspaceID) (gone map[headway.PersonID]bool, err error) {
	defer d.done(&err, "read who was erased")
	err = d.view(ctx, func(t *tx) error {
		gone, err = t.erased(ws)
		return err
	})
	return gone, err
}

// Unfinished implements store.Erasures.
func (d *DB) Unfinished(ctx context.Context, ws headway.WorkspaceID) (ops []headway.Operation, err error) {
	defer d.done(&err, "see what is left of what was erased")
	err = d.view(ctx, func(t *tx) error {
		ops, err = t.operations(`
			SELECT o.body FROM erasing e JOIN operation o ON o.workspace_id = e.workspace_id AND o.seq = e.seq
			WHERE e.workspace_id = $1 ORDER BY e.seq`, ws)
		return err
	})
	return ops, err
}

// Finished implements store.Erasures.
func (d *DB) Finished(ctx context.Context, ws headway.WorkspaceID, seq int64) (err error) {
	defer d.done(&err, "finish erasing")
	return d.update(ctx, func(t *tx) error {
		return t.do(`DELETE FROM erasing WHERE workspace_id = $1 AND seq = $2`, ws, seq)
	})
}

// ForgetSource implements store.Erasures.
func (d *DB) ForgetSource(ctx context.Context, ws headway.WorkspaceID, id headway.SourceID) (err error) {
	defer d.done(&err, "forget what source %s told", id)
	return d.update(ctx, func(t *tx) error { return t.forgetSource(ws, id) })
}

// ForgetDerived implements store.Erasures.
func (d *DB) ForgetDerived(ctx context.Context, ws headway.WorkspaceID, ids ...headway.ConversationID) (err error) {
	defer d.done(&err, "forget what steps made of %d conversations", len(ids))
	return d.update(ctx, func(t *tx) error {
		return t.do(`DELETE FROM derived WHERE workspace_id = $1 AND subject IN (SELECT value FROM `+t.listIn("$2")+`)`, ws, listOf(ids))
	})
}

// Vacuum implements store.Keeper.
func (d *DB) Vacuum(ctx context.Context) (err error) {
	defer d.done(&err, "clear away what is no longer kept")
	for _, statement := range d.dialect.vacuum {
		if _, err := d.write.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if d.dropCopies != nil {
		return d.dropCopies()
	}
	return nil
}
