package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

// editPath is where the customer's turn with some words is put right.
func (w *together) editPath(words string) (path string, text headway.TextID) {
	at := w.sentence(words)
	return "/conversation/" + string(w.c.ID) + "/turn/" + string(at.Text.Turn()) + "/edit", at.Text
}

func (w *together) turns() (turns []string) {
	w.t.Helper()
	c, _, err := w.flow.Conversation(w.t.Context(), w.c.ID, w.study)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, t := range c.Turns {
		turns = append(turns, c.Speaker(t.Speaker).Name+": "+t.Text.Text)
	}
	w.c = c
	return turns
}

func (w *together) redirects(path string, form url.Values, to string) {
	w.t.Helper()
	form.Set("study", string(w.study))
	a := w.post(path, form)
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), to) {
		w.t.Fatalf("%d, to %q: want %q\n%s", a.StatusCode, a.Header.Get("Location"), to, a.body)
	}
}

func TestATurnIsPutRightAndWhatLostItsWordsIsWorkedOff(t *testing.T) {
	w := openTogether(t)
	w.mark(w.anna, "My hands shake when I do.", headway.Anxiety)
	path, text := w.editPath("My hands shake")
	w.get(path+"?study="+string(w.study)).says(t, 200, "Put this turn right", "My hands shake when I do.", "Join with the next turn")
	w.get(path).hides(t, "corrected meanwhile")
	w.redirects(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"Then I open it. My hands are cold."}}, "/review?conversation=")
	if got := w.turns()[3]; got != "Customer: Then I open it. My hands are cold." {
		t.Errorf("the turn reads %q", got)
	}
	page := w.get("/review")
	page.says(t, 200, "<del>My hands shake when I do.</del>", "hang it here", "let it go", "<b>anxiety kept</b>")
	stood := formatSpan(headway.Span{Text: text, Start: 16, End: 41})
	w.redirects("/review", url.Values{"stood": {stood}, "do": {"here"}, "words": {"My hands are cold."}, "place": {"x:0-1"}, "back": {"/review"}}, "/review")
	w.get("/review").says(t, 200, "Nothing waits")
	judged, err := w.flow.Judgements(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, hangs := judged.Labels[headway.Anxiety][w.sentence("My hands are cold.")]; !hangs {
		t.Errorf("it hangs at %v", judged.Labels)
	}
	if a := w.post("/review", url.Values{"stood": {stood}, "do": {"let-go"}}); a.StatusCode != http.StatusConflict {
		t.Errorf("settled twice: %d", a.StatusCode)
	}
}

func TestRecordedEditsAreTakenBeforeTheWords(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("I sit beside")
	w.redirects(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"not looked at"}, "edits": {`[{"start":2,"end":5,"words":"lie"}]`}}, "/conversation/")
	if got := w.turns()[1]; got != "Customer: I lie beside it all night." {
		t.Errorf("the turn reads %q", got)
	}
	_, text = w.editPath("I lie beside")
	for _, edits := range []string{"no JSON", `[{"start":2,"end":1}]`, `[{"start":0,"end":99}]`} {
		if a := w.post(path, url.Values{"text": {string(text)}, "do": {"words"}, "edits": {edits}}); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", edits, a.StatusCode)
		}
	}
}

func TestWhoIsSecondSeesTheNewerWordsAndKeepsTheirOwn(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("My hands shake")
	w.redirects(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"Then I open it. My hands shiver."}}, "/conversation/")
	w.is(w.ben)
	a := w.post(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"Then I open it. My hands shake whenever I do."}, "study": {string(w.study)}})
	a.says(t, http.StatusConflict, "My hands shiver.", "My hands shake whenever I do.")
}

func TestATurnIsSplitGivenToSomebodyJoinedAndBack(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("My hands shake")
	w.redirects(path, url.Values{"text": {string(text)}, "do": {"split"}, "begins": {"My hands"}}, "/conversation/")
	w.turns()
	second, secondText := w.editPath("My hands shake")
	w.redirects(second, url.Values{"text": {string(secondText)}, "do": {"speak"}, "name": {"Her apprentice"}}, "/conversation/")
	turns := w.turns()
	if len(turns) != 7 || turns[4] != "Her apprentice: My hands shake when I do." {
		t.Fatalf("the turns are %q", turns)
	}
	w.redirects(second, url.Values{"text": {string(secondText)}, "do": {"side"}, "side": {"theirs"}}, "/conversation/")
	if s := w.c.Speaker(w.c.Turns[4].Speaker); s.Name != "Her apprentice" {
		t.Errorf("it is %q's", s.Name)
	}
	w.redirects(path, url.Values{"text": {string(w.c.Turns[3].Text.ID)}, "do": {"join"}, "next": {string(w.c.Turns[4].Text.ID)}}, "/conversation/")
	if got := w.turns(); len(got) != 6 || got[3] != "Customer: Then I open it. My hands shake when I do." {
		t.Errorf("joined, the turns are %q", got)
	}
	w.get(second).says(t, http.StatusNotFound, "stands in the conversation no more")
}

func TestAWordingOfBeforeStandsAgain(t *testing.T) {
	w := openTogether(t)
	w.mark(w.anna, "My hands shake when I do.", headway.Anxiety)
	path, text := w.editPath("My hands shake")
	w.redirects(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"Then I close it."}}, "/review")
	w.turns()
	_, now := w.editPath("Then I close it.")
	w.get(path).says(t, 200, "How it read before", "as it came", "Back to this")
	w.redirects(path, url.Values{"text": {string(now)}, "do": {"restore"}, "before": {string(text)}}, "/conversation/")
	w.turns()
	if at := w.sentence("My hands shake"); at.Text != text {
		t.Errorf("it is text %s, not %s", at.Text, text)
	}
	w.get("/review").says(t, 200, "Nothing waits")
}

func TestAViewerPutsNothingRight(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("My hands shake")
	w.is(w.vera)
	if page := w.get(path); page.StatusCode != 200 || strings.Contains(page.body, "Keep the correction") {
		t.Errorf("%d\n%s", page.StatusCode, page.body)
	}
	for _, form := range []url.Values{{"do": {"words"}, "words": {"x y"}}, {"do": {"speak"}, "name": {"x"}}, {"do": {"join"}}} {
		form.Set("text", string(text))
		if a := w.post(path, form); a.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", form, a.StatusCode)
		}
	}
}
