package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// AddConversations implements store.Conversations.
func (d *DB) AddConversations(ctx context.Context, ws headway.WorkspaceID, cs []headway.Conversation) (added int, err error) {
	defer d.done(&err, "add %d conversations", len(cs))
	for i := range cs {
		if err := check(&cs[i]); err != nil {
			return 0, err
		}
	}
	err = d.update(ctx, func(t *tx) error {
		w, err := t.lock(ws)
		if err != nil {
			return err
		}
		fresh, err := t.fresh(ws, cs)
		if err != nil || len(fresh) == 0 {
			return err
		}
		added = len(fresh)
		return t.add(w, fresh)
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// check refuses what could not be given back as it came.
func check(c *headway.Conversation) error {
	speakers := map[headway.SpeakerID]bool{}
	for _, s := range c.Speakers {
		speakers[s.ID] = true
	}
	if len(c.Turns) >= 1<<textBits {
		return headway.Errorf(headway.Invalid, "%s has %d turns, more than the %d a conversation can have: split the file", c.File, len(c.Turns), 1<<textBits-1)
	}
	for i, t := range c.Turns {
		switch {
		case t.Text.ID.Turn() != t.ID:
			return headway.Errorf(headway.Invalid, "turn %d of %s has the text of another turn", i+1, c.File)
		case !speakers[t.Speaker]:
			return headway.Errorf(headway.Invalid, "turn %d of %s has a speaker who is not in the conversation", i+1, c.File)
		case !utf8.ValidString(t.Text.Text) || strings.IndexByte(t.Text.Text, 0) >= 0:
			return headway.Errorf(headway.Invalid, "turn %d of %s is not clean UTF-8 text", i+1, c.File)
		}
	}
	return nil
}

// fresh gives the conversations, each once, that are neither here nor removed.
func (t *tx) fresh(ws headway.WorkspaceID, cs []headway.Conversation) (fresh []*headway.Conversation, err error) {
	ids := make([]headway.ConversationID, len(cs))
	for i := range cs {
		ids[i] = cs[i].ID
	}
	known := map[headway.ConversationID]bool{}
	query := `
		SELECT id FROM conversation WHERE workspace_id = $1 AND id IN (SELECT value FROM ` + t.listIn("$2") + `)
		UNION ALL
		SELECT conversation_id FROM removed_conversation WHERE workspace_id = $1`
	err = t.each(query, args(ws, listOf(ids)), func(r *sql.Rows) error {
		var id headway.ConversationID
		err := r.Scan(&id)
		known[id] = true
		return err
	})
	for i := range cs {
		if !known[cs[i].ID] {
			fresh = append(fresh, &cs[i])
			known[cs[i].ID] = true
		}
	}
	return fresh, err
}

// listIn is a list parameter as a table: FROM listIn("$2") gives its values.
func (d dialect) listIn(parameter string) string { return fmt.Sprintf(d.list, parameter) }

// add inserts conversations, numbers them, and makes them findable.
func (t *tx) add(w workspace, cs []*headway.Conversation) error {
	first := w.conversations + 1
	last := w.conversations + int64(len(cs))
	if err := checkRoom(w.n, last); err != nil {
		return err
	}
	if err := t.do(`UPDATE workspace SET conversations = $2 WHERE id = $1`, w.id, last); err != nil {
		return err
	}
	placed, err := t.placed(w, cs)
	if err != nil {
		return err
	}
	gone, err := t.erased(w.id)
	if err != nil {
		return err
	}
	in := t.adding(w)
	for i, c := range cs {
		if err := in.conversation(first+int64(i), c, gone, placed); err != nil {
			return err
		}
	}
	if err := in.flush(); err != nil {
		return err
	}
	from, to := conversationKeys(w.n, first, last)
	if err := t.do(t.search.index, from, to); err != nil {
		return err
	}
	ids := make([]headway.ConversationID, len(cs))
	for i, c := range cs {
		if err := t.restand(w, c.ID, first+int64(i)); err != nil {
			return err
		}
		ids[i] = c.ID
	}
	return t.veil(w.id, ids...)
}

// placed gives the sides that operations have settled for speakers of cs.
func (t *tx) placed(w workspace, cs []*headway.Conversation) (map[headway.SpeakerID]headway.Side, error) {
	placed := map[headway.SpeakerID]headway.Side{}
	if w.operations == 0 {
		return placed, nil
	}
	ids := make([]headway.ConversationID, len(cs))
	for i, c := range cs {
		ids[i] = c.ID
	}
	query := `
		SELECT body FROM operation
		WHERE workspace_id = $1 AND conversation_id <> '' AND conversation_id IN (SELECT value FROM ` + t.listIn("$2") + `) AND deed = $3
		ORDER BY seq`
	ops, err := t.operations(query, w.id, listOf(ids), headway.DeedPlace)
	for _, op := range ops {
		placed[op.Speaker] = op.Side
		if op.Side == "" {
			delete(placed, op.Speaker) // as the file says
		}
	}
	return placed, err
}

// adding holds the tables that a conversation goes into.
type adding struct {
	w                                     workspace
	conversations, speakers, turns, texts *bulk
}

func (t *tx) adding(w workspace) adding {
	return adding{
		w: w,
		conversations: t.bulk("conversation", "workspace_id", "id", "n", "source_id", "file", "source_row", "title", "format", "genre",
			"product", "date_us", "date_from", "findings", "found", "turns", "came", "words", "words_digest", "inputs"),
		speakers: t.bulk("speaker", "workspace_id", "conversation_id", "position", "id", "name", "email", "customer_key",
			"side", "settled", "guess", "guess_why", "person", "came_side", "came_settled", "behind_name"),
		turns: t.bulk("turn", "key", "text_key", "speaker", "end_ms", "times", "lines", "place", "came_speaker"),
		texts: t.bulk("text_version", "key", "turn_key", "workspace_id", "id", "digest", "words"),
	}
}

func (in adding) flush() error {
	for _, b := range []*bulk{in.conversations, in.speakers, in.turns, in.texts} {
		if err := b.flush(); err != nil {
			return err
		}
	}
	return nil
}

func (in adding) conversation(n int64, c *headway.Conversation, gone map[headway.PersonID]bool, placed map[headway.SpeakerID]headway.Side) error {
	people := c.Speakers
	c = forget(c, gone)
	positions := map[headway.SpeakerID]int{}
	speakers := make([]headway.Speaker, len(c.Speakers))
	for i, s := range c.Speakers {
		positions[s.ID] = i
		speakers[i] = asPlaced(s, placed)
		if err := in.speaker(c.ID, i, people[i].Person(), s, speakers[i]); err != nil {
			return err
		}
	}
	words, all := 0, sha256.New()
	for i := range c.Turns {
		t := &c.Turns[i]
		digest := sha256.Sum256([]byte(t.Text.Text))
		spoke(all, t.Text.ID, digest[:], t.Speaker)
		words += countWords(t.Text.Text)
		if err := in.turn(keyOf(in.w.n, n, int64(i)), positions[t.Speaker], t, digest[:]); err != nil {
			return err
		}
	}
	digest := hex.EncodeToString(all.Sum(nil))
	return in.conversations.add(in.w.id, c.ID, n, c.Source, c.File, c.Row, c.Title, c.Format, c.Genre,
		c.Product, maybeMicros(c.Date.Time), c.Date.From, toJSON(c.Findings), len(c.Findings), len(c.Turns), len(c.Turns), words,
		digest, inputs(digest, speakers))
}

// spoke adds a turn to the digest of a conversation's words.
func spoke(all hash.Hash, text headway.TextID, digest []byte, speaker headway.SpeakerID) {
	all.Write([]byte(text))
	all.Write(digest)
	all.Write([]byte(speaker))
}

// asPlaced gives a speaker with the side that a member has settled since.
func asPlaced(s headway.Speaker, placed map[headway.SpeakerID]headway.Side) headway.Speaker {
	if side, ok := placed[s.ID]; ok && s.Name != headway.Erased {
		s.Side, s.Settled = side, headway.SettledMember
	}
	return s
}

// speaker adds one who came, as they are now.
func (in adding) speaker(c headway.ConversationID, position int, person headway.PersonID, came, s headway.Speaker) error {
	behind := sql.NullString{Valid: s.Masked != ""} // an export does not tell what it hides
	return in.speakers.add(in.w.id, c, position, s.ID, s.Name, s.Email, s.Key,
		s.Side, s.Settled, s.Guess, s.GuessWhy, person, came.Side, came.Settled, behind)
}

func (in adding) turn(key textKey, speaker int, t *headway.Turn, digest []byte) error {
	err := in.turns.add(int64(key), int64(key), speaker, t.EndMS, packTimes(t.Times), packLines(t.Lines), key.text(), speaker)
	if err != nil {
		return err
	}
	return in.texts.add(int64(key), int64(key), in.w.id, t.Text.ID, digest, t.Text.Text)
}

// inputs digests what a step reads of a conversation.
func inputs(words string, speakers []headway.Speaker) string {
	parts := []string{"inputs", words}
	for _, s := range speakers {
		parts = append(parts, string(s.ID), string(s.Side), string(s.Settled))
		if s.Masked != "" {
			parts = append(parts, "called", s.Name)
		}
	}
	return headway.Digest(parts...)
}

// countWords counts runs of characters between white space.
func countWords(text string) (n int) {
	for range strings.FieldsSeq(text) {
		n++
	}
	return n
}
