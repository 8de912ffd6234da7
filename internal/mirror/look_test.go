package mirror

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestASlotIsAnsweredBeforeOurNextQuestionOrItsAnswerIsUnclear(t *testing.T) {
	for name, test := range map[string]struct {
		script                                   string
		asked, answered, unclear, volunteered, n int
	}{
		"a moment of the slot in the next turn answers": {
			"us q-open,asks:measure: How did you know?\nAna measure: It took ten minutes.", 1, 1, 0, 0, 1},
		"a moment after words of ours that ask nothing still answers": {
			"us q-open,asks:measure: How did you know?\nAna: Hm.\nus ack: Take your time.\nAna measure: It took ten minutes.", 1, 1, 0, 0, 1},
		"a moment after our next question answers no more": {
			"us q-open,asks:measure: How did you know?\nAna: Hm.\nus q-closed,asks:other: Shall I repeat?\nAna measure: It took ten minutes.", 1, 0, 1, 1, 1},
		"two questions in one breath are both open": {
			"us q-open,asks:measure: How did you know?\nus q-open,asks:struggle: And what was hard?\nAna measure: It took ten minutes.", 1, 1, 0, 0, 1},
		"a moment of another kind leaves the answer unclear": {
			"us q-open,asks:measure: How did you know?\nAna struggle: It was slow.", 1, 0, 1, 0, 1},
		"a suggestion does not answer": {
			"us q-open,asks:measure: How did you know?\nAna ?measure: It went well enough.", 1, 0, 1, 0, 1},
		"what nobody asked for is volunteered": {
			"Ana measure: It took ten minutes.", 0, 0, 0, 1, 0},
		"while somebody is not placed nothing is volunteered": {
			"Bo?: How did you know?\nAna measure: It took ten minutes.", 0, 0, 0, 0, 0},
		"words of somebody not placed are no answer": {
			"us q-open,asks:measure: How did you know?\nBo? measure: It took ten minutes.", 1, 0, 1, 0, 1},
		"our own words are no answer": {
			"us q-open,asks:measure: How did you know?\nus measure: It took ten minutes.", 1, 0, 1, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := lookAt(t, test.script)
			s := p.slot(headway.Measure)
			got := []int{len(s.Asked), len(s.Answered), len(s.Unclear), len(s.Volunteered)}
			if diff := cmp.Diff([]int{test.asked, test.answered, test.unclear, test.volunteered}, got); diff != "" {
				t.Errorf("asked, answered, unclear, volunteered (-want +got):\n%s", diff)
			}
			if p.CouldAsk != (test.n == 1) {
				t.Errorf("CouldAsk is %v", p.CouldAsk)
			}
		})
	}
}

// lookAt looks at a script without guesses.
func lookAt(t testing.TB, script string) Part {
	t.Helper()
	c, h := talk(t, "one.txt", script)
	return Look(c, h, nil)
}

func TestAReviewIsNotAskedThoughWeReplyToIt(t *testing.T) {
	c, h := talk(t, "review", "Ana result: It broke.\nus q-open,asks:result: What happened?")
	c.Genre = headway.Review
	if Look(c, h, nil).CouldAsk {
		t.Error("a review counts as a conversation in which one could ask")
	}
}

func TestASurveyHeaderCountsAsAsked(t *testing.T) {
	c, h := talk(t, "survey row 1", "us q-open,asks:struggle: What is difficult?\nAna struggle: The lid leaks.")
	c.Genre = headway.Survey
	p := Look(c, h, nil)
	if s := p.slot(headway.Struggle); !p.CouldAsk || len(s.Answered) != 1 {
		t.Errorf("asked and answered: %v %+v", p.CouldAsk, s)
	}
}

func TestOnlyWordsOfTheirsAreMoments(t *testing.T) {
	p := lookAt(t, "us struggle: It is hard to count by hand.\nBo? struggle: We count by hand.\nAna struggle,?measure: I count by hand for 3 hours.")
	var got []headway.Label
	for _, m := range p.Moments {
		got = append(got, m.Kind)
	}
	if diff := cmp.Diff([]headway.Label{headway.Struggle, headway.Measure}, got); diff != "" {
		t.Error(diff)
	}
	if p.Moments[1].Counted {
		t.Error("a suggestion counts")
	}
}

func TestWordsToGatherUnderAreWrittenOnesWithoutNamesAndFigures(t *testing.T) {
	p := lookAt(t, "Ana struggle: The counting in Stockroom cost 3 evenings, and the counted boxes were wrong in Stockroom.")
	want := []string{"counting", "cost", "evenings", "boxes", "wrong"}
	if diff := cmp.Diff(want, p.Moments[0].Words); diff != "" {
		t.Error(diff)
	}
}

func TestTheFirstSolutionStandsWithWhatWasSpokenOfAndPlayedBack(t *testing.T) {
	c, h := talk(t, "call", `
		us q-open,asks:situation: What happened?
		Ana situation: We opened a second warehouse.
		us playback: So there are two places now.
		Ana struggle: At night I count boxes by hand.
		us ack: I see.
		Ana motivation: I want to be home for supper.
		us pitch: Our module counts for you.
		us advice: You should count weekly.`)
	c.Turns[6].Times = []headway.TimeMark{{Offset: 0, MS: 360_000}}
	got := Look(c, h, nil).Solution
	want := &Solution{
		Span: h.Sentences[6].Span, Act: headway.Pitch, Turn: 6, Turns: 7, MS: 360_000, Timed: true,
		Spoken:     []headway.Label{headway.Situation, headway.Struggle, headway.Motivation},
		PlayedBack: []headway.Label{headway.Situation},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := lookAt(t, "us ack: Hello.\nAna situation: We opened a shop.").Solution; got != nil {
		t.Errorf("a solution where nobody solved: %+v", got)
	}
}

func TestWhatWeTookForGrantedIsTestedByTheCustomersNextWords(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		want   Tested
	}{
		"yes confirms":                         {"us assumption: You lose money on returns.\nAna: Yes, a lot.", Confirmed},
		"that's right confirms":                {"us assumption: You lose money on returns.\nAna: That’s right.", Confirmed},
		"no contradicts":                       {"us assumption: You lose money on returns.\nAna: No, hardly.", Contradicted},
		"not really contradicts":               {"us assumption: You lose money on returns.\nAna: Not really.", Contradicted},
		"a hm is not the answer yet":           {"us assumption: You lose money on returns.\nAna: Hm.\nAna: I am not so sure about that.", Contradicted},
		"a hm alone tells nothing":             {"us assumption: You lose money on returns.\nAna: Hm.\nus ack: Well.\nAna: No.", NeverTested},
		"other words tell nothing":             {"us assumption: You lose money on returns.\nAna: We sell mugs.", NeverTested},
		"a tag question does not part them":    {"us assumption: You lose money on returns.\nus q-closed: Right?\nAna: Yes.", Confirmed},
		"a yes to another question is not one": {"us assumption: You lose money on returns.\nus q-closed: Do you keep them in one list?\nAna: Yes.", NeverTested},
		"nobody said anything more":            {"us assumption: You lose money on returns.", NeverTested},
	} {
		t.Run(name, func(t *testing.T) {
			got := lookAt(t, test.script).Assumptions
			if len(got) != 1 || got[0].Candidate != test.want {
				t.Errorf("got %+v, want %s", got, test.want)
			}
		})
	}
}

func TestAHearingOfAnotherTextIsLeftOut(t *testing.T) {
	c, h := talk(t, "moved", "Ana struggle: The lid leaks.\nAna measure: No more drops.")
	h.Sentences[0].Span.Text += "9"
	h.Sentences[1].Span.End = 4000
	if p := Look(c, h, nil); len(p.Moments) != 0 {
		t.Errorf("moments of words that are not there: %+v", p.Moments)
	}
}

func TestLookingTwiceGivesTheSameBytes(t *testing.T) {
	d := fairDesk(t)
	again := fairDesk(t)
	one, _ := json.Marshal(d.parts)
	two, _ := json.Marshal(again.parts)
	if !slices.Equal(one, two) {
		t.Error("the same conversations gave other parts")
	}
}
