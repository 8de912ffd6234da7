package job

import (
	"fmt"
	"testing"

	"github.com/headway-oss/headway"
)

// What people would have done instead; the sentences are invented.
func TestWhatAnAlternativeIsToACustomer(t *testing.T) {
	for words, want := range map[string]headway.Choice{
		"Honestly, we would have done nothing.":                     headway.ANothing,
		"I suppose I'd just have lived with it.":                    headway.ANothing,
		"We would have gone without for another year.":              headway.ANothing,
		"I would have asked my brother to build one.":               headway.Someone,
		"We'd have got someone to do it on Saturdays.":              headway.Someone,
		"Otherwise I'd have hired a student for the summer.":        headway.Someone,
		"I did those by hand.":                                      headway.OwnWork,
		"Before that we kept a spreadsheet.":                        headway.OwnWork,
		"We would have made them ourselves in the garage.":          headway.OwnWork,
		"We would have bought another van.":                         headway.AProduct,
		"There was a cheaper one, in blue.":                         headway.AProduct,
		"My sister said get a cat.":                                 headway.AProduct,
		"Our neighbour used to water them.":                         headway.Someone,
		"A gardener, but ours has retired.":                         headway.Someone,
		"A shed, but where would one put it?":                       headway.AProduct,
		"I tried to carry them up.":                                 headway.OwnWork,
		"We went on stacking them in the hall.":                     headway.ANothing,
		"I tried one of those rental ones first.":                   headway.AProduct,
		"The old mill, I think, though my mother was against that.": "",
	} {
		if got := SortOf(words, ""); got != want {
			t.Errorf("%q is %q, want %q", words, got, want)
		}
	}
}

// Of an answer too short to tell, the question before it does.
func TestAQuestionTellsWhatAShortAnswerIs(t *testing.T) {
	for asked, want := range map[string]headway.Choice{
		"And your brother used to bring them?": headway.Someone,
		"Did you ever go without?":             headway.ANothing,
		"What was the weather like?":           "",
	} {
		if got := SortOf("Oh yes, for years.", asked); got != want {
			t.Errorf("after %q it is %q, want %q", asked, got, want)
		}
	}
	if got := SortOf("I did those by hand.", "Did your brother help?"); got != headway.OwnWork {
		t.Errorf("their own words tell first, got %q", got)
	}
}

func TestWhatNothingIsKnownOfStandsLast(t *testing.T) {
	study := Study{}
	for i, words := range []string{"The old mill it was.", "The canal, in the end.", "I would have asked my brother."} {
		study.Talks = append(study.Talks, talk(fmt.Sprint(i), "", "", fmt.Sprintf("customer%d: %s #alternative", i, words)))
	}
	episodes := Episodes(study)
	var placed []Placed
	for i := range episodes {
		placed = append(placed, Placed{Episode: i})
	}
	got := open(study).alternatives(placed, episodes)
	if len(got) != 2 || got[0].Sort != headway.Someone || got[0].People != 1 || got[1].Sort != "" || got[1].People != 2 {
		t.Errorf("got %+v", got)
	}
}

// lastQuestion walks one talk for one text, as one would by hand.
func lastQuestion(t Talk, before headway.TextID) (last question) {
	for _, s := range t.Hearing.Sentences {
		if s.Span.Text == before {
			break
		}
		if s.Side == headway.Ours && s.IsQuestion() {
			quote, _ := t.Turns[s.Turn].Text.Cut(s.Span)
			last = question{s.Span, quote.String()}
		}
	}
	return last
}

func TestTheQuestionBeforeEachTextIsTheLastOneOfItsTalk(t *testing.T) {
	by := dice(11)
	lines := []string{"us: What else? #q-open", "us: I see.", "ann: By hand. #alternative", "bea: Nothing. #alternative", "us: And then? #q-open | Or before? #q-open"}
	asked := 0
	for n := range 40 {
		var talks []Talk
		for i := range 1 + by.below(4) {
			var said []string
			for range by.below(12) {
				said = append(said, lines[by.below(len(lines))])
			}
			talks = append(talks, talk(fmt.Sprint(n, "-", i), "", "", said...))
		}
		before := questionsBefore(talks)
		for _, talk := range talks {
			for _, s := range talk.Hearing.Sentences {
				want := lastQuestion(talk, s.Span.Text)
				if got := before[s.Span.Text]; got != want {
					t.Fatalf("before turn %d of %s is %v, want %v", s.Turn, talk.ID, got, want)
				}
				if want.reads != "" {
					asked++
				}
			}
		}
	}
	if asked == 0 {
		t.Error("nobody asked anything")
	}
}
