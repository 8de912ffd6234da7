package flow

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/headway-oss/headway"
)

func TestAProposedJobBecomesTheMembersWithAllItsEpisodes(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	jobs := must(f.Jobs(ctx, study))(t)
	if len(jobs.Jobs) == 0 || !jobs.Jobs[0].IsProposed() || jobs.Jobs[0].People != jobs.People {
		t.Fatalf("proposed: %+v", jobs.Jobs)
	}
	proposed := jobs.Grouping.Groups[0]
	mine := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home on time", On: []headway.Passage{{turn(first, 1)}}}))(t)
	do(t, f.PutEpisodes(ctx, study, mine.ID, headway.Kept, proposed.Anchors...))

	jobs = must(f.Jobs(ctx, study))(t)
	named := must(jobs.Job(mine.ID))(t)
	if len(jobs.Jobs) != 1 || named.People != jobs.People || named.Status != headway.StatusSaid || len(named.Groups) != 1 {
		t.Errorf("named: %+v", jobs.Jobs)
	}
	if got := jobs.Words(named.For[0].On.First()).String(); got != first.Turns[1].Text.Text {
		t.Errorf("it rests on %q", got)
	}
	if _, err := jobs.Job("nowhere"); headway.ErrorCode(err) != headway.NotFound {
		t.Errorf("a job that is not there: %v", err)
	}

	do(t, f.PutEpisodes(ctx, study, "", headway.Dismissed, jobs.Episodes[0].ID))
	jobs = must(f.Jobs(ctx, study))(t)
	if len(jobs.Apart) != 1 || !jobs.Apart[0].Settled {
		t.Errorf("apart: %+v", jobs.Apart)
	}
}

func TestEachForceCountsPeopleAndEachMissingSlotHasAQuestion(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	do(t, f.Mark(ctx, headway.Passage{turn(first, 3)}, headway.Anxiety, headway.Kept))
	jobs := must(f.Jobs(ctx, study))(t)
	for _, force := range jobs.Jobs[0].Forces {
		if force.Kind == headway.Anxiety && (force.Checked != 1 || len(force.Told) == 0) {
			t.Errorf("a fear that a member kept is told by %d people, %d checked", force.People, force.Checked)
		}
	}
	for _, slot := range headway.Slots() {
		if jobs.Asks.First[slot] == "" || jobs.Asks.After[slot] == "" {
			t.Errorf("nothing asks for %s", slot)
		}
	}
}

func TestAJobIsHeldWithItsEpisodesAsOneDeed(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	jobs := must(f.Jobs(ctx, study))(t)
	mine := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home on time", On: []headway.Passage{{turn(first, 1)}}, Episodes: jobs.Grouping.Groups[0].Anchors}))(t)
	must(f.Hold(ctx, Holding{Study: study, Part: headway.PartIssue, Of: mine.ID, Words: "Somebody has to count", Choice: headway.Nobody}))(t)
	jobs = must(f.Jobs(ctx, study))(t)
	if named := must(jobs.Job(mine.ID))(t); named.People == 0 || named.Status != headway.StatusSaid || named.Part(headway.PartIssue)[0].Choice != headway.Nobody {
		t.Errorf("held: %+v", named)
	}
	must(f.Undo(ctx))(t)
	must(f.Undo(ctx))(t)
	jobs = must(f.Jobs(ctx, study))(t)
	if _, err := jobs.Job(mine.ID); headway.ErrorCode(err) != headway.NotFound || !jobs.Jobs[0].IsProposed() {
		t.Errorf("taken back: %v, %+v", err, jobs.Jobs)
	}
	if at, here := jobs.Where(turn(first, 1)); !here || at.Conversation.ID != first.ID || at.Turn != 1 || at.Person == "" {
		t.Errorf("the words stand at %+v", at)
	}
}

func TestJobsAreDrawnBeforeSomebodyAsks(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	held, first, _ := jobsOf(t, f)
	must(f.Hold(ctx, Holding{Study: held, Part: headway.PartJob, Words: "Get home on time", On: []headway.Passage{{turn(first, 1)}}}))(t)
	plain, last := studyWith(t, f, "of which nothing is held"), studyWith(t, f, "opened last")
	do(t, f.drawAll(ctx))
	for study, want := range map[headway.StudyID]bool{held: true, plain.ID: false, last.ID: true} {
		if got := f.wasDrawn(study); got != want {
			t.Errorf("study %s is drawn: %t, want %t", study, got, want)
		}
	}
	drawn := must(f.Jobs(ctx, held))(t)
	if again := must(f.Jobs(ctx, held))(t); again != drawn {
		t.Error("what was drawn is drawn again though nothing happened")
	}
}

func TestNobodyWaitsForJobsWhileConversationsAreHeardClosely(t *testing.T) {
	f := openTest(t)
	f.careful = attentive
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	f.now = func() time.Time { return now }
	study, _, _ := jobsOf(t, f)
	quick := must(f.Jobs(t.Context(), study))(t)
	do(t, f.HearCarefully(t.Context()))
	if must(f.Jobs(t.Context(), study))(t) != quick {
		t.Error("a reader waits though what is shown is hardly behind")
	}
	do(t, f.drawAll(t.Context()))
	if must(f.Jobs(t.Context(), study))(t) == quick {
		t.Error("what was heard closely is not shown though it was drawn")
	}
}

func TestJobsAreFoundAnewInTheirOwnStudyOnly(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	other := must(f.OpenStudy(ctx, "Autumn", headway.OurCustomers))(t)
	must(f.store.Apply(ctx, f.ws, headway.Operation{Deed: headway.DeedAdd, Study: other.ID, Conversations: []headway.ConversationID{first.ID}, At: f.now()}))(t)
	do(t, f.Skip(ctx, other.ID))
	drawn, theirs := must(f.Jobs(ctx, study))(t), must(f.Jobs(ctx, other.ID))(t)

	do(t, f.ProposeAnew(ctx, study))
	if must(f.Jobs(ctx, other.ID))(t) != theirs {
		t.Error("the jobs of another study were drawn again")
	}
	if must(f.Jobs(ctx, study))(t) == drawn {
		t.Error("its own were not")
	}
}

func TestWhoGoesAwayWaitsForNoDrawing(t *testing.T) {
	f := openTest(t)
	done := must(f.oneDraws(t.Context(), "s"))(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := f.oneDraws(gone, "s"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	done()
	must(f.oneDraws(t.Context(), "s"))(t)()
}
