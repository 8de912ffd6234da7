package mirror

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestAGuessSpeaksInCountsAndIsNeverFalse(t *testing.T) {
	for want, h := range map[string]Held{
		"perhaps heard from 4 of 9, 0 checked":   {Candidates: 4, N: 9},
		"heard from 3 of 9, contradicted by 1":   {Confirmed: 3, Contradicted: 1, Candidates: 2, Checked: 4, N: 9},
		"heard from 3 of 9":                      {Confirmed: 3, N: 9},
		"contradicted by 1 of 9, not heard yet":  {Contradicted: 1, N: 9},
		"not heard yet (0 of 9)":                 {N: 9, Checked: 2},
		"perhaps heard from 12 of 40, 3 checked": {Candidates: 12, Checked: 3, N: 40},
	} {
		if got := h.Sentence(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAGapSpeaksInWords(t *testing.T) {
	for want, g := range map[string]Gap{
		"nobody asked what they would have done otherwise: 0 of 12":                                       {Slot: headway.Alternative, N: 12},
		"nobody asked how they know it worked: 0 of 12; told unasked in 2":                                {Slot: headway.Measure, N: 12, Volunteered: 2},
		"asked in 3 of 12 how they know it worked: answered in 2, answer unclear in 1; told unasked in 1": {Slot: headway.Measure, N: 12, Asked: 3, Answered: 2, Unclear: 1, Volunteered: 1},
		"nobody could be asked what they would have done otherwise, and nobody told it: 0 of 40":          {Slot: headway.Alternative, Unasked: 40, Silent: 40},
		"nobody could be asked what they would have done otherwise; 3 of 40 told it":                      {Slot: headway.Alternative, Unasked: 40, Silent: 37},
		"nothing read yet in which one could ask what is hard for them today":                             {Slot: headway.Struggle},
	} {
		if got := g.Sentence(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	for i, kind := range headway.Kinds() {
		p := Words(kind)
		if phrases[i].Kind != kind || p.Name == "" || p.Ask == "" || p.Said == "" {
			t.Errorf("%s: %+v", kind, p)
		}
	}
	if Name("weather") != "weather" {
		t.Error("a label that is no kind does not speak for itself")
	}
}

// The first two intervals are named in the documentation of R's propint, for
// cases of Newcombe (1998); the others were computed with two programs.
func TestWilsonIntervals(t *testing.T) {
	for _, test := range []struct {
		part, n   int
		low, high float64
	}{
		{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}, {3, 3, .4385, 1}, {0, 0, 0, 1},
	} {
		low, high := wilson(test.part, test.n)
		if math.Abs(low-test.low) > .00006 || math.Abs(high-test.high) > .00006 {
			t.Errorf("%d of %d: %.4f-%.4f, want %.4f-%.4f", test.part, test.n, low, high, test.low, test.high)
		}
	}
	if _, _, ok := (Held{Confirmed: 3, N: 9}).Interval(); ok {
		t.Error("a rate for nine people")
	}
}

func TestTheBankAsksWithoutLeadingOrImagining(t *testing.T) {
	leading := []string{"wouldn't", "don't you", "isn't", "aren't", "do you agree", "better if", "nicer", "surely", "obviously"}
	imagined := []string{"would you pay", "would you buy", "would you use", "would you like", "would it be", "if we ", "will you buy", "imagine"}
	all := []bankQuestion{{Text: bank().ThankYou}}
	for _, slot := range headway.Slots() {
		of := bank().Questions[slot]
		for _, when := range []string{"first", "after"} {
			if !slices.ContainsFunc(of, func(q bankQuestion) bool { return q.When == when }) {
				t.Errorf("%s has no question for %s", slot, when)
			}
		}
		all = append(all, of...)
	}
	for _, q := range all {
		lower := strings.ToLower(q.Text)
		for _, bad := range slices.Concat(leading, imagined) {
			if strings.Contains(lower, bad) {
				t.Errorf("%q says %q", q.Text, bad)
			}
		}
		if !strings.HasSuffix(q.Text, "?") {
			t.Errorf("%q is no question", q.Text)
		}
	}
	if len(bank().Questions) != len(headway.Slots()) {
		t.Error("the bank has a slot that is none")
	}
}

func TestQuestionsAreWordedForTheCase(t *testing.T) {
	first := func(d *desk) NextQuestion { return d.mirror().NextQuestions[0] }

	d := newDesk(t)
	d.hear("review 1", "Ana result: It broke.", genre(headway.Review), product("Heliomug"))
	d.hear("review 2", "Bo result: It holds.", genre(headway.Review), product("Heliomug"))
	if q := first(d); q.Slot != headway.Alternative || !strings.Contains(q.Text, "could not have had Heliomug") {
		t.Errorf("of one product: %+v", q)
	}
	d.hear("review 3", "Cleo result: It holds.", genre(headway.Review), product("Other mug"))
	if q := first(d); strings.Contains(q.Text, "mug") || strings.Contains(q.Text, "{") {
		t.Errorf("of two products: %q", q.Text)
	}

	d = newDesk(t)
	d.hear("call", "us ack: Hello.\nAna request: We need a stock module.", genre(headway.Call))
	if q := first(d); !strings.Contains(q.Text, "nobody could have sold you") || q.Why != "nobody asked what they would have done otherwise: 0 of 1" {
		t.Errorf("a first call with a firm: %+v", q)
	}
}

func TestAQuestionRecallsOnlyTheOneCustomersWords(t *testing.T) {
	d := newDesk(t)
	d.hear("one.txt", "us ack: Hello.\nAna request: I need two hundred mugs.")
	aim := func() NextQuestion {
		i := slices.IndexFunc(d.mirror().NextQuestions, func(q NextQuestion) bool { return q.Slot == headway.Motivation })
		return d.mirror().NextQuestions[i]
	}
	if q := aim(); q.Recall != (headway.Span{}) {
		t.Error("customers are read one customer's words")
	}
	d.study.About = headway.OneCustomer
	if q := aim(); d.texts.Quote(q.Recall).String() != "I need two hundred mugs." {
		t.Errorf("recalls %q", d.texts.Quote(q.Recall))
	}
	if !slices.Contains(d.mirror().Spans(), aim().Recall) {
		t.Error("a face that fetches what Spans lists has no words for it")
	}
}

func TestAtMostFiveQuestionsOneALine(t *testing.T) {
	text := QuestionsText(fairDesk(t).mirror())
	if lines := strings.Count(text, "\n"); lines != 5 || strings.Contains(text, "{") {
		t.Errorf("%d lines: %s", lines, text)
	}
	if ThankYou() == "" || strings.Contains(ThankYou(), "{") {
		t.Error(ThankYou())
	}
}
