package deed_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

var forgottenOn = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// erased is the deed as a store keeps it: turn t is gone, turn u stands.
func erased(person headway.PersonID) headway.Operation {
	return headway.Operation{Deed: headway.DeedErase, At: forgottenOn, Person: person, Turns: []headway.TurnID{"t"}}
}

func seqsLost(lost []deed.Lost) (all []int64) {
	for _, l := range lost {
		all = append(all, l.Seq)
	}
	return all
}

func TestEveryClaimOnForgottenWordsHasLostItsSupportAndNoOther(t *testing.T) {
	gone, here := headway.Span{Text: "t.1", End: 3}, headway.Span{Text: "u.1", End: 3}
	later := headway.Span{Text: "t." + headway.TextID(headway.Digest("corrected")), End: 3}
	for name, c := range map[string]struct {
		op   headway.Operation
		lost bool
	}{
		"a mark":                           {headway.Operation{Deed: headway.DeedMark, Span: gone, Label: headway.Struggle, Verdict: headway.Kept}, true},
		"a mark on another's words":        {headway.Operation{Deed: headway.DeedMark, Span: here, Label: headway.Struggle, Verdict: headway.Kept}, false},
		"a mark on a corrected version":    {headway.Operation{Deed: headway.DeedMark, Span: later, Label: headway.Struggle, Verdict: headway.Kept}, true},
		"a passage that ends in them":      {headway.Operation{Deed: headway.DeedMark, Span: here, More: []headway.Span{gone}, Label: headway.Struggle, Verdict: headway.Kept}, true},
		"a verdict on a guess":             {headway.Operation{Deed: headway.DeedJudge, Span: gone, Guess: "g", Verdict: headway.Supports}, true},
		"a note":                           {headway.Operation{Deed: headway.DeedNote, Span: gone, Note: "n"}, true},
		"an assumption tested by them":     {headway.Operation{Deed: headway.DeedTest, Span: here, Answer: gone, Verdict: headway.Supports}, true},
		"a promise to them":                {headway.Operation{Deed: headway.DeedPromise, Span: here, Person: "berta", Verdict: headway.Kept}, true},
		"a promise to whom they are, too":  {headway.Operation{Deed: headway.DeedPromise, Span: here, Person: "b.", Verdict: headway.Kept}, true},
		"a promise to another":             {headway.Operation{Deed: headway.DeedPromise, Span: here, Person: "ole", Verdict: headway.Kept}, false},
		"a play-back to them":              {headway.Operation{Deed: headway.DeedPlayback, Span: gone, Person: "berta"}, true},
		"what we got wrong":                {headway.Operation{Deed: headway.DeedRepair, Span: gone, Answer: here, Verdict: headway.Kept}, true},
		"words that bear on a claim":       {headway.Operation{Deed: headway.DeedBear, Study: "s", Claim: "c", Span: gone, Verdict: headway.Supports}, true},
		"what was settled about a claim":   {headway.Operation{Deed: headway.DeedChoose, Study: "s", Claim: "c", Choice: "kept", Span: gone}, true},
		"where an episode begins":          {headway.Operation{Deed: headway.DeedEpisode, Span: gone, Verdict: headway.Kept}, true},
		"a disagreement that was settled":  {headway.Operation{Deed: headway.DeedSettle, Round: "r", Span: gone, Label: headway.Struggle, Verdict: headway.Kept}, true},
		"their side, which claims nothing": {headway.Operation{Deed: headway.DeedPlace, Conversation: "c", Speaker: "s", Side: headway.Theirs}, false},
	} {
		var l log
		l.do(headway.Operation{Deed: headway.DeedMerge, Person: "b.", Into: "berta"})
		seq := l.do(c.op)
		l.do(erased("berta"))
		lost := deed.Losses(l)
		if c.lost != (len(lost) == 1) || c.lost && (lost[0].Seq != seq || !lost[0].On.Equal(forgottenOn)) {
			t.Errorf("%s: lost %v, want %t", name, lost, c.lost)
		}
	}
}

func TestAReplyGoesWithThePlayBackThatItAnswers(t *testing.T) {
	var l log
	sent := l.do(headway.Operation{Deed: headway.DeedPlayback, Span: headway.Span{Text: "t.1", End: 3}, Person: "berta"})
	reply := l.do(headway.Operation{Deed: headway.DeedReply, Of: sent, Verdict: headway.Supports})
	l.do(erased("berta"))
	if diff := cmp.Diff([]int64{sent, reply}, seqsLost(deed.Losses(l))); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyWhatHeldCanLoseItsSupport(t *testing.T) {
	var l log
	l.do(marked(0, headway.Kept))
	l.do(marked(1, headway.Kept))
	last := l.do(marked(1, headway.Dismissed))
	l.do(marked(2, headway.Kept))
	l.undo(t, "anna")
	l.do(marked(0, headway.Undecided))
	l.do(erased("berta"))
	if diff := cmp.Diff([]int64{last}, seqsLost(deed.Losses(l))); diff != "" {
		t.Errorf("taken back, decided anew and undone: %s", diff)
	}
}

func TestWhatLostItsSupportCountsNoMoreAndCannotBeTakenBack(t *testing.T) {
	var l log
	stands := l.do(headway.Operation{Deed: headway.DeedMark, Label: headway.Struggle, Span: headway.Span{Text: "u.1", End: 1}, Verdict: headway.Kept})
	l.do(headway.Operation{Deed: headway.DeedNote, Note: "n", Span: headway.Span{Text: "t.1", End: 1}})
	gone := l.do(marked(0, headway.Kept))
	l.do(erased("berta"))
	l.want(t, "", "", "")
	j := deed.NewJudgements(l)
	if len(j.Notes) != 0 || len(j.Lost) != 2 {
		t.Errorf("%d notes, %d lost", len(j.Notes), len(j.Lost))
	}
	h := deed.NewHistory(l)
	if ops := h.Latest("anna"); len(ops) != 1 || ops[0].Seq != stands {
		t.Errorf("undo would take back %+v", ops)
	}
	if _, err := h.Inverse(l[gone-1]); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("it can be taken back: %v", err)
	}
}

func TestAClaimSaysWhatBoreOnItAndIsForgotten(t *testing.T) {
	gone, here := headway.Span{Text: "t.1", End: 3}, headway.Span{Text: "u.1", End: 3}
	var l log
	l.do(headway.Operation{Deed: headway.DeedClaim, Study: "s", Claim: "c"})
	l.do(headway.Operation{Deed: headway.DeedBear, Study: "s", Claim: "c", Span: here, Verdict: headway.Supports})
	bore := l.do(headway.Operation{Deed: headway.DeedBear, Study: "s", Claim: "c", Span: gone, Verdict: headway.Supports})
	chose := l.do(headway.Operation{Deed: headway.DeedChoose, Study: "s", Claim: "c", Choice: "x", Span: gone})
	l.do(erased("berta"))
	c := deed.NewClaims(l, "s")
	if diff := cmp.Diff([]int64{bore, chose}, seqsLost(c.Lost("c"))); diff != "" {
		t.Error(diff)
	}
	if _, chosen := c.Chosen("c", ""); chosen || len(c.Bearing("c")) != 1 || len(c.Lost("another")) != 0 {
		t.Errorf("it is settled: %t; %d places bear on it", chosen, len(c.Bearing("c")))
	}
}

func TestALossSaysTheDayAndNothingElse(t *testing.T) {
	var l log
	l.do(marked(0, headway.Kept))
	l.do(erased("berta"))
	const want = "lost support: forgotten on 22 November 2026"
	if got := deed.ForgottenAll(deed.Losses(l)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	other := forgottenOn.AddDate(0, 0, 3)
	if got := deed.Forgotten(other, forgottenOn, other); got != want+" and 25 November 2026" {
		t.Errorf("of two days: %q", got)
	}
}
