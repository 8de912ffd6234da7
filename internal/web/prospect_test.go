package web

import (
	"regexp"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// warehouse is a first call with somebody who has bought nothing; all of it is
// invented.
const warehouse = `Interviewer: How do you count the pallets today?

Ivo: By hand, with a clipboard. On Friday I counted the same row three times and missed my train.
`

func TestWhoHiredNothingYetIsAskedNothingThatABuyerIsAsked(t *testing.T) {
	w := openWith(t, source.Options{}, source.File{Name: "ivo.txt", Data: []byte(warehouse)})
	link := regexp.MustCompile(`/study/[a-z0-9]+/(proposed|episode)/[a-z0-9]+`)
	asks := func(before, after []string) {
		t.Helper()
		for _, path := range link.FindAllString(w.page("jobs").body, -1) {
			page := w.get(path)
			page.says(t, 200, before...)
			page.hides(t, after...)
		}
	}
	first := []string{"When you think of doing it another way than today, what gives you pause?"}
	after := []string{"What gave you pause before you chose this, and what became of that?"}
	if len(link.FindAllString(w.page("jobs").body, -1)) == 0 {
		t.Fatal("no job is proposed")
	}
	asks(first, after)

	span, err := parseSpan(w.says(t, "missed my train"))
	if err == nil {
		err = w.flow.Mark(t.Context(), headway.Passage{span}, headway.Result, headway.Kept)
	}
	if err != nil {
		t.Fatal(err)
	}
	asks(after, first) // a member read in it what came of something they have
}
