package sqlstore

import "github.com/headway-oss/headway"

func (t *tx) checkLeave(ws headway.WorkspaceID, op headway.Operation) error {
	if len(op.Conversations) == 0 {
		return headway.Errorf(headway.Invalid, "name the conversations that leave the study")
	}
	return t.checkStudy(ws, op)
}

// settleLeave takes conversations out of one study. They stay in the workspace,
// and in other studies.
func (t *tx) settleLeave(ws headway.WorkspaceID, op headway.Operation) error {
	return t.do(`
		DELETE FROM study_conversation
		WHERE workspace_id = $1 AND study_id = $3 AND conversation_id IN (SELECT value FROM `+t.listIn("$2")+`)`,
		ws, listOf(op.Conversations), op.Study)
}
