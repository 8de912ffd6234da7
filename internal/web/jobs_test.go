package web

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// Anybody in it, and the handles they buy, are invented.
var handles = []source.File{
	{Name: "ann.txt", Data: []byte(`Interviewer: What else would you have done?

Ann: I carried every box up by hand, four floors, and my back gave in on a Friday. I want to get home without lying down first. I would have asked my brother.
`)},
	{Name: "bea.txt", Data: []byte(`Interviewer: What happened before you bought it?

Bea: It takes me an hour to get the shopping up the stairs, and I am afraid that I fall. I want to do it in one go. It does not have to be pretty.
`)},
}

// later is a second call with one of them, who finds what she wanted.
const later = `Interviewer: You had asked for a wider handle. What did you mean to do with it?

Ann: I wish I had a wider handle.

Interviewer: When was the last time that you would have needed it?

Ann: Oh, I had never thought about that. I do not want a handle at all, I want to rest halfway up.
`

// workshop is the handler over a real workspace with a study of two customers.
type workshop struct {
	*workbench
	flow  *flow.Flow
	study headway.StudyID
}

func openWorkshop(t *testing.T) *workshop {
	t.Helper()
	d := openDesk(t)
	study, err := d.flow.OpenStudy(t.Context(), "Handles", headway.OurCustomers)
	if err == nil {
		err = d.flow.Skip(t.Context(), study.ID)
	}
	if err == nil {
		_, err = d.flow.ImportNow(t.Context(), study.ID, flow.FileList(handles), source.Options{}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &workshop{d.workbench, d.flow, study.ID}
}

func (w *workshop) page(rest string) answer { return w.get(studyPath(w.study, rest)) }

func (w *workshop) send(t *testing.T, rest string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return w.post(studyPath(w.study, rest), form)
}

// says gives the place of a customer's sentence.
func (w *workshop) says(t *testing.T, words string) string {
	t.Helper()
	for _, h := range must2(w.flow.Conversations(t.Context(), w.study))(t) {
		c, heard, err := w.flow.Conversation(t.Context(), h.ID, w.study)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range heard.Sentences {
			for _, turn := range c.Turns {
				if quote, err := turn.Text.Cut(s.Span); err == nil && strings.Contains(quote.String(), words) {
					return formatSpan(s.Span)
				}
			}
		}
	}
	t.Fatalf("nobody says %q", words)
	return ""
}

func must2[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// job names the first job that is proposed, with a customer's words.
func (w *workshop) job(t *testing.T, words string) headway.ClaimID {
	t.Helper()
	var fields []string
	for _, m := range regexp.MustCompile(`name="episode" value="([^"]+)"`).FindAllStringSubmatch(w.page("jobs").body, -1) {
		fields = append(fields, "episode", m[1])
	}
	a := w.send(t, "claims", append(fields, "part", "job", "words", words, "span", w.says(t, "home without"))...)
	if a.StatusCode != 303 {
		t.Fatalf("%d\n%s", a.StatusCode, a.body)
	}
	return headway.ClaimID(a.Header.Get("Location")[strings.LastIndex(a.Header.Get("Location"), "/")+1:])
}

func TestAStudyThatGuessesShowsNoJobs(t *testing.T) {
	w := openWorkshop(t)
	study := must2(w.flow.OpenStudy(t.Context(), "Guessing", headway.OurCustomers))(t)
	for _, page := range []string{"jobs", "criteria", "product", "claims?part=job", "job/x", "claim/x", "episode/x"} {
		w.get(studyPath(study.ID, page)).says(t, 403, "First your guesses, then their words")
	}
}

func TestAProposedJobIsNamedAsOneDeedAndTakenBackAsOne(t *testing.T) {
	w := openWorkshop(t)
	w.page("jobs").says(t, 200, "What progress is my customer hiring us to help them make?", "Proposed, and named by nobody yet", "2 of 2 people")
	job := w.job(t, "Get home upright")
	w.page("jobs").says(t, 200, "Get home upright", "2 of 2 people", "I want to get home without lying down first.")
	w.page("jobs").hides(t, "The question stays until")
	w.page("job/"+string(job)).says(t, 200, "Get home upright", "1 of 2 people say it", "Ask:")
	w.post("/undo", url.Values{"back": {"/"}})
	w.page("jobs").says(t, 200, "The question stays until", "Proposed, and named by nobody yet")
	w.page("jobs").hides(t, "Get home upright")
}

func TestWhatIsRefusedOfAJobIsKeptAsItWasWritten(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	place := w.says(t, "one go")
	w.send(t, "claims", "part", "progress", "of", job, "words", "  ", "span", place).says(t, 422, "The progress is empty", "write a few words", `value="`+place+`" checked`)
	w.send(t, "claims", "part", "found", "of", job, "words", "A seat halfway up").says(t, 422, "A seat halfway up</textarea>")
}

func TestALineThatIsSentTwiceIsOneDeed(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	for range 2 {
		w.send(t, "claims", "part", "progress", "of", job, "words", "carry it up in one go", "span", w.says(t, "one go"))
	}
	w.post("/undo", nil)
	w.page("job/"+job).hides(t, "carry it up in one go")
}

func TestALineIsSaidOnlyWhereACustomersWordsSayIt(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	a := w.send(t, "claims", "part", "progress", "of", job, "words", "carry it up in one go")
	claim := a.Header.Get("Location")
	if !strings.Contains(claim, "/claim/") {
		t.Fatalf("%d %s", a.StatusCode, claim)
	}
	w.get(claim).says(t, 200, `class="stands s-ours"`, "Nothing yet: it is ours.")
	for verdict, want := range map[string]string{"supports": `class="stands s-said"`, "partly": `class="stands s-inferred"`, "contradicts": `class="stands s-ours"`} {
		w.post(claim+"/bear", url.Values{"span": {w.says(t, "one go")}, "verdict": {verdict}})
		w.get(claim).says(t, 200, want, "I want to do it in one go.")
	}
}

func TestNotNeededGoesWithACustomersWordsOrNotAtAll(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	claim := w.send(t, "claims", "part", "criterion", "words", "it is pretty").Header.Get("Location")
	cell := "criterion/" + claim[strings.LastIndex(claim, "/")+1:] + "/" + job
	w.page("criteria").says(t, 200, "it is pretty", "unknown")
	w.send(t, cell, "choice", "not-needed").says(t, 422, `role="alert"`, `value="not-needed" checked`)
	w.page("criteria").says(t, 200, "unknown")
	w.send(t, cell, "choice", "not-needed", "span", w.says(t, "to be pretty")).leadsTo(t, studyPath(w.study, cell))
	w.page("criteria").says(t, 200, "expressly not needed", "1 person of 2", "It does not have to be pretty.")
	w.send(t, cell, "choice", "against", "span", w.says(t, "afraid"))
	w.page("criteria").says(t, 200, "expressly not needed, contradicted")
}

func TestEpisodesAreMovedOutAndBack(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	all := regexp.MustCompile(`type="checkbox" name="episode" value="([^"]+)"`).FindAllStringSubmatch(w.page("job/"+job).body, -1)
	episode := all[len(all)-1][1] // no typical one: with those the whole proposal would go
	w.send(t, "episodes", "do", "none").says(t, 422, "Choose at least one episode")
	w.send(t, "episodes", "do", "new", "episode", episode, "words", "Carry it in one go")
	w.page("jobs").says(t, 200, "Carry it in one go", "Get home upright", "1 of 2 people")
	w.send(t, "episodes", "do", "none", "episode", episode)
	w.page("episode/"+episode).says(t, 200, "Of no job")
	w.page("jobs").says(t, 200, "Of no job")
	w.send(t, "episodes", "do", "move", "episode", episode, "into", job)
	w.page("job/"+job).says(t, 200, "2 of 2 people", "put here by you")
}

func TestAPurchaseAsAFinishLineIsAboutUs(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "finish", "of", job, "words", "they bought the large handle")
	w.page("job/"+job).says(t, 200, "About us.")
}

func TestWhatNobodySeesToAsksForAPlan(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "issue", "of", job, "words", "somebody has to clear the stairs", "choice", "nobody")
	w.page("job/"+job).says(t, 200, "<b class=\"late\">Nobody</b> sees to this.", "Not ours, but is there a plan?")
}

func TestNothingIsHiredToo(t *testing.T) {
	w := openWorkshop(t)
	w.page("product").says(t, 200, "Products, and what they are hired for")
	w.page("product?name=elsewhere").says(t, 404, "Nobody in this study told of")
}

func TestWhatEndsOurWorkIsNoFinishLineOfTheirs(t *testing.T) {
	for words, about := range map[string]bool{
		"they bought the large handle": true, "they sign the contract": true, "the system goes live in May": true, "they have subscribed": true, "the licence is renewed": true,
		"nobody rings on Sundays": false, "they are home by six": false, "the stairs are done in one go": false,
	} {
		if got := aboutUsFinish(words) != ""; got != about {
			t.Errorf("%q is about us: %v, want %v", words, got, about)
		}
	}
}

// rates are what a template may show of a number of people: with how many they are
// of, or as words of what follows.
var (
	templateAction = regexp.MustCompile(`\{\{\.?\$?[\w.]*\.?(People|Checked|Unchecked|Elsewhere|Stability)\}\}`)
	withN          = regexp.MustCompile(` of \{\{(\.N\}|count \.N|count \$v\.People|thousand|count \$v\.Of)`)
)

func TestNoPageOfJobsShowsANumberOfPeopleWithoutN(t *testing.T) {
	files := []string{"hiring.html"}
	for _, page := range []string{"jobs", "job", "claim", "criteria", "cell", "episode", "product", "holding"} {
		files = append(files, "pages/"+page+".html")
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("..", "..", "web", "templates", file))
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			shown := templateAction.FindAllString(line, -1)
			found += len(shown)
			if len(shown) > 0 && !withN.MatchString(line) && !strings.Contains(line, "elsewhere") {
				t.Errorf("%s:%d shows %s and not of how many", file, n+1, shown)
			}
			if strings.Contains(line, "%") && !strings.Contains(line, "printf") {
				t.Errorf("%s:%d shows a percentage", file, n+1)
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d numbers were found to look at", found)
	}
}

// A line is said on a page only where a quotation follows before the next line.
func TestNoPageSaysSaidWithoutAQuote(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	for part, sentence := range map[string]string{"progress": "one go", "situation": "shopping", "measure": "an hour", "finish": ""} {
		fields := []string{"part", part, "of", job, "words", "words about " + part}
		if sentence != "" {
			fields = append(fields, "span", w.says(t, sentence))
		}
		w.send(t, "claims", fields...)
	}
	body := w.page("job/" + job).body
	lines := strings.Split(body, `<div class="claim"`)[1:]
	said := 0
	for _, line := range lines {
		line, _, _ = strings.Cut(line, "<details")
		isSaid, quoted := strings.Contains(line, "stands s-said"), strings.Contains(line, `<blockquote class="theirs">`)
		if isSaid {
			said++
		}
		if isSaid != quoted {
			t.Errorf("said %v, quoted %v: %s", isSaid, quoted, line)
		}
	}
	if said < 3 {
		t.Errorf("%d lines are said", said)
	}
}

func TestWhatLostItsSupportSaysSoOnTheCardAndInItsCell(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "progress", "of", job, "words", "carry it up in one go", "span", w.says(t, "one go"))
	claim := w.send(t, "claims", "part", "criterion", "words", "it is pretty").Header.Get("Location")
	w.send(t, "criterion/"+claim[strings.LastIndex(claim, "/")+1:]+"/"+job, "choice", "not-needed", "span", w.says(t, "to be pretty"))
	all := must2(w.flow.Everybody(t.Context()))(t)
	for _, p := range all.People {
		if p.Name() == "Bea" {
			must2(w.flow.Erase(t.Context(), p.ID, false))(t)
		}
	}
	w.page("job/"+job).says(t, 200, "lost support: forgotten on", "lost support")
	w.page("criteria").says(t, 200, "lost support")
}

func TestViewersReadJobsAndChangeNothing(t *testing.T) {
	w := openTogether(t)
	w.is(w.vera)
	page := w.get(studyPath(w.study, "jobs"))
	page.says(t, 200, "What customers hire us for")
	page.hides(t, "<form class=\"writing\"", "Find them anew")
	w.post(studyPath(w.study, "claims"), url.Values{"part": {"job"}, "words": {"anything"}}).says(t, 403, "You may read here")
}

func TestTheQuestionLeavesTheFirstPageOnceAJobIsSaid(t *testing.T) {
	w := openWorkshop(t)
	w.get("/").says(t, 200, "Open. It stays here until")
	w.job(t, "Get home upright")
	w.get("/").says(t, 200, "Get home upright", "I want to get home without lying down first.")
	w.get("/").hides(t, "Open. It stays here until")
}

func TestWordsFromAnywhereAreLaidBesideALineByTheirLink(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	claim := w.send(t, "claims", "part", "situation", "of", job, "words", "the stairs", "link", "http://127.0.0.1/conversation/x?at="+url.QueryEscape(w.says(t, "shopping"))).Header.Get("Location")
	w.get(claim).says(t, 200, "stands s-said", "shopping up the stairs")
	w.post(claim+"/bear", url.Values{"link": {w.says(t, "afraid")}, "verdict": {"contradicts"}})
	w.get(claim).says(t, 200, "they say otherwise</b>")
	w.send(t, "claims", "part", "situation", "of", job, "words", "the lift", "link", "elsewhere").says(t, 422, "no link to a sentence", "the lift</textarea>", `value="elsewhere"`)
}

func TestWhatWasFoundStandsAfterTheTurnsThatLedToIt(t *testing.T) {
	w := openWorkshop(t)
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList([]source.File{{Name: "ann-again.txt", Data: []byte(later)}}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	job := string(w.job(t, "Get home upright"))
	wanted := w.send(t, "claims", "part", "wanted", "words", "a wider handle", "span", w.says(t, "I wish")).Header.Get("Location")
	of := wanted[strings.LastIndex(wanted, "/")+1:]
	w.send(t, "claims", "part", "found", "of", of, "words", "a seat halfway up").says(t, 422, "told by them")
	w.send(t, "claims", "part", "found", "of", of, "words", "a place to rest", "span", w.says(t, "rest halfway"))
	w.page("job/"+job).says(t, 200, "a wider handle", "The turns that led to it", "When was the last time that you would have needed it?", "a place to rest", "rest halfway up")
}

func TestOnlyOneJobIsAFindingUntilAnotherIsSeen(t *testing.T) {
	w := openWorkshop(t)
	w.page("jobs").says(t, 200, "Only one job seen.", "Among 2 people that is no finding yet")
	job := string(w.job(t, "Get home upright"))
	w.page("jobs").says(t, 200, "Only one job seen.")
	all := regexp.MustCompile(`type="checkbox" name="episode" value="([^"]+)"`).FindAllStringSubmatch(w.page("job/"+job).body, -1)
	w.send(t, "episodes", "do", "new", "episode", all[len(all)-1][1], "words", "Carry it in one go")
	w.page("jobs").hides(t, "Only one job seen.")
}

func TestJobsAreJoinedPartedAndTakenOff(t *testing.T) {
	w := openWorkshop(t)
	one := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "job", "words", "Carry it in one go")
	two := regexp.MustCompile(`<option value="([^"]+)">Carry it in one go`).FindStringSubmatch(w.page("jobs").body)[1]
	w.send(t, "jobs/join", "job", two, "into", one)
	w.page("jobs").says(t, 200, "Part “Carry it in one go” from it again")
	w.send(t, "jobs/join", "job", two, "into", one, "do", "part")
	w.page("jobs").says(t, 200, "0 of 2 people")
	w.send(t, "claim/"+two+"/drop")
	w.page("jobs").hides(t, "Carry it in one go")
}

func TestHowManyAreInAJobIsNotReadAsHowManySayIt(t *testing.T) {
	w := openWorkshop(t)
	w.job(t, "Get home upright")
	w.page("jobs").says(t, 200, "2 of 2 people in it", "1 of 2 people say it")
}

// carriers are two more customers, who tell what they want, and one of them often.
// They are invented.
var carriers = []source.File{
	{Name: "cem.txt", Data: []byte(`Interviewer: What did you want to get done?

Cem: I want to get the boxes upstairs in one go so that I am home before the children sleep. I want to have my evenings back so that I can read to them. I want to get it all up without resting so that nobody has to wait.
`)},
	{Name: "dee.txt", Data: []byte(`Interviewer: What did you want to get done?

Dee: I want to get the shopping to the fourth floor by myself so that I need not ask my neighbour.
`)},
}

func (w *workshop) bringCarriers(t *testing.T) {
	t.Helper()
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList(carriers), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestWhatSomebodyToldOfIsNotWrittenYetAndNotUnknown(t *testing.T) {
	w := openWorkshop(t)
	w.bringCarriers(t)
	card := w.page("job/" + string(w.job(t, "Get home upright")))
	card.says(t, 200, "Not written yet: perhaps heard from 2 of 4 people.", "Who else noticed, and what do you want them to see?")
	card.hides(t, "Ask: What did you want to get done when you chose this")
}

func TestTheProgressBeginsAsTheJobIsCalledAndTheWordsOfTheNameAreOfferedUnticked(t *testing.T) {
	w := openWorkshop(t)
	card := w.page("job/" + string(w.job(t, "Get home upright")))
	card.says(t, 200, ">Get home upright</textarea>", `name="span" value="`+w.says(t, "home without")+`"`)
	if ticked := regexp.MustCompile(`<input[^>]* checked[^>]*>`).FindString(card.body); ticked != "" {
		t.Errorf("nobody ticked %s", ticked)
	}
}

func TestALineOfACardRestsOnNothingThatWasNotTickedForIt(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	for _, part := range []string{"situation", "progress", "functional", "emotional", "social", "finish"} {
		form := regexp.MustCompile(`(?s)<input type="hidden" name="part" value="` + part + `">.*?</form>`).FindString(w.page("job/" + job).body)
		fields := []string{"part", part, "of", job, "words", "click the button"}
		for _, m := range regexp.MustCompile(`name="span" value="([^"]+)" checked`).FindAllStringSubmatch(form, -1) {
			fields = append(fields, "span", m[1]) // as a browser sends it with nothing ticked by hand
		}
		if form == "" {
			t.Fatalf("no form for %s", part)
		}
		w.get(w.send(t, "claims", fields...).Header.Get("Location")).says(t, 200, `class="stands s-ours"`, "Nothing yet: it is ours.")
	}
}

func TestAJobIsNamedByWordsOfEverybodyBeforeMoreOfAnybody(t *testing.T) {
	w := openWorkshop(t)
	w.bringCarriers(t)
	form := regexp.MustCompile(`(?s)<legend>Words that say it</legend>.*?</fieldset>`).FindString(w.page("jobs").body)
	var credits []string
	for _, m := range regexp.MustCompile(`<span class="credit">(Ann|Bea|Cem|Dee)`).FindAllStringSubmatch(form, -1) {
		credits = append(credits, m[1])
	}
	if len(credits) < 3 || credits[0] == credits[1] {
		t.Errorf("the words offered are of %v, one of each comes first", credits)
	}
}

func TestWhatWasWrittenOnACardIsShownWhereItStands(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	card := studyPath(w.study, "job/"+job)
	a := w.send(t, "claims", "part", "situation", "of", job, "words", "I live on the fourth floor", "back", card)
	to, id, found := strings.Cut(a.Header.Get("Location"), "#")
	if !found || to != card {
		t.Fatalf("it leads to %s", a.Header.Get("Location"))
	}
	w.get(to).says(t, 200, `id="`+id+`"`)
}

func TestWhatIsMissingFromAStatementIsNotSaidByCustomers(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "progress", "of", job, "words", "carry it up in one go", "span", w.says(t, "one go"))
	card := w.page("job/" + job)
	card.says(t, 200, "It does not say when this is wanted.")
	card.hides(t, "<q>carry it up in one go</q>", "Customers put it so themselves")
}

func TestNothingIsMissedInAStatementBeforeAnyOfItIsWritten(t *testing.T) {
	w := openWorkshop(t)
	w.page("job/"+string(w.job(t, "Get home upright"))).hides(t, "It does not say when this is wanted.", "Before you read it aloud")
}

func TestNoWhenIsMissedWhereOneIsWritten(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	w.send(t, "claims", "part", "situation", "of", job, "words", "my brother wants his boxes up by noon")
	w.page("job/"+job).hides(t, "It does not say when this is wanted.")
	w.send(t, "claims", "part", "progress", "of", job, "words", "carry it up in one go")
	w.page("job/"+job).hides(t, "It does not say when this is wanted.")
}

func TestAWarningIsExcusedOnlyByWordsOfTheirsInWhichItsWordsStand(t *testing.T) {
	const warned, excuse = "<q>synergies</q>", "Customers put it so themselves"
	with := func(t *testing.T, lines ...[]string) answer {
		w := openWorkshop(t)
		if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList(synergies), source.Options{}, nil); err != nil {
			t.Fatal(err)
		}
		job := string(w.job(t, "Get home upright"))
		for _, l := range lines {
			w.send(t, "claims", "part", l[0], "of", job, "words", l[1], "span", w.says(t, l[2]))
		}
		return w.page("job/" + job)
	}
	t.Run("in another form, too", func(t *testing.T) {
		with(t, []string{"progress", "see the synergies", "one synergy"}).says(t, 200, warned, excuse)
	})
	t.Run("not by other words", func(t *testing.T) {
		card := with(t, []string{"progress", "see the synergies", "one go"})
		card.says(t, 200, warned)
		card.hides(t, excuse)
	})
	t.Run("not by words on which another line rests", func(t *testing.T) {
		card := with(t, []string{"progress", "see the synergies", "one go"}, []string{"situation", "the boss comes in", "one synergy"})
		card.says(t, 200, warned)
		card.hides(t, excuse)
	})
}

func TestWhatIsReadBeforeALineIsNotReadTwice(t *testing.T) {
	w := openWorkshop(t)
	job := string(w.job(t, "Get home upright"))
	for _, l := range [][2]string{{"situation", "When: when I come up the stairs"}, {"progress", "Help me carry it up"}, {"functional", "so that it is done"}, {"social", "Sometimes they see me stand"}, {"finish", "Whenever it rains, it is dry"}} {
		w.send(t, "claims", "part", l[0], "of", job, "words", l[1])
	}
	w.page("job/"+job).says(t, 200, ">I come up the stairs</a>", ">carry it up</a>", ">it is done</a>", ">Sometimes they see me stand</a>", ">Whenever it rains, it is dry</a>")
	w.send(t, "claims", "part", "emotional", "of", job, "words", "so that").says(t, 422, "The emotional is empty")
	w.page("jobs.md").says(t, 200, "When I come up the stairs")
	w.page("jobs.md").hides(t, "When When", "When when")
}

// synergies are what one more customer has, who is invented.
var synergies = []source.File{{Name: "fay.txt", Data: []byte("Interviewer: What did you want to get done?\n\nFay: I want to see who is late without hearing of one synergy every morning.\n")}}

func TestMoreWordsThanACardHasRoomForAreOnePressAway(t *testing.T) {
	w := openWorkshop(t)
	many := []source.File{{Name: "eve.txt", Data: []byte("Interviewer: What did you want to get done?\n\nEve: I want to get the chairs upstairs so that we can all sit. I want to get the piano up so that my son can play. I want to get the bed up so that we sleep. I want to get the table up so that we eat. I want to get the oven up so that I can bake. I want to get the books up so that I can read.\n")}}
	if _, err := w.flow.ImportNow(t.Context(), w.study, flow.FileList(many), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	job := string(w.job(t, "Get home upright"))
	more := regexp.MustCompile(`(?s)name="part" value="functional"[^/]*name="of" value="` + job + `".*?formmethod="get" formnovalidate name="page" value="1">\d+ more sentences to choose from`)
	if !more.MatchString(w.page("job/" + job).body) {
		t.Fatal("nothing leads from the card to the other sentences")
	}
	w.page("claims?part=functional&of="+job+"&page=1").says(t, 200, "so that I can bake", "so that my son can play")
}
