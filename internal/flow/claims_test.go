package flow

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// jobsOf opens a study on both calls of Zenith, looked at without guessing.
func jobsOf(t *testing.T, f *Flow) (headway.StudyID, headway.Conversation, headway.Conversation) {
	t.Helper()
	first, second := zenith(t, f)
	studies := must(f.Studies(t.Context()))(t)
	return studies[0].ID, first, second
}

func TestAClaimIsOursUntilACustomersWordsSayIt(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, second := jobsOf(t, f)
	job := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home on time"}))(t)
	status := func() headway.Status { return must(f.Held(ctx, study))(t).Status(job.ID) }
	if got := status(); got != headway.StatusOurs {
		t.Errorf("without words it is %s", got)
	}
	do(t, f.Bear(ctx, study, job.ID, headway.Passage{turn(first, 3)}, headway.Partly))
	if got := status(); got != headway.StatusInferred {
		t.Errorf("read from words it is %s", got)
	}
	do(t, f.Bear(ctx, study, job.ID, headway.Passage{turn(first, 1)}, headway.Supports))
	if got := status(); got != headway.StatusSaid {
		t.Errorf("with words that say it it is %s", got)
	}
	if err := f.Bear(ctx, study, job.ID, headway.Passage{turn(second, 0)}, headway.Supports); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("our own words bore on it: %v", err)
	}
	if _, err := f.Erase(ctx, saidIn(first, 1), true); err != nil {
		t.Fatal(err)
	}
	if got := status(); got != headway.StatusInferred {
		t.Errorf("after the words were forgotten it is %s", got)
	}
}

func TestAClaimThatIsRefusedLeavesNothingBehind(t *testing.T) {
	f := openTest(t)
	study, _, second := jobsOf(t, f)
	ours := headway.Passage{turn(second, 0)}
	for name, h := range map[string]Holding{
		"on our own words":      {Study: study, Part: headway.PartJob, Words: "Sell more", On: []headway.Passage{ours}},
		"with a choice of none": {Study: study, Part: headway.PartJob, Words: "Get home on time", Choice: headway.Must},
		"with no episode":       {Study: study, Part: headway.PartPrice, Words: "Much", Episodes: []headway.EpisodeID{"e"}},
	} {
		if _, err := f.Hold(t.Context(), h); err == nil {
			t.Errorf("%s: it is held", name)
		}
	}
	if all := must(f.store.Claims(t.Context(), f.ws, study))(t); len(all) != 0 {
		t.Errorf("left behind: %+v", all)
	}
}

func TestWhatIsHeldOfJobsIsListedBeforeErasing(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	hold := func(part headway.Part, words string) headway.ClaimID {
		return must(f.Hold(ctx, Holding{Study: study, Part: part, Words: words}))(t).ID
	}
	job, quiet, dropped := hold(headway.PartJob, "Get home on time"), hold(headway.PartCriterion, "quiet"), hold(headway.PartJob, "Keep the licence")
	hers, his := headway.Passage{turn(first, 1)}, headway.Passage{turn(first, 3)}
	do(t,
		f.Bear(ctx, study, job, hers, headway.Supports), f.Bear(ctx, study, job, his, headway.Partly),
		f.Bear(ctx, study, dropped, hers, headway.Supports), f.Drop(ctx, study, dropped),
		f.Choose(ctx, study, quiet, job, headway.NotNeeded, hers),
		f.BeginEpisode(ctx, turn(first, 1), headway.Kept), f.BeginEpisode(ctx, turn(first, 1), headway.Undecided),
	)
	counts := map[string][2]int{}
	for _, r := range must(f.Loss(ctx, saidIn(first, 1)))(t).Claims {
		if r.On == "claim" || r.On == "choice" || r.On == "episode" {
			counts[r.On+" "+r.Words] = [2]int{r.People, r.Left}
		}
	}
	want := map[string][2]int{"claim Get home on time": {2, 1}, "choice ": {1, 0}}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("people, and people left:\n%s", diff)
	}
}

func TestWhatACustomerFoundIsToldByThemLater(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, second := jobsOf(t, f)
	hold := func(part headway.Part, of headway.ClaimID, words string, on ...headway.Span) (headway.Claim, error) {
		h := Holding{Study: study, Part: part, Of: of, Words: words}
		for _, s := range on {
			h.On = append(h.On, headway.Passage{s})
		}
		return f.Hold(ctx, h)
	}
	refused := func(what string, c headway.Claim, err error) {
		t.Helper()
		if headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	c, err := hold(headway.PartWanted, "", "an import")
	refused("a want that nobody told", c, err)
	wanted := must(hold(headway.PartWanted, "", "an import", turn(second, 1)))(t)
	c, err = hold(headway.PartFound, wanted.ID, "to eat lunch in peace")
	refused("a find that nobody told", c, err)
	c, err = hold(headway.PartFound, wanted.ID, "to eat lunch in peace", turn(first, 1))
	refused("words of another conversation, nobody knows which came first", c, err)
	c, err = hold(headway.PartFound, wanted.ID, "to eat lunch in peace", turn(second, 1))
	refused("the same words", c, err)
	found := must(hold(headway.PartFound, wanted.ID, "to eat lunch in peace", turn(second, 3)))(t)
	if got := must(f.Held(ctx, study))(t).Status(found.ID); got != headway.StatusSaid {
		t.Errorf("what they found is %s", got)
	}
}

func TestJobsAreWordedAnewJoinedAndTakenBack(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	study, first, _ := jobsOf(t, f)
	home := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Be home"}))(t)
	better := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Get home on time", Instead: home.ID}))(t)
	licence := must(f.Hold(ctx, Holding{Study: study, Part: headway.PartJob, Words: "Keep the licence"}))(t)
	_, err := f.Hold(ctx, Holding{Study: study, Part: headway.PartSituation, Of: better.ID, Words: "When it is late", Instead: home.ID})
	if headway.ErrorCode(err) != headway.Invalid || !strings.Contains(err.Error(), "a situation takes the place of another situation") {
		t.Errorf("a situation took the place of a job: %v", err)
	}
	do(t, f.PutEpisodes(ctx, study, better.ID, headway.Kept, "e1", "e2"), f.JoinJobs(ctx, study, licence.ID, home.ID))
	held := must(f.Held(ctx, study))(t)
	if all := held.Standing(); len(all) != 1 || all[0].Claim != better.ID || held.Root(licence.ID) != home.ID {
		t.Errorf("standing: %v", all)
	}
	if _, err := f.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	held = must(f.Held(ctx, study))(t)
	if all := held.Standing(); len(all) != 2 || len(held.Grouped()) != 0 {
		t.Errorf("after two undoings: %v, %v", all, held.Grouped())
	}
	do(t, f.Drop(ctx, study, licence.ID), f.BeginEpisode(ctx, turn(first, 1), headway.Kept))
	held = must(f.Held(ctx, study))(t)
	if len(held.Standing()) != 1 || held.Begins()[turn(first, 1)] != headway.Kept {
		t.Error("a dropped job stands, or where an episode begins is not known")
	}
}

func TestNothingIsHeldOfAStudyThatGuesses(t *testing.T) {
	f := openTest(t)
	ctx := t.Context()
	s := must(f.OpenStudy(ctx, "Later", headway.OurCustomers))(t)
	must(f.ImportNow(ctx, s.ID, FileList([]source.File{firstCall}), source.Options{Ours: []string{"Jan Ours"}, Theirs: []string{"Ute Lind", "Bo Ekdahl"}}, nil))(t)
	if _, err := f.Hold(ctx, Holding{Study: s.ID, Part: headway.PartJob, Words: "Get home on time"}); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("held: %v", err)
	}
	if _, err := f.Held(ctx, s.ID); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("shown: %v", err)
	}
}
