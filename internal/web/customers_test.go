package web

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/blob/memblob"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// Aurora Crates, its people and what they say are invented. One who wrote a
// review has a name that tries to become markup.
var crates = []source.File{
	{Name: "first-call.txt", Data: []byte(`Jan Ours: What is hard about the bookings?

Ute Lind: I want the bookings done before lunch so that I can go home on time.

Jan Ours: We will send you the import by Friday.

Bo Ekdahl: I am afraid that the auditor finds a gap and the licence is gone.
`)},
	{Name: "reviews.csv", Data: []byte("id,buyer,review\n7,Mia <b>Berg</b>,\"I was afraid that the crates would break, and they did.\"\n")},
	{Name: "second-call.txt", Data: []byte(`Jan Ours: How has it been?

Ute Lind: The import never came, </q><script>alert(1)</script> and it was not the scanner as you had said.

Jan Ours: I see.

Ute Lind: Lunch is right though.
`)},
}

// desk is the handler over a real workspace in a new database.
type desk struct {
	*workbench
	flow *flow.Flow
	all  flow.Everybody
	said map[string]headway.Conversation // by file
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	db, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f := flow.New(flow.Config{Store: db, Blobs: &memblob.Memory{}, Workspace: store.Home})
	d := &desk{flow: f, said: map[string]headway.Conversation{}, workbench: &workbench{t: t,
		Handler: New(f, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t)}),
		cookies: []*http.Cookie{{Name: keyCookie, Value: cookieValue(secret)}},
	}}
	study, err := f.OpenStudy(t.Context(), "Crates", headway.OneCustomer)
	if err == nil {
		err = f.Skip(t.Context(), study.ID)
	}
	if err == nil {
		_, err = f.ImportNow(t.Context(), study.ID, flow.FileList(crates), source.Options{Ours: []string{"Jan Ours"}, Theirs: []string{"*"}, Columns: map[string]string{"text": "review", "who": "buyer"}}, nil)
	}
	if err == nil {
		d.all, err = f.Everybody(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range d.all.People {
		for _, h := range p.Conversations {
			if d.said[h.File], _, err = f.Conversation(t.Context(), h.ID, study.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return d
}

// turn gives the place of all words of a turn, as forms write it.
func (d *desk) turn(file string, n int) string {
	text := d.said[file].Turns[n].Text
	return formatSpan(headway.Span{Text: text.ID, End: headway.NewRuler(text.Text).Point(len(text.Text))})
}

func (d *desk) who(file string, n int) string {
	c := d.said[file]
	return string(c.Speaker(c.Turns[n].Speaker).Person())
}

// keep marks a turn as a kind.
func (d *desk) keep(file string, n int, kind headway.Label) {
	d.t.Helper()
	span, err := parseSpan(d.turn(file, n))
	if err == nil {
		err = d.flow.Mark(d.t.Context(), headway.Passage{span}, kind, headway.Kept)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestACustomersPageIsTwoClicksFromTheStart(t *testing.T) {
	d := openDesk(t)
	ute := d.who("second-call.txt", 1)
	home := d.get("/")
	home.says(t, 200, "What progress are they hiring us to help them make?", `href="/customer/`+ute+`"`)
	if asked, customers := strings.Index(home.body, "What progress"), strings.Index(home.body, `id="recent"`); asked > customers {
		t.Error("the first question stands behind the customers")
	}
	d.get("/customer/"+ute).says(t, 200, "What they are trying to get done", "What they asked for", "How they will know it worked",
		"What worries them", "What we promised", "What we got wrong", "What we sent back to them", "Where something became clear", "Never asked")
}

func TestNoStageOrganisesACustomersPage(t *testing.T) {
	d := openDesk(t)
	d.keep("first-call.txt", 1, headway.Motivation)
	ute := d.who("first-call.txt", 1)
	d.post("/person/"+ute, url.Values{"firm": {"Aurora Crates"}, "role": {"user"}})
	stage := regexp.MustCompile(`(?i)\b(stage|funnel|pipeline|journey|lead score|churn|health score|awareness|consideration)\b`)
	for _, path := range []string{"/people", "/person/" + ute, "/customer/" + ute, d.account(ute)} {
		a := d.get(path)
		a.says(t, 200)
		if found := stage.FindString(a.body); found != "" {
			t.Errorf("%s speaks of a %q", path, found)
		}
		if regexp.MustCompile(`name="[^"]*(stage|phase|status)`).MatchString(a.body) {
			t.Errorf("%s has a field for a stage", path)
		}
	}
}

func (d *desk) account(person string) string {
	d.t.Helper()
	all, err := d.flow.Everybody(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	p, err := all.Person(headway.PersonID(person))
	if err != nil {
		d.t.Fatal(err)
	}
	return "/account/" + string(p.Firm.ID)
}

func TestABuyersFearBesideAUsersWishIsShownAsADifferenceWithBothQuotes(t *testing.T) {
	d := openDesk(t)
	d.keep("first-call.txt", 1, headway.Motivation)
	d.keep("first-call.txt", 3, headway.Anxiety)
	ute, bo := d.who("first-call.txt", 1), d.who("first-call.txt", 3)
	d.post("/person/"+ute, url.Values{"firm": {"Aurora Crates"}, "role": {"user"}}).leadsTo(t, "/person/"+ute)
	d.post("/person/"+bo, url.Values{"firm": {"aurora crates"}, "role": {"buyer"}}).leadsTo(t, "/person/"+bo)
	a := d.get(d.account(ute))
	a.says(t, 200, "Where they name something else", "go home on time", "auditor finds a gap", "below 0.35", "only they can say")
	a.hides(t, "conflict")
	a.says(t, 200, "<h1>Aurora Crates</h1>") // as it was first written
	d.post("/person/"+bo, url.Values{"firm": {"aurora crates"}, "role": {"user"}})
	d.get(d.account(ute)).hides(t, "Where they name something else")
}

func TestWhatPassedBetweenThemAndUsIsNotedByForms(t *testing.T) {
	d := openDesk(t)
	ute, again := d.who("first-call.txt", 1), d.who("second-call.txt", 1)
	d.get("/people").says(t, 200, "Perhaps the same person", "the same name in two conversations")
	d.post("/person/"+ute+"/merge", url.Values{"other": {again}}).leadsTo(t, "/person/"+ute)
	d.keep("first-call.txt", 1, headway.Measure)
	page := "/customer/" + ute
	d.get(page).says(t, 200, "confirmed: <em>never</em>")

	first, second := string(d.said["first-call.txt"].ID), string(d.said["second-call.txt"].ID)
	promise := url.Values{"span": {d.turn("first-call.txt", 2)}, "conversation": {first}, "verdict": {"kept"}}
	d.post("/promise", promise).says(t, 422, "say to whom it was promised")
	promise.Set("person", ute)
	d.post("/promise", promise).leadsTo(t, page)
	d.post("/playback", url.Values{"person": {ute}, "span": {d.turn("first-call.txt", 3)}}).says(t, 422, "their own words only")
	d.post("/playback", url.Values{"person": {ute}}).says(t, 422, "choose at least one")
	d.post("/playback", url.Values{"person": {ute}, "span": {d.turn("first-call.txt", 1)}}).leadsTo(t, page+"#played-back")

	sent := regexp.MustCompile(`name="of" value="(\d+)"`).FindStringSubmatch(d.get(page).body)
	if sent == nil {
		t.Fatal("nothing can be answered")
	}
	link := "http://" + host + "/conversation/" + second + "?at=" + url.QueryEscape(d.turn("second-call.txt", 3))
	d.post("/reply", url.Values{"of": {sent[1]}, "verdict": {"supports"}, "answer": {link}, "back": {page}}).leadsTo(t, page)
	d.get("/wrong").says(t, 200, "choose the sentence of theirs", `href="/people"`)
	choose := "/wrong?conversation=" + second + "&theirs=" + url.QueryEscape(d.turn("second-call.txt", 1))
	d.get(choose).says(t, 200, "We will send you the import by Friday", "How has it been?")
	d.get("/wrong?conversation="+second+"&theirs="+url.QueryEscape(d.turn("second-call.txt", 0))).says(t, 404, "no words of a customer")
	d.post("/wrong", url.Values{"theirs": {d.turn("second-call.txt", 1)}, "ours": {d.turn("first-call.txt", 2)}, "back": {page}}).leadsTo(t, page)

	a := d.get(page)
	a.says(t, 200, "they said <b>yes</b>", "Lunch is right though", "confirmed on ", "What did we get wrong last time?", "&lt;script&gt;alert(1)")
	a.hides(t, "<script>alert", "confirmed: <em>never</em>")
	if n := strings.Count(a.body, "We will send you the import by Friday"); n != 2 {
		t.Errorf("our words stand %d times, as a promise and as what we got wrong they would be 2", n)
	}
	for _, id := range []string{first, second} { // both places show it
		d.get("/conversation/"+id).says(t, 200, "What we got wrong", "We will send you the import by Friday", "it was not the scanner as you had said")
	}
	d.get("/conversation/"+first).says(t, 200, "We promised", `href="`+page+`"`)
	d.post("/person/"+ute+"/split", url.Values{"other": {again}}).leadsTo(t, "/person/"+ute)
	d.get(page).hides(t, "it was not the scanner")
}

func TestWhoseWordsMayBeKeptNoLongerStandsLoudlyOnTheFirstPage(t *testing.T) {
	d := openDesk(t)
	bo := d.who("reviews.csv", 0)
	d.keep("reviews.csv", 0, headway.Anxiety)
	d.get("/").hides(t, "may be kept no longer")
	d.post("/person/"+bo, url.Values{"consent": {"given"}, "until": {"2020-05-01"}}).leadsTo(t, "/person/"+bo)
	for _, path := range []string{"/", "/people"} {
		a := d.get(path)
		a.says(t, 200, "1 person’s words may be kept no longer", "1 turn in 1 conversation; 1 passage kept as something", "Mia &lt;b&gt;Berg&lt;/b&gt;", "allowed until 1 May 2020")
		a.hides(t, "<b>Berg")
	}
	d.get("/customer/"+bo).says(t, 200, "the crates would break")
	d.post("/person/"+bo, url.Values{"until": {"soon"}}).says(t, 422, "write it as 2027-03-31")
	d.post("/person/"+bo, url.Values{}).leadsTo(t, "/person/"+bo)
	d.get("/").hides(t, "may be kept no longer")
}

func TestNamesOfFirmsAndPeopleNeverBecomeMarkup(t *testing.T) {
	d := openDesk(t)
	bo := d.who("reviews.csv", 0)
	d.post("/person/"+bo, url.Values{"firm": {`"><script>alert(2)</script><img src=x>`}, "role": {"buyer"}})
	for _, path := range []string{"/", "/people", "/people?name=%3Cscript%3E", "/person/" + bo, "/customer/" + bo, d.account(bo)} {
		a := d.get(path)
		a.says(t, 200)
		a.hides(t, "<script>alert", "<img src", "<b>Berg")
	}
	d.post("/person/"+bo, url.Values{"role": {"boss"}}).says(t, 422, "none of the roles")
	d.get("/customer/nobody").says(t, 404)
	d.get("/account/nowhere").says(t, 404)
}

func TestPeopleAreFoundByNameAndFirm(t *testing.T) {
	d := openDesk(t)
	ute := d.who("first-call.txt", 1)
	d.post("/person/"+ute, url.Values{"firm": {"Aurora Crates"}})
	a := d.get("/people?name=ekdahl")
	a.says(t, 200, "/customer/"+d.who("first-call.txt", 3))
	a.hides(t, "/customer/"+ute)
	d.get("/people?name=aurora").says(t, 200, "/customer/"+ute)
	d.get("/people?name=zzz").says(t, 200, "Nobody is called so")
}

func TestThePrintedPageSaysWhatItHasNoRoomFor(t *testing.T) {
	long := toldView{Credit: strings.Repeat("x", 900)}
	v := customerView{}
	for range 6 {
		v.Worries.Lines = append(v.Worries.Lines, long)
		v.Promises = append(v.Promises, long)
	}
	v.Asked.Lines, v.Asked.Left = []toldView{{}}, 3
	if got := v.fit(); got != "3 requests, 4 worries, 5 promises" {
		t.Errorf("left out are %q", got)
	}
	if v.Worries.Lines[1].Aside || !v.Worries.Lines[2].Aside || v.Promises[0].Aside || !v.Promises[1].Aside {
		t.Error("what is said to be left out is not what is")
	}
}

func TestADayIsWrittenAsPeopleReadIt(t *testing.T) {
	if got := dayOf(time.Date(2026, 5, 4, 23, 0, 0, 0, time.UTC)); got != "4 May 2026" || dayOf(time.Time{}) != "" {
		t.Errorf("got %q", got)
	}
}

func TestWhoAsksInEveryRowOfATableIsOneLine(t *testing.T) {
	var heads []flow.Head
	for row := 1; row <= 3; row++ {
		heads = append(heads, flow.Head{ID: "c", File: "survey.csv", Row: row, Speakers: []headway.Speaker{
			{Name: "Survey", Side: headway.Ours, Settled: headway.SettledFormat}, {Name: "Ida", Side: headway.Theirs, Settled: headway.SettledFormat},
		}})
	}
	v := viewPeople("s", heads, 3)
	if v.Placed.All != 4 || v.Placed.Shown[3].Name != "Survey" || v.Placed.Shown[3].Rows != 2 {
		t.Errorf("%d are listed, of them %+v", v.Placed.All, v.Placed.Shown)
	}
}
