package job

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/segment"
)

// talk makes an invented conversation of lines "anna: words". A sentence before
// " #kind" is heard as that kind, surely enough to count, before " #kind?" as a
// suggestion; " | " stands after a kind where the turn goes on. "us" is of our side.
func talk(key, product, date string, lines ...string) Talk {
	draft := headway.NewDraft("job test", key)
	var h headway.Hearing
	for _, line := range lines {
		who, words, _ := strings.Cut(line, ": ")
		var chunks []string
		labels := map[int]headway.Scored{} // by where the sentence ends
		for chunk := range strings.SplitSeq(words, " | ") {
			said, kind, _ := strings.Cut(chunk, " #")
			kind, suggested := strings.CutSuffix(kind, "?")
			chunks = append(chunks, said)
			if kind != "" {
				labels[len(strings.Join(chunks, " "))] = headway.Scored{Label: headway.Label(kind), Score: .8, Counted: !suggested, By: "detector v0"}
			}
		}
		text := strings.Join(chunks, " ")
		turn := draft.Say(who, text)
		side := headway.Theirs
		if who == "us" {
			side = headway.Ours
		}
		draft.Speaker(who).Side = side
		ruler := headway.NewRuler(turn.Text.Text)
		for _, p := range segment.Sentences(text) {
			p = p.Trim(text)
			heard := headway.Heard{Span: turn.Text.SpanOf(ruler, p.Start, p.End), Turn: len(draft.Conversation().Turns) - 1, Side: side}
			if l, labelled := labels[p.End]; labelled {
				heard.Labels = []headway.Scored{l}
			}
			h.Sentences = append(h.Sentences, heard)
		}
	}
	c := draft.Conversation()
	c.Product = product
	if date != "" {
		c.Date.Time, _ = time.Parse(time.DateOnly, date)
	}
	for i := range c.Speakers {
		if email, found := strings.CutPrefix(c.Speakers[i].Name, "same "); found {
			c.Speakers[i].Email = email + "@example.org"
		}
	}
	return Talk{Conversation: c, Hearing: h}
}

// at gives the span of the sentence that begins so.
func at(t testing.TB, all []Talk, begins string) headway.Span {
	t.Helper()
	for _, talk := range all {
		for _, h := range talk.Hearing.Sentences {
			if q, err := talk.Turns[h.Turn].Text.Cut(h.Span); err == nil && strings.HasPrefix(q.String(), begins) {
				return h.Span
			}
		}
	}
	t.Fatalf("nobody says %q", begins)
	return headway.Span{}
}

// begun gives the words with which each piece of each episode begins.
func begun(talks []Talk, episodes []Episode) (all [][]string) {
	for _, e := range episodes {
		var pieces []string
		for _, p := range e.Pieces {
			for _, talk := range talks {
				for _, turn := range talk.Turns {
					if q, err := turn.Text.Cut(p.Begins); err == nil {
						pieces = append(pieces, q.String())
					}
				}
			}
		}
		all = append(all, pieces)
	}
	return all
}

func expectPieces(t *testing.T, talks []Talk, episodes []Episode, want [][]string) {
	t.Helper()
	if diff := cmp.Diff(want, begun(talks, episodes)); diff != "" {
		t.Errorf("episodes (-want +got):\n%s", diff)
	}
}

func TestOneConversationOfOneCustomerIsOneEpisode(t *testing.T) {
	talks := []Talk{talk("1", "", "", "us: What happened?", "anna: The lift stood still again. #struggle", "us: And then?", "anna: We rang a man in Ghent.")}
	expectPieces(t, talks, Episodes(Study{Talks: talks}), [][]string{{"The lift stood still again."}})
}

func TestNobodyOfOursHasAnEpisode(t *testing.T) {
	talks := []Talk{talk("1", "", "", "us: We sell lifts. #struggle")}
	talks = append(talks, talk("2", "", "", "ben: I came by."))
	talks[1].Speakers[0].Side = headway.Unknown
	if got := Episodes(Study{Talks: talks}); len(got) != 0 {
		t.Errorf("%d episodes of people who are no customers", len(got))
	}
}

func TestTwoCustomersInOneCallHaveAnEpisodeEach(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The lift stood still. #struggle", "ben: I only pay for it. #situation", "anna: Every week.")}
	expectPieces(t, talks, Episodes(Study{Talks: talks}), [][]string{{"The lift stood still."}, {"I only pay for it."}})
}

func TestAnotherEpisodeBeginsWhereACustomerTurnsToAnotherPurchase(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: We run two bakeries. The old mixer died in May. #struggle | We got a red one. #decision | Then for the other bakery we bought a small one. It had to fit under the stairs. #measure")}
	episodes := Episodes(Study{Talks: talks})
	expectPieces(t, talks, episodes, [][]string{{"We run two bakeries."}, {"Then for the other bakery we bought a small one."}})
	if episodes[0].ID == episodes[1].ID {
		t.Error("two episodes that begin in one turn have one id")
	}
	if got := episodes[0].Slot(headway.Measure).Status; got != headway.StatusUnknown {
		t.Errorf("the measure of the second purchase is %s of the first", got)
	}
}

func TestTheWordAnotherAloneBeginsNothing(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The mixer died. We got one. It is red. Another time my son broke a plate. The other time of year is quiet. We looked at another shop.")}
	if got := Episodes(Study{Talks: talks}); len(got) != 1 {
		t.Errorf("cut into %q", begun(talks, got))
	}
}

func TestAMemberSaysWhereAnotherEpisodeBegins(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The mixer died. We got one. It is red. The oven was another story. Then for the other bakery we bought a small one.")}
	held := deed.NewClaims([]headway.Operation{
		{Seq: 1, Deed: headway.DeedEpisode, Span: at(t, talks, "The oven"), Verdict: headway.Kept},
		{Seq: 2, Deed: headway.DeedEpisode, Span: at(t, talks, "Then for"), Verdict: headway.Dismissed},
	}, "study")
	expectPieces(t, talks, Episodes(Study{Talks: talks, Held: held}), [][]string{{"The mixer died."}, {"The oven was another story."}})
}

func TestWhatOnePersonTellsOfAProductInTwoConversationsIsOneEpisode(t *testing.T) {
	talks := []Talk{
		talk("3", "mixer", "2026-03-01", "same anna: It still runs. #result"),
		talk("1", "mixer", "2026-01-01", "same anna: The old mixer died. #struggle"),
		talk("2", "oven", "2026-02-01", "same anna: We needed heat. #motivation"),
	}
	want := [][]string{{"The old mixer died.", "It still runs."}, {"We needed heat."}}
	episodes := Episodes(Study{Talks: talks})
	expectPieces(t, talks, episodes, want)
	if got := episodes[0].Slot(headway.Result).Status; got != headway.StatusSaid {
		t.Errorf("what they told later is %s", got)
	}

	slices.Reverse(talks)
	expectPieces(t, talks, Episodes(Study{Talks: talks}), want)
}

func TestAnEpisodeIsFoundByTheIdOfAnyOfItsPieces(t *testing.T) {
	later := talk("2", "", "2026-02-01", "same anna: It still runs.")
	before := Episodes(Study{Talks: []Talk{later}})
	after := Episodes(Study{Talks: []Talk{later, talk("1", "", "2026-01-01", "same anna: The old mixer died.")}})
	if len(after) != 1 || !after[0].Is(before[0].ID) {
		t.Error("an earlier conversation came in, and what was kept of the episode is lost")
	}
}

func TestAMemberSaysThatALaterConversationTellsOfAnotherEpisode(t *testing.T) {
	talks := []Talk{
		talk("1", "", "2026-01-01", "same anna: The old mixer died."),
		talk("2", "", "2026-02-01", "same anna: The new shop had none."),
		talk("3", "stove", "2026-03-01", "same anna: It came with a stove."),
	}
	held := deed.NewClaims([]headway.Operation{
		{Seq: 1, Deed: headway.DeedEpisode, Span: at(t, talks, "The new shop"), Verdict: headway.Kept},
		{Seq: 2, Deed: headway.DeedEpisode, Span: at(t, talks, "It came"), Verdict: headway.Dismissed},
	}, "study")
	expectPieces(t, talks, Episodes(Study{Talks: talks, Held: held}), [][]string{{"The old mixer died."}, {"The new shop had none.", "It came with a stove."}})
}

func TestMergedPersonsAreOne(t *testing.T) {
	talks := []Talk{talk("1", "", "2026-01-01", "anna: The old mixer died."), talk("2", "", "2026-02-01", "anna k.: It still runs.")}
	merged := map[headway.PersonID]headway.PersonID{talks[1].Speakers[0].Person(): talks[0].Speakers[0].Person()}
	if got := Episodes(Study{Talks: talks, Whose: merged}); len(got) != 1 {
		t.Errorf("%d episodes of one person", len(got))
	}
	if got := Episodes(Study{Talks: talks}); len(got) != 2 {
		t.Errorf("%d episodes of two persons of like name", len(got))
	}
}

func TestASlotIsSaidInferredOursOrUnknown(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The mixer died. #struggle", "anna: We want to sleep. #motivation", "anna: It is quiet now. #measure?", "anna: My cousin could have mixed. #alternative", "anna: I feared the price. #anxiety")}
	const study = "study"
	claim := func(part headway.Part, of headway.ClaimID, words string) headway.Claim {
		c, err := headway.NewClaim(study, part, of, words)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	job := claim(headway.PartJob, "", "get through the night")
	measure := claim(headway.PartMeasure, job.ID, "how quiet it is")
	operations := []headway.Operation{
		{Seq: 1, Deed: headway.DeedMark, Label: headway.Struggle, Span: at(t, talks, "The mixer"), Verdict: headway.Kept, By: "detector v0", Counted: true},
		{Seq: 2, Deed: headway.DeedMark, Label: headway.Alternative, Span: at(t, talks, "My cousin"), Verdict: headway.Dismissed, By: "detector v0", Counted: true},
		{Seq: 3, Deed: headway.DeedClaim, Study: study, Claim: job.ID, Verdict: headway.Kept},
		{Seq: 4, Deed: headway.DeedClaim, Study: study, Claim: measure.ID, Verdict: headway.Kept},
		{Seq: 5, Deed: headway.DeedBear, Study: study, Claim: measure.ID, Span: at(t, talks, "It is quiet"), Verdict: headway.Partly},
		{Seq: 6, Deed: headway.DeedBear, Study: study, Claim: measure.ID, Span: at(t, talks, "I feared"), Verdict: headway.Contradicts},
	}
	guess, _ := headway.NewGuess(study, headway.Habit, "they have always mixed by hand")
	episodes := Episodes(Study{Talks: talks, Judged: deed.NewJudgements(operations), Held: deed.NewClaims(operations, study),
		Claims: []headway.Claim{job, measure}, Guesses: []headway.Guess{guess}})

	type is struct {
		Status    headway.Status
		Unchecked bool
		Told      int
	}
	got := map[headway.Label]is{}
	for _, s := range episodes[0].Slots {
		if s.Status != headway.StatusUnknown {
			got[s.Kind] = is{s.Status, s.Unchecked, len(s.Told)}
		}
	}
	want := map[headway.Label]is{
		headway.Struggle:   {headway.StatusSaid, false, 1},
		headway.Motivation: {headway.StatusSaid, true, 1},
		headway.Measure:    {headway.StatusInferred, false, 1},
		headway.Anxiety:    {headway.StatusSaid, true, 1},
		headway.Habit:      {headway.StatusOurs, false, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
}

func TestWhatAMemberMarkedByHandIsTold(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The mixer died. It was loud, and my wife left the room.")}
	span := at(t, talks, "It was loud")
	span.Start += 14 // the second half of a sentence
	judged := deed.NewJudgements([]headway.Operation{{Seq: 1, Deed: headway.DeedMark, Label: headway.Struggle, Span: span, Verdict: headway.Kept}})
	got := Episodes(Study{Talks: talks, Judged: judged})[0].Slot(headway.Struggle)
	if len(got.Told) != 1 || got.Told[0].Span != span || got.Status != headway.StatusSaid || got.Unchecked {
		t.Errorf("what was marked by hand: %+v", got)
	}
}

func TestWhatWasErasedOrReworedIsToldNoMore(t *testing.T) {
	talks := []Talk{talk("1", "", "", "anna: The mixer died. #struggle", "anna: It was loud. #struggle")}
	talks[0].Turns[0].Text = headway.NewText(talks[0].Turns[0].ID, headway.Erased)
	talks[0].Turns[1].Text = headway.NewText(talks[0].Turns[1].ID, "It was load.")
	if got := Episodes(Study{Talks: talks}); len(got) != 0 {
		t.Errorf("episodes of words that are gone: %+v", got)
	}
}

func TestATimelineHasThePhasesThatWereTold(t *testing.T) {
	talks := []Talk{talk("1", "", "",
		"anna: It all started when the mixer died. For months we had it in the back of our minds. I asked around.",
		"anna: In the end we went with the red one. #decision | The first night we used it nobody woke. Now we bake at four. The sky is blue.")}
	told := Timeline(Episodes(Study{Talks: talks})[0])
	got := map[Phase]string{}
	var order []Phase
	for _, then := range told {
		order = append(order, then.Phase)
		for _, turn := range talks[0].Turns {
			if q, err := turn.Text.Cut(then.Told[0]); err == nil {
				got[then.Phase] = q.String()
			}
		}
	}
	want := map[Phase]string{
		FirstThought:   "It all started when the mixer died.",
		PassiveLooking: "For months we had it in the back of our minds.",
		ActiveLooking:  "I asked around.",
		Deciding:       "In the end we went with the red one.",
		FirstUse:       "The first night we used it nobody woke.",
		OngoingUse:     "Now we bake at four.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	if !slices.Equal(order, Phases()) {
		t.Errorf("phases come as %v", order)
	}
}
