package job

import (
	"testing"

	"github.com/headway-oss/headway"
)

func TestWhoTellsWhatCameOfWhatTheyChoseHiredSomething(t *testing.T) {
	for said, want := range map[string]bool{
		"anna: We count by hand. #struggle":                          false,
		"anna: We count by hand. #struggle | It went well. #result":  false, // perhaps wrongly heard
		"anna: We looked at three. #decision":                        false,
		"anna: We took the red one. #decision | It is fine. #result": true,
	} {
		episodes := Episodes(Study{Talks: []Talk{talk("1", "", "", said)}})
		if got := episodes[0].Hired; got != want {
			t.Errorf("%s: hired %v", said, got)
		}
	}
}

func TestWhatCameOfItIsBelievedOfMostOfSeveralPeople(t *testing.T) {
	talks := []Talk{
		talk("1", "", "", "anna: It saves me an hour. #result"), talk("2", "", "", "ben: It went well. #result"),
		talk("3", "", "", "cem: I count by hand. #struggle"),
	}
	for _, e := range Episodes(Study{Talks: talks}) {
		if told := len(e.Slot(headway.Result).Told) > 0; e.Hired != told {
			t.Errorf("%s, told %v: hired %v", e.Person, told, e.Hired)
		}
	}
}

func TestWhoReviewsSomethingHiredIt(t *testing.T) {
	review := talk("1", "kettle", "", "anna: The lid leaks.")
	review.Genre = headway.Review
	if !Episodes(Study{Talks: []Talk{review}})[0].Hired {
		t.Error("who reviews a kettle is told to have hired none")
	}
}

func TestMostPeopleOfAJobTellWhatIsAsked(t *testing.T) {
	p := Picture{Episodes: []Episode{{Person: "anna", Hired: true}, {Person: "anna"}, {Person: "ben"}, {Person: "cem"}}}
	for _, one := range []struct {
		placed []Placed
		want   bool
	}{
		{nil, false},
		{everyOne(2), true},
		{everyOne(3), false}, // half of them are not most
		{everyOne(4), false},
	} {
		if got := p.Hired(one.placed); got != one.want {
			t.Errorf("%d episodes: hired %v", len(one.placed), got)
		}
	}
}
