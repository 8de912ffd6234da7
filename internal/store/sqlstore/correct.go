package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// PutTexts implements store.Corrections.
func (d *DB) PutTexts(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID, turns ...headway.Turn) (err error) {
	defer d.done(&err, "keep %d corrected texts", len(turns))
	return d.update(ctx, func(t *tx) error {
		w, n, err := t.lockConversation(ws, id)
		if err != nil {
			return err
		}
		for _, turn := range turns {
			if err := t.putText(w, n, id, turn); err != nil {
				return err
			}
		}
		return t.restand(w, id, n)
	})
}

// PutSpeaker implements store.Corrections.
func (d *DB) PutSpeaker(ctx context.Context, ws headway.WorkspaceID, id headway.ConversationID, s headway.Speaker) (err error) {
	defer d.done(&err, "keep a speaker")
	return d.update(ctx, func(t *tx) error {
		w, n, err := t.lockConversation(ws, id)
		if err != nil {
			return err
		}
		speakers, err := t.speakers(ws, []headway.ConversationID{id})
		if err != nil || slices.ContainsFunc(speakers[id], func(known headway.Speaker) bool { return known.ID == s.ID }) {
			return err
		}
		placed, err := t.placed(w, []*headway.Conversation{{ID: id}})
		if err != nil {
			return err
		}
		in := t.adding(w)
		if err := in.speaker(id, len(speakers[id]), s.Person(), s, asPlaced(s, placed)); err != nil {
			return err
		}
		if err := in.flush(); err != nil {
			return err
		}
		if err := t.refreshInputs(ws, id); err != nil {
			return err
		}
		if err := t.veil(ws, id); err != nil {
			return err
		}
		return t.restand(w, id, n)
	})
}

// lockConversation locks the workspace and finds a conversation's number there.
func (t *tx) lockConversation(ws headway.WorkspaceID, id headway.ConversationID) (w workspace, n int64, err error) {
	w, err = t.lock(ws)
	if err != nil {
		return w, 0, err
	}
	found, err := t.one(`SELECT n FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, id), &n)
	if err == nil && !found {
		err = headway.Errorf(headway.NotFound, "there is no such conversation: was it removed?")
	}
	return w, n, err
}

// putText adds a version of a turn's words, and the turn where these are its
// first.
func (t *tx) putText(w workspace, n int64, id headway.ConversationID, turn headway.Turn) error {
	text := turn.Text
	if text.ID.Turn() != turn.ID || text.Text == "" || !utf8.ValidString(text.Text) || strings.IndexByte(text.Text, 0) >= 0 {
		return headway.Errorf(headway.Invalid, "text %s has no words, or is not clean UTF-8 text of its turn", text.ID)
	}
	var known string
	found, err := t.one(`SELECT words FROM text_version WHERE workspace_id = $1 AND id = $2`, args(w.id, text.ID), &known)
	if found && known != text.Text && known != headway.Erased {
		return headway.Errorf(headway.Conflict, "text %s is there with other words", text.ID)
	}
	if found || err != nil {
		return err
	}
	key, err := t.nextText(w, n)
	if err != nil {
		return err
	}
	turnKey, err := t.turnOf(w, n, id, key, turn)
	if err != nil {
		return err
	}
	if text.Text, err = t.asErased(w.id, id, turnKey, text.Text); err != nil {
		return err
	}
	digest := sha256.Sum256([]byte(text.Text))
	return t.do(`
		INSERT INTO text_version (key, turn_key, workspace_id, id, digest, words, end_ms, times, lines)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		int64(key), turnKey, w.id, text.ID, digest[:], text.Text, turn.EndMS, packTimes(turn.Times), packLines(turn.Lines))
}

// nextText gives the key of a conversation's next text.
func (t *tx) nextText(w workspace, n int64) (textKey, error) {
	first, last := conversationKeys(w.n, n, n)
	var newest int64
	_, err := t.one(`SELECT COALESCE(MAX(key), 0) FROM text_version WHERE key BETWEEN $1 AND $2`, args(int64(first), int64(last)), &newest)
	if err != nil {
		return 0, err
	}
	newest = max(newest, int64(first)-1)
	if newest+1 >= int64(last) {
		return 0, headway.Errorf(headway.Invalid, "this conversation was corrected %d times: there is no room for more", 1<<textBits)
	}
	return textKey(newest + 1), nil
}

// turnOf gives the key of a text's turn; one that is new stands nowhere yet.
func (t *tx) turnOf(w workspace, n int64, id headway.ConversationID, key textKey, turn headway.Turn) (turnKey int64, err error) {
	first := headway.FirstText(turn.ID, "").ID
	found, err := t.one(`SELECT turn_key FROM text_version WHERE workspace_id = $1 AND id = $2`, args(w.id, first), &turnKey)
	if err != nil {
		return 0, err
	}
	if found && textKey(turnKey).conversation() == n {
		return turnKey, nil
	}
	var position int
	speaks, err := t.one(`SELECT position FROM speaker WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3`, args(w.id, id, turn.Speaker), &position)
	if err != nil {
		return 0, err
	}
	if found || turn.Text.ID != first || !speaks {
		return 0, headway.Errorf(headway.Invalid, "text %s is of a turn, or of a speaker, that is not in conversation %s", turn.Text.ID, id)
	}
	return int64(key), t.do(`
		INSERT INTO turn (key, text_key, speaker, end_ms, times, lines, place, came_speaker)
		VALUES ($1, $1, $2, $3, $4, $5, -1, $2)`,
		int64(key), position, turn.EndMS, packTimes(turn.Times), packLines(turn.Lines))
}

func (t *tx) checkCorrect(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Correction == nil {
		return headway.Errorf(headway.Invalid, "say which texts take the place of which")
	}
	_, n, err := t.lockConversation(ws, op.Conversation)
	if err != nil {
		return err
	}
	c := *op.Correction
	texts, places, err := t.correcting(ws, n, c)
	if err != nil {
		return err
	}
	if err := c.Check(texts); err != nil {
		return err
	}
	for i, id := range c.From {
		if places[id] < 0 || places[id] != places[c.From[0]]+i {
			return headway.Errorf(headway.Conflict, "these words were corrected by somebody else meanwhile: look at them as they are now, and correct those")
		}
	}
	return t.checkTaken(ws, n, c)
}

// correcting reads the texts of a correction, and of those of From that stand
// where their turn does; -1 for one that does not.
func (t *tx) correcting(ws headway.WorkspaceID, n int64, c headway.Correction) (texts map[headway.TextID]headway.TextVersion, places map[headway.TextID]int, err error) {
	texts, places = map[headway.TextID]headway.TextVersion{}, map[headway.TextID]int{}
	query := `
		SELECT x.key, x.id, x.words, CASE WHEN t.text_key = x.key THEN t.place ELSE -1 END
		FROM text_version x JOIN turn t ON t.key = x.turn_key
		WHERE x.workspace_id = $1 AND x.id IN (SELECT value FROM ` + t.listIn("$2") + `)`
	err = t.each(query, args(ws, listOf(slices.Concat(c.From, c.To))), func(r *sql.Rows) error {
		var key int64
		var v headway.TextVersion
		var place int
		err := r.Scan(&key, &v.ID, &v.Text, &place)
		if textKey(key).conversation() == n {
			texts[v.ID], places[v.ID] = v, place
		}
		return err
	})
	return texts, places, err
}

// checkTaken refuses texts of turns that stand elsewhere in the conversation.
func (t *tx) checkTaken(ws headway.WorkspaceID, n int64, c headway.Correction) error {
	var turns []headway.TurnID
	for _, id := range c.To {
		turn := id.Turn()
		if slices.Contains(turns, turn) {
			return headway.Errorf(headway.Invalid, "turn %s would stand twice", turn)
		}
		turns = append(turns, turn)
		if slices.ContainsFunc(c.From, func(from headway.TextID) bool { return from.Turn() == turn }) {
			continue
		}
		var place int
		_, err := t.one(`
			SELECT t.place FROM text_version x JOIN turn t ON t.key = x.turn_key
			WHERE x.workspace_id = $1 AND x.id = $2`, args(ws, id), &place)
		if err != nil {
			return err
		}
		if place >= 0 {
			return headway.Errorf(headway.Conflict, "turn %s stands already", turn)
		}
	}
	return nil
}

// settleCorrect lets the texts of a correction, a mask or its lifting stand, and
// what groups hang on move with them.
func (t *tx) settleCorrect(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Correction != nil {
		if err := t.moveAnchors(ws, *op.Correction); err != nil {
			return err
		}
	}
	return t.resettle(ws, op)
}

// resettle brings a conversation up to its operations, unless a later one of the
// same sort is there already and will.
func (t *tx) resettle(ws headway.WorkspaceID, op headway.Operation) error {
	var last int64
	_, err := t.one(`
		SELECT COALESCE(MAX(seq), 0) FROM operation
		WHERE workspace_id = $1 AND conversation_id <> '' AND conversation_id = $2 AND deed IN (SELECT value FROM `+t.listIn("$3")+`)`,
		args(ws, op.Conversation, listOf(rewording)), &last)
	if err != nil || last > op.Seq {
		return err
	}
	w, n, err := t.lockConversation(ws, op.Conversation)
	if headway.ErrorCode(err) == headway.NotFound {
		return nil // yet to come
	}
	if err != nil {
		return err
	}
	return t.restand(w, op.Conversation, n)
}

// moveAnchors moves what groups hang on. One that does not move whole goes: its
// group is hung on another sentence then.
func (t *tx) moveAnchors(ws headway.WorkspaceID, c headway.Correction) error {
	found := map[headway.GroupID]headway.Span{}
	query := `SELECT group_id, text_id, start_point, end_point FROM anchor WHERE workspace_id = $1 AND text_id IN (SELECT value FROM ` + t.listIn("$2") + `)`
	err := t.each(query, args(ws, listOf(c.From)), func(r *sql.Rows) error {
		var group headway.GroupID
		var at headway.Span
		err := r.Scan(&group, &at.Text, &at.Start, &at.End)
		found[group] = at
		return err
	})
	if err != nil {
		return err
	}
	for group, at := range found {
		now, moved := c.Move(headway.Passage{at})
		if !moved || len(now) > 1 {
			err = t.do(`DELETE FROM anchor WHERE workspace_id = $1 AND group_id = $2`, ws, group)
		} else {
			err = t.do(`UPDATE anchor SET text_id = $3, start_point = $4, end_point = $5 WHERE workspace_id = $1 AND group_id = $2`,
				ws, group, now[0].Text, now[0].Start, now[0].End)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) checkSpeak(ws headway.WorkspaceID, op headway.Operation) error {
	_, n, err := t.lockConversation(ws, op.Conversation)
	if err != nil {
		return err
	}
	var key int64
	first := headway.FirstText(op.Turn, "").ID
	found, err := t.one(`SELECT key FROM text_version WHERE workspace_id = $1 AND id = $2`, args(ws, first), &key)
	if err != nil {
		return err
	}
	if !found || textKey(key).conversation() != n {
		return headway.Errorf(headway.NotFound, "there is no turn %s in conversation %s", op.Turn, op.Conversation)
	}
	if op.Speaker == "" {
		return nil // as it came
	}
	return t.checkSpeaker(ws, op)
}

func (t *tx) checkReview(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkSpan(ws, op.Span); err != nil {
		return err
	}
	if op.Answer == (headway.Span{}) {
		return nil
	}
	return t.checkSpan(ws, op.Answer)
}

// rewording are the deeds after which a conversation stands otherwise.
var rewording = []headway.Deed{headway.DeedCorrect, headway.DeedMask, headway.DeedLift, headway.DeedSpeak}

// restand works out which texts of conversation n stand where and whose they are:
// as it came, with each of its operations done whose texts are here. So it comes
// out the same whichever was here first.
func (t *tx) restand(w workspace, id headway.ConversationID, n int64) error {
	if w.operations == 0 {
		return nil
	}
	ops, err := t.rewordings(w, id)
	if err != nil || len(ops) == 0 {
		return err
	}
	s, err := t.stood(w, id, n)
	if err != nil {
		return err
	}
	s.reword(ops)
	return t.stand(w, id, s)
}

// rewordings are the operations on a conversation's words since it was last
// removed.
func (t *tx) rewordings(w workspace, id headway.ConversationID) ([]headway.Operation, error) {
	query := `
		SELECT body FROM operation
		WHERE workspace_id = $1 AND conversation_id <> '' AND conversation_id = $2 AND deed IN (SELECT value FROM ` + t.listIn("$3") + `)
		ORDER BY seq`
	ops, err := t.operations(query, w.id, id, listOf(rewording))
	if err != nil || len(ops) == 0 {
		return nil, err
	}
	removals, err := t.operations(`SELECT body FROM operation WHERE workspace_id = $1 AND deed = $2 ORDER BY seq`, w.id, headway.DeedRemove)
	for _, removal := range removals {
		if slices.Contains(removal.Conversations, id) {
			ops = slices.DeleteFunc(ops, func(op headway.Operation) bool { return op.Seq < removal.Seq })
		}
	}
	return ops, err
}

// standing is a conversation's turns and texts.
type standing struct {
	came     int
	texts    map[headway.TextID]versionRow
	speakers []headway.SpeakerID
	turns    map[int64]turnRow // by key
	order    []headway.TextID  // that are to stand
	speaks   map[headway.TurnID]headway.SpeakerID
	masks    map[headway.TurnID]int // how many stand on a turn
}

type versionRow struct {
	key, turn int64
	digest    []byte
	hidden    bool
}

type turnRow struct {
	text           int64
	place, speaker int
	came           int // speaker
}

// stood reads a conversation's turns and texts.
func (t *tx) stood(w workspace, id headway.ConversationID, n int64) (s standing, err error) {
	s = standing{texts: map[headway.TextID]versionRow{}, turns: map[int64]turnRow{}, speaks: map[headway.TurnID]headway.SpeakerID{}, masks: map[headway.TurnID]int{}}
	if _, err := t.one(`SELECT came FROM conversation WHERE workspace_id = $1 AND id = $2`, args(w.id, id), &s.came); err != nil {
		return s, err
	}
	err = t.each(`SELECT id FROM speaker WHERE workspace_id = $1 AND conversation_id = $2 ORDER BY position`, args(w.id, id), scanInto(&s.speakers))
	if err != nil {
		return s, err
	}
	first, last := conversationKeys(w.n, n, n)
	err = t.each(`SELECT key, text_key, place, speaker, came_speaker FROM turn WHERE key BETWEEN $1 AND $2`, args(int64(first), int64(last)), func(r *sql.Rows) error {
		var key int64
		var turn turnRow
		err := r.Scan(&key, &turn.text, &turn.place, &turn.speaker, &turn.came)
		s.turns[key] = turn
		return err
	})
	if err != nil {
		return s, err
	}
	return s, t.each(`SELECT key, turn_key, id, digest, hidden FROM text_version WHERE key BETWEEN $1 AND $2 ORDER BY key`, args(int64(first), int64(last)), func(r *sql.Rows) error {
		var text versionRow
		var id headway.TextID
		err := r.Scan(&text.key, &text.turn, &id, &text.digest, &text.hidden)
		s.texts[id] = text
		if textKey(text.key).text() < s.came {
			s.order = append(s.order, id)
		}
		return err
	})
}

// reword does operations on the order of the texts. One whose texts are not all
// here, or do not stand, is left out.
func (s *standing) reword(ops []headway.Operation) {
	for _, op := range ops {
		if op.Deed == headway.DeedSpeak {
			s.speaks[op.Turn] = op.Speaker
			continue
		}
		c := op.Correction
		if c == nil || len(c.From) == 0 || slices.ContainsFunc(c.To, func(id headway.TextID) bool { _, here := s.texts[id]; return !here }) {
			continue
		}
		at := slices.Index(s.order, c.From[0])
		if at >= 0 && at+len(c.From) <= len(s.order) && slices.Equal(s.order[at:at+len(c.From)], c.From) {
			s.order = slices.Replace(s.order, at, at+len(c.From), c.To...)
			s.mask(op)
		}
	}
}

// mask counts the masks that stand on turns.
func (s *standing) mask(op headway.Operation) {
	for _, id := range op.Correction.To {
		switch op.Deed {
		case headway.DeedMask:
			s.masks[id.Turn()]++
		case headway.DeedLift:
			s.masks[id.Turn()]--
		}
	}
}

// hide hides every version of the words of masked turns but the one that stands,
// since any of them may hold what is masked.
func (t *tx) hide(s standing) error {
	for id, text := range s.texts {
		hidden := s.masks[id.Turn()] > 0 && !slices.Contains(s.order, id)
		if hidden == text.hidden {
			continue
		}
		if err := t.do(`UPDATE text_version SET hidden = $2 WHERE key = $1`, text.key, hidden); err != nil {
			return err
		}
	}
	return nil
}

// now gives each turn's row as it is to be.
func (s *standing) now() map[int64]turnRow {
	now := map[int64]turnRow{}
	for key, turn := range s.turns {
		turn.place = -1
		now[key] = turn
	}
	for place, id := range s.order {
		text := s.texts[id]
		turn := now[text.turn]
		turn.text, turn.place = text.key, place
		now[text.turn] = turn
	}
	for id, text := range s.texts {
		turn := now[text.turn]
		turn.speaker = turn.came
		if position := slices.Index(s.speakers, s.speaks[id.Turn()]); position >= 0 {
			turn.speaker = position
		}
		now[text.turn] = turn
	}
	return now
}

// stand writes down what stands where, and lets only that be found.
func (t *tx) stand(w workspace, id headway.ConversationID, s standing) error {
	now := s.now()
	var fell, rose []int64
	for key, turn := range s.turns {
		if turn.place >= 0 && (now[key].place < 0 || now[key].text != turn.text) {
			fell = append(fell, turn.text)
		}
		if now[key].place >= 0 && (turn.place < 0 || now[key].text != turn.text) {
			rose = append(rose, now[key].text)
		}
	}
	for _, key := range fell {
		if err := t.do(t.search.unindex, key, key); err != nil {
			return err
		}
		if err := t.do(`DELETE FROM moment WHERE text_key = $1`, key); err != nil {
			return err
		}
	}
	for key, turn := range now {
		if turn == s.turns[key] {
			continue
		}
		if err := t.do(`UPDATE turn SET text_key = $2, place = $3, speaker = $4 WHERE key = $1`, key, turn.text, turn.place, turn.speaker); err != nil {
			return err
		}
	}
	for _, key := range rose {
		if err := t.do(t.search.index, key, key); err != nil {
			return err
		}
	}
	if err := t.hide(s); err != nil {
		return err
	}
	return t.refreshWords(w.id, id, s, now, fell, rose)
}

// refreshWords counts and digests a conversation's words anew.
func (t *tx) refreshWords(ws headway.WorkspaceID, id headway.ConversationID, s standing, now map[int64]turnRow, fell, rose []int64) error {
	all := sha256.New()
	for _, text := range s.order {
		row := s.texts[text]
		spoke(all, text, row.digest, s.speakers[now[row.turn].speaker])
	}
	gone, err := t.countIn(fell)
	if err != nil {
		return err
	}
	come, err := t.countIn(rose)
	if err != nil {
		return err
	}
	err = t.do(`UPDATE conversation SET turns = $3, words = words + $4, words_digest = $5 WHERE workspace_id = $1 AND id = $2`,
		ws, id, len(s.order), come-gone, hex.EncodeToString(all.Sum(nil)))
	if err != nil {
		return err
	}
	return t.refreshInputs(ws, id)
}

// countIn counts the words of texts.
func (t *tx) countIn(keys []int64) (words int, err error) {
	query := `SELECT words FROM text_version WHERE key IN (SELECT CAST(value AS BIGINT) FROM ` + t.listIn("$1") + `)`
	err = t.each(query, args(listOf(keys)), func(r *sql.Rows) error {
		var text string
		err := r.Scan(&text)
		words += countWords(text)
		return err
	})
	return words, err
}
