package storetest

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// claims are what a study holds of its customers' progress, and the deeds about it.
func claims(t *testing.T, open func(t *testing.T) store.Store) {
	cs := three()
	at := func(c, turn int) headway.Span {
		return headway.Span{Text: cs[c].Turns[turn].Text.ID, Start: 0, End: 3}
	}
	stocked := func(t *testing.T) (store.Store, headway.StudyID) {
		s := open(t)
		add(t, s, cs...)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{cs[0].ID, cs[2].ID}})
		apply(t, s, headway.Operation{Deed: headway.DeedSkip, Study: study})
		return s, study
	}
	claim := func(study headway.StudyID, part headway.Part, of headway.ClaimID, words string) headway.Claim {
		c, err := headway.NewClaim(study, part, of, words)
		must(t, err)
		c.Member, c.At = "anna", monday
		return c
	}
	t.Run("they come back in order, as they were first written, in their study only", func(t *testing.T) {
		s, study := stocked(t)
		job := claim(study, headway.PartJob, "", "Get home before the children sleep")
		when := claim(study, headway.PartSituation, job.ID, "When the day's orders come in after five")
		must(t, s.PutClaims(ctx, home, job, when))
		again := job
		again.Member = "ben"
		must(t, s.PutClaims(ctx, home, again))
		same(t, "claims", got[[]headway.Claim](t)(s.Claims(ctx, home, study)), []headway.Claim{job, when})
		same(t, "in another study", got[[]headway.Claim](t)(s.Claims(ctx, home, "another")), []headway.Claim(nil))
		same(t, "in another workspace", got[[]headway.Claim](t)(s.Claims(ctx, "theirs", study)), []headway.Claim(nil))
		wantCode(t, s.PutClaims(ctx, home, claim("another", headway.PartJob, "", "x")), headway.NotFound)
		wantCode(t, s.PutClaims(ctx, home, claim(study, headway.PartPrice, "nowhere", "x")), headway.NotFound)
		wantCode(t, s.PutClaims(ctx, home, claim(study, headway.PartDirection, job.ID, "less")), headway.Invalid)
		same(t, "after what was refused", len(got[[]headway.Claim](t)(s.Claims(ctx, home, study))), 2)
	})
	t.Run("one that is held with what it rests on is there with it or not at all", func(t *testing.T) {
		s, study := stocked(t)
		job := claim(study, headway.PartJob, "", "Get home before the children sleep")
		hold := func(on headway.Span) ([]headway.Operation, error) {
			return s.HoldClaim(ctx, home, job, []headway.Operation{
				{Deed: headway.DeedClaim, Study: study, Claim: job.ID, Member: "anna", At: monday},
				{Deed: headway.DeedBear, Study: study, Claim: job.ID, Span: on, Verdict: headway.Supports, Member: "anna", At: monday},
			})
		}
		before := len(got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{})))
		_, err := hold(at(0, 0)) // ours
		wantCode(t, err, headway.Invalid)
		same(t, "claims after what was refused", got[[]headway.Claim](t)(s.Claims(ctx, home, study)), []headway.Claim(nil))
		same(t, "deeds after what was refused", len(got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{}))), before)
		kept := got[[]headway.Operation](t)(hold(at(0, 1)))
		same(t, "claims", got[[]headway.Claim](t)(s.Claims(ctx, home, study)), []headway.Claim{job})
		same(t, "one deed", len(kept) == 2 && kept[0].Batch == kept[0].Seq && kept[1].Batch == kept[0].Seq, true)
	})
	t.Run("what bears on them is a customer's", func(t *testing.T) {
		s, study := stocked(t)
		job := claim(study, headway.PartJob, "", "Get home before the children sleep")
		must(t, s.PutClaims(ctx, home, job))
		apply(t, s, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: job.ID})
		bears := headway.Operation{Deed: headway.DeedBear, Study: study, Claim: job.ID, Span: at(0, 1), Verdict: headway.Supports}
		apply(t, s, bears)
		for _, spoil := range []struct {
			want headway.Code
			with func(*headway.Operation)
		}{
			{headway.Invalid, func(op *headway.Operation) { op.Span = at(0, 0) }}, // ours
			{headway.Invalid, func(op *headway.Operation) { op.Span = at(2, 0) }}, // nobody knows whose
			{headway.Invalid, func(op *headway.Operation) { op.Span = at(1, 1) }}, // not of the study
			{headway.Invalid, func(op *headway.Operation) { op.Verdict = headway.Kept }},
			{headway.Invalid, func(op *headway.Operation) { op.Span.End = 10_000 }},
			{headway.NotFound, func(op *headway.Operation) { op.Claim = "nowhere" }},
			{headway.NotFound, func(op *headway.Operation) { op.Study = "another" }},
		} {
			op := bears
			spoil.with(&op)
			refuse(t, s, spoil.want, op)
		}
		takenBack := bears
		takenBack.Verdict, takenBack.Span = headway.Undecided, at(0, 0) // its side may have been settled anew since
		apply(t, s, takenBack)
	})
	t.Run("nothing is held of a study that is still guessing", func(t *testing.T) {
		s := open(t)
		add(t, s, cs...)
		study, _ := openStudy(t, s)
		job := claim(study, headway.PartJob, "", "Get home before the children sleep")
		must(t, s.PutClaims(ctx, home, job))
		refuse(t, s, headway.Denied, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: job.ID})
		refuse(t, s, headway.Denied, headway.Operation{Deed: headway.DeedBear, Study: study, Claim: job.ID, Span: at(0, 1), Verdict: headway.Supports})
	})
	t.Run("words take the place of others of their kind", func(t *testing.T) {
		s, study := stocked(t)
		job, other := claim(study, headway.PartJob, "", "Be home early"), claim(study, headway.PartJob, "", "Get home before the children sleep")
		quiet := claim(study, headway.PartCriterion, "", "quiet")
		must(t, s.PutClaims(ctx, home, job, other, quiet))
		apply(t, s, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: job.ID})
		apply(t, s, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: other.ID, Other: job.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: other.ID, Other: other.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: quiet.ID, Other: job.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: job.ID, Verdict: headway.Kept})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: "nowhere"})
	})
	t.Run("what does not matter was said by a customer", func(t *testing.T) {
		s, study := stocked(t)
		job, quiet := claim(study, headway.PartJob, "", "Be home early"), claim(study, headway.PartCriterion, "", "quiet")
		issue := claim(study, headway.PartIssue, job.ID, "the van leaves at four")
		must(t, s.PutClaims(ctx, home, job, quiet, issue))
		cell := headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: quiet.ID, Other: job.ID, Choice: headway.Must}
		apply(t, s, cell)
		cell.Choice = headway.NotNeeded
		refuse(t, s, headway.Invalid, cell)
		cell.Span = at(0, 0) // ours
		refuse(t, s, headway.Invalid, cell)
		cell.Span = at(0, 1)
		apply(t, s, cell)
		cell.Choice = headway.We
		refuse(t, s, headway.Invalid, cell)
		apply(t, s, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: quiet.ID, Other: job.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: quiet.ID, Choice: headway.Must})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: quiet.ID, Other: issue.ID, Choice: headway.Must})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: issue.ID, Other: job.ID, Choice: headway.We})
		apply(t, s, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: issue.ID, Choice: headway.Nobody})
	})
	t.Run("episodes are put into jobs, and jobs are joined", func(t *testing.T) {
		s, study := stocked(t)
		job, other := claim(study, headway.PartJob, "", "Be home early"), claim(study, headway.PartJob, "", "Be seen at the fair")
		quiet := claim(study, headway.PartCriterion, "", "quiet")
		must(t, s.PutClaims(ctx, home, job, other, quiet))
		put := headway.Operation{Deed: headway.DeedGroup, Study: study, Episode: "e1", Claim: job.ID, Verdict: headway.Kept}
		kept := apply(t, s, put)
		if kept.Episode != "e1" || kept.Claim != job.ID {
			t.Errorf("it came back as %+v", kept)
		}
		for _, v := range []headway.Verdict{headway.Dismissed, headway.Undecided} {
			apply(t, s, headway.Operation{Deed: headway.DeedGroup, Study: study, Episode: "e1", Verdict: v})
		}
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedGroup, Study: study, Claim: job.ID, Verdict: headway.Kept})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedGroup, Study: study, Episode: "e1", Claim: quiet.ID, Verdict: headway.Kept})
		apply(t, s, headway.Operation{Deed: headway.DeedJoin, Study: study, Claim: job.ID, Other: other.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedJoin, Study: study, Claim: job.ID, Other: job.ID})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedJoin, Study: study, Claim: job.ID, Other: quiet.ID})
		apply(t, s, headway.Operation{Deed: headway.DeedEpisode, Span: at(0, 1), Verdict: headway.Kept})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedEpisode, Span: at(0, 0), Verdict: headway.Kept})
	})
	t.Run("what was proposed stays until other jobs are put in its place", func(t *testing.T) {
		s, study := stocked(t)
		first := []headway.Proposal{{Group: "g1", Anchors: []headway.EpisodeID{"e2", "e1"}}, {Group: "g2", Anchors: []headway.EpisodeID{"e3"}}}
		must(t, s.PutProposals(ctx, home, study, nil, first))
		same(t, "proposals", got[[]headway.Proposal](t)(s.Proposals(ctx, home, study)), first)
		wantCode(t, s.PutProposals(ctx, home, study, nil, first[:1]), headway.Conflict)
		must(t, s.PutProposals(ctx, home, study, first, first[:1]))
		same(t, "proposals", got[[]headway.Proposal](t)(s.Proposals(ctx, home, study)), first[:1])
		wantCode(t, s.PutProposals(ctx, home, "another", nil, first), headway.NotFound)
	})
}
