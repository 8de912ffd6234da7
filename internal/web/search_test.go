package web

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func TestAHitSaysHowItWasFoundAndMarksWhat(t *testing.T) {
	text := headway.FirstText("turn", "So I left. It was far too expensive. Then I paid.")
	sentence := headway.Span{Text: text.ID, Start: 11, End: 36}
	word := headway.Span{Text: text.ID, Start: 26, End: 35}
	for how, h := range map[string]flow.Hit{
		"by words":                {Matches: []headway.Span{word}},
		"by meaning":              {ByMeaning: true},
		"by words and by meaning": {Matches: []headway.Span{word}, ByMeaning: true},
	} {
		h.Text, h.Span = text, sentence
		v := viewHit(h, "")
		marked := ""
		for _, p := range v.Pieces {
			if p.Found || v.Meant {
				marked += p.Text
			}
		}
		want := "expensive"
		if how == "by meaning" {
			want = "It was far too expensive."
		}
		if v.How != how || marked != want || v.Before != "So I left. " {
			t.Errorf("%s: %+v, marked %q", how, v, marked)
		}
	}
}

func TestASearchMayBeOfOneSidesWords(t *testing.T) {
	w := open(t)
	study := string(w.sealed())
	w.get("/search?q=three+hours&study="+study).says(t, 200, "by words", `study=`+study+`" aria-current="true">Everybody</a>`)
	w.get("/search?q=three+hours&side=theirs").says(t, 200, "1 place.", `side=theirs" aria-current="true">Customers</a>`)
	w.get("/search?q=three+hours&side=ours").says(t, 200, "0 places.", "Nothing was found that holds these words")
	w.get("/search?q=three+hours&side=nobody").says(t, 200, "1 place.")
}

func TestASearchNamesTheStudiesThatStillGuess(t *testing.T) {
	w := open(t)
	study := string(w.sealed())
	if page := w.get("/search?q=three+hours"); strings.Contains(page.body, "Not searched") {
		t.Error("every study is sealed, and one was not searched")
	}
	w.fake.studies[0].Phase = headway.Guessing
	w.get("/search?q=three+hours").says(t, 200, "Nothing was found", `Not searched: <a href="/study/`+study+`/guess">`)
}
