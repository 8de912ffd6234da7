package web

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
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

func TestAnAnswerInATableIsNamedByItsRow(t *testing.T) {
	texts := mirror.Texts{}
	line := mirror.Line{Conversation: "c", At: mirror.Position{Line: 8}}
	for want, head := range map[string]flow.Head{
		"survey.csv, row 7":        {ID: "c", File: "survey.csv", Row: 7},
		"Month end, line 8":        {ID: "c", File: "mails.mbox", Row: 7, Title: "Month end"},
		"call.md, line 8":          {ID: "c", File: "call.md"},
		"Amira, survey.csv, row 7": {ID: "c", File: "survey.csv", Row: 7, Speakers: []headway.Speaker{{Name: "Amira"}}},
	} {
		line.Name = ""
		for _, s := range head.Speakers {
			line.Name = s.Name
		}
		titles := titlesOf([]flow.Head{head})
		if got := viewLines("s", []mirror.Line{line}, texts, titles)[0].Credit(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		after := viewAfter("s", mirror.After{Conversation: "c", Name: line.Name}, texts, titles)
		if got := credit(after.Name, after.Source); got != strings.TrimSuffix(want, ", line 8") {
			t.Errorf("what they are after is said by %q", got)
		}
	}
	if got := (lineView{}).Credit(); got != "a speaker without a name" {
		t.Errorf("of nothing known: %q", got)
	}
}
