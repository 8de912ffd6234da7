package sqlstore

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/naming"
)

// In the texts: what a person said goes, and what they are called is struck from
// what others said.

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
