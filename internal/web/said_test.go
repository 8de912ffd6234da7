package web

import (
	"testing"

	"github.com/headway-oss/headway/internal/mirror"
)

func TestWhatSeveralSaidStandsBeforeTheWordsThatOnesShare(t *testing.T) {
	said := saidView{Href: "/said", Words: []mirror.Gathered{{Word: "glaze", People: 2}}}
	page := gather(said, []lineView{
		{ID: "one", People: 1, Under: "glaze"},
		{ID: "several", People: 3, Same: []lineView{{ID: "other"}, {ID: "third"}}},
		{ID: "alone", People: 1},
	})
	if len(page.Several) != 1 || page.Several[0].SaidBy() != "said by 3 people" {
		t.Fatalf("several: %+v", page.Several)
	}
	if page.Several[0].Same[1].Back != "/said#third" {
		t.Errorf("judging one of them comes back to %q", page.Several[0].Same[1].Back)
	}
	if len(page.Groups) != 2 || page.Groups[0].Lines[0].ID != "one" || page.Groups[1].Lines[0].ID != "alone" {
		t.Errorf("groups: %+v", page.Groups)
	}
}

func TestALineOfOnePersonSaysSoOnlyWhereTheySaidItAgain(t *testing.T) {
	for want, l := range map[string]lineView{
		"":                              {People: 1},
		"said again by the same person": {People: 1, Same: []lineView{{}}},
		"said by 2 people":              {People: 2, Same: []lineView{{}}},
	} {
		if got := l.SaidBy(); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}
