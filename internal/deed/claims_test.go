package deed

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

// told numbers operations of one study.
func told(ops ...headway.Operation) []headway.Operation {
	for i := range ops {
		ops[i].Seq = int64(i + 1)
		if ops[i].Study == "" {
			ops[i].Study = "s"
		}
	}
	return ops
}

func standingOf(c Claims) (ids []headway.ClaimID) {
	for _, h := range c.Standing() {
		ids = append(ids, h.Claim)
	}
	return ids
}

func TestAClaimWordedAnewKeepsItsRoot(t *testing.T) {
	c := NewClaims(told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "b", Other: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "other"},
		headway.Operation{Deed: headway.DeedChoose, Claim: "b", Choice: headway.We},
		headway.Operation{Deed: headway.DeedClaim, Claim: "elsewhere", Study: "another"},
	), "s")
	if diff := cmp.Diff([]headway.ClaimID{"b", "other"}, standingOf(c)); diff != "" {
		t.Error(diff)
	}
	if c.Root("b") != "a" || len(c.Versions("b")) != 2 {
		t.Errorf("the root of b is %q with %d versions", c.Root("b"), len(c.Versions("b")))
	}
	if chosen, found := c.Chosen("a", ""); !found || chosen.Choice != headway.We {
		t.Errorf("what was chosen of one version is not chosen of all: %v", chosen)
	}
}

func TestTheFirstWordsMayComeBack(t *testing.T) {
	ops := told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "b", Other: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "a", Other: "b"},
	)
	c := NewClaims(ops, "s")
	if diff := cmp.Diff([]headway.ClaimID{"a"}, standingOf(c)); diff != "" {
		t.Error(diff)
	}
	if c.Root("a") != "a" || c.Root("b") != "a" {
		t.Error("versions that took each other's place have two roots")
	}
}

func TestAVersionThatIsTakenBackGivesItsPlaceBack(t *testing.T) {
	ops := told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "b", Other: "a"},
	)
	back, err := NewHistory(ops).Inverse(ops[1])
	if err != nil {
		t.Fatal(err)
	}
	c := NewClaims(told(append(ops, back)...), "s")
	if diff := cmp.Diff([]headway.ClaimID{"a"}, standingOf(c)); diff != "" {
		t.Error(diff)
	}
}

func TestJobsThatWereJoinedAreOneUntilTheyAreTwoAgain(t *testing.T) {
	ops := told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "b"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "quiet"},
		headway.Operation{Deed: headway.DeedGroup, Episode: "e", Claim: "b", Verdict: headway.Kept},
		headway.Operation{Deed: headway.DeedChoose, Claim: "quiet", Other: "b", Choice: headway.Must},
		headway.Operation{Deed: headway.DeedJoin, Claim: "b", Other: "a"},
	)
	c := NewClaims(ops, "s")
	if diff := cmp.Diff([]headway.ClaimID{"a", "quiet"}, standingOf(c)); diff != "" {
		t.Error(diff)
	}
	if g, _ := c.Group("e"); g.Job != "a" {
		t.Errorf("the episode is of %q", g.Job)
	}
	if chosen, found := c.Chosen("quiet", "a"); !found || chosen.Choice != headway.Must {
		t.Error("what mattered to one of two jobs does not matter to what they became")
	}
	back, err := NewHistory(ops).Inverse(ops[5])
	if err != nil {
		t.Fatal(err)
	}
	c = NewClaims(told(append(ops, back)...), "s")
	if g, _ := c.Group("e"); g.Job != "b" || len(c.Standing()) != 3 {
		t.Errorf("after taking it back the episode is of %q and %d claims stand", g.Job, len(c.Standing()))
	}
}

func TestWhatWasJoinedRoundInACircleIsOneJob(t *testing.T) {
	c := NewClaims(told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedClaim, Claim: "b"},
		headway.Operation{Deed: headway.DeedJoin, Claim: "a", Other: "b"},
		headway.Operation{Deed: headway.DeedJoin, Claim: "b", Other: "a"},
	), "s")
	if diff := cmp.Diff([]headway.ClaimID{"b"}, standingOf(c)); diff != "" {
		t.Error(diff)
	}
}

func TestTheLastVerdictOnAPlaceBears(t *testing.T) {
	at := headway.Span{Text: "t.1", Start: 0, End: 4}
	c := NewClaims(told(
		headway.Operation{Deed: headway.DeedClaim, Claim: "a"},
		headway.Operation{Deed: headway.DeedBear, Claim: "a", Span: at, Verdict: headway.Supports},
		headway.Operation{Deed: headway.DeedBear, Claim: "a", Span: at, Verdict: headway.Contradicts},
		headway.Operation{Deed: headway.DeedEpisode, Span: at, Verdict: headway.Kept, Study: ""},
	), "s")
	if b := c.Bearing("a"); len(b) != 1 || b[0].Verdict != headway.Contradicts {
		t.Errorf("%v", b)
	}
	if c.Begins()[at] != headway.Kept {
		t.Error("the beginning is not kept")
	}
}
