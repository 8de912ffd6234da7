package sqlstore

import (
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// rounds reads the rounds of a workspace back from its operations.
func (t *tx) rounds(ws headway.WorkspaceID) ([]headway.Round, error) {
	ops, err := t.operations(`
		SELECT body FROM operation WHERE workspace_id = $1 AND deed IN ($2, $3, $4, $5) ORDER BY seq`,
		args(ws, headway.DeedBlind, headway.DeedDone, headway.DeedRelease, headway.DeedRemove)...)
	return deed.Rounds(ops), err
}

func (t *tx) round(ws headway.WorkspaceID, id headway.RoundID) (headway.Round, error) {
	rounds, err := t.rounds(ws)
	if err != nil {
		return headway.Round{}, err
	}
	i := slices.IndexFunc(rounds, func(r headway.Round) bool { return r.ID == id })
	if i < 0 {
		return headway.Round{}, headway.Errorf(headway.NotFound, "there is no round %s", id)
	}
	return rounds[i], nil
}

// openRound gives a round that goes on.
func (t *tx) openRound(ws headway.WorkspaceID, id headway.RoundID) (headway.Round, error) {
	r, err := t.round(ws, id)
	if err == nil && !r.Open() {
		err = headway.Errorf(headway.Conflict, "the round is over: everybody sees everybody's marks")
	}
	return r, err
}

func (t *tx) checkBlind(ws headway.WorkspaceID, op headway.Operation) error {
	members := slices.Compact(slices.Sorted(slices.Values(op.Members)))
	if op.Round == "" || len(members) < 2 || len(members) != len(op.Members) || slices.Contains(members, "") {
		return headway.Errorf(headway.Invalid, "a round needs two members or more, each named once")
	}
	var n int
	if _, err := t.one(`SELECT count(*) FROM conversation WHERE workspace_id = $1 AND id = $2`, args(ws, op.Conversation), &n); err != nil {
		return err
	}
	if n == 0 {
		return headway.Errorf(headway.NotFound, "there is no conversation %s", op.Conversation)
	}
	rounds, err := t.rounds(ws)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.ID == op.Round {
			return headway.Errorf(headway.Conflict, "there is a round %s already", op.Round)
		}
		if r.Open() && r.Conversation == op.Conversation {
			return headway.Errorf(headway.Conflict, "this conversation is being marked in a round already: finish that one first")
		}
	}
	return nil
}

func (t *tx) checkDone(ws headway.WorkspaceID, op headway.Operation) error {
	r, err := t.openRound(ws, op.Round)
	if err == nil && !r.Marks(op.Member) {
		err = headway.Errorf(headway.Denied, "you are not one of those who mark in this round")
	}
	return err
}

func (t *tx) checkRelease(ws headway.WorkspaceID, op headway.Operation) error {
	_, err := t.openRound(ws, op.Round)
	return err
}

// checkSettle sees that a disagreement can be decided: the round is over, and
// somebody says why, except to leave it open again.
func (t *tx) checkSettle(ws headway.WorkspaceID, op headway.Operation) error {
	r, err := t.round(ws, op.Round)
	if err != nil {
		return err
	}
	if r.Open() {
		return headway.Errorf(headway.Denied, "the round goes on: what others marked is shown, and settled, when all are done")
	}
	if !slices.Contains(headway.Kinds(), op.Label) {
		return headway.Errorf(headway.Invalid, "%q is no kind", op.Label)
	}
	if op.Verdict != headway.Undecided {
		if err := t.checkWhy(ws, op.Note); err != nil {
			return err
		}
	}
	return t.checkVerdict(ws, op, onLabels)
}

func (t *tx) checkWhy(ws headway.WorkspaceID, note headway.NoteID) error {
	var n int
	_, err := t.one(`SELECT count(*) FROM note WHERE workspace_id = $1 AND id = $2`, args(ws, note), &n)
	if err == nil && n == 0 {
		err = headway.Errorf(headway.Invalid, "say why it is settled so: there is no note %q", note)
	}
	return err
}
