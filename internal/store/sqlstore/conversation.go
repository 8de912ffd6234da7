package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Conversation implements store.Conversations.
func (d *DB) Conversation(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID) (c headway.Conversation, err error) {
	return d.conversation(ctx, ws, id, turnsThatStand)
}

// Came implements store.Conversations.
func (d *DB) Came(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID) (headway.Conversation, error) {
	c, err := d.conversation(ctx, ws, id, turnsThatCame)
	if err != nil {
		return c, err
	}
	defer d.done(&err, "read conversation %s as it came", id)
	err = d.view(ctx, func(t *tx) error { return t.unveil(ws, &c) })
	return c, err
}

// conversation reads a conversation, and of its turns those that a query gives.
func (d *DB) conversation(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID, turns string) (c headway.Conversation, err error) {
	defer d.done(&err, "read conversation %s", id)
	err = d.view(ctx, func(t *tx) error {
		w, _, err := t.number(ws)
		if err != nil {
			return err
		}
		head, findings, found, err := t.head(ws, id)
		if err != nil {
			return err
		}
		if !found {
			return headway.Errorf(headway.NotFound, "there is no such conversation: was it removed?")
		}
		c = whole(head.Head)
		if err := json.Unmarshal([]byte(findings), &c.Findings); err != nil {
			return err
		}
		c.Turns, err = t.turns(turns, c.Speakers, w, head.n)
		return err
	})
	return c, err
}

// whole begins a conversation with what its head has of it.
func whole(h store.Head) headway.Conversation {
	return headway.Conversation{
		ID: h.ID, Source: h.Source, File: h.File, Row: h.Row, Title: h.Title, Format: h.Format,
		Genre: h.Genre, Product: h.Product, Date: h.Date, Speakers: h.Speakers,
	}
}

// numbered is a head with the number of its conversation.
type numbered struct {
	store.Head
	n int64
}

const headColumns = `c.n, c.id, c.source_id, c.file, c.source_row, c.title, c.format, c.genre,
	c.product, c.date_us, c.date_from, c.found, c.turns, c.words, c.inputs`

func scanHead(r interface{ Scan(...any) error }, more ...any) (h numbered, err error) {
	var date sql.NullInt64
	err = r.Scan(append([]any{&h.n, &h.ID, &h.Source, &h.File, &h.Row, &h.Title, &h.Format, &h.Genre,
		&h.Product, &date, &h.Date.From, &h.Findings, &h.Turns, &h.Words, &h.Inputs}, more...)...)
	h.Date.Time = fromMaybeMicros(date)
	return h, err
}

// head reads one conversation's head and findings.
func (t *tx) head(ws headway.WorkspaceID, id headway.ConversationID) (h numbered, findings string, found bool, err error) {
	const query = `SELECT ` + headColumns + `, c.findings FROM conversation c WHERE c.workspace_id = $1 AND c.id = $2`
	err = t.each(query, args(ws, id), func(r *sql.Rows) error {
		found = true
		h, err = scanHead(r, &findings)
		return err
	})
	if !found || err != nil {
		return h, "", false, err
	}
	speakers, err := t.speakers(ws, []headway.ConversationID{id})
	h.Speakers = speakers[id]
	return h, findings, true, err
}

// speakers reads the speakers of conversations, in their order.
func (t *tx) speakers(ws headway.WorkspaceID, ids []headway.ConversationID) (map[headway.ConversationID][]headway.Speaker, error) {
	speakers := map[headway.ConversationID][]headway.Speaker{}
	query := `
		SELECT conversation_id, id, name, email, customer_key, side, settled, guess, guess_why,
			CASE WHEN behind_name IS NULL THEN '' ELSE person END
		FROM speaker
		WHERE workspace_id = $1 AND conversation_id IN (SELECT value FROM ` + t.listIn("$2") + `)
		ORDER BY conversation_id, position`
	err := t.each(query, args(ws, listOf(ids)), func(r *sql.Rows) error {
		var c headway.ConversationID
		var s headway.Speaker
		err := r.Scan(&c, &s.ID, &s.Name, &s.Email, &s.Key, &s.Side, &s.Settled, &s.Guess, &s.GuessWhy, &s.Masked)
		if s.Settled == headway.SettledMember {
			s.Guess, s.GuessWhy = "", "" // answered
		}
		speakers[c] = append(speakers[c], s)
		return err
	})
	return speakers, err
}

// The turns of the conversation with keys $1 to $2: with their words as they
// stand now, and as they came.
var (
	turnsThatStand = `
		SELECT t.speaker,
			CASE WHEN x.key = t.key THEN t.end_ms ELSE x.end_ms END,
			CASE WHEN x.key = t.key THEN t.times ELSE x.times END,
			CASE WHEN x.key = t.key THEN t.lines ELSE x.lines END,
			x.id, x.words
		FROM turn t JOIN text_version x ON x.key = t.text_key
		WHERE t.key BETWEEN $1 AND $2 AND t.place >= 0
		ORDER BY t.place`
	turnsThatCame = `
		SELECT t.came_speaker, t.end_ms, t.times, t.lines, x.id, x.words
		FROM turn t JOIN text_version x ON x.key = t.key
		JOIN conversation c ON c.workspace_id = x.workspace_id AND c.n = ` + conversationOf("x.key") + `
		WHERE t.key BETWEEN $1 AND $2 AND t.key < $1 + c.came
		ORDER BY t.key`
)

// turns reads the turns of conversation n that a query gives.
func (t *tx) turns(query string, speakers []headway.Speaker, workspace, n int64) (turns []headway.Turn, err error) {
	first, last := conversationKeys(workspace, n, n)
	err = t.each(query, args(int64(first), int64(last)), func(r *sql.Rows) error {
		var turn headway.Turn
		var speaker int
		var times, lines []byte
		if err := r.Scan(&speaker, &turn.EndMS, &times, &lines, &turn.Text.ID, &turn.Text.Text); err != nil {
			return err
		}
		turn.ID = turn.Text.ID.Turn()
		turn.Speaker = speakers[speaker].ID
		turn.Times, turn.Lines = unpackTimes(times), unpackLines(lines)
		turns = append(turns, turn)
		return nil
	})
	return turns, err
}

// Conversations implements store.Conversations.
func (d *DB) Conversations(ctx context.Context, ws headway.WorkspaceID, f store.ConversationFilter, p store.Page) (heads []store.Head, next store.Cursor, err error) {
	defer d.done(&err, "list conversations")
	limit := within(p.Limit, 100, 10_000)
	err = d.view(ctx, func(t *tx) error {
		w := t.narrow(ws, f)
		n := "c.n"
		if f.IDs != nil {
			n = "+c.n" // look the ids up; do not walk all conversations in order
		}
		w.and(n+" > ?", int64(p.After))
		query := `SELECT ` + headColumns + ` FROM conversation c` + w.sql() + ` ORDER BY ` + n + ` LIMIT ` + strconv.Itoa(limit+1)
		var ids []headway.ConversationID
		err := t.each(query, w.params, func(r *sql.Rows) error {
			h, err := scanHead(r)
			if len(heads) == limit {
				next = store.Cursor(h.n) - 1
				return err
			}
			heads = append(heads, h.Head)
			ids = append(ids, h.ID)
			return err
		})
		if err != nil {
			return err
		}
		speakers, err := t.speakers(ws, ids)
		for i := range heads {
			heads[i].Speakers = speakers[heads[i].ID]
		}
		return err
	})
	return heads, next, err
}

// narrow gives the conditions of a filter.
func (t *tx) narrow(ws headway.WorkspaceID, f store.ConversationFilter) (w where) {
	w.and("c.workspace_id = ?", ws)
	if f.Source != "" {
		w.and("c.source_id = ?", f.Source)
	}
	if f.Study != "" {
		w.and("c.id IN (SELECT conversation_id FROM study_conversation WHERE workspace_id = ? AND study_id = ?)", ws, f.Study)
	}
	if f.IDs != nil {
		w.and("c.id IN (SELECT value FROM "+t.listIn("?")+")", listOf(f.IDs))
	}
	return w
}

// within gives n where it is between 1 and most, usual where it is not set.
func within(n, usual, most int) int {
	if n <= 0 {
		return usual
	}
	return min(n, most)
}

// Text implements store.Conversations.
func (d *DB) Text(ctx context.Context, ws headway.WorkspaceID, id headway.TextID) (p store.Place, err error) {
	defer d.done(&err, "read text %s", id)
	err = d.view(ctx, func(t *tx) error {
		found, hidden, err := t.mayHide(ws, id, &p)
		if err == nil && (!found || hidden) {
			return headway.Errorf(headway.NotFound, "these words are not here any more")
		}
		return err
	})
	return p, err
}

// Places implements store.Conversations.
func (d *DB) Places(ctx context.Context, ws headway.WorkspaceID, ids []headway.TextID) (places map[headway.TextID]store.Place, err error) {
	defer d.done(&err, "read %d texts", len(ids))
	places = map[headway.TextID]store.Place{}
	err = d.view(ctx, func(t *tx) error {
		query := `SELECT ` + placeColumns + ` FROM ` + placeTables + ` WHERE x.workspace_id = $1 AND NOT x.hidden AND x.id IN (SELECT value FROM ` + t.dialect.listIn("$2") + `)`
		return t.each(query, args(ws, listOf(ids)), func(r *sql.Rows) error {
			var p store.Place
			err := scanPlace(r, &p)
			places[p.Text.ID] = p
			return err
		})
	})
	return places, err
}

// placeColumns and placeTables read a text with where it stands.
var (
	placeColumns = `t.place, x.id, x.words, c.id, s.id, s.side, s.person,
		CASE WHEN x.key = t.key THEN t.times ELSE x.times END, t.text_key <> x.key OR t.place < 0`
	placeTables = `text_version x
		JOIN turn t ON t.key = x.turn_key
		JOIN conversation c ON c.workspace_id = x.workspace_id AND c.n = ` + conversationOf("x.key") + `
		JOIN speaker s ON s.workspace_id = c.workspace_id AND s.conversation_id = c.id AND s.position = t.speaker`
)

func scanPlace(r interface{ Scan(...any) error }, p *store.Place, more ...any) error {
	var times []byte
	err := r.Scan(append([]any{&p.Turn, &p.Text.ID, &p.Text.Text, &p.Conversation, &p.Speaker, &p.Side, &p.Person, &times, &p.Outdated}, more...)...)
	p.Times = unpackTimes(times)
	return err
}

func (t *tx) place(ws headway.WorkspaceID, id headway.TextID, p *store.Place) (found bool, err error) {
	query := `SELECT ` + placeColumns + ` FROM ` + placeTables + ` WHERE x.workspace_id = $1 AND x.id = $2`
	err = t.each(query, args(ws, id), func(r *sql.Rows) error {
		found = true
		return scanPlace(r, p)
	})
	return found, err
}
