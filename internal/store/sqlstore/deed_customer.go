package sqlstore

import (
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// checkRole, checkAccount and checkConsent take the empty value for not known.

func (t *tx) checkRole(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Role != "" && !slices.Contains(headway.Roles(), op.Role) {
		return headway.Errorf(headway.Invalid, "%q is none of the roles %q", op.Role, headway.Roles())
	}
	return t.checkPerson(ws, op.Person)
}

func (t *tx) checkAccount(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkPerson(ws, op.Person); err != nil || op.Account == "" {
		return err
	}
	var n int
	_, err := t.one(`SELECT count(*) FROM account WHERE workspace_id = $1 AND id = $2`, args(ws, op.Account), &n)
	if err == nil && n == 0 {
		return headway.Errorf(headway.NotFound, "there is no account %s", op.Account)
	}
	return err
}

var consents = []headway.Consent{headway.ConsentGiven, headway.ConsentRefused, headway.ConsentWithdrawn}

func (t *tx) checkConsent(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Consent != "" && !slices.Contains(consents, op.Consent) {
		return headway.Errorf(headway.Invalid, "%q is no consent: say one of %q, or nothing", op.Consent, consents)
	}
	return t.checkPerson(ws, op.Person)
}

var onPromises = []headway.Verdict{headway.Kept, headway.Undecided}

func (t *tx) checkPromise(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkVerdict(ws, op, onPromises); err != nil {
		return err
	}
	if err := t.checkPerson(ws, op.Person); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	_, err := t.saidBy(ws, headway.Ours, op.Span)
	return err
}

// checkPlayback sees that a customer is sent nobody's words but their own. What
// takes one back is Undecided.
func (t *tx) checkPlayback(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Verdict != "" && op.Verdict != headway.Undecided {
		return headway.Errorf(headway.Invalid, "%q is no verdict on a play-back: leave it out, or say undecided to take it back", op.Verdict)
	}
	if err := t.checkPerson(ws, op.Person); err != nil {
		return err
	}
	into, err := t.merges(ws)
	if err != nil {
		return err
	}
	for _, s := range op.Passage() {
		if err := t.checkSpan(ws, s); err != nil {
			return err
		}
		if op.Verdict == headway.Undecided {
			continue
		}
		who, err := t.saidBy(ws, headway.Theirs, s)
		if err != nil {
			return err
		}
		if now(into, who) != now(into, op.Person) {
			return headway.Errorf(headway.Invalid, "a customer is sent their own words only: one of these sentences is somebody else's")
		}
	}
	return nil
}

var onReplies = []headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.Undecided}

func (t *tx) checkReply(ws headway.WorkspaceID, op headway.Operation) error {
	if !slices.Contains(onReplies, op.Verdict) {
		return headway.Errorf(headway.Invalid, "%q is none of the verdicts %q", op.Verdict, onReplies)
	}
	var n int
	_, err := t.one(`SELECT count(*) FROM operation WHERE workspace_id = $1 AND seq = $2 AND deed = $3`, args(ws, op.Of, headway.DeedPlayback), &n)
	if err == nil && n == 0 {
		err = headway.Errorf(headway.NotFound, "operation %d sent no play-back that could be answered", op.Of)
	}
	if err != nil || op.Answer == (headway.Span{}) {
		return err
	}
	if err := t.checkSpan(ws, op.Answer); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	_, err = t.saidBy(ws, headway.Theirs, op.Answer)
	return err
}

// checkRepair sees that what tells of a mistake is theirs, the mistake ours, and
// that in one conversation it came before.
func (t *tx) checkRepair(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkVerdict(ws, op, onPromises); err != nil {
		return err
	}
	if err := t.checkSpan(ws, op.Answer); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	var told, wrong store.Place
	for _, at := range []struct {
		place *store.Place
		span  headway.Span
	}{{&told, op.Span}, {&wrong, op.Answer}} {
		if _, err := t.place(ws, at.span.Text, at.place); err != nil {
			return err
		}
	}
	switch {
	case told.Side != headway.Theirs || wrong.Side != headway.Ours:
		return headway.Errorf(headway.Invalid, "what we got wrong is told by words of theirs about words of ours: choose one of each, and settle whose they are first")
	case told.Conversation == wrong.Conversation && told.Turn <= wrong.Turn:
		return headway.Errorf(headway.Invalid, "what we got wrong stands before the words that tell of it: choose an earlier turn of ours")
	}
	return nil
}

// saidBy gives whose words a span holds; Invalid unless they are of a side.
func (t *tx) saidBy(ws headway.WorkspaceID, side headway.Side, s headway.Span) (headway.PersonID, error) {
	var p store.Place
	if _, err := t.place(ws, s.Text, &p); err != nil {
		return "", err
	}
	if p.Side != side {
		return "", headway.Errorf(headway.Invalid, "these words are not %s: settle whose they are first", side)
	}
	all, err := t.speakers(ws, []headway.ConversationID{p.Conversation})
	for _, speaker := range all[p.Conversation] {
		if speaker.ID == p.Speaker {
			return speaker.Person(), nil
		}
	}
	return "", err
}
