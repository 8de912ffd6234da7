package sqlstore

import (
	"database/sql"
	"slices"

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
