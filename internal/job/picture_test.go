package job

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// scene is four invented customers in two proposed jobs, with deeds.
type scene struct {
	talks    []Talk
	episodes []Episode
	claims   []headway.Claim
	ops      []headway.Operation
}

func draw() *scene {
	talks := []Talk{
		talk("a", "Trolley", "", "us: What else would you have done? #q-open", "ann: I carried it all up by hand. #alternative | My back gave in. #struggle"),
		talk("b", "Trolley", "", "bea: My knees hurt on the stairs. #struggle | I would have asked my brother to carry it. #alternative"),
		talk("c", "Sledge", "", "cem: It looks splendid in the hall. #pull | We would have done nothing. #alternative"),
		talk("d", "", "", "dee: Nobody has such a thing here. #pull | I fear that it rusts. #anxiety"),
	}
	return &scene{talks: talks, episodes: Episodes(Study{Talks: talks})}
}

// hold adds a claim that stands, and gives its id.
func (d *scene) hold(part headway.Part, of headway.ClaimID, words string) headway.ClaimID {
	c, err := headway.NewClaim("s", part, of, words)
	if err != nil {
		panic(err)
	}
	d.claims = append(d.claims, c)
	d.do(headway.Operation{Deed: headway.DeedClaim, Claim: c.ID})
	return c.ID
}

func (d *scene) do(op headway.Operation) {
	op.Seq, op.Study = int64(len(d.ops)+1), "s"
	d.ops = append(d.ops, op)
}

// forgotten is when the scene forgets whom it is told to.
var forgotten = time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)

// forget erases all that was said in a conversation.
func (d *scene) forget(talk int) {
	op := headway.Operation{Deed: headway.DeedErase, At: forgotten}
	for i := range d.talks[talk].Turns {
		turn := &d.talks[talk].Turns[i]
		turn.Text.Text = headway.Erased
		op.Turns = append(op.Turns, turn.ID)
	}
	d.do(op)
}

func (d *scene) see() Picture {
	together, proposals := d.proposed()
	return See(Study{Talks: d.talks, Held: deed.NewClaims(d.ops, "s"), Claims: d.claims}, d.episodes, together, proposals)
}

// proposed is two jobs, each of two customers.
func (d *scene) proposed() (map[headway.EpisodeID]headway.GroupID, []headway.Proposal) {
	together := map[headway.EpisodeID]headway.GroupID{d.of("ann"): "backs", d.of("bea"): "backs", d.of("cem"): "shows", d.of("dee"): "shows"}
	return together, []headway.Proposal{{Group: "backs", Anchors: []headway.EpisodeID{d.of("ann")}}, {Group: "shows", Anchors: []headway.EpisodeID{d.of("cem")}}}
}

// of gives the episode of a customer by name.
func (d *scene) of(name string) headway.EpisodeID {
	for i, talk := range d.talks {
		for _, s := range talk.Speakers {
			if s.Name == name {
				for _, e := range d.episodes {
					if e.Pieces[0].Conversation == d.talks[i].ID {
						return e.ID
					}
				}
			}
		}
	}
	panic("nobody is called " + name)
}

// people gives for each job how many have it, by the words of its name.
func people(p Picture) map[string]int {
	all := map[string]int{}
	for _, j := range p.Jobs {
		name := j.Claim.Words
		if j.IsProposed() {
			name = string(j.Groups[0])
		}
		all[name] = j.People
	}
	return all
}

// Who takes one of the two episodes on which a proposal hangs for another job has
// said nothing of the other, nor of those that came with it.
func TestTheRestOfAProposalStaysUntilMostOfWhatItHangsOnWasPut(t *testing.T) {
	d := draw()
	together, proposals := d.proposed()
	proposals[0].Anchors = append(proposals[0].Anchors, d.of("bea"))
	see := func() map[string]int {
		return people(See(Study{Talks: d.talks, Held: deed.NewClaims(d.ops, "s"), Claims: d.claims}, d.episodes, together, proposals))
	}
	spare, ask := d.hold(headway.PartJob, "", "Spare my back"), d.hold(headway.PartJob, "", "Not have to ask")
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("ann"), Claim: spare, Verdict: headway.Kept})
	if diff := cmp.Diff(map[string]int{"Spare my back": 1, "Not have to ask": 0, "backs": 1, "shows": 2}, see()); diff != "" {
		t.Errorf("one of two was put: %s", diff)
	}
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("bea"), Claim: spare, Verdict: headway.Kept})
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("bea"), Claim: ask, Verdict: headway.Kept})
	if diff := cmp.Diff(map[string]int{"Spare my back": 1, "Not have to ask": 1, "shows": 2}, see()); diff != "" {
		t.Errorf("each is a job of its own: %s", diff)
	}
}

func TestAProposalIsTheJobInWhichMembersPutWhatItHangsOn(t *testing.T) {
	d := draw()
	if diff := cmp.Diff(map[string]int{"backs": 2, "shows": 2}, people(d.see())); diff != "" {
		t.Error(diff)
	}
	spare := d.hold(headway.PartJob, "", "Spare my back")
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("ann"), Claim: spare, Verdict: headway.Kept})
	if diff := cmp.Diff(map[string]int{"Spare my back": 2, "shows": 2}, people(d.see())); diff != "" {
		t.Errorf("the other episode of the proposal did not come along: %s", diff)
	}
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("dee"), Claim: spare, Verdict: headway.Kept})
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("bea"), Verdict: headway.Dismissed})
	p := d.see()
	if diff := cmp.Diff(map[string]int{"Spare my back": 2, "shows": 1}, people(p)); diff != "" {
		t.Error(diff)
	}
	if len(p.Apart) != 1 || p.Episodes[p.Apart[0].Episode].ID != d.of("bea") {
		t.Errorf("apart: %+v", p.Apart)
	}
}

func TestForcesAndAlternativesCountPeople(t *testing.T) {
	d := draw()
	p := d.see()
	for _, j := range p.Jobs {
		if j.Groups[0] != "backs" {
			continue
		}
		if f := j.Forces[0]; f.Kind != headway.Struggle || !f.For() || f.People != 2 || f.Checked != 0 {
			t.Errorf("the push is %+v", f)
		}
		var sorts []headway.Choice
		for _, a := range j.Alternatives {
			sorts = append(sorts, a.Sort)
			asked := a.Told[0].Asked != headway.Span{}
			if a.People != 1 || asked != (a.Sort == headway.OwnWork) {
				t.Errorf("%s was told by %d, asked for: %t", a.Sort, a.People, asked)
			}
		}
		if diff := cmp.Diff([]headway.Choice{headway.OwnWork, headway.Someone}, sorts); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]Product{{"Trolley", 2}}, j.Products); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatIsNotNeededGoesWithTheWordsThatSaySo(t *testing.T) {
	d := draw()
	spare := d.hold(headway.PartJob, "", "Spare my back")
	d.do(headway.Operation{Deed: headway.DeedGroup, Episode: d.of("ann"), Claim: spare, Verdict: headway.Kept})
	pretty := d.hold(headway.PartCriterion, "", "pretty")
	says := at(t, d.talks, "My back")
	d.do(headway.Operation{Deed: headway.DeedChoose, Claim: pretty, Other: spare, Choice: headway.NotNeeded, Span: says})
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: pretty, Span: at(t, d.talks, "My knees"), Verdict: headway.Contradicts})
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: pretty, Span: at(t, d.talks, "It looks"), Verdict: headway.Contradicts})
	cell := func() Cell { return d.see().Criteria[0].Cells[0] }
	if c := cell(); c.Choice != headway.NotNeeded || len(c.On) != 1 || PeopleOf(c.Against) != 1 {
		t.Errorf("the cell is %+v: what another job's customers say does not bear on it", c)
	}
	d.forget(0)
	if c := cell(); c.Choice != "" || !c.Gone.Equal(forgotten) {
		t.Errorf("without the words the cell is %+v", c)
	}
}

func TestAClaimSaysWhetherWordsThatBoreOnItWereForgotten(t *testing.T) {
	d := draw()
	spare := d.hold(headway.PartJob, "", "Spare my back")
	measure := d.hold(headway.PartMeasure, spare, "stairs without stopping")
	d.hold(headway.PartThreshold, measure, "four floors")
	d.do(headway.Operation{Deed: headway.DeedBear, Claim: spare, Span: at(t, d.talks, "My back"), Verdict: headway.Supports})
	line := func() Line { return d.see().Jobs[0].Line }
	l := line()
	if l.Status != headway.StatusSaid || len(l.For) != 1 || !l.Gone.IsZero() || len(l.Part(headway.PartMeasure)) != 1 || len(l.Parts[0].Parts) != 1 || l.Parts[0].Status != headway.StatusOurs {
		t.Errorf("the job is %+v", l)
	}
	d.forget(0)
	if l := line(); l.Status != headway.StatusOurs || !l.Gone.Equal(forgotten) {
		t.Errorf("after it was forgotten the job is %s, gone %s", l.Status, l.Gone)
	}
}

// A member who has just read of "Proposed job 2" and names the first finds it still
// called so.
func TestAProposalKeepsItsNumberWhenAnotherIsNamed(t *testing.T) {
	d := draw()
	called := func() (all []string) {
		for _, j := range d.see().Jobs {
			all = append(all, j.Called())
		}
		return all
	}
	if got, want := called(), []string{"Proposed job 1", "Proposed job 2"}; !slices.Equal(got, want) {
		t.Fatalf("they are called %q, want %q", got, want)
	}
	named := d.hold(headway.PartJob, "", "spare my back")
	d.do(headway.Operation{Deed: headway.DeedGroup, Claim: named, Episode: d.of("ann"), Verdict: headway.Kept})
	if got, want := called(), []string{"spare my back", "Proposed job 2"}; !slices.Equal(got, want) {
		t.Errorf("they are called %q, want %q", got, want)
	}
}
