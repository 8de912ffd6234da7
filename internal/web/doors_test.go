package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

const password = "four words of mine"

// house is a workbench that others can reach, with an owner, an editor and a
// viewer, each of whom is signed in.
type house struct {
	*workbench
	gate    *access.Gate
	server  *server
	asked   []access.Caller // who came as far as the API
	session map[headway.Access]string
}

func openHouse(t *testing.T, change func(*Options)) *house {
	t.Helper()
	kept, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	h := &house{gate: access.New(kept, store.Home, time.Now), session: map[headway.Access]string{}}
	f := newFake()
	o := Options{Secret: secret, Hosts: []string{host}, UIDir: builtInterface(t), Members: true, Access: h.gate, API: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked = append(h.asked, caller(r))
	})}
	o.Passkeys, o.Provider = noKeys{}, noKeys{}
	if change != nil {
		change(&o)
	}
	h.server = &server{hw: f, options: o, assets: newAssets(o.UIDir), uploads: newUploads()}
	h.workbench = &workbench{t: t, fake: f, Handler: New(f, o)}
	for _, a := range []headway.Access{headway.Owner, headway.Editor, headway.Viewer} {
		m, err := h.gate.Add(t.Context(), "the "+string(a), a)
		if err != nil {
			t.Fatal(err)
		}
		if h.session[a], _, err = h.gate.SignInAs(t.Context(), m.ID, access.Origin{Device: "test"}, "test"); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// noKeys are ways to sign in that let nobody in.
type noKeys struct{}

var errNoKeys = headway.Errorf(headway.Denied, "there are none here")

func (noKeys) BeginAdd(context.Context) (any, string, error)               { return nil, "", errNoKeys }
func (noKeys) Add(context.Context, string, string, []byte) error           { return errNoKeys }
func (noKeys) BeginSignIn() (any, string, error)                           { return nil, "", errNoKeys }
func (noKeys) Name() string                                                { return "id.example" }
func (noKeys) Begin(context.Context, string, bool) (string, string, error) { return "", "", errNoKeys }
func (noKeys) SignIn(context.Context, string, []byte, access.Origin) (secret string, t access.Ticket, err error) {
	return "", t, errNoKeys
}
func (noKeys) Finish(context.Context, string, url.Values, access.Origin) (secret string, t access.Ticket, next string, err error) {
	return "", t, "", errNoKeys
}

// as lets the next requests come from a member.
func (h *house) as(a headway.Access) *house {
	h.cookies = nil
	if a != "" {
		h.cookies = []*http.Cookie{{Name: "headway_session", Value: h.session[a]}}
	}
	return h
}

func (h *house) on(t *testing.T, a headway.Access) context.Context {
	t.Helper()
	m, err := h.gate.Named(t.Context(), "the "+string(a))
	if err != nil {
		t.Fatal(err)
	}
	return headway.WithMember(t.Context(), m.Member)
}

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

// everyRoute makes a request to each route there is, new ones among them.
func (h *house) everyRoute(do func(pattern string, r *http.Request)) {
	acts := h.server.everyAct()
	patterns := []string{}
	for pattern := range acts {
		patterns = append(patterns, pattern)
	}
	slices.Sort(patterns)
	for _, pattern := range patterns {
		method, path, found := strings.Cut(pattern, " ")
		if !found {
			method, path = "GET", "/nowhere"
		}
		path = wildcard.ReplaceAllString(strings.ReplaceAll(path, "{$}", ""), "x")
		r := httptest.NewRequest(method, path, strings.NewReader(""))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		do(pattern, r)
	}
}

// openRoutes are all that strangers reach. Whoever adds one here has thought of
// what it gives away.
var openRoutes = []string{
	"GET /invitation/{secret}", "GET /shared/{secret}", "GET /signin", "GET /signin/provider", "GET /signin/provider/back", "GET /static/{name}",
	"POST /invitation/{secret}", "POST /shared/{secret}", "POST /signin", "POST /signin/passkey", "POST /signin/passkey/begin", "POST /signout",
}

func TestAStrangerReachesNoRouteButTheDoors(t *testing.T) {
	h := openHouse(t, nil)
	for name, cookies := range map[string][]*http.Cookie{
		"without anything":          nil,
		"with the key of the start": {{Name: keyCookie, Value: cookieValue(secret)}},
		"with a made-up session":    {{Name: "headway_session", Value: strings.Repeat("A", 43)}},
	} {
		h.cookies = cookies
		h.everyRoute(func(pattern string, r *http.Request) {
			a := h.do(r)
			if slices.Contains(openRoutes, pattern) {
				return
			}
			leads := a.StatusCode == http.StatusSeeOther && strings.HasPrefix(a.Header.Get("Location"), "/signin?next=")
			if a.StatusCode != http.StatusForbidden && !(leads && r.Method == "GET") {
				t.Errorf("%s, %s: status %d", name, pattern, a.StatusCode)
			}
		})
	}
}

func TestAViewerChangesNothingOnAnyRoute(t *testing.T) {
	h := openHouse(t, nil)
	h.as(headway.Viewer).everyRoute(func(pattern string, r *http.Request) {
		if r.Method == "GET" || rules[pattern].own || rules[pattern].open {
			return
		}
		a := h.do(r)
		a.says(t, 403)
		if !strings.Contains(a.body, "You may read here") && !strings.Contains(a.body, "Only an owner") {
			t.Errorf("%s was reached", pattern)
		}
	})
	h.get("/").says(t, 200)
	h.get("/members").says(t, 200, "the owner")
	h.get("/log").says(t, 403, "Only an owner")
}

func TestOnlyOwnersGetToWhatIsTheirs(t *testing.T) {
	h := openHouse(t, nil)
	n := 0
	h.as(headway.Editor).everyRoute(func(pattern string, r *http.Request) {
		if rules[pattern].owners {
			n++
			h.do(r).says(t, 403, "Only an owner")
		}
	})
	if n < 5 {
		t.Errorf("only %d routes are owners': is that all?", n)
	}
	h.as(headway.Owner).get("/log").says(t, 200, "the editor")
}

func TestEveryRuleIsARoutes(t *testing.T) {
	h := openHouse(t, nil)
	known := map[string]bool{}
	h.everyRoute(func(pattern string, _ *http.Request) { known[pattern] = true })
	for pattern := range rules {
		if !known[pattern] {
			t.Errorf("the rule of %q is about no route", pattern)
		}
	}
}

func TestNoRouteTakesAPostFromAnotherSite(t *testing.T) {
	h := openHouse(t, nil)
	h.as(headway.Owner).everyRoute(func(pattern string, r *http.Request) {
		if r.Method == "GET" {
			return
		}
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		h.do(r).says(t, 403, "another site")
		if strings.HasPrefix(pattern, "POST /api") {
			t.Error("not here")
		}
	})
	r := httptest.NewRequest("POST", "/api/v1/studies", nil)
	r.Header.Set("Origin", "https://evil.example")
	if h.do(r).StatusCode != 403 || len(h.asked) > 0 {
		t.Error("the API takes a post of another site with a cookie")
	}
}

func TestNoRouteAnswersToAStrangersName(t *testing.T) {
	h := openHouse(t, func(o *Options) { o.Address = &url.URL{Scheme: "https", Host: "headway.example"} })
	h.as(headway.Owner).everyRoute(func(pattern string, r *http.Request) {
		for _, c := range h.cookies {
			r.AddCookie(c)
		}
		for _, name := range []string{"evil.example", "127.0.0.1.evil.example", "headway.example.evil.example", ""} {
			r.Host = name
			if a := h.raw(r); a.StatusCode != 403 || !strings.Contains(a.body, "not Headway") {
				t.Errorf("%s answers to %q with %d", pattern, name, a.StatusCode)
			}
		}
	})
}

func TestABearerTokenCountsForTheAPIOnly(t *testing.T) {
	h := openHouse(t, nil)
	token, _, err := h.gate.MakeToken(h.on(t, headway.Owner), "script", access.Admin, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	h.as("").everyRoute(func(pattern string, r *http.Request) {
		if slices.Contains(openRoutes, pattern) {
			return
		}
		r.Header.Set("Authorization", "Bearer "+token)
		if a := h.do(r); a.StatusCode == 200 {
			t.Errorf("%s takes a token", pattern)
		}
	})
}

// ask makes a request to the API.
func (h *house) ask(method string, headers ...string) answer {
	r := httptest.NewRequest(method, "/api/v1/studies", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return h.do(r)
}

func TestWhoAsksTheAPI(t *testing.T) {
	h := openHouse(t, nil)
	tokens := map[access.Scope]string{}
	for _, scope := range []access.Scope{access.Read, access.Write, access.Admin} {
		token, _, err := h.gate.MakeToken(h.on(t, headway.Owner), string(scope), scope, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		tokens[scope] = "Bearer " + token
	}
	for name, c := range map[string]struct {
		as      headway.Access
		method  string
		headers []string
		status  int
		member  headway.Access // as whom the API is reached
	}{
		"nobody":                                   {"", "GET", nil, 401, ""},
		"a session":                                {headway.Editor, "POST", nil, 200, headway.Editor},
		"a viewer's session reads":                 {headway.Viewer, "GET", nil, 200, headway.Viewer},
		"a viewer's session writes not":            {headway.Viewer, "POST", nil, 403, ""},
		"a token to read reads":                    {"", "GET", []string{"Authorization", tokens[access.Read]}, 200, headway.Viewer},
		"a token to read writes not":               {"", "DELETE", []string{"Authorization", tokens[access.Read]}, 403, ""},
		"a token to write writes, as no owner":     {"", "POST", []string{"Authorization", tokens[access.Write]}, 200, headway.Editor},
		"a token to admin is its owner":            {"", "POST", []string{"Authorization", tokens[access.Admin]}, 200, headway.Owner},
		"a wrong token is not helped by a cookie":  {headway.Owner, "GET", []string{"Authorization", "Bearer headway_wrong"}, 401, ""},
		"a small token is not widened by a cookie": {headway.Owner, "POST", []string{"Authorization", tokens[access.Read]}, 403, ""},
		"a password is no token":                   {headway.Owner, "GET", []string{"Authorization", "Basic dGhlOm93bmVy"}, 401, ""},
		"two tokens are none":                      {"", "GET", []string{"Authorization", tokens[access.Read], "Authorization", tokens[access.Admin]}, 401, ""},
		"a session's secret is no token":           {"", "GET", []string{"Authorization", "Bearer " + h.session[headway.Owner]}, 401, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h.asked = nil
			a := h.as(c.as).ask(c.method, c.headers...)
			if a.StatusCode != c.status {
				t.Errorf("status %d, want %d: %s", a.StatusCode, c.status, a.body)
			}
			if c.member == "" {
				if len(h.asked) > 0 || a.Header.Get("Content-Type") != "application/problem+json" {
					t.Errorf("the API was reached by %v, or the refusal is none for programs", h.asked)
				}
				return
			}
			if len(h.asked) != 1 || h.asked[0].Member.Access != c.member {
				t.Errorf("the API was reached by %+v, want by a %s", h.asked, c.member)
			}
		})
	}
}

func (h *house) signIn(t *testing.T, name, with string) answer {
	t.Helper()
	return h.post("/signin", url.Values{"name": {name}, "password": {with}, "next": {"/members"}})
}

func (h *house) givePassword(t *testing.T, a headway.Access) {
	t.Helper()
	m, err := h.gate.Named(t.Context(), "the "+string(a))
	if err == nil {
		err = h.gate.SetPassword(t.Context(), m.ID, password)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestSigningInGivesASecretThatNobodyCouldPlant(t *testing.T) {
	h := openHouse(t, nil)
	h.givePassword(t, headway.Editor)
	planted := h.session[headway.Viewer] // an attacker's own session, put into the browser
	h.cookies = []*http.Cookie{{Name: "headway_session", Value: planted}}
	a := h.signIn(t, "the editor", password)
	a.leadsTo(t, "/members")
	cookies := a.Cookies()
	if len(cookies) != 1 || cookies[0].Value == planted || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Name != "headway_session" {
		t.Fatalf("cookies %v", cookies)
	}
	if _, err := h.gate.Session(t.Context(), planted, ""); err == nil {
		t.Error("the session that was there lives on beside the new one")
	}
	h.cookies = cookies
	h.get("/account").says(t, 200, "the editor", "this one")
	h.post("/signout", nil).leadsTo(t, "/signin")
	h.get("/account").leadsTo(t, "/signin?next=%2Faccount")
}

func TestWhereTheWayIsEncryptedTheCookieIsOfThisHostOnly(t *testing.T) {
	for name, o := range map[string]func(*Options){
		"as the address says":     func(o *Options) { o.Address = &url.URL{Scheme: "https", Host: host} },
		"as a trusted proxy says": func(o *Options) { o.Trusted = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} },
	} {
		t.Run(name, func(t *testing.T) {
			h := openHouse(t, o)
			h.givePassword(t, headway.Editor)
			r := httptest.NewRequest("POST", "/signin", strings.NewReader(url.Values{"name": {"the editor"}, "password": {password}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-Proto", "https")
			cookies := h.do(r).Cookies()
			if len(cookies) != 1 || cookies[0].Name != "__Host-headway" || !cookies[0].Secure || cookies[0].Path != "/" || cookies[0].Domain != "" {
				t.Errorf("cookies %v", cookies)
			}
		})
	}
	h := openHouse(t, nil) // trusts nobody
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Forwarded-Proto", "https")
	if h.server.secure(r) {
		t.Error("anybody may say that the way is encrypted")
	}
}

func TestGuessingPasswordsInTheBrowserIsSlowedDown(t *testing.T) {
	h := openHouse(t, nil)
	h.givePassword(t, headway.Editor)
	slowed := false
	for range 10 {
		a := h.signIn(t, "the editor", "four words of his")
		if a.StatusCode == http.StatusTooManyRequests {
			slowed = true
			if a.Header.Get("Retry-After") == "" {
				t.Error("nobody says when to come again")
			}
			continue
		}
		a.says(t, 403, "do not belong together")
	}
	if !slowed {
		t.Error("ten wrong passwords in a row are not slowed down")
	}
	h.signIn(t, "the editor", password).says(t, 429, "Too many tries")
}

func TestAddressesComeFromProxiesThatAreTrusted(t *testing.T) {
	for name, c := range map[string]struct{ peer, said, want string }{
		"nobody stands between":                    {"198.51.100.4:1", "", "198.51.100.4"},
		"anybody may write the header":             {"198.51.100.4:1", "203.0.113.9", "198.51.100.4"},
		"a proxy names who asked it":               {"10.0.0.2:1", "203.0.113.9", "203.0.113.9"},
		"what the caller wrote stands before that": {"10.0.0.2:1", "1.2.3.4, 203.0.113.9", "203.0.113.9"},
		"a proxy behind a proxy":                   {"10.0.0.2:1", "203.0.113.9, 10.0.0.3", "203.0.113.9"},
		"what is no address ends it":               {"10.0.0.2:1", "203.0.113.9, unknown", "10.0.0.2"},
		"a proxy that says nothing":                {"10.0.0.2:1", "", "10.0.0.2"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &server{options: Options{Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.peer
			if c.said != "" {
				r.Header.Set("X-Forwarded-For", c.said)
			}
			if got := s.addressOf(r); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAnInvitedPersonComesIn(t *testing.T) {
	h := openHouse(t, nil)
	a := h.as(headway.Owner).post("/members/invite", url.Values{"name": {"Ida"}, "access": {"viewer"}})
	a.says(t, 200, "http://"+host+"/invitation/")
	path := regexp.MustCompile(`/invitation/[-_A-Za-z0-9]{43}`).FindString(a.body)
	h.as("").get(path).says(t, 200, "You will read what customers said", `value="Ida"`)
	h.post(path, url.Values{"name": {"Ida Lind"}, "password": {"short"}}).says(t, 422, "at least 12 characters", "Ida Lind")
	a = h.post(path, url.Values{"name": {"Ida Lind"}, "password": {password}})
	a.leadsTo(t, "/")
	h.cookies = a.Cookies()
	h.get("/account").says(t, 200, "Ida Lind", "a viewer")
	h.as("").get(path).says(t, 403, "was used or ended, has run out or never was")
	h.post(path, url.Values{"name": {"Tom"}, "password": {password}}).says(t, 403)
}

var sharedPath = regexp.MustCompile(`/shared/[-_A-Za-z0-9]{43}`)

// share makes a link as an editor does, and gives its path.
func (h *house) share(t *testing.T, form url.Values) string {
	t.Helper()
	form.Set("days", "7")
	a := h.as(headway.Editor).post("/links", form)
	a.says(t, 200, "It is shown this once")
	path := sharedPath.FindString(a.body)
	h.as("")
	return path
}

func TestALinkShowsOneThingToWhoeverHasIt(t *testing.T) {
	h := openHouse(t, nil)
	study := string(h.as(headway.Owner).sealed())
	c := h.fake.talks["study1"][0].c
	var turn headway.Turn
	for _, turn = range c.Turns {
		if strings.Contains(turn.Text.Text, "three hours") {
			break
		}
	}
	words := headway.Span{Text: turn.Text.ID, Start: 0, End: headway.NewRuler(turn.Text.Text).Point(len(turn.Text.Text))}
	for name, l := range map[string]struct {
		form  url.Values
		shows []string
	}{
		"a mirror":        {url.Values{"kind": {"mirror"}, "study": {study}}, []string{"I copy the numbers by hand every Friday"}},
		"one sentence":    {url.Values{"kind": {"quote"}, "study": {study}, "conversation": {string(c.ID)}, "span": {formatSpan(words)}}, []string{"three hours", "Petra"}},
		"a search of all": {url.Values{"kind": {"search"}, "words": {"Friday"}}, []string{"<mark>Friday</mark>", "In all conversations."}},
		"a search":        {url.Values{"kind": {"search"}, "study": {study}, "words": {"Friday"}}, []string{"<mark>Friday</mark>", "1 place"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := h.share(t, l.form)
			a := h.get(path)
			a.says(t, 200, l.shows...)
			a.hides(t, `href="/study`, `href="/conversation`, `action="/search"`, "/members")
			if a.Header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(a.Header.Get("X-Robots-Tag"), "noindex") || len(a.Cookies()) > 0 {
				t.Errorf("headers %v", a.Header)
			}
			if csp := a.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
				t.Errorf("policy %s", csp)
			}
			h.post(path, url.Values{"measure": {"x"}}).says(t, 403, "takes nothing")
			for _, other := range []string{"/", "/study/" + study + "/mirror", "/conversation/" + string(c.ID), "/search?q=Friday", path + "/x"} {
				if h.get(other).StatusCode == 200 {
					t.Errorf("who has a link reads %s", other)
				}
			}
			open, err := h.gate.Shares(t.Context())
			if err != nil || len(open) != 1 {
				t.Fatalf("open: %v (%v)", open, err)
			}
			h.as(headway.Viewer).post("/links/end", url.Values{"id": {string(open[0].ID)}}).says(t, 403)
			h.as(headway.Editor).get("/links").says(t, 200, "made by the editor")
			h.post("/links/end", url.Values{"id": {string(open[0].ID)}}).leadsTo(t, "/links")
			h.as(headway.Owner).get("/log").says(t, 200, "whoever had the link</td><td>opened a link")
			a = h.as("").get(path)
			a.says(t, 403, "was ended")
			a.hides(t, l.shows...)
		})
	}
}

func TestNoLinkShowsWhatIsNotRevealed(t *testing.T) {
	h := openHouse(t, nil)
	study := string(h.as(headway.Owner).sealed())
	path := h.share(t, url.Values{"kind": {"mirror"}, "study": {study}})
	h.fake.studies[0].Phase = headway.Guessing
	h.get(path).says(t, 403)
	h.as(headway.Editor).post("/links", url.Values{"kind": {"search"}, "study": {study}, "words": {"Friday"}, "days": {"7"}}).says(t, 403, "still guessing")
	h.post("/links", url.Values{"kind": {"all"}, "study": {study}, "days": {"7"}}).says(t, 403)
	h.post("/links", url.Values{"kind": {"mirror"}, "days": {"7"}}).says(t, 422, "Choose the study of which the link shows something.")
}

func TestAtTheMachineTheKeyIsTheFirstOwner(t *testing.T) {
	h := openHouse(t, func(o *Options) { o.Members = false })
	h.cookies = []*http.Cookie{{Name: keyCookie, Value: cookieValue(secret)}}
	h.get("/account").says(t, 200, "the owner", "an owner")
	h.get("/log").says(t, 200)
	h.ask("POST")
	if len(h.asked) != 1 || h.asked[0].Way != access.ByKey || h.asked[0].Member.Name != "the owner" {
		t.Errorf("asked by %+v", h.asked)
	}
	h.cookies = append(h.cookies, &http.Cookie{Name: "headway_session", Value: h.session[headway.Viewer]})
	h.get("/account").says(t, 200, "the viewer") // whoever signs in is who they say
}

func TestWhatIsTakenAlongIsLogged(t *testing.T) {
	h := openHouse(t, nil)
	study := h.as(headway.Owner).sealed()
	h.as(headway.Viewer).get("/study/"+string(study)+"/mirror.html").says(t, 200)
	h.as(headway.Owner).get("/log").says(t, 200, "exported: study/"+string(study)+"/mirror.html", "the viewer")
	h.fake.studies = append(h.fake.studies, headway.Study{ID: "guessing", Name: "Still guessing", Phase: headway.Guessing})
	h.as(headway.Viewer).get("/study/guessing/mirror.docx").says(t, 403)
	h.as(headway.Owner).get("/log").hides(t, "study/guessing/mirror.docx") // what was refused was not taken along
}

func TestNamesOfMembersNeverBecomeMarkup(t *testing.T) {
	h := openHouse(t, nil)
	const name = `<script>alert(1)</script>`
	if _, err := h.gate.Add(t.Context(), name, headway.Viewer); err != nil {
		t.Fatal(err)
	}
	h.as(headway.Owner).post("/members/invite", url.Values{"name": {name}, "access": {"viewer"}}).hides(t, name)
	h.post("/account/tokens", url.Values{"name": {name}, "scope": {"read"}, "days": {"30"}}).hides(t, name)
	for _, path := range []string{"/members", "/account", "/log", "/links"} {
		a := h.get(path)
		a.says(t, 200)
		a.hides(t, name)
	}
	h.as("").signIn(t, name, "x").hides(t, name)
}

func TestAStreamGoesOnForWhoIsSignedInAndEndsWithTheSession(t *testing.T) {
	h := openHouse(t, nil)
	r := httptest.NewRequest("GET", "/conversation/talk/live", nil)
	r.Host = host
	for _, c := range h.as(headway.Viewer).cookies {
		r.AddCookie(c)
	}
	if !h.server.admits(r) {
		t.Error("a viewer who is signed in is told nothing")
	}
	if err := h.gate.SignOut(t.Context(), h.session[headway.Viewer]); err != nil {
		t.Fatal(err)
	}
	if h.server.admits(r) {
		t.Error("who signed out is told on")
	}
}
