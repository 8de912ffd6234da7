package web

import (
	"net/url"
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
	w.get("/search?q=three+hours&study="+study).says(t, 200, "1 place", "by words")
	w.get("/search?q=three+hours&side=theirs").says(t, 200, "1 place", `<option value="theirs" selected>customers</option>`)
	w.get("/search?q=three+hours&side=ours").says(t, 200, "0 places.")
}

func TestWhatTheFieldsSayIsTypedForOne(t *testing.T) {
	form := url.Values{"q": {" price "}, "person": {`Anna "Bo" Berg`}, "kind": {"anxiety", ""}, "in": {"Spring calls"}, "since": {"2026-03-02"}, "study": {"s1"}}
	if got, want := typedSearch(form), `price person:"Anna Bo Berg" kind:anxiety study:"Spring calls" since:2026-03-02`; got != want {
		t.Errorf("typed %q, want %q", got, want)
	}
}

func TestNothingTypedListsTheKeptSearches(t *testing.T) {
	w := open(t)
	w.sealed()
	w.post("/searches", url.Values{"name": {"<b>Petra</b>"}, "query": {`three hours side:"theirs"`}})
	page := w.get("/search")
	page.says(t, 200, "Kept searches", "&lt;b&gt;Petra&lt;/b&gt;", "2 new", "Rename", "Delete")
	id := string(w.fake.finds.saved[0].ID)
	if to := w.get("/searches/" + id).Header.Get("Location"); to != "/search?q=three+hours+side%3A%22theirs%22" {
		t.Errorf("it opens %q", to)
	}
	w.post("/searches/"+id+"/name", url.Values{"name": {"Petra on time"}})
	w.get("/search").says(t, 200, "Petra on time")
	w.post("/searches/"+id+"/drop", nil)
	w.get("/search").hides(t, "Petra on time")
	w.get("/searches/"+id).says(t, 404)
}

func TestASearchOffersWhatCouldBeTypedAndSaysWhatIsTypedWrong(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/search?q=person:Pe").says(t, 200, `data-query="person:Petra"`, `role="listbox"`)
	w.get("/search").says(t, 200, "kind:anxiety", "What can be typed")
	w.get("/search.csv").says(t, 422, "search for something first")
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
