package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// PutClaims implements store.Claims.
func (d *DB) PutClaims(ctx context.Context, ws headway.WorkspaceID, claims ...headway.Claim) (err error) {
	defer d.done(&err, "keep %d claims", len(claims))
	return d.update(ctx, func(t *tx) error {
		for _, c := range claims {
			if err := t.putClaim(ws, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// HoldClaim implements store.Claims.
func (d *DB) HoldClaim(ctx context.Context, ws headway.WorkspaceID, c headway.Claim, ops []headway.Operation) ([]headway.Operation, error) {
	return d.applyAll(ctx, ws, ops, func(t *tx) error { return t.putClaim(ws, c) })
}

func (t *tx) putClaim(ws headway.WorkspaceID, c headway.Claim) error {
	if _, err := t.study(ws, c.Study); err != nil {
		return err
	}
	if c.ID == "" || c.Words == "" || !slices.Contains(headway.Parts(), c.Part) {
		return headway.Errorf(headway.Invalid, "a claim needs words, and says what it is")
	}
	if under := c.Part.Under(); len(under) > 0 {
		of, err := t.claim(ws, c.Study, c.Of)
		if err != nil {
			return err
		}
		if !slices.Contains(under, of.Part) {
			return headway.Errorf(headway.Invalid, "a %s is no part of a %s", c.Part, of.Part)
		}
	}
	return t.do(`
		INSERT INTO claim (workspace_id, study_id, id, n, part, part_of, words, member, at_us)
		SELECT $1, $2, $3, (SELECT COUNT(*) FROM claim WHERE workspace_id = $1 AND study_id = $2), $4, $5, $6, $7, $8 WHERE TRUE
		ON CONFLICT (workspace_id, study_id, id) DO NOTHING`, string(ws), string(c.Study), string(c.ID), string(c.Part), string(c.Of), c.Words, string(c.Member), toMicros(c.At))
}

const claimColumns = `SELECT id, study_id, part, part_of, words, member, at_us FROM claim WHERE workspace_id = $1 AND study_id = $2`

// claim gives one claim of a study, or NotFound.
func (t *tx) claim(ws headway.WorkspaceID, study headway.StudyID, id headway.ClaimID) (claim headway.Claim, err error) {
	found := false
	err = t.each(claimColumns+` AND id = $3`, args(ws, study, id), func(r *sql.Rows) (err error) {
		found = true
		claim, err = scanClaim(r)
		return err
	})
	if err == nil && !found {
		err = headway.Errorf(headway.NotFound, "there is no claim %s in study %s", id, study)
	}
	return claim, err
}

func scanClaim(r *sql.Rows) (c headway.Claim, err error) {
	var at int64
	err = r.Scan(&c.ID, &c.Study, &c.Part, &c.Of, &c.Words, &c.Member, &at)
	c.At = fromMicros(at)
	return c, err
}

// Claims implements store.Claims.
func (d *DB) Claims(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) (all []headway.Claim, err error) {
	defer d.done(&err, "read the claims of study %s", study)
	err = d.view(ctx, func(t *tx) error {
		return t.each(claimColumns+` ORDER BY n`, args(ws, study), func(r *sql.Rows) error {
			c, err := scanClaim(r)
			all = append(all, c)
			return err
		})
	})
	return all, err
}

// PutProposals implements store.Claims.
func (d *DB) PutProposals(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID, were, are []headway.Proposal) (err error) {
	defer d.done(&err, "keep the jobs proposed to study %s", study)
	return d.update(ctx, func(t *tx) error {
		if _, err := t.study(ws, study); err != nil {
			return err
		}
		now, err := t.proposals(ws, study)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(now, were, sameProposal) {
			return headway.Errorf(headway.Conflict, "other jobs were proposed meanwhile: read them again")
		}
		if err := t.do(`DELETE FROM episode_anchor WHERE workspace_id = $1 AND study_id = $2`, ws, study); err != nil {
			return err
		}
		n := 0
		for _, p := range are {
			for _, e := range p.Anchors {
				if err := t.do(`INSERT INTO episode_anchor (workspace_id, study_id, n, group_id, episode_id) VALUES ($1, $2, $3, $4, $5)`, ws, study, n, p.Group, e); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
}

func sameProposal(a, b headway.Proposal) bool {
	return a.Group == b.Group && slices.Equal(a.Anchors, b.Anchors)
}

// Proposals implements store.Claims.
func (d *DB) Proposals(ctx context.Context, ws headway.WorkspaceID, study headway.StudyID) (all []headway.Proposal, err error) {
	defer d.done(&err, "read the jobs proposed to study %s", study)
	err = d.view(ctx, func(t *tx) (err error) {
		all, err = t.proposals(ws, study)
		return err
	})
	return all, err
}

func (t *tx) proposals(ws headway.WorkspaceID, study headway.StudyID) (all []headway.Proposal, err error) {
	query := `SELECT group_id, episode_id FROM episode_anchor WHERE workspace_id = $1 AND study_id = $2 ORDER BY n`
	err = t.each(query, args(ws, study), func(r *sql.Rows) error {
		var group headway.GroupID
		var episode headway.EpisodeID
		err := r.Scan(&group, &episode)
		if last := len(all) - 1; last < 0 || all[last].Group != group {
			all = append(all, headway.Proposal{Group: group})
		}
		last := &all[len(all)-1]
		last.Anchors = append(last.Anchors, episode)
		return err
	})
	return all, err
}

// checkClaim sees that a claim was written, and that what it takes the place of
// is of its kind.
func (t *tx) checkClaim(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Verdict != "" && op.Verdict != headway.Undecided {
		return headway.Errorf(headway.Invalid, "%q is no verdict on a claim: leave it out, or say undecided to drop it", op.Verdict)
	}
	if err := t.checkRevealed(ws, op.Study); err != nil {
		return err
	}
	claim, err := t.claim(ws, op.Study, op.Claim)
	if err != nil || op.Other == "" {
		return err
	}
	other, err := t.claim(ws, op.Study, op.Other)
	if err == nil && (other.Part != claim.Part || other.ID == claim.ID) {
		return headway.Errorf(headway.Invalid, "a %s takes the place of another %s, not of itself or of a %s", claim.Part, claim.Part, other.Part)
	}
	return err
}

// checkBear sees that what bears on a claim is a customer's.
func (t *tx) checkBear(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkVerdict(ws, op, onGuesses); err != nil {
		return err
	}
	if _, err := t.claim(ws, op.Study, op.Claim); err != nil {
		return err
	}
	return t.checkRests(ws, op)
}

// checkRests sees that a deed rests on a customer's words, unless it takes back
// what was said of them.
func (t *tx) checkRests(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkRevealed(ws, op.Study); err != nil {
		return err
	}
	if err := t.checkSpan(ws, op.Span); err != nil {
		return err
	}
	if err := t.checkMore(ws, op); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	for _, s := range op.Passage() {
		if _, err := t.saidBy(ws, headway.Theirs, s); err != nil {
			return err
		}
	}
	return t.checkInStudy(ws, op)
}

// checkInStudy sees that words are of a conversation of the study: others may be
// hidden from it.
func (t *tx) checkInStudy(ws headway.WorkspaceID, op headway.Operation) error {
	var p store.Place
	if _, err := t.place(ws, op.Span.Text, &p); err != nil {
		return err
	}
	var n int
	_, err := t.one(`SELECT count(*) FROM study_conversation WHERE workspace_id = $1 AND study_id = $2 AND conversation_id = $3`, args(ws, op.Study, p.Conversation), &n)
	if err == nil && n == 0 {
		return headway.Errorf(headway.Invalid, "these words are of a conversation that is not in the study: add it first")
	}
	return err
}

// checkChoose sees that a claim can be settled so, and that what does not matter
// to customers was said by one.
func (t *tx) checkChoose(ws headway.WorkspaceID, op headway.Operation) error {
	claim, err := t.claim(ws, op.Study, op.Claim)
	if err != nil {
		return err
	}
	if op.Choice != "" && !slices.Contains(claim.Part.Choices(), op.Choice) {
		return headway.Errorf(headway.Invalid, "%q cannot be chosen of a %s: what can is %q", op.Choice, claim.Part, claim.Part.Choices())
	}
	if (op.Other != "") != (claim.Part == headway.PartCriterion) {
		return headway.Errorf(headway.Invalid, "how much a criterion matters is settled for one job, and nothing else is")
	}
	if op.Other != "" {
		if job, err := t.claim(ws, op.Study, op.Other); err != nil || job.Part != headway.PartJob {
			return cmp.Or(err, headway.Errorf(headway.Invalid, "%s is no job: say for which job the criterion matters so", op.Other))
		}
	}
	if op.Span == (headway.Span{}) {
		if op.Choice == headway.NotNeeded {
			return headway.Errorf(headway.Invalid, "that something is not needed is for a customer to say: choose the words that say it")
		}
		return t.checkRevealed(ws, op.Study)
	}
	return t.checkRests(ws, op)
}

// checkGroup sees that an episode is put into a job. Whether there is such an
// episode depends on what was heard, and shows when it is read.
func (t *tx) checkGroup(ws headway.WorkspaceID, op headway.Operation) error {
	if !slices.Contains([]headway.Verdict{headway.Kept, headway.Dismissed, headway.Undecided}, op.Verdict) {
		return headway.Errorf(headway.Invalid, "%q is no verdict on where an episode belongs: say kept, dismissed or undecided", op.Verdict)
	}
	if op.Episode == "" {
		return headway.Errorf(headway.Invalid, "say which episode")
	}
	if op.Verdict != headway.Kept {
		return t.checkRevealed(ws, op.Study)
	}
	return t.checkJob(ws, op.Study, op.Claim)
}

// checkJoin sees that jobs are joined.
func (t *tx) checkJoin(ws headway.WorkspaceID, op headway.Operation) error {
	if op.Verdict != "" && op.Verdict != headway.Undecided {
		return headway.Errorf(headway.Invalid, "%q is no verdict on two jobs: leave it out, or say undecided to part them", op.Verdict)
	}
	if op.Claim == op.Other {
		return headway.Errorf(headway.Invalid, "choose two jobs to join")
	}
	if err := t.checkJob(ws, op.Study, op.Claim); err != nil {
		return err
	}
	return t.checkJob(ws, op.Study, op.Other)
}

func (t *tx) checkJob(ws headway.WorkspaceID, study headway.StudyID, id headway.ClaimID) error {
	if err := t.checkRevealed(ws, study); err != nil {
		return err
	}
	claim, err := t.claim(ws, study, id)
	if err == nil && claim.Part != headway.PartJob {
		return headway.Errorf(headway.Invalid, "a %s is no job: choose one of the study's jobs", claim.Part)
	}
	return err
}

// checkEpisode sees that another episode begins with words of a customer's.
func (t *tx) checkEpisode(ws headway.WorkspaceID, op headway.Operation) error {
	if err := t.checkVerdict(ws, op, onLabels); err != nil || op.Verdict == headway.Undecided {
		return err
	}
	_, err := t.saidBy(ws, headway.Theirs, op.Span)
	return err
}
