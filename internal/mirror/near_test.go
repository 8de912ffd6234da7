package mirror

import (
	"fmt"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestNearness(t *testing.T) {
	for name, test := range map[string]struct {
		slot     headway.Label
		guess    string
		sentence string // label: words, as in talk
		near     bool
	}{
		"the same words are near":                      {headway.Struggle, "The lid leaks", "struggle: The lid leaks on my desk.", true},
		"another form of the words is near":            {headway.Struggle, "The lid leaks", "struggle: Both lids were leaking.", true},
		"what contradicts is near":                     {headway.Struggle, "The lid leaks", "struggle: The lid never leaks.", true},
		"figures with a unit are near a wish for time": {headway.Measure, "It saves them time", "measure: It went from three hours to ten minutes.", true},
		"other words of the same matter are near":      {headway.Pull, "It is cheap", "pull: The price was the lowest of all.", true},
		"doing it by hand is near manual work":         {headway.Alternative, "They would count manually", "alternative: Otherwise I count by hand.", true},
		"a why is heard in an aim too":                 {headway.Pull, "It counts the boxes for them", "motivation: I want the boxes counted.", true},
		"one common word is not near":                  {headway.Struggle, "Their people work too long", "struggle: That does not work.", false},
		"the frame of a guess is not its matter":       {headway.Motivation, "They want to know that customers think of the mugs", "motivation: I want to know why.", false},
		"a number alone is not near":                   {headway.Measure, "It costs under ten euros", "measure: We have ten branches.", false},
		"the number and its unit are near":             {headway.Measure, "It costs under ten euros", "measure: It was eight euros.", true},
		"of a guess that is all frame the frame does":  {headway.Pull, "It is a good new product", "pull: It is a good new product.", true},
		"what is said in other words is near":          {headway.Struggle, "The office is too loud to concentrate", "struggle: There is so much noise that I cannot focus at my desk.", true},
		"a wish said in other words is near":           {headway.Motivation, "They want to sleep better", "motivation: I lie awake at night and cannot fall asleep.", true},
		"other words of another kind are not near":     {headway.Struggle, "The mug breaks easily", ": My cup shattered after a week.", false},
		"nothing in common is not near":                {headway.Struggle, "The lid leaks", "struggle: The print fades.", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.guess(test.slot, test.guess)
			p := d.hear("one.txt", "Ana "+test.sentence)
			if got := len(p.Near) == 1; got != test.near {
				t.Errorf("near is %v: %+v", got, p.Near)
			}
		})
	}
}

func TestTheGuessedKindBringsASentenceNearer(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The lid leaks")
	p := d.hear("one.txt", "us q-open,asks:struggle: What is hard?\nAna struggle: The lid leaks a lot.\nus q-closed,asks:other: Tea?\nAna: The lid leaks a bit.")
	if len(p.Near) != 2 || p.Near[0].Kind != headway.Struggle || p.Near[0].Score <= p.Near[1].Score {
		t.Errorf("%+v", p.Near)
	}
}

func TestWhatIsSaidAllTheTimeTellsLittle(t *testing.T) {
	score := func(script string) float64 {
		d := newDesk(t)
		d.guess(headway.Struggle, "The lid of the mug leaks")
		return d.hear("one.txt", script).Near[0].Score
	}
	once := score("Ana struggle: The mug leaks.\n" + strings.Repeat("Ana: Tea is good.\n", 40))
	often := score("Ana struggle: The mug leaks.\n" + strings.Repeat("Ana: The mug is good.\n", 40))
	if often >= once {
		t.Errorf("mug told %.2f where it stands in every sentence, %.2f where in one", often, once)
	}
}

func TestOneCustomerGivesAGuessOnlySoManySentences(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "The lid leaks")
	var script strings.Builder
	for i := range 20 {
		fmt.Fprintf(&script, "Ana struggle: The lid leaks for the %dth time.\n", i)
	}
	script.WriteString("Bo struggle: The lid leaks.\n")
	p := d.hear("one.txt", script.String())
	if len(p.Near) != perPerson+1 {
		t.Errorf("%d sentences", len(p.Near))
	}
}

func TestASentenceOfSmallWordsIsNearNothing(t *testing.T) {
	d := newDesk(t)
	d.guess(headway.Struggle, "It is what it is for them")
	if p := d.hear("one.txt", "Ana struggle: And so it was for them."); len(p.Near) > 0 {
		t.Errorf("%+v", p.Near)
	}
}

func TestUnrelatedSentencesStayOut(t *testing.T) {
	d := newDesk(t)
	for _, text := range []string{"The office is too loud to concentrate", "They want to sleep better", "Their children are bored at home"} {
		d.guess(headway.Struggle, text)
	}
	for _, said := range []string{
		"The lid leaks on my desk.", "I print the labels on Fridays.", "We bought forty mugs for the fair.", "The parcel came two days late.",
		"My brother built the spreadsheet.", "They asked for an invoice.", "It takes three hours a week.", "Nobody answered the phone.",
	} {
		if p := d.hear("one.txt", "Ana struggle: "+said); len(p.Near) > 0 {
			t.Errorf("%q: %+v", said, p.Near)
		}
	}
}

func TestKinWordsOfOneGuessAreOneMatter(t *testing.T) {
	if got := mattersOf("Students and newcomers learn in class"); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func FuzzLookKeepsItsSpansInside(f *testing.F) {
	f.Add("The lid leaks. Ten minutes!", "The lid leaks", 5)
	f.Add("naïve ☕ 茶を飲む don’t", "茶 naïve", 3)
	f.Add("'' 3% ÷ _", "#", 1)
	f.Fuzz(func(t *testing.T, text, guess string, cut int) {
		d := headway.NewDraft("fuzz")
		text = strings.ToValidUTF8(text, "�")
		turn := d.Say("Ana", text)
		if turn == nil {
			return
		}
		d.Speaker("Ana").Side = headway.Theirs
		v := turn.Text
		points := len([]rune(text))
		cut = min(max(cut, 0), points)
		var h headway.Hearing
		for _, s := range []headway.Span{{Text: v.ID, Start: 0, End: cut}, {Text: v.ID, Start: cut, End: points}} {
			h.Sentences = append(h.Sentences, headway.Heard{Span: s, Labels: []headway.Scored{{Label: headway.Struggle, Counted: true, Score: 1}}})
		}
		p := Look(d.Conversation(), h, []headway.Guess{{ID: "g", Slot: headway.Struggle, Text: guess}})
		for _, n := range p.Near {
			if _, err := v.Cut(n.Span); err != nil && n.Span.Len() > 0 {
				t.Error(err)
			}
			if n.Score < Chosen().Bar || n.Score > 1 {
				t.Errorf("score %v", n.Score)
			}
		}
	})
}
