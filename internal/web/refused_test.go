package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestACorrectionThatIsRefusedKeepsWhatWasWritten(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("My hands shake")
	at := url.Values{"study": {string(w.study)}, "text": {string(text)}}
	with := func(fields ...string) url.Values {
		form := url.Values{}
		for k, v := range at {
			form[k] = v
		}
		for i := 0; i < len(fields); i += 2 {
			form.Set(fields[i], fields[i+1])
		}
		return form
	}
	w.post(path, with("do", "words", "words", " ")).says(t, 422, "Put this turn right", "A turn needs words.", "My hands shake when I do.")
	w.post(path, with("do", "split", "begins", "nowhere in it")).says(t, 422, "Say with which words of this turn the second one begins.", `value="nowhere in it"`)
	w.post(path, with("do", "split", "words", "My feet shake.", "begins", "My")).says(t, 422, "Keep the correction first, then split or join", ">\nMy feet shake.</textarea>")
}

func TestACorrectionThatIsSentTwiceIsKeptOnce(t *testing.T) {
	w := openTogether(t)
	path, text := w.editPath("My hands shake")
	for range 2 {
		w.redirects(path, url.Values{"text": {string(text)}, "do": {"words"}, "words": {"Then I open it.\r\nMy hands are cold."}}, "/conversation/")
	}
	if got := w.turns()[3]; got != "Customer: Then I open it.\nMy hands are cold." {
		t.Errorf("the turn reads %q", got)
	}
}

func TestWhoeverIsRefusedIsLedBackToWhereTheyWere(t *testing.T) {
	w := open(t)
	study := string(w.sealed())
	leads := func(referer, want string) {
		t.Helper()
		r := httptest.NewRequest("GET", "/conversation/nowhere?study="+study, nil)
		r.Header.Set("Referer", referer)
		if a := w.do(r); a.StatusCode != 404 || !strings.Contains(a.body, `class="act" href="`+want+`"`) {
			t.Errorf("from %q: %d, want the way to %q in\n%s", referer, a.StatusCode, want, a.body)
		}
	}
	leads("http://"+host+"/study/"+study+"/mirror?a=b", "/study/"+study+"/mirror?a=b")
	leads("https://elsewhere.example/study/x", "/study/"+study)
	leads("http://"+host+"//elsewhere.example/", "/study/"+study)
	leads("", "/study/"+study)
}

func TestWhoeverIsRefusedInsideAStudyKeepsItsWaysAndIsToldWhatToDo(t *testing.T) {
	w := openWorkshop(t)
	jobs, mirror := `href="`+studyPath(w.study, "jobs")+`"`, `href="`+studyPath(w.study, "mirror")+`"`
	for _, rest := range []string{"job/nowhere", "proposed/nowhere", "claim/nowhere", "episode/nowhere", "said/nothing", "there/is/no/such/page"} {
		w.page(rest).says(t, 404, jobs, mirror, "Back to Handles", "see what there is now")
	}
	w.get("/conversation/nowhere?study="+string(w.study)).says(t, 404, jobs, "Back to Handles")
	w.send(t, "jobs/join", "job", "same").says(t, 422, jobs, "Choose two jobs.", "Nothing was kept")
	w.get("/study/nowhere/jobs").hides(t, `class="parts"`)

	guessing := must2(w.flow.OpenStudy(t.Context(), "Guessing", headway.OurCustomers))(t)
	refused := w.get(studyPath(guessing.ID, "jobs"))
	refused.says(t, 403, "First your guesses, then their words", `href="`+studyPath(guessing.ID, "guess")+`"`)
	refused.hides(t, `href="`+studyPath(guessing.ID, "mirror")+`"`)
}

func TestAStrangerIsNotToldWhatAStudyIsCalled(t *testing.T) {
	w := openWorkshop(t)
	w.cookies = nil
	w.page("jobs").hides(t, "Handles", `class="parts"`)
}

func TestAStudyIsOpenedOfWhatASearchFinds(t *testing.T) {
	d := openDesk(t)
	study := string(d.study())
	page := d.get("/search?q=side:theirs&study=" + study)
	page.says(t, 200, "start a study of these conversations", "/chosen?q=side%3Atheirs&amp;study="+study)
	d.get("/chosen?q=side:theirs&study="+study).says(t, 200, "A study of ", "first-call.txt", `name="name" value="side:theirs"`, `name="conversation" value="`+string(d.said["first-call.txt"].ID)+`"`)
	d.get("/chosen?q=kind:fear").says(t, 422, "is no kind: write one of")
	d.get("/chosen?q=%22zzzz+qqqq%22").says(t, 422, "so there is nothing to make a study of")
}

func TestASearchOfDaysSaysWhatBecameOfConversationsWithoutOne(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/search?q=nowhere&since=2030-01-01").says(t, 200, "Conversations without a date are of no day, and left out.")
	w.get("/search?q=nowhere").hides(t, "of no day")
}

func TestALinkThatOnlyThisMachineOpensSaysSo(t *testing.T) {
	abroad := Abroad{Commands: []string{"headway serve --host 192.168.1.5 --port 8474"}, Origin: "http://192.168.1.5:8474"}
	for alone, change := range map[bool]func(*Options){true: func(o *Options) { o.Members, o.Abroad = false, abroad }, false: nil} {
		h := openHouse(t, change)
		if alone {
			h.cookies = []*http.Cookie{{Name: keyCookie, Value: cookieValue(secret)}}
		} else {
			h.as(headway.Owner)
		}
		study := string(h.sealed())
		a := h.post("/links", url.Values{"kind": {"mirror"}, "study": {study}, "days": {"7"}})
		a.says(t, 200, "It is shown this once")
		for _, tells := range []string{"Only this machine opens it", abroad.Commands[0] + "\n", `value="` + abroad.Origin + "/shared/"} {
			if said := strings.Contains(a.body, tells); said != alone {
				t.Errorf("alone %v, said %q %v", alone, tells, said)
			}
		}
	}
}
