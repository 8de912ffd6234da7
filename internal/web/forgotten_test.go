package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// news reads the first that a live stream tells of a conversation from its beginning.
func (d *desk) news(c headway.ConversationID) string {
	d.t.Helper()
	server := httptest.NewServer(d.Handler)
	defer server.Close()
	ctx, leave := context.WithCancel(d.t.Context())
	defer leave()
	r, _ := http.NewRequestWithContext(ctx, "GET", server.URL+"/conversation/"+string(c)+"/live?after=0", nil)
	for _, cookie := range d.cookies {
		r.AddCookie(cookie)
	}
	answer, err := server.Client().Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if data, is := strings.CutPrefix(lines.Text(), "data: "); is {
			return data
		}
	}
	d.t.Fatalf("the stream of %s tells nothing: %s", c, answer.Status)
	return ""
}

// onlyIds are the values that a live stream may hold: numbers, deeds, ids of members,
// texts and persons.
var onlyIds = regexp.MustCompile(`^(?:[a-z]+|[a-z2-7]{26}|[a-z2-7]{26}\.(?:1|[a-z2-7]{26}))$`)

func wantIdsOnly(t *testing.T, data string) {
	t.Helper()
	for _, value := range regexp.MustCompile(`"([^"]*)"(:?)`).FindAllStringSubmatch(data, -1) {
		if value[2] == "" && value[1] != "" && !onlyIds.MatchString(value[1]) {
			t.Errorf("a live stream tells %q, which is no id:\n%s", value[1], data)
		}
	}
}

func TestLiveStreamsTellIdsAloneMaskedErasedOrNot(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	ida := d.rest(id)
	before := d.news(id)
	if strings.Count(before, `"seq"`) < 4 {
		t.Fatalf("the stream tells of too little: %s", before)
	}
	wantIdsOnly(t, before)
	if _, err := d.flow.MaskSuggested(t.Context(), id, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := d.flow.MaskPerson(t.Context(), ida); err != nil {
		t.Fatal(err)
	}
	masked := d.news(id)
	wantIdsOnly(t, masked)
	if _, err := d.flow.Erase(t.Context(), ida, true); err != nil {
		t.Fatal(err)
	}
	after := d.news(id)
	wantIdsOnly(t, after)
	for name, data := range map[string]string{"before": before, "masked": masked, "erased": after} {
		for _, word := range append(ofIda, "brother", "kilns", "hours", "ask again") {
			if strings.Contains(strings.ToLower(data), word) {
				t.Errorf("%s: a live stream tells %q", name, word)
			}
		}
	}
	if !strings.Contains(masked, `"mask"`) || !strings.Contains(after, `"erase"`) {
		t.Errorf("neither masking nor erasing is told:\n%s\n%s", masked, after)
	}
}

// rest lets members' claims rest on Ida's words, and gives who she is.
func (d *desk) rest(id headway.ConversationID) headway.PersonID {
	d.t.Helper()
	ctx := d.t.Context()
	c, h, err := d.flow.Conversation(ctx, id, "")
	if err != nil {
		d.t.Fatal(err)
	}
	ida := c.Speaker(c.Turns[1].Speaker).Person()
	var said []headway.Span
	for _, s := range h.Sentences {
		if s.Side == headway.Theirs {
			said = append(said, s.Span)
		}
	}
	_, err = d.flow.Note(ctx, headway.Passage{said[0]}, "ask again")
	for _, failed := range []error{
		err,
		d.flow.Mark(ctx, headway.Passage{said[0]}, headway.Struggle, headway.Kept),
		d.flow.Promise(ctx, c.Turns[2].Text.Whole(), ida, headway.Kept),
		d.flow.Repair(ctx, said[len(said)-1], c.Turns[0].Text.Whole(), headway.Kept),
	} {
		if failed != nil {
			d.t.Fatal(failed)
		}
	}
	if _, err := d.flow.SendBack(ctx, ida, said[:1]); err != nil {
		d.t.Fatal(err)
	}
	return ida
}

func TestEveryPageOnWhichAClaimShowedSaysThatItLostItsSupport(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	ida := d.rest(id)
	c, mirror := "/conversation/"+string(id), studyPath(d.study(), "mirror")
	for _, path := range []string{c, mirror, "/people", "/forgotten"} {
		if body := d.get(path).body; strings.Contains(body, "lost support") {
			t.Fatalf("%s says so before anybody was erased", path)
		}
	}
	erased := d.post("/person/"+string(ida)+"/erase", url.Values{"sure": {"yes"}, "mentions": {"yes"}})
	wantAnswer(t, erased, http.StatusOK, "They are erased")
	if got := erased.Header.Get("Clear-Site-Data"); got != `"cache"` {
		t.Errorf("Back may show their page from memory: Clear-Site-Data is %q", got)
	}
	wantAnswer(t, d.get(c), http.StatusOK, "kept as struggle", "A promise", "What we got wrong", "play-back", "lost support: forgotten on ")
	wantAnswer(t, d.get(mirror), http.StatusOK, "1 sentence kept as struggle lost support: forgotten on ")
	wantAnswer(t, d.get(mirror+".html"), http.StatusOK, "1 sentence kept as struggle lost support: forgotten on ")
	if words := unzipped(d.get(mirror + ".docx").body); !strings.Contains(words, "lost support: forgotten on ") {
		t.Error("the document does not say so")
	}
	wantAnswer(t, d.get("/forgotten"), http.StatusOK, "5 things that we had said lost support", "Kept as struggle", "A note", "A promise", "A play-back", "What we got wrong", c+"#t-")
	for _, gone := range []string{"/customer/", "/person/"} {
		wantAnswer(t, d.get(gone+string(ida)), http.StatusNotFound, "lost support: forgotten on ")
	}
	for path, body := range d.walk("/", c, mirror, "/people", "/forgotten") {
		if strings.Contains(body, "brother") {
			t.Errorf("%s tells of her", path)
		}
	}
}

func TestALinkToForgottenWordsSaysSo(t *testing.T) {
	d := openDesk(t)
	id := withIda(t, d)
	ida := d.rest(id)
	c, _, err := d.flow.Conversation(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	shown := access.Shown{Kind: access.ShareQuote, Study: d.study(), Conversation: id, Span: headway.Span{Text: c.Turns[1].Text.ID, End: 5}}
	if _, err := d.flow.Erase(t.Context(), ida, true); err != nil {
		t.Fatal(err)
	}
	s := &server{hw: d.flow}
	err = s.sharedQuote(httptest.NewRequest("GET", "/", nil), shown, &sharedView{})
	if headway.ErrorCode(err) != headway.NotFound || !strings.Contains(err.Error(), "lost support: forgotten on ") {
		t.Errorf("a link to her words says %v", err)
	}
}
