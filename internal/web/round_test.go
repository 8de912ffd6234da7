package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/api"
	"github.com/headway-oss/headway/internal/blob/memblob"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// The fake opens no rounds: what they hide is hidden by flow, and tested on it.

func (f *fake) OpenRound(context.Context, headway.ConversationID, []headway.MemberID) (headway.RoundID, error) {
	return "", headway.Errorf(headway.Unavailable, "the fake opens no rounds")
}

func (f *fake) Rounds(context.Context, headway.ConversationID) ([]headway.Round, error) {
	return nil, nil
}

func (f *fake) Round(context.Context, headway.RoundID) (headway.Round, error) {
	return headway.Round{}, headway.Errorf(headway.NotFound, "there is no such round")
}

func (f *fake) RoundDone(context.Context, headway.RoundID, bool) error { return nil }

func (f *fake) ReleaseRound(context.Context, headway.RoundID) error { return nil }

func (f *fake) Agreement(context.Context, headway.RoundID, headway.StudyID) (flow.Agreed, error) {
	return flow.Agreed{}, nil
}

func (f *fake) Settle(context.Context, headway.RoundID, headway.Span, headway.Label, headway.Verdict, string) error {
	return nil
}

// together is the pages over the real thing, with three members in three browsers.
type together struct {
	*workbench
	flow            *flow.Flow
	study           headway.StudyID
	c               headway.Conversation
	document        []byte // of the API
	gate            *access.Gate
	anna, ben, vera browser // an owner, an editor and a viewer
}

// browser is where a member is at the pages.
type browser struct {
	headway.Member
	cookie http.Cookie
}

func (w *together) is(b browser) { w.cookies = []*http.Cookie{&b.cookie} }

// owner is who has the key of the start.
func (w *together) owner(gate *access.Gate, name string) browser {
	w.t.Helper()
	m, err := gate.Add(w.t.Context(), name, headway.Owner)
	if err != nil {
		w.t.Fatal(err)
	}
	return browser{m.Member, http.Cookie{Name: keyCookie, Value: cookieValue(secret)}}
}

func (w *together) join(gate *access.Gate, name string, a headway.Access) browser {
	w.t.Helper()
	invitation, _, err := gate.Invite(w.t.Context(), name, a, access.InvitedFor)
	if err != nil {
		w.t.Fatal(err)
	}
	session, ticket, err := gate.Accept(w.t.Context(), invitation, name, "the kiln cools for a night", access.Origin{})
	if err != nil {
		w.t.Fatal(err)
	}
	return browser{headway.Member{ID: ticket.Member, Name: name, Access: a}, http.Cookie{Name: "headway_session", Value: session}}
}

func openTogether(t *testing.T) *together {
	t.Helper()
	db, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f := flow.New(flow.Config{Store: db, Blobs: &memblob.Memory{}, Workspace: store.Home})
	gate := access.New(db, store.Home, time.Now)
	programs, document, err := api.New(f, gate, Papers(f))
	if err != nil {
		t.Fatal(err)
	}
	w := &together{document: document, gate: gate, workbench: &workbench{t: t, Handler: New(f, Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t), Access: gate, API: programs})}, flow: f}
	w.anna, w.ben, w.vera = w.owner(gate, "Anna Berg"), w.join(gate, "Ben Ode", headway.Editor), w.join(gate, "Vera Lind", headway.Viewer)
	w.is(w.anna)
	ctx := t.Context()
	study, err := f.OpenStudy(ctx, "Kilns", headway.OurCustomers)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seal(ctx, study.ID, []headway.Guess{{Slot: headway.Measure, Text: "No pot is lost"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.ImportNow(ctx, study.ID, flow.FileList([]source.File{{Name: "kiln.txt", Data: []byte(potter)}}), source.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	heads, err := f.Conversations(ctx, study.ID)
	if err != nil || len(heads) != 1 {
		t.Fatal(heads, err)
	}
	if w.c, _, err = f.Conversation(ctx, heads[0].ID, study.ID); err != nil {
		t.Fatal(err)
	}
	w.study = study.ID
	return w
}

// potter is invented.
const potter = `Interviewer: How do you fire the kiln?

Customer: I sit beside it all night.

Interviewer: And then?

Customer: Then I open it. My hands shake when I do.

Interviewer: What would do?

Customer: A kiln that I can leave alone.
`

// says gives the place of the customer's sentence that begins so.
func (w *together) sentence(words string) headway.Span {
	w.t.Helper()
	for _, t := range w.c.Turns {
		if at := strings.Index(t.Text.Text, words); at >= 0 {
			r := headway.NewRuler(t.Text.Text)
			return t.Text.SpanOf(r, at, at+len(words))
		}
	}
	w.t.Fatalf("nobody says %q", words)
	return headway.Span{}
}

func (w *together) mark(by browser, words string, kind headway.Label) {
	w.t.Helper()
	err := w.flow.Mark(headway.WithMember(w.t.Context(), by.Member), headway.Passage{w.sentence(words)}, kind, headway.Kept)
	if err != nil {
		w.t.Fatal(err)
	}
}

// begun opens a round of Anna and Ben through the page and gives its address.
func (w *together) begun() string {
	w.t.Helper()
	path := "/conversation/" + string(w.c.ID) + "/rounds"
	w.get(path+"?study="+string(w.study)).says(w.t, 200, "Anna Berg", "Ben Ode", "Who marks it?")
	a := w.post(path, url.Values{"member": {string(w.anna.ID), string(w.ben.ID)}, "study": {string(w.study)}})
	if a.StatusCode != http.StatusSeeOther {
		w.t.Fatalf("status %d\n%s", a.StatusCode, a.body)
	}
	return a.Header.Get("Location")
}

func (w *together) round(at string) string {
	path, _, _ := strings.Cut(at, "?")
	return path
}

func TestARoundIsBegunWithMembersWhoMayMark(t *testing.T) {
	w := openTogether(t)
	path := "/conversation/" + string(w.c.ID) + "/rounds"
	w.get(path).hides(t, "Vera Lind")
	w.post(path, url.Values{"member": {string(w.anna.ID), string(w.vera.ID)}}).says(t, 422, "Choose members who may mark")
	w.post(path, url.Values{"member": {string(w.anna.ID)}}).says(t, 422, "two members or more")
	at := w.begun()
	w.get(at).says(t, 200, "Who is done", "not yet", "I have marked all of it")
	w.get(path).says(t, 200, "0 of 2 done", "One round is open")
	w.is(w.vera)
	w.get(at).hides(t, "I have marked all of it", "End the round")
}

// Ben's marks are of kinds that nobody hears in these sentences; what the pages
// say to others is the same before and after, to the letter.
func TestNoPageTellsWhatAnotherMarksInARound(t *testing.T) {
	w := openTogether(t)
	at := w.begun()
	study := "/study/" + string(w.study)
	pages := []string{
		"/", "/quality", "/own", "/search?q=kiln", "/search?q=by%3Aben", "/search?q=is%3Akept", "/search?q=kind%3Ahabit", at, w.round(at),
		study + "/mirror", study + "/mirror.html", study + "/mirror.docx", study + "/said/habit", study + "/people", study + "/guess", study + "/jobs", study + "/criteria", study + "/product",
		"/conversation/" + string(w.c.ID), "/conversation/" + string(w.c.ID) + "?study=" + string(w.study), "/conversation/" + string(w.c.ID) + "/rounds",
	}
	pages = append(pages, w.everyReading(w.round(at))...)
	look := func(who browser) map[string]string {
		w.is(who)
		said := map[string]string{}
		for _, p := range pages {
			a := w.get(p)
			said[p] = fmt.Sprint(a.StatusCode, a.body)
		}
		return said
	}
	before := [2]map[string]string{look(w.anna), look(w.vera)}
	w.mark(w.ben, "I sit beside it all night.", headway.Habit)
	w.mark(w.ben, "My hands shake when I do.", headway.Anxiety)
	asBen := headway.WithMember(t.Context(), w.ben.Member)
	if _, err := w.flow.Note(asBen, headway.Passage{w.sentence("Then I open it.")}, "is this the moment of fear?"); err != nil {
		t.Fatal(err)
	}
	for i, who := range []browser{w.anna, w.vera} {
		for p, now := range look(who) {
			if now != before[i][p] {
				t.Errorf("%s sees on %s what Ben marked:\n%s", who.Name, p, firstDifference(before[i][p], now))
			}
		}
	}
	changed := 0
	for p, now := range look(w.ben) {
		if now != before[1][p] {
			changed++
		}
	}
	if changed < 3 {
		t.Errorf("Ben sees his own marks on %d pages only: this test could hardly fail", changed)
	}
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// everyReading lists the addresses of everything that programs can read here,
// bare and as narrow as they can be asked.
func (w *together) everyReading(round string) (paths []string) {
	w.t.Helper()
	var described struct {
		Paths map[string]struct {
			Get *struct{ Parameters []struct{ Name, In string } }
		}
	}
	if err := json.Unmarshal(w.document, &described); err != nil {
		w.t.Fatal(err)
	}
	known := map[string]string{
		"conversation": string(w.c.ID), "study": string(w.study), "through": string(w.study), "round": strings.TrimPrefix(round, "/round/"), "kind": "habit", "q": "kiln",
		"person": string(w.c.Speakers[1].Person()), "speaker": string(w.c.Speakers[1].ID), "turn": string(w.c.Turns[1].ID), "text": string(w.c.Turns[1].Text.ID),
	}
	for path, methods := range described.Paths {
		if methods.Get == nil || path == "/log" {
			continue // the log is of who came in and what they took along, these pages too
		}
		narrow := url.Values{}
		for _, p := range methods.Get.Parameters {
			if p.In == "query" && known[p.Name] != "" {
				narrow.Set(p.Name, known[p.Name])
			}
		}
		path = api.Base + pathParameter.ReplaceAllStringFunc(path, func(p string) string { return known[strings.Trim(p, "{}")] })
		paths = append(paths, path, path+"?"+narrow.Encode())
	}
	if len(paths) < 50 {
		w.t.Fatalf("only %d addresses: %q", len(paths), paths)
	}
	return paths
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i-80, len(s))):min(i+200, len(s))] }
	return cut(a) + "\n--- now ---\n" + cut(b)
}

func TestWhenAllAreDoneTheySeeHowFarTheyAgreeAndSettleTheRest(t *testing.T) {
	w := openTogether(t)
	at := w.begun()
	w.mark(w.anna, "I sit beside it all night.", headway.Struggle)
	w.mark(w.ben, "I sit beside it all night.", headway.Struggle)
	w.mark(w.ben, "My hands shake when I do.", headway.Struggle)
	round := w.round(at)
	for _, who := range []browser{w.anna, w.ben} {
		w.is(who)
		w.get(at).hides(t, "disagreement")
		w.post(round+"/done", url.Values{"done": {"yes"}, "study": {string(w.study)}}).leadsTo(t, at)
	}
	page := w.get(at)
	page.says(t, 200, "How far you agree", "struggle", "75 %", "1 disagreement", "1 open", "My hands shake when I do.", "Ben Ode marked it, Anna Berg did not")
	page.hides(t, "I sit beside it all night.")
	form := page.fields(t, round+"/settle")
	form.Set("verdict", "dismissed")
	form.Set("study", string(w.study))
	w.post(round+"/settle", form).says(t, 422, "Say why it is settled so")
	form.Set("reason", "we talked it over")
	form.Set("why", "she tells what happens, <b>not</b> what is hard")
	w.post(round+"/settle", form).leadsTo(t, at)
	w.get(at).says(t, 200, "all settled", "It is not, settled by Ben Ode", "she tells what happens, &lt;b&gt;not&lt;/b&gt;", `data-verdict="dismissed"`)
	form.Set("verdict", "undecided")
	w.post(round+"/settle", form).leadsTo(t, at)
	w.get(at).says(t, 200, "1 open")
	w.is(w.vera)
	w.get(at).hides(t, `value="dismissed"`)
	if a := w.post(round+"/settle", form); a.StatusCode != http.StatusForbidden {
		t.Errorf("a viewer settles: status %d", a.StatusCode)
	}
}

func TestOnlyAnOwnerEndsARoundEarly(t *testing.T) {
	w := openTogether(t)
	at := w.begun()
	w.is(w.ben)
	w.get(at).hides(t, "End the round")
	if a := w.post(w.round(at)+"/release", nil); a.StatusCode != http.StatusForbidden {
		t.Errorf("status %d", a.StatusCode)
	}
	w.is(w.anna)
	w.post(w.round(at)+"/release", url.Values{"study": {string(w.study)}}).leadsTo(t, at)
	w.get(at).says(t, 200, "Fewer than two marked all of it")
}

func TestNamesAreJoinedAsTheyAreSpoken(t *testing.T) {
	got := []string{joined(nil), joined([]string{"Anna"}), joined([]string{"Anna", "Ben"}), joined([]string{"Anna", "Ben", "Cem"})}
	if want := []string{"", "Anna", "Anna and Ben", "Anna, Ben and Cem"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
