package sqlstore

import (
	"slices"

	"github.com/headway-oss/headway"
)

// handling is what the store knows of a deed: check refuses an operation that cannot
// be so, and settle brings the state up to it. settle works too where what the
// operation names is not here, or not yet.
type handling struct {
	check  func(*tx, headway.WorkspaceID, headway.Operation) error
	settle func(*tx, headway.WorkspaceID, headway.Operation) error
}

var deeds = map[headway.Deed]handling{
	headway.DeedOpen:   {(*tx).checkStudy, nothing},
	headway.DeedAdd:    {(*tx).checkStudy, (*tx).settleAdd},
	headway.DeedLeave:  {(*tx).checkLeave, (*tx).settleLeave},
	headway.DeedSeal:   {(*tx).checkSeal, (*tx).settleSeal},
	headway.DeedSkip:   {(*tx).checkSkip, (*tx).settleSkip},
	headway.DeedGuess:  {(*tx).checkGuess, (*tx).settleGuess},
	headway.DeedPlace:  {(*tx).checkPlace, (*tx).settlePlace},
	headway.DeedMerge:  {(*tx).checkMerge, (*tx).settleMerge},
	headway.DeedSplit:  {(*tx).checkSplit, (*tx).settleSplit},
	headway.DeedJudge:  {(*tx).checkJudge, nothing},
	headway.DeedMark:   {(*tx).checkMark, nothing},
	headway.DeedNote:   {(*tx).checkNote, nothing},
	headway.DeedTest:   {(*tx).checkTest, nothing},
	headway.DeedOwn:    {nothing, nothing},
	headway.DeedRemove: {(*tx).checkRemove, (*tx).settleRemove},
	headway.DeedErase:  {(*tx).checkErase, (*tx).settleErase},

	headway.DeedCorrect: {(*tx).checkCorrect, (*tx).settleCorrect},
	headway.DeedMask:    {(*tx).checkMask, (*tx).settleMask},
	headway.DeedLift:    {(*tx).checkMask, (*tx).settleMask},
	headway.DeedSpeak:   {(*tx).checkSpeak, (*tx).resettle},
	headway.DeedReview:  {(*tx).checkReview, nothing},

	headway.DeedBlind:   {(*tx).checkBlind, nothing},
	headway.DeedDone:    {(*tx).checkDone, nothing},
	headway.DeedRelease: {(*tx).checkRelease, nothing},
	headway.DeedSettle:  {(*tx).checkSettle, nothing},

	headway.DeedRole:     {(*tx).checkRole, nothing},
	headway.DeedAccount:  {(*tx).checkAccount, nothing},
	headway.DeedConsent:  {(*tx).checkConsent, nothing},
	headway.DeedPromise:  {(*tx).checkPromise, nothing},
	headway.DeedPlayback: {(*tx).checkPlayback, nothing},
	headway.DeedReply:    {(*tx).checkReply, nothing},
	headway.DeedRepair:   {(*tx).checkRepair, nothing},

	headway.DeedClaim:   {(*tx).checkClaim, nothing},
	headway.DeedBear:    {(*tx).checkBear, nothing},
	headway.DeedChoose:  {(*tx).checkChoose, nothing},
	headway.DeedGroup:   {(*tx).checkGroup, nothing},
	headway.DeedJoin:    {(*tx).checkJoin, nothing},
	headway.DeedEpisode: {(*tx).checkEpisode, nothing},
}

// nothing is settled by deeds that are read back as operations.
func nothing(*tx, headway.WorkspaceID, headway.Operation) error { return nil }

func (t *tx) checkStudy(ws headway.WorkspaceID, op headway.Operation) error {
	_, err := t.study(ws, op.Study)
	return err
}

func (t *tx) settleAdd(ws headway.WorkspaceID, op headway.Operation) error {
	added := t.listIn("$2")
	err := t.do(`
		INSERT INTO study_conversation (workspace_id, study_id, conversation_id)
		SELECT $1, $3, value FROM `+added+` WHERE TRUE
		ON CONFLICT (workspace_id, study_id, conversation_id) DO NOTHING`, string(ws), listOf(op.Conversations), string(op.Study))
	if err != nil {
		return err
	}
	return t.do(`DELETE FROM removed_conversation WHERE workspace_id = $1 AND conversation_id IN (SELECT value FROM `+added+`)`, ws, listOf(op.Conversations))
}

func (t *tx) checkSeal(ws headway.WorkspaceID, op headway.Operation) error {
	if len(op.Guesses) == 0 {
		return headway.Errorf(headway.Invalid, "there is nothing to seal: write a guess, or skip")
	}
	s, err := t.study(ws, op.Study)
	if err == nil && op.Verdict == headway.Undecided && s.Phase.Revealed() {
		return headway.Errorf(headway.Conflict, "the study is %s already: a guess that comes now is a late one", s.Phase)
	}
	return err
}

func (t *tx) settleSeal(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.seal(ws, op); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	return t.setPhase(ws, op.Study, headway.Sealed)
}

func (t *tx) checkSkip(ws headway.WorkspaceID, op headway.Operation) error {
	s, err := t.study(ws, op.Study)
	if err == nil && s.Phase.Revealed() {
		return headway.Errorf(headway.Conflict, "the study is %s already", s.Phase)
	}
	return err
}

func (t *tx) settleSkip(ws headway.WorkspaceID, op headway.Operation) error {
	return t.setPhase(ws, op.Study, headway.Skipped)
}

// setPhase ends the guessing. A study that is revealed stays as it was.
func (t *tx) setPhase(ws headway.WorkspaceID, study headway.StudyID, p headway.Phase) error {
	return t.do(`UPDATE study SET phase = $3 WHERE workspace_id = $1 AND id = $2 AND phase = $4`, ws, study, p, headway.Guessing)
}

func (t *tx) checkGuess(ws headway.WorkspaceID, op headway.Operation) error {
	all, err := t.guesses(ws, op.Study)
	if err != nil {
		return err
	}
	for _, id := range op.Guesses {
		if !slices.ContainsFunc(all, func(g headway.Guess) bool { return g.ID == id }) {
			return headway.Errorf(headway.NotFound, "there is no guess %s in study %s", id, op.Study)
		}
	}
	return t.checkStudy(ws, op)
}

func (t *tx) settleGuess(ws headway.WorkspaceID, op headway.Operation) error {
	return t.do(`
		UPDATE guess SET late = TRUE
		WHERE workspace_id = $1 AND study_id = $3 AND id IN (SELECT value FROM `+t.listIn("$2")+`)`, ws, listOf(op.Guesses), op.Study)
}

func (t *tx) checkPlace(ws headway.WorkspaceID, op headway.Operation) error {
	taken := op.Side == "" && op.Undoes != 0
	if !taken && !slices.Contains([]headway.Side{headway.Theirs, headway.Ours, headway.Unknown}, op.Side) {
		return headway.Errorf(headway.Invalid, "%q is no side: say theirs, ours or unknown", op.Side)
	}
	return t.checkSpeaker(ws, op)
}

// checkSpeaker sees that an operation's speaker is in its conversation.
func (t *tx) checkSpeaker(ws headway.WorkspaceID, op headway.Operation) error {
	speakers, err := t.speakers(ws, []headway.ConversationID{op.Conversation})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(speakers[op.Conversation], func(s headway.Speaker) bool { return s.ID == op.Speaker }) {
		return headway.Errorf(headway.NotFound, "there is no speaker %s in conversation %s", op.Speaker, op.Conversation)
	}
	return nil
}

// settlePlace gives a speaker a side, or the one that the file gave them.
func (t *tx) settlePlace(ws headway.WorkspaceID, op headway.Operation) error {
	const of = ` WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3`
	query, params := `UPDATE speaker SET side = came_side, settled = came_settled`+of, args(ws, op.Conversation, op.Speaker)
	if op.Side != "" {
		query, params = `UPDATE speaker SET side = $4, settled = $5`+of, append(params, op.Side, headway.SettledMember)
	}
	placed, err := t.exec(query, params...)
	if err != nil || placed == 0 {
		return err
	}
	if err := t.refreshInputs(ws, op.Conversation); err != nil {
		return err
	}
	return t.veil(ws, op.Conversation)
}

// refreshInputs digests anew what steps read of a conversation.
func (t *tx) refreshInputs(ws headway.WorkspaceID, id headway.ConversationID) error {
	var words string
	_, err := t.one(`SELECT words_digest FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, id), &words)
	if err != nil {
		return err
	}
	speakers, err := t.speakers(ws, []headway.ConversationID{id})
	if err != nil {
		return err
	}
	return t.do(`UPDATE conversation SET inputs = $3 WHERE workspace_id = $1 AND id = $2`, ws, id, inputs(words, speakers[id]))
}

func (t *tx) checkMerge(ws headway.WorkspaceID, op headway.Operation) error {
	for _, person := range []headway.PersonID{op.Person, op.Into} {
		if err := t.checkPerson(ws, person); err != nil {
			return err
		}
	}
	into, err := t.merges(ws)
	if err != nil {
		return err
	}
	if other, merged := into[op.Person]; merged {
		return headway.Errorf(headway.Conflict, "they were merged into person %s before: split them first", other)
	}
	if now(into, op.Into) == op.Person {
		return headway.Errorf(headway.Conflict, "both are the same person already")
	}
	return nil
}

func (t *tx) checkPerson(ws headway.WorkspaceID, person headway.PersonID) error {
	var n int
	_, err := t.one(`SELECT count(*) FROM speaker WHERE workspace_id = $1 AND person = $2`, args(ws, person), &n)
	if err == nil && n == 0 {
		return headway.Errorf(headway.NotFound, "there is no person %s", person)
	}
	return err
}

func (t *tx) settleMerge(ws headway.WorkspaceID, op headway.Operation) error {
	err := t.do(`
		INSERT INTO person_merge (workspace_id, person, into_person) VALUES ($1, $2, $3)
		ON CONFLICT (workspace_id, person) DO UPDATE SET into_person = excluded.into_person`, ws, op.Person, op.Into)
	if err != nil {
		return err
	}
	return t.veil(ws)
}

func (t *tx) checkSplit(ws headway.WorkspaceID, op headway.Operation) error {
	into, err := t.merges(ws)
	if _, merged := into[op.Person]; err == nil && !merged {
		return headway.Errorf(headway.NotFound, "person %s was not merged into another", op.Person)
	}
	return err
}

func (t *tx) settleSplit(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.do(`DELETE FROM person_merge WHERE workspace_id = $1 AND person = $2`, ws, op.Person); err != nil {
		return err
	}
	return t.veil(ws)
}

var (
	onGuesses = []headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.NotAbout, headway.Undecided}
	onLabels  = []headway.Verdict{headway.Kept, headway.Dismissed, headway.Undecided}
)

func (t *tx) checkJudge(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkRevealed(ws, op.Study); err != nil {
		return err
	}
	guess := headway.Operation{Study: op.Study, Guesses: []headway.GuessID{op.Guess}}
	if err := t.checkGuess(ws, guess); err != nil {
		return err
	}
	return t.checkVerdict(ws, op, onGuesses)
}

func (t *tx) checkMark(ws headway.WorkspaceID, op headway.Operation) error {
	all := slices.Concat(headway.Labels(headway.Theirs), headway.Labels(headway.Ours))
	if !slices.Contains(all, op.Label) {
		return headway.Errorf(headway.Invalid, "%q is no label", op.Label)
	}
	if err := t.checkMore(ws, op); err != nil {
		return err
	}
	return t.checkVerdict(ws, op, onLabels)
}

// checkNote sees that a note is written and hangs on words; what takes one off
// (Undecided) names it too.
func (t *tx) checkNote(ws headway.WorkspaceID, op headway.Operation) error {
	var n int
	if _, err := t.one(`SELECT count(*) FROM note WHERE workspace_id = $1 AND id = $2`, args(ws, op.Note), &n); err != nil {
		return err
	}
	if n == 0 {
		return headway.Errorf(headway.NotFound, "there is no note %s", op.Note)
	}
	if op.Verdict != "" && op.Verdict != headway.Undecided {
		return headway.Errorf(headway.Invalid, "%q is no verdict on a note: leave it out, or say undecided to take the note off", op.Verdict)
	}
	if err := t.checkMore(ws, op); err != nil {
		return err
	}
	return t.checkSpan(ws, op.Span)
}

// checkMore sees that a passage goes on through words of its conversation, over
// so many turns at most.
func (t *tx) checkMore(ws headway.WorkspaceID, op headway.Operation) error {
	const most = 200
	if len(op.More) >= most {
		return headway.Errorf(headway.Invalid, "a passage goes over %d turns at most: mark it in parts", most)
	}
	texts := []headway.TextID{op.Span.Text}
	for _, s := range op.More {
		if err := t.checkSpan(ws, s); err != nil {
			return err
		}
		texts = append(texts, s.Text)
	}
	if len(texts) == 1 {
		return nil
	}
	var conversations int
	query := `SELECT count(DISTINCT ` + conversationOf("key") + `) FROM text_version WHERE workspace_id = $1 AND id IN (SELECT value FROM ` + t.listIn("$2") + `)`
	if _, err := t.one(query, args(ws, listOf(texts)), &conversations); err != nil {
		return err
	}
	if conversations > 1 {
		return headway.Errorf(headway.Invalid, "a passage lies in one conversation")
	}
	return nil
}

// checkRevealed refuses what can only be judged by who has seen evidence.
func (t *tx) checkRevealed(ws headway.WorkspaceID, study headway.StudyID) error {
	s, err := t.study(ws, study)
	if err == nil && !s.Phase.Revealed() {
		err = headway.Errorf(headway.Denied, "what customers said is shown only after the guesses are sealed or skipped")
	}
	return err
}

func (t *tx) checkTest(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Study != "" { // an assumption was made to a customer, whatever the study it is shown in
		if err := t.checkRevealed(ws, op.Study); err != nil {
			return err
		}
	}
	if op.Answer != (headway.Span{}) {
		if err := t.checkSpan(ws, op.Answer); err != nil {
			return err
		}
	}
	return t.checkVerdict(ws, op, onGuesses)
}

func (t *tx) checkVerdict(ws headway.WorkspaceID, op headway.Operation, known []headway.Verdict) error {
	if !slices.Contains(known, op.Verdict) {
		return headway.Errorf(headway.Invalid, "%q is none of the verdicts %q", op.Verdict, known)
	}
	return t.checkSpan(ws, op.Span)
}

// checkSpan sees that there are words at a span, and nothing that stands for words
// that were erased: nothing can rest on that.
func (t *tx) checkSpan(ws headway.WorkspaceID, s headway.Span) error {
	var words string
	found, err := t.one(`SELECT words FROM text_version WHERE workspace_id = $1 AND id = $2`, args(ws, s.Text), &words)
	if err != nil {
		return err
	}
	if !found {
		return headway.Errorf(headway.NotFound, "there is no text %s", s.Text)
	}
	text := headway.TextVersion{ID: s.Text, Text: words}
	if text.Erased() {
		return headway.Errorf(headway.Conflict, "these words were forgotten: nothing can be said of them any more")
	}
	_, err = text.Cut(s)
	return err
}

func (t *tx) checkRemove(ws headway.WorkspaceID, op headway.Operation) error {
	if len(op.Conversations) == 0 {
		return headway.Errorf(headway.Invalid, "name the conversations to remove")
	}
	here := map[headway.ConversationID]bool{}
	for _, id := range op.Conversations {
		var n int64
		found, err := t.one(`SELECT n FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, id), &n)
		if err != nil {
			return err
		}
		if !found || here[id] {
			return headway.Errorf(headway.NotFound, "conversation %s is not here, or named twice", id)
		}
		here[id] = true
	}
	return nil
}

// settleRemove remembers that conversations are to stay out; dropRemoved drops them.
func (t *tx) settleRemove(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.leaveTraces(ws, op.Seq); err != nil {
		return err
	}
	removed := t.listIn("$2")
	err := t.do(`DELETE FROM study_conversation WHERE workspace_id = $1 AND conversation_id IN (SELECT value FROM `+removed+`)`, ws, listOf(op.Conversations))
	if err != nil {
		return err
	}
	return t.do(`
		INSERT INTO removed_conversation (workspace_id, conversation_id)
		SELECT $1, value FROM `+removed+` WHERE TRUE
		ON CONFLICT (workspace_id, conversation_id) DO NOTHING`, string(ws), listOf(op.Conversations))
}

// dropRemoved drops every trace of conversations that are removed: their words
// from the index, texts, turns, speakers, what steps made of them.
func (t *tx) dropRemoved(w workspace) error {
	const here = `SELECT id FROM conversation WHERE workspace_id = $1 AND id IN (SELECT conversation_id FROM removed_conversation WHERE workspace_id = $1)`
	var numbers []int64
	err := t.each(`SELECT n FROM conversation WHERE workspace_id = $1 AND id IN (`+here+`)`, args(w.id), scanInto(&numbers))
	if err != nil || len(numbers) == 0 {
		return err
	}
	for _, n := range numbers {
		first, last := conversationKeys(w.n, n, n)
		for _, drop := range []string{
			t.search.unindex,
			`DELETE FROM moment WHERE text_key BETWEEN $1 AND $2`,
			`DELETE FROM anchor WHERE (workspace_id, text_id) IN (SELECT workspace_id, id FROM text_version WHERE key BETWEEN $1 AND $2)`,
			`DELETE FROM text_version WHERE key BETWEEN $1 AND $2`,
			`DELETE FROM turn WHERE key BETWEEN $1 AND $2`,
		} {
			if err := t.do(drop, int64(first), int64(last)); err != nil {
				return err
			}
		}
	}
	for _, drop := range []string{
		`DELETE FROM derived WHERE workspace_id = $1 AND subject IN (` + here + `)`,
		`DELETE FROM speaker WHERE workspace_id = $1 AND conversation_id IN (` + here + `)`,
		`DELETE FROM conversation WHERE workspace_id = $1 AND id IN (` + here + `)`,
	} {
		if err := t.do(drop, w.id); err != nil {
			return err
		}
	}
	return nil
}
