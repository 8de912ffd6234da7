package hear

import (
	"math"
	"testing"

	"github.com/headway-oss/headway"
)

func TestWhatIsPlainlyAskedKeepsOtherSlotsFromBeingSuggested(t *testing.T) {
	for sentence, asks := range map[string]headway.Label{
		"How many loaves do you bake on a Saturday?": headway.Situation,
		"Who decides about a new oven?":              headway.Decision,
		"And when would you like to start?":          headway.Decision,
	} {
		heard := headway.Heard{Labels: Suggested(Sentence(Row{Side: headway.Ours, Sentence: sentence}))}
		if !heard.Has(headway.Asks(asks)) {
			t.Errorf("%q does not ask for %s: %v", sentence, asks, heard.MayAsk())
		}
		for _, slot := range []headway.Label{headway.Measure, headway.Motivation, headway.Alternative} {
			if heard.Has(headway.Asks(slot)) {
				t.Errorf("%q is said to ask for %s perhaps", sentence, slot)
			}
		}
	}
}

func TestWhatIsNoQuestionAsksForNothing(t *testing.T) {
	for _, sentence := range []string{"Thank you so much for your time.", "You should weigh the parcels.", ""} {
		heard := headway.Heard{Labels: Suggested(Sentence(Row{Side: headway.Ours, Sentence: sentence}))}
		if slots := heard.MayAsk(); slots != nil {
			t.Errorf("%q asks for %v", sentence, slots)
		}
	}
}

// Equal likelihoods share one question: the more else a question may ask for,
// the less it asks for each.
func TestLikelihoodsAreLaidBesideEachOther(t *testing.T) {
	a := shipped().aim
	alone := a.chance(signsOf(.2, .2, .9, 0, firstAsks))
	if beside := a.chance(signsOf(.2, 1.1, .9, 0, firstAsks)); beside >= alone {
		t.Errorf("%v beside others, %v alone", beside, alone)
	}
	if cued := a.chance(signsOf(.2, .2, .9, 1<<firstAsks, firstAsks)); cued <= alone {
		t.Errorf("%v with a cue, %v without", cued, alone)
	}
	if aside := a.chance(signsOf(.2, .2, .9, plainly|1<<(firstAsks+1), firstAsks)); aside >= alone {
		t.Errorf("%v where something else is plainly asked, %v else", aside, alone)
	}
}

func TestWrittenConversationsCountAsMuchAsRealOnesAndAsOftenAsked(t *testing.T) {
	cases := []slotCase{{real: true, asked: true}, {real: true}, {real: true}, {asked: true}, {asked: true}, {asked: true}, {}}
	even(cases)
	var asked, not float64
	for _, c := range cases {
		switch {
		case c.real && c.weight != 1:
			t.Errorf("a real slot weighs %v", c.weight)
		case !c.real && c.asked:
			asked += c.weight
		case !c.real:
			not += c.weight
		}
	}
	if math.Abs(asked-1) > 1e-9 || math.Abs(not-2) > 1e-9 {
		t.Errorf("written: %v asked, %v not; real ones: 1 and 2", asked, not)
	}
}

func TestNeverIsCalledOnlyBelowWhatHardlyAnyAskedSlotReaches(t *testing.T) {
	var cases []slotCase
	for i := range 100 {
		cases = append(cases, slotCase{surest: float64(i) / 100, weight: 1, asked: i == 20 || i >= 60})
	}
	if cut := neverBelow(cases); cut != .61 {
		t.Errorf("called never asked below %v", cut)
	}
	if cut := neverBelow([]slotCase{{surest: .1, asked: true, weight: 1}, {surest: .2, weight: 1}}); cut > .1 {
		t.Errorf("called never asked below %v, where the least likely was asked", cut)
	}
}

func TestNewtonFindsWhereTheLessonsStand(t *testing.T) {
	var lessons []aimLesson
	for i := range 1000 {
		lessons = append(lessons, aimLesson{aimSigns: aimSigns{Always: 1}, asks: i%4 == 0, weight: 1})
	}
	a := aim{}
	for range 25 {
		a = a.step(lessons)
	}
	if p := a.chance(aimSigns{Always: 1}); math.Abs(p-.25) > .005 {
		t.Errorf("a quarter asks; learned %v", p)
	}
}
