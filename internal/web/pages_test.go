package web

import (
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func TestAnEmptyWorkbenchAsksForThreeGuesses(t *testing.T) {
	open(t).get("/").says(t, 200,
		"What progress are they hiring us to help them make?",
		"one customer or about our customers?",
		"What are they trying to get done, and in what situation?",
		"If they could not have had it from you, what would they have got or done instead?",
		"How will they know it worked?",
		"And what does that do for them?")
}

func TestGuessing(t *testing.T) {
	for name, c := range map[string]struct {
		form  url.Values
		leads string
		says  string
		want  []string // slot: text of the guesses kept
		phase headway.Phase
	}{
		"nothing written cannot be sealed": {
			form: url.Values{"about": {"all"}, "do": {"seal"}}, says: "Nothing to seal yet"},
		"what was written stays on the page when something is wrong": {
			form: url.Values{"worked": {"no call on Sunday"}, "do": {"seal"}}, says: "no call on Sunday"},
		"each answer is kept under its slot": {
			form:  url.Values{"about": {"all"}, "doing": {"close the month"}, "when": {"a second warehouse"}, "otherwise": {"a spreadsheet"}, "worked": {"home by six"}, "worked-then": {"see the kids"}, "do": {"seal"}},
			leads: "/study/study1/evidence", phase: headway.Sealed,
			want: []string{"motivation: close the month", "situation: a second warehouse", "alternative: a spreadsheet", "measure: home by six", "motivation: see the kids"}},
		"an answer about us is kept as what draws them": {
			form:  url.Values{"about": {"one"}, "doing": {"our low price"}, "doing-us": {"1"}, "do": {"seal"}},
			leads: "/study/study1/evidence", phase: headway.Sealed, want: []string{"pull: our low price"}},
		"more guesses have a slot and an author": {
			form:  url.Values{"about": {"all"}, "author": {"Jan"}, "more-slot": {"anxiety", "habit"}, "more-text": {"losing data", ""}, "more-author": {"Marta", ""}, "do": {"seal"}},
			leads: "/study/study1/evidence", phase: headway.Sealed, want: []string{"anxiety: losing data (Marta)"}},
		"skipping is allowed, and what was written is kept as late": {
			form:  url.Values{"about": {"all"}, "worked": {"home by six"}, "do": {"skip"}},
			leads: "/study/study1/evidence", phase: headway.Skipped, want: []string{"measure: home by six late"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			a := w.post("/start", c.form)
			if c.leads == "" {
				a.says(t, 422, c.says)
				if len(w.fake.studies) != 0 {
					t.Error("a study was opened")
				}
				return
			}
			a.leadsTo(t, c.leads)
			var got []string
			for _, g := range w.fake.guesses["study1"] {
				line := string(g.Slot) + ": " + g.Text
				if g.Author != "" {
					line += " (" + g.Author + ")"
				}
				if g.Late {
					line += " late"
				}
				got = append(got, line)
			}
			if strings.Join(got, "; ") != strings.Join(c.want, "; ") || w.fake.studies[0].Phase != c.phase {
				t.Errorf("guesses %q in phase %s, want %q in %s", got, w.fake.studies[0].Phase, c.want, c.phase)
			}
		})
	}
}

func TestALateGuessDoesNotMakeALookASealedOne(t *testing.T) {
	w := open(t)
	w.post("/start", url.Values{"about": {"all"}, "worked": {"home by six"}, "do": {"skip"}})
	w.fake.guesses["study1"][0].Seal = "5ea1" // flow seals a late guess at once
	a := w.get("/study/study1/mirror")
	a.says(t, 200, "looked without sealing")
	if strings.Contains(a.body, "· sealed") {
		t.Error("the page calls the look sealed")
	}
}

func TestNoPageOfAStudyShowsEvidenceBeforeTheReveal(t *testing.T) {
	w := open(t)
	w.sealed()
	w.fake.studies[0].Phase = headway.Guessing
	conversation := "/conversation/" + string(w.conversation("study1"))
	for _, path := range []string{"/study/study1/evidence", "/study/study1/mirror", "/study/study1/mirror.html", "/study/study1/mirror.docx",
		"/study/study1/said/struggle", "/study/study1/people", "/study/study1/shoes", "/study/study1/import/1", "/study/study1/import/1/events", conversation, conversation + "?study=study1"} {
		a := w.get(path)
		a.says(t, 403)
		a.hides(t, "three hours", "Petra:", "Sundays")
	}
	w.get("/study/study1/mirror").says(t, 403, "First your guesses, then their words", "/study/study1/guess")
	for _, path := range []string{"judge", "mark", "test", "place", "merge", "guesses", "import/1/cancel", "import/1/columns"} {
		w.post("/study/study1/"+path, url.Values{}).says(t, 403)
	}
	w.upload("/study/study1/evidence", map[string]string{"a.txt": interview}, nil).says(t, 403)
	w.upload("/study/study1/shoes", nil, url.Values{"paste": {"Three hours."}}).says(t, 403)
	w.get("/study/study1").leadsTo(t, "/study/study1/guess")
}

func TestBringingEvidence(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/study/study1/import/1").says(t, 200, "8 of 8 turns; 1 speaker to place", "Say who is who")
	w.upload("/study/study1/evidence", map[string]string{"empty.bad": ""}, nil).leadsTo(t, "/study/study1/import/2")
	w.get("/study/study1/import/2").says(t, 200, "1 file could not be read", "export it again")
	w.upload("/study/study1/evidence", nil, url.Values{"paste": {"Jan (us): How so?"}, "ours": {"Jan, @acme.example"}}).leadsTo(t, "/study/study1/import/3")
	if got := strings.Join(w.fake.imported[2].Ours, "|"); got != "Jan|@acme.example" {
		t.Errorf("ours is %q", got)
	}
	w.upload("/study/study1/evidence", nil, nil).says(t, 422, "Nothing was chosen")
}

func TestTheColumnsOfATableArePutRight(t *testing.T) {
	w := open(t)
	w.sealed()
	w.upload("/study/study1/evidence", map[string]string{"reviews.csv": "Review,Buyer\ngood,Ida"}, nil).leadsTo(t, "/study/study1/import/2")
	w.get("/study/study1/import/2").says(t, 200, "which columns are what?", "7 of 9 rows wrote something")
	columns := "/study/study1/import/2/columns"
	p := w.fake.jobs["2"]
	p.Noted = []flow.FileNotes{{File: "reviews.csv", Findings: []headway.Finding{{Line: 4, What: "a row has fewer cells than the header"}}}}
	p.Findings, p.Added = 1, 7
	p.Tables[0].Table.Columns[0].Role = "title"
	w.fake.jobs["2"] = p
	w.get("/study/study1/import/2").says(t, 200, "No column was found that holds their own words", `value="title" selected`, "line 4: a row has fewer cells")
	w.post(columns, url.Values{"file": {"reviews.csv"}, "header": {"Review", "Buyer"}, "role": {"", "who"}}).says(t, 422, "Say which column holds their words")
	w.post(columns, url.Values{"file": {"other.csv"}, "header": {"Review"}, "role": {"text"}}).says(t, 404, "choose the file again")
	w.post(columns, url.Values{"file": {"reviews.csv"}, "header": {"Review", "Why", "Buyer"}, "role": {"text", "text", "who"}}).leadsTo(t, "/study/study1/import/3")
	last := w.fake.imported[len(w.fake.imported)-1].Columns
	if last["text"] != "Review|Why" || last["who"] != "Buyer" {
		t.Errorf("columns %v", last)
	}
}

func TestPeopleWithoutANameAreOneLineAndTheRestBehindAKey(t *testing.T) {
	heads := []flow.Head{{ID: "1", Speakers: []headway.Speaker{{Name: "Ida Lind", Side: headway.Theirs}}}}
	for range peopleShown + 1 {
		heads = append(heads, flow.Head{ID: "2", Speakers: []headway.Speaker{{Side: headway.Theirs}}})
	}
	v := viewPeople("s", heads, len(heads))
	if v.Placed.All != 1 || v.Unnamed.All != peopleShown+1 || v.Unnamed.Left() != 1 || len(v.Customers()) != 1 {
		t.Errorf("%d named; %d without a name, %d of them left out; %d can be one person", v.Placed.All, v.Unnamed.All, v.Unnamed.Left(), len(v.Customers()))
	}

	w := open(t)
	w.sealed()
	w.upload("/study/study1/evidence", map[string]string{"survey.txt": ": I copy it by hand."}, nil)
	w.get("/study/study1/people").says(t, 200, "1 person without a name, all placed")
}

func TestOneKeyPlacesBothOfTwoSpeakers(t *testing.T) {
	w := open(t)
	w.sealed()
	w.upload("/study/study1/evidence", map[string]string{"call.txt": "Olaf (?): How do you do it?\nIda (?): By hand, every Friday."}, nil)
	page := w.get("/study/study1/people")
	page.says(t, 200, "one of us, Ida (?) a customer")
	talks := w.fake.talks["study1"]
	call := talks[len(talks)-1].c
	w.post("/study/study1/place", url.Values{"conversation": {string(call.ID)}, "speaker": {string(call.Speakers[0].ID)}, "customer": {string(call.Speakers[1].ID)}}).leadsTo(t, "/study/study1/people")
	if olaf, ida := call.Speakers[0].Side, call.Speakers[1].Side; olaf != headway.Ours || ida != headway.Theirs {
		t.Errorf("Olaf is %s, Ida is %s", olaf, ida)
	}
}

func TestAnImportFromBeforeIsSeenToGoOn(t *testing.T) {
	w := open(t)
	w.sealed()
	w.fake.jobs["1795309200"] = flow.Progress{Turns: 600, TurnsDone: 412, Resumed: true}
	here := "/study/study1/import/1795309200"
	for _, page := range []string{"/", "/study/study1/evidence", "/study/study1/mirror"} {
		w.get(page).says(t, 200, "An import from before goes on", "412 of 600 turns", here)
	}
	w.get("/study/study1/import/77").leadsTo(t, here) // the page that was left open
	w.get(here).says(t, 200, "An import from before goes on", "You may leave this page")
}

func TestAnImportIsFollowedAndCancelled(t *testing.T) {
	w := open(t)
	w.sealed()
	a := w.get("/study/study1/import/1/events")
	a.says(t, 200, `"line":"8 of 8 turns; 1 speaker to place"`, `"done":true`)
	if got := a.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	w.post("/study/study1/import/1/cancel", nil).leadsTo(t, "/study/study1/import/1?stopping")
	w.get("/study/study1/import/1?stopping").says(t, 200, "Cancelled", "nothing comes in twice")
	p := w.fake.jobs["1"]
	p.Done, p.Canceled = false, false
	w.fake.jobs["1"] = p
	a = w.get("/study/study1/import/1?stopping")
	a.says(t, 200, "It stops after the conversation it is at")
	a.hides(t, "it goes on")
	p.Done, p.Canceled, p.Err = true, true, "keep rows: context canceled"
	w.fake.jobs["1"] = p
	a = w.get("/study/study1/import/1")
	a.says(t, 200, "Cancelled")
	a.hides(t, "context canceled")
	w.get("/study/study1/import/77").says(t, 404)
}

func TestAnImportOfNothingSaysSoAndAsksForOtherFiles(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/study/study1/evidence")
	w.fake.jobs["1"] = flow.Progress{Done: true, Failed: []flow.FileResult{{File: "a.vtt", Error: "read a.vtt: the file is empty: export it again"}}}
	a := w.get("/study/study1/import/1")
	a.says(t, 200, "Nothing could be read", "<b>a.vtt</b>: the file is empty", "Bring other files")
	a.hides(t, "0 conversations", "read a.vtt")
}

func TestWhoLeftAnImportFindsBackToIt(t *testing.T) {
	w := open(t)
	w.sealed()
	a := w.get("/study/study1/evidence")
	a.hides(t, "Still reading")
	p := w.fake.jobs["1"]
	p.Done, p.TurnsDone = false, 3
	w.fake.jobs["1"] = p
	w.get("/study/study1/evidence").says(t, 200, "Still reading", "/study/study1/import/1", "3 of 8 turns")
	w.get("/study/study1/import/1").says(t, 200, "it goes on", "http-equiv=\"refresh\"")
}

func TestTheFirstScreenHasAtMostTwelveSentences(t *testing.T) {
	w := open(t)
	study := w.sealed()
	a := w.get("/study/" + string(study) + "/mirror")
	a.says(t, 200, "You said", "They said", "Nobody asked", "her boss stops calling on Sundays")
	glance, _, _ := strings.Cut(a.body[strings.Index(a.body, `id="glance"`):], "</section>")
	if n := strings.Count(glance, "data-sentence"); n < 6 || n > 12 {
		t.Errorf("%d sentences on the first screen, want 6 to 12", n)
	}
}

func TestTheMirrorSaysWhatIsNotCountedAndWhatSettlesIt(t *testing.T) {
	w := open(t)
	w.get("/study/"+string(w.sealed())+"/mirror").says(t, 200,
		"1 speaker counts", "/study/study1/people",
		"Took for granted aloud", "never tested",
		"turn 5 of 8, 01:20",
		"Nobody asked what they would have done otherwise: 0 of 1",
		"Is this right? What did I miss?")
}

func TestJudgingASentenceIsFollowedByTheCounts(t *testing.T) {
	w := open(t)
	study := w.sealed()
	page := w.get("/study/" + string(study) + "/mirror")
	page.says(t, 200, "Perhaps heard from 1 of 1, 0 checked.")
	form := page.fields(t, "/study/study1/judge")
	form.Set("verdict", "supports")
	w.post("/study/study1/judge", form).leadsTo(t, "/study/study1/mirror")
	w.get("/study/study1/mirror").says(t, 200, "Heard from 1 of 1.")
	form.Set("verdict", "contradicts")
	w.post("/study/study1/judge", form)
	w.get("/study/study1/mirror").says(t, 200, "Contradicted by 1 of 1")
	form.Set("verdict", "undecided")
	w.post("/study/study1/judge", form)
	w.get("/study/study1/mirror").says(t, 200, "Perhaps heard from 1 of 1, 0 checked.")
}

func TestNotThisTakesASentenceOutOfTheCounts(t *testing.T) {
	w := open(t)
	study := w.sealed()
	form := w.get("/study/"+string(study)+"/said/struggle").fields(t, "/study/study1/mark")
	form.Set("verdict", "dismissed")
	done := w.post("/study/study1/mark", form)
	done.leadsTo(t, "/study/study1/mirror?dismissed="+url.QueryEscape(form.Get("span"))+"&label=struggle")
	a := w.get(done.Header.Get("Location"))
	a.says(t, 200, "One sentence was taken out.")
	if strings.Contains(a.body, "What is hard for them <span class=\"n\">1 of 1") {
		t.Error("a dismissed sentence is still counted")
	}
}

func TestAVerdictNeedsAPlaceAndAWordThatFits(t *testing.T) {
	w := open(t)
	w.sealed()
	for _, form := range []url.Values{
		{"span": {"nonsense"}, "verdict": {"supports"}},
		{"span": {"a.1:9-3"}, "verdict": {"supports"}},
		{"span": {"a.1:-1-3"}, "verdict": {"supports"}},
		{"span": {"a.1:0-3"}, "verdict": {"likes"}},
		{"span": {"a.1:0-3"}, "verdict": {"kept"}},
	} {
		w.post("/study/study1/judge", form).says(t, 422)
	}
	if len(w.fake.ops) != 0 {
		t.Errorf("%d deeds were kept", len(w.fake.ops))
	}
}

func TestPlacingASpeakerSettlesTheCounts(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/study/study1/people").says(t, 200, "1 speaker to place", "people go from 1 to 2")
	c := w.conversation("study1")
	var olaf headway.SpeakerID
	for _, s := range w.fake.talks["study1"][0].c.Speakers {
		if s.Side == headway.Unknown {
			olaf = s.ID
		}
	}
	form := url.Values{"conversation": {string(c)}, "speaker": {string(olaf)}, "side": {"theirs"}}
	w.post("/study/study1/place", form).leadsTo(t, "/study/study1/people")
	a := w.get("/study/study1/mirror")
	a.says(t, 200, "2 people on their side")
	a.hides(t, "for nobody until you")
	form.Set("side", "both")
	w.post("/study/study1/place", form).says(t, 422)
}

func TestALateGuessIsMarked(t *testing.T) {
	w := open(t)
	w.sealed()
	w.post("/study/study1/guesses", url.Values{"slot": {"habit"}, "text": {"they like their notebook"}}).leadsTo(t, "/study/study1/mirror")
	w.get("/study/study1/mirror").says(t, 200, "they like their notebook", "after the reveal")
	w.post("/study/study1/guesses", url.Values{"slot": {"realization"}, "text": {"x"}}).says(t, 422)
}

func TestAConversationOpensAtTheWords(t *testing.T) {
	w := open(t)
	w.sealed()
	turn := w.fake.talks["study1"][0].c.Turns[1]
	a := w.get("/conversation/" + string(w.conversation("study1")) + "?study=study1&at=" + url.QueryEscape(string(turn.Text.ID)+":2-6"))
	a.says(t, 200, `id="t-`+string(turn.ID)+`"`, `at"`, ">copy<", "struggle", "the test says so", "00:20", "side not settled")
	w.get("/conversation/nobody").says(t, 404, "Nothing here")
	w.get("/conversation/"+string(w.conversation("study1"))+"?at=broken").says(t, 422)
}

func TestTheSampleIsMarkedInventedOnEveryPageAndRemovedInOneAct(t *testing.T) {
	w := open(t)
	w.post("/sample", nil).leadsTo(t, "/study/study1/mirror")
	for _, path := range w.everyPage("study1") {
		if strings.HasPrefix(path, "/study/") && !strings.HasSuffix(path, ".docx") || strings.HasPrefix(path, "/conversation/") {
			w.get(path).says(t, 200, "Invented sample.")
		}
	}
	w.get("/search?q=three").says(t, 200, "invented sample")
	w.post("/sample/remove", nil).leadsTo(t, "/")
	w.get("/study/study1/mirror").says(t, 404)
}

func TestSearchSaysWhenItShowsOnlyTheFirst(t *testing.T) {
	w := open(t)
	w.sealed()
	w.get("/search?q=three+hours").says(t, 200, "1 place.", "<mark>three hours</mark>")
	w.upload("/study/study1/evidence", map[string]string{"many.txt": strings.Repeat("Ida: so three hours again\n", 60)}, nil)
	w.get("/search?q=three+hours").says(t, 200, "The newest 50 places")
}

func TestTheMirrorOfOneselfIsNeverStored(t *testing.T) {
	w := open(t)
	w.post("/self", url.Values{"bought": {"gum"}, "why": {"the best price"}, "worth": {"fresh breath"}}).
		says(t, 200, "The mirror of you", "fresh breath", "What drew you", "not said", "And what does that do for you?")
	if len(w.fake.studies) != 0 || len(w.fake.ops) != 0 {
		t.Error("something was stored")
	}
}

func TestSingleKeysAndTheLookAreAPersonsChoice(t *testing.T) {
	w := open(t)
	w.get("/").says(t, 200, "data-keys")
	a := w.post("/settings", url.Values{"keys": {"off"}, "back": {"/keys"}})
	a.leadsTo(t, "/keys")
	w.cookies = append(w.cookies, a.Cookies()...)
	w.cookies = append(w.cookies, w.post("/settings", url.Values{"theme": {"dark"}}).Cookies()...)
	b := w.get("/keys")
	b.says(t, 200, `data-theme="dark"`, "Single keys are off")
	b.hides(t, "data-keys")
}

func TestQualityShowsNoFigureThatWasNotMeasured(t *testing.T) {
	open(t).get("/quality").says(t, 200, "How well Headway hears", "By your own decisions", "What it does not do")
}

func TestWithoutABuiltInterfaceOnePlainPageSaysHowToBuildIt(t *testing.T) {
	dir := builtInterface(t)
	if err := os.Remove(filepath.Join(dir, "dist", "manifest.json")); err != nil {
		t.Fatal(err)
	}
	w := open(t)
	w.Handler = New(w.fake, Options{Secret: secret, UIDir: dir})
	w.get("/").says(t, 503, "The interface is not built yet", "go run ./tools/dev build")
}

func TestATooLargeUploadSaysWhatToDo(t *testing.T) {
	w := open(t)
	w.sealed()
	r := httptest.NewRequest("POST", "/study/study1/evidence", strings.NewReader("x"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=none")
	w.do(r).says(t, 422, "choose the files again")
}

func TestASearchLeadsBackToTheStudyItWasMadeFrom(t *testing.T) {
	w := open(t)
	study := string(w.sealed())
	w.get("/study/"+study+"/mirror").says(t, 200, `name="study" value="`+study+`"`)
	w.get("/search?q=leaks&study="+study).says(t, 200, "/study/"+study+"/mirror")
	w.get("/search?q=leaks&study=none").says(t, 200, "leaks")
}
