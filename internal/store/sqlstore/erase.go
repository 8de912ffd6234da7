package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
)

// To erase is the one deed that changes facts. All that the tables hold of a
// person goes in its transaction; what lies elsewhere (bytes of sources, vectors,
// pages of the file that are free now) is put down in the table erasing, and is
// done with when whoever keeps that says so.

func (t *tx) checkErase(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkPerson(ws, op.Person); err != nil {
		return err
	}
	gone, err := t.erased(ws)
	if err == nil && gone[op.Person] {
		return headway.Errorf(headway.Conflict, "they are erased already")
	}
	return err
}

func (t *tx) settleErase(ws headway.WorkspaceID, op headway.Operation) error {
	everyone, err := t.samePeople(ws, op.Person)
	if err != nil {
		return err
	}
	e := erasing{tx: t, ws: ws, mentions: op.Verdict != headway.Kept}
	for _, step := range []func() error{
		func() error { return t.shred() },
		func() error { return t.putErased(ws, everyone) },
		func() error { return e.find(everyone) },
		e.conversations, e.notes, e.sources, e.told, e.elsewhere,
		func() error { return t.leaveTraces(ws, op.Seq) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// turnsToErase lists the turns of which erasing a person leaves no word, in order of
// conversations and turns: what rested on them is told of by these alone.
func (t *tx) turnsToErase(ws headway.WorkspaceID, person headway.PersonID) (turns []headway.TurnID, err error) {
	everyone, err := t.samePeople(ws, person)
	if err != nil {
		return nil, err
	}
	e := erasing{tx: t, ws: ws}
	if err := e.find(everyone); err != nil {
		return nil, err
	}
	for _, talk := range e.talks {
		seen := map[headway.TurnID]bool{}
		err := e.versions(talk, func(v version) {
			if turn := v.id.Turn(); talk.silences(v) && !seen[turn] {
				seen[turn] = true
				turns = append(turns, turn)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return turns, nil
}

// silences says whether nothing is left of a version of a turn in a conversation of
// theirs: they spoke it, or nobody can say who did.
func (talk *erasedTalk) silences(v version) bool { return !v.spoken || talk.speakers[v.speaker] }

// shred tells the index to leave nothing behind of what is taken out of it.
func (t *tx) shred() error {
	if t.search.shred == "" {
		return nil
	}
	return t.do(t.search.shred)
}

// samePeople gives all persons whom merges have made one with a person.
func (t *tx) samePeople(ws headway.WorkspaceID, person headway.PersonID) ([]headway.PersonID, error) {
	into, err := t.merges(ws)
	if err != nil {
		return nil, err
	}
	is := now(into, person)
	same := []headway.PersonID{is}
	for other := range into {
		if now(into, other) == is {
			same = append(same, other)
		}
	}
	slices.Sort(same)
	return same, nil
}

func (t *tx) putErased(ws headway.WorkspaceID, people []headway.PersonID) error {
	return t.do(`
		INSERT INTO erased_person (workspace_id, person)
		SELECT $1, value FROM `+t.listIn("$2")+` WHERE TRUE
		ON CONFLICT (workspace_id, person) DO NOTHING`, string(ws), listOf(people))
}

// erased gives the persons who were erased.
func (t *tx) erased(ws headway.WorkspaceID) (map[headway.PersonID]bool, error) {
	gone := map[headway.PersonID]bool{}
	err := t.each(`SELECT person FROM erased_person WHERE workspace_id = $1`, args(ws), func(r *sql.Rows) error {
		var person headway.PersonID
		err := r.Scan(&person)
		gone[person] = true
		return err
	})
	return gone, err
}

// leaveTraces remembers that something is left to clear away outside the tables.
func (t *tx) leaveTraces(ws headway.WorkspaceID, seq int64) error {
	return t.do(`INSERT INTO erasing (workspace_id, seq) VALUES ($1, $2) ON CONFLICT (workspace_id, seq) DO NOTHING`, ws, seq)
}

// erasing is one erasure on its way.
type erasing struct {
	*tx
	ws       headway.WorkspaceID
	mentions bool // their name is struck from what others said
	talks    []*erasedTalk
	full     []string         // names that are theirs wherever they stand
	texts    []headway.TextID // whose words are gone
}

// erasedTalk is a conversation that they were in.
type erasedTalk struct {
	n        int64
	id       headway.ConversationID
	source   headway.SourceID
	speakers map[int]bool // their positions
	names    []string     // what they are called in it
}

// find gathers where they spoke, and what they are called.
func (e *erasing) find(people []headway.PersonID) error {
	const query = `
		SELECT c.n, c.id, c.source_id, s.position, COALESCE(s.behind_name, s.name), COALESCE(s.behind_email, s.email), COALESCE(s.behind_key, s.customer_key)
		FROM speaker s JOIN conversation c ON c.workspace_id = s.workspace_id AND c.id = s.conversation_id
		WHERE s.workspace_id = $1 AND s.person IN (SELECT value FROM `
	return e.each(query+e.listIn("$2")+`) ORDER BY c.n, s.position`, args(e.ws, listOf(people)), func(r *sql.Rows) error {
		talk := &erasedTalk{speakers: map[int]bool{}}
		var position int
		var s headway.Speaker
		if err := r.Scan(&talk.n, &talk.id, &talk.source, &position, &s.Name, &s.Email, &s.Key); err != nil {
			return err
		}
		if last := len(e.talks) - 1; last >= 0 && e.talks[last].n == talk.n {
			talk = e.talks[last]
		} else {
			e.talks = append(e.talks, talk)
		}
		talk.speakers[position] = true
		talk.names = append(talk.names, naming.Of(s)...)
		e.full = append(e.full, fullNames(s)...)
		return nil
	})
}

// fullNames are those by which nobody else is called: a name of several words, an
// address, a key. They come longest first, so that no part is struck before them.
func fullNames(s headway.Speaker) (full []string) {
	for _, name := range naming.Of(s) {
		if naming.IsFull(name) {
			full = append(full, name)
		}
	}
	return full
}

// conversations erases what they said, and strikes their names from what the
// others of the conversation said.
func (e *erasing) conversations() error {
	e.full = longestFirst(e.full)
	for _, talk := range e.talks {
		talk.names = longestFirst(talk.names)
		if err := e.conversation(talk); err != nil {
			return err
		}
	}
	return nil
}

func longestFirst(names []string) []string {
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(names)
}

// conversation erases in one conversation: every version of every turn.
func (e *erasing) conversation(talk *erasedTalk) error {
	number, _, err := e.number(e.ws)
	if err != nil {
		return err
	}
	first, last := conversationKeys(number, talk.n, talk.n)
	err = e.reword(first, last, func(v version) string {
		switch {
		case talk.silences(v):
			return headway.Erased
		case e.mentions:
			return naming.StrikeOut(v.words, talk.names)
		}
		return v.words
	})
	if err != nil {
		return err
	}
	for position := range talk.speakers {
		err := e.do(`
			UPDATE speaker SET name = $4, email = '', customer_key = '', behind_name = NULL, behind_email = NULL, behind_key = NULL, guess = '', guess_why = '', side = $5, settled = $6, came_side = $5, came_settled = $6
			WHERE workspace_id = $1 AND conversation_id = $2 AND position = $3`,
			e.ws, talk.id, position, headway.Erased, headway.Unknown, headway.SettledMember)
		if err != nil {
			return err
		}
	}
	err = e.do(`UPDATE conversation SET findings = '[]', behind_findings = NULL, found = 0 WHERE workspace_id = $1 AND id = $2`, e.ws, talk.id)
	if err != nil {
		return err
	}
	for _, column := range []string{"file", "title", "product", "behind_file", "behind_title"} {
		if err := e.strike("conversation", column, talk.names, `AND id = $2`, talk.id); err != nil {
			return err
		}
	}
	if err := e.do(`DELETE FROM derived WHERE workspace_id = $1 AND subject = $2`, e.ws, talk.id); err != nil {
		return err
	}
	return e.countAnew(e.ws, number, talk.n, talk.id)
}

// version is one version of a turn's words, as erasing sees it.
type version struct {
	key     int64
	id      headway.TextID
	words   string
	speaker int
	spoken  bool // by somebody: its turn is there
	current bool // these are the turn's words now
}

// versions reads every version of every turn of a conversation.
func (e *erasing) versions(talk *erasedTalk, tell func(version)) error {
	number, _, err := e.number(e.ws)
	if err != nil {
		return err
	}
	first, last := conversationKeys(number, talk.n, talk.n)
	return e.between(first, last, tell)
}

// between reads all versions of texts between two keys.
func (e *erasing) between(first, last textKey, tell func(version)) error {
	const query = `
		SELECT x.key, x.id, x.words, t.speaker, COALESCE(t.text_key = x.key AND t.place >= 0, FALSE)
		FROM text_version x LEFT JOIN turn t ON t.key = x.turn_key
		WHERE x.key BETWEEN $1 AND $2 ORDER BY x.key`
	return e.each(query, args(int64(first), int64(last)), func(r *sql.Rows) error {
		var v version
		var speaker sql.NullInt64
		err := r.Scan(&v.key, &v.id, &v.words, &speaker, &v.current)
		v.speaker, v.spoken = int(speaker.Int64), speaker.Valid
		tell(v)
		return err
	})
}

// reword puts other words in the place of those of texts between two keys, where
// they differ.
func (e *erasing) reword(first, last textKey, anew func(version) string) error {
	var changed []version
	err := e.between(first, last, func(v version) {
		if words := anew(v); words != v.words {
			v.words = words
			changed = append(changed, v)
		}
	})
	if err != nil {
		return err
	}
	for _, v := range changed {
		if err := e.put(v); err != nil {
			return err
		}
	}
	return nil
}

// put keeps a version's new words, in the index too.
func (e *erasing) put(v version) error {
	if v.current {
		if err := e.do(e.search.unindex, v.key, v.key); err != nil {
			return err
		}
	}
	digest := sha256.Sum256([]byte(v.words))
	if err := e.do(`UPDATE text_version SET words = $2, digest = $3 WHERE key = $1`, v.key, v.words, digest[:]); err != nil {
		return err
	}
	if v.current {
		if err := e.do(e.search.index, v.key, v.key); err != nil {
			return err
		}
	}
	if v.words != headway.Erased {
		return nil
	}
	e.texts = append(e.texts, v.id)
	if err := e.do(`DELETE FROM moment WHERE text_key = $1`, v.key); err != nil {
		return err
	}
	return e.do(`DELETE FROM anchor WHERE workspace_id = $1 AND text_id = $2`, e.ws, v.id)
}

// countAnew counts and digests anew what is said in a conversation.
func (t *tx) countAnew(ws headway.WorkspaceID, number, n int64, id headway.ConversationID) error {
	speakers, err := t.speakers(ws, []headway.ConversationID{id})
	if err != nil {
		return err
	}
	all, words := sha256.New(), 0
	first, last := conversationKeys(number, n, n)
	const query = `
		SELECT x.id, x.digest, x.words, t.speaker FROM turn t JOIN text_version x ON x.key = t.text_key
		WHERE t.key BETWEEN $1 AND $2 AND t.place >= 0 ORDER BY t.place`
	err = t.each(query, args(int64(first), int64(last)), func(r *sql.Rows) error {
		var text headway.TextVersion
		var digest []byte
		var speaker int
		err := r.Scan(&text.ID, &digest, &text.Text, &speaker)
		spoke(all, text.ID, digest, speakers[id][speaker].ID)
		words += countWords(text.Text)
		return err
	})
	if err != nil {
		return err
	}
	err = t.do(`UPDATE conversation SET words = $3, words_digest = $4 WHERE workspace_id = $1 AND id = $2`, ws, id, words, hex.EncodeToString(all.Sum(nil)))
	if err != nil {
		return err
	}
	return t.refreshInputs(ws, id)
}

// asErased gives words that come in as they may be kept: none of a person who was
// erased.
func (t *tx) asErased(ws headway.WorkspaceID, id headway.ConversationID, turn int64, words string) (string, error) {
	var n int
	_, err := t.one(`
		SELECT count(*) FROM turn t
		JOIN speaker s ON s.workspace_id = $1 AND s.conversation_id = $2 AND s.position = t.speaker
		JOIN erased_person e ON e.workspace_id = s.workspace_id AND e.person = s.person
		WHERE t.key = $3`, args(ws, id, turn), &n)
	if n > 0 {
		words = headway.Erased
	}
	return words, err
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
