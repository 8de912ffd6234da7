package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// study gives the desk's only study.
func (d *desk) study() headway.StudyID {
	d.t.Helper()
	studies, err := d.flow.Studies(d.t.Context())
	if err != nil || len(studies) == 0 {
		d.t.Fatal(err)
	}
	return studies[0].ID
}

func TestWhatChangedStandsOnAPageThatLeadsToTheWords(t *testing.T) {
	d := openDesk(t)
	d.keep("first-call.txt", 1, headway.Motivation)
	base := "/study/" + string(d.study())
	d.get(base+"/mirror").says(t, 200, `href="`+base+`/changes"`)
	d.get(base+"/changes").says(t, 200, "What changed", "Ute Lind", "/conversation/", "go home on time", "of 4", "Still never asked")
	d.get(base+"/changes?since=seal").says(t, 200, "Ute Lind")
	d.get(base+"/changes?since=2999-01-01").says(t, 200, "Nothing changed", "4 people in 3 conversations")
	d.get(base+"/changes?since=soon").says(t, 422)
}

func TestTwoStudiesStandBesideEachOther(t *testing.T) {
	d := openDesk(t)
	first := d.study()
	second, err := d.flow.StudyOf(t.Context(), "One call", headway.OneCustomer, []headway.ConversationID{d.said["first-call.txt"].ID})
	if err != nil {
		t.Fatal(err)
	}
	d.get("/compare").says(t, 200, "It takes two studies")
	compare := "/compare?a=" + string(first) + "&b=" + string(second.ID)
	d.get(compare).says(t, 403)
	if err := d.flow.Skip(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	d.get(compare).says(t, 200, "in Crates", "in One call", "Only in Crates", "Mia &lt;b&gt;Berg&lt;/b&gt;")
	d.get("/compare?a="+string(first)+"&b="+string(first)).says(t, 422)
}

func TestConversationsOfAStudyArePutElsewhereAndTakenOut(t *testing.T) {
	d := openDesk(t)
	base := "/study/" + string(d.study())
	d.get(base+"/conversations").says(t, 200, "first-call.txt", "How surely things are heard here", "Nobody has kept or dismissed anything in this study yet")
	d.keep("first-call.txt", 1, headway.Motivation)
	call := string(d.said["first-call.txt"].ID)

	d.post(base+"/conversations", url.Values{"conversation": {call}, "do": {"new"}}).leadsTo(t, "/chosen?conversation="+call)
	d.get("/chosen?conversation="+call).says(t, 200, "these conversations are hidden", "first-call.txt")
	if body := d.get("/chosen?conversation=" + call).body; strings.Index(body, "are hidden") > strings.Index(body, `action="/chosen"`) {
		t.Error("it says what it does after it asks for it")
	}
	if studies, err := d.flow.Studies(t.Context()); err != nil || len(studies) != 1 {
		t.Fatal("asking what it would mean opened a study")
	}
	d.post("/chosen", url.Values{"conversation": {call}, "name": {"One call"}, "about": {"one"}})
	studies, err := d.flow.Studies(t.Context())
	if err != nil || len(studies) != 2 {
		t.Fatal(studies, err)
	}
	d.get("/conversation/"+call).says(t, 403)
	d.get("/conversation/"+call+"?study="+string(d.study())).says(t, 200)
	guessing := "/study/" + string(studies[1].ID)
	before := d.get(guessing + "/conversations")
	before.says(t, 200, "first-call.txt", "guesses open")
	before.hides(t, "How surely", "go home on time")

	d.post(base+"/conversations", url.Values{"conversation": {string(d.said["second-call.txt"].ID)}, "do": {"add"}, "into": {string(studies[1].ID)}}).leadsTo(t, base+"/conversations")
	d.get(guessing+"/conversations").says(t, 200, "second-call.txt")
	d.post(base+"/conversations", url.Values{"conversation": {call}, "do": {"leave"}}).leadsTo(t, base+"/conversations")
	d.get(base+"/conversations").hides(t, "first-call.txt")
	d.post("/undo", nil)
	d.get(base+"/conversations").says(t, 200, "first-call.txt")

	d.post(base+"/conversations", url.Values{"do": {"leave"}}).says(t, 422, "Choose at least one")
	d.post(base+"/conversations", url.Values{"conversation": {call}, "do": {"dance"}}).says(t, 422)
	d.post("/chosen", url.Values{"conversation": {"nowhere"}, "name": {"x"}, "about": {"one"}}).says(t, 404)
}
