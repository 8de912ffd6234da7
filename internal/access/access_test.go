package access_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// door is a gate with Jan, its owner, and a clock that tests set.
type door struct {
	*access.Gate
	t    *testing.T
	path string
	keep store.Store
	time time.Time
	jan  access.Member
}

const (
	right = "four words of mine"
	wrong = "four words of his"
	here  = "192.0.2.7"
)

func openDoor(t *testing.T) *door {
	t.Helper()
	d := &door{t: t, path: filepath.Join(t.TempDir(), "headway.db"), time: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	d.start()
	var err error
	if d.jan, err = d.Add(t.Context(), "Jan Vos", headway.Owner); err != nil {
		t.Fatal(err)
	}
	must(t, d.SetPassword(t.Context(), d.jan.ID, right))
	return d
}

// start opens the store anew, as another start of the program does.
func (d *door) start() {
	d.t.Helper()
	if d.keep != nil {
		must(d.t, d.keep.Close())
	}
	kept, err := sqlstore.OpenSQLite(d.t.Context(), d.path)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { kept.Close() })
	d.keep, d.Gate = kept, access.New(kept, store.Home, func() time.Time { return d.time })
}

func (d *door) signIn(password, from string) error {
	_, _, err := d.SignIn(d.t.Context(), "jan vos", password, access.Origin{Address: from})
	return err
}

func (d *door) session() string {
	d.t.Helper()
	secret, _, err := d.SignIn(d.t.Context(), "Jan Vos", right, access.Origin{Address: here, Device: "a browser"})
	must(d.t, err)
	return secret
}

// as is a request of one who was let in.
func (d *door) as(a headway.Access, name string) context.Context {
	d.t.Helper()
	m, err := d.Named(d.t.Context(), name)
	if err != nil {
		m, err = d.Add(d.t.Context(), name, a)
		must(d.t, err)
	}
	return headway.WithMember(d.t.Context(), m.Member)
}

func (d *door) acts() (acts []string) {
	d.t.Helper()
	log, err := d.Entries(d.t.Context(), 0, 1000)
	must(d.t, err)
	for _, e := range log {
		acts = append(acts, string(e.Act))
	}
	return acts
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, want headway.Code) {
	t.Helper()
	if headway.ErrorCode(err) != want {
		t.Errorf("got %v, want it %s", err, want)
	}
}

func TestAPasswordLetsItsMemberIn(t *testing.T) {
	d := openDoor(t)
	caller, err := d.Session(t.Context(), d.session(), here)
	if err != nil || caller.Member.ID != d.jan.ID || caller.Way != access.BySession || caller.Scope != access.Admin {
		t.Errorf("the session is %+v (%v)", caller, err)
	}
	wantCode(t, d.signIn(wrong, here), headway.Denied)
	wantCode(t, d.signIn("", here), headway.Denied)
	_, _, err = d.SignIn(t.Context(), "Nobody Known", right, access.Origin{})
	if err == nil || err.Error() != d.signIn(wrong, here).Error() {
		t.Errorf("an unknown name is told from a wrong password: %v", err)
	}
	if got := strings.Join(d.acts(), " "); got != "sign-in-failed sign-in-failed sign-in-failed sign-in-failed signed-in password-changed member-added" {
		t.Errorf("the log says %s", got)
	}
}

func TestWhatWasTypedForANameIsNotLogged(t *testing.T) {
	d := openDoor(t)
	_, _, err := d.SignIn(t.Context(), "my secret pass phrase", "x", access.Origin{Address: here})
	wantCode(t, err, headway.Denied)
	log, err := d.Entries(t.Context(), 0, 1)
	if err != nil || log[0].Act != access.SignInFailed || log[0].Words != "" || log[0].From != here {
		t.Errorf("logged %+v (%v)", log, err)
	}
}

func TestAPasswordIsLongAndNotObvious(t *testing.T) {
	d := openDoor(t)
	for _, password := range []string{"", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab", "my Headway word", "I am Jan Vos 77", strings.Repeat("long words ", 30)} {
		wantCode(t, d.SetPassword(t.Context(), d.jan.ID, password), headway.Invalid)
	}
	must(t, d.SetPassword(t.Context(), d.jan.ID, "pässwört mit ümläut"))
	must(t, d.signIn("pa\u0308sswo\u0308rt mit u\u0308mla\u0308ut", here)) // as another keyboard writes it
}

func TestNoSecretLiesInTheStore(t *testing.T) {
	d := openDoor(t)
	session := d.session()
	token, _, err := d.MakeToken(t.Context(), "a script", access.Read, time.Hour)
	must(t, err)
	invitation, _, err := d.Invite(t.Context(), "Ida", headway.Viewer, time.Hour)
	must(t, err)
	share, _, err := d.MakeShare(t.Context(), access.Shown{Kind: access.ShareMirror, Study: "s"}, "for Ida", time.Hour)
	must(t, err)
	must(t, d.keep.Close())
	for _, name := range []string{d.path, d.path + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, secret := range []string{right, session, token, invitation, share} {
			if len(secret) < 15 || bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
	d.keep = nil
}

func TestGuessingPasswordsTakesLongerAndLonger(t *testing.T) {
	d := openDoor(t)
	tries, waited := 0, time.Duration(0)
	for range 40 {
		err := d.signIn(wrong, here)
		var soon *access.TooSoon
		if !errors.As(err, &soon) {
			wantCode(t, err, headway.Denied)
			tries++
			continue
		}
		wantCode(t, err, headway.Denied)
		if err := d.signIn(right, here); !errors.As(err, &soon) {
			t.Fatalf("the right password does not wait: %v", err)
		}
		waited += soon.Wait
		d.time = d.time.Add(soon.Wait)
	}
	if tries > 25 || waited < 45*time.Minute {
		t.Errorf("%d tries in %s", tries, waited)
	}
}

func TestManyTriesAtOnceAreNoWayAroundTheLimit(t *testing.T) {
	d := openDoor(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	looked := 0
	for range 24 {
		all.Go(func() {
			var soon *access.TooSoon
			if err := d.signIn(wrong, here); err != nil && !errors.As(err, &soon) {
				mu.Lock()
				looked++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if looked < 5 || looked > 6 {
		t.Errorf("%d passwords were looked at, want the free ones", looked)
	}
}

func TestAnAddressThatTriesManyAccountsWaitsToo(t *testing.T) {
	d := openDoor(t)
	var soon *access.TooSoon
	free := 0
	for i := range 40 {
		_, _, err := d.SignIn(t.Context(), "name "+strings.Repeat("x", i), wrong, access.Origin{Address: "2001:db8::" + string(rune('a'+i%6))})
		if errors.As(err, &soon) {
			break
		}
		free++
	}
	if free < 20 || free > 21 {
		t.Errorf("%d tries were free", free)
	}
	if err := d.signIn(right, "2001:db8::ffff"); !errors.As(err, &soon) {
		t.Errorf("the same network goes on: %v", err)
	}
	must(t, d.signIn(right, "2001:db8:0:1::1")) // another does
}

func TestTheWaitSurvivesARestart(t *testing.T) {
	d := openDoor(t)
	var soon *access.TooSoon
	for !errors.As(d.signIn(wrong, here), &soon) {
	}
	d.start()
	if err := d.signIn(right, here); !errors.As(err, &soon) {
		t.Errorf("a new start is a new chance: %v", err)
	}
	d.time = d.time.Add(soon.Wait)
	must(t, d.signIn(right, here))
}

func TestAClockPutBackNeitherUnlocksNorLocksOut(t *testing.T) {
	d := openDoor(t)
	for range 10 { // up to a wait of some seconds
		var soon *access.TooSoon
		if errors.As(d.signIn(wrong, here), &soon) {
			d.time = d.time.Add(soon.Wait)
		}
	}
	var soon *access.TooSoon
	for !errors.As(d.signIn(wrong, here), &soon) {
	}
	was := soon.Wait
	d.time = d.time.AddDate(0, 0, -3)
	if err := d.signIn(right, here); !errors.As(err, &soon) || soon.Wait > was {
		t.Fatalf("after the clock was put back: %v", err)
	}
	d.time = d.time.Add(was)
	must(t, d.signIn(right, here))

	secret := d.session()
	d.time = d.time.AddDate(0, 0, 91)
	if _, err := d.Session(t.Context(), secret, here); err == nil {
		t.Fatal("a session of 91 days lets in")
	}
	d.time = d.time.AddDate(0, 0, -91)
	if _, err := d.Session(t.Context(), secret, here); err == nil {
		t.Error("a session that was over came to life with the clock")
	}
	secret = d.session()
	d.time = d.time.AddDate(0, 0, -30)
	if _, err := d.Session(t.Context(), secret, here); err != nil {
		t.Errorf("a session is locked out by the clock: %v", err)
	}
}

func TestASessionEnds(t *testing.T) {
	for what, end := range map[string]func(d *door, secret string){
		"by signing out":                func(d *door, secret string) { must(d.t, d.SignOut(d.t.Context(), secret)) },
		"when nobody uses it":           func(d *door, _ string) { d.time = d.time.AddDate(0, 0, 14) },
		"with a new password":           func(d *door, _ string) { must(d.t, d.SetPassword(d.t.Context(), d.jan.ID, "another four words")) },
		"when its member ends them all": func(d *door, _ string) { must(d.t, d.EndSessions(d.as("", "Jan Vos"), d.jan.ID, "")) },
		"when its member leaves": func(d *door, _ string) {
			d.as(headway.Owner, "Ida")
			must(d.t, d.Remove(d.t.Context(), d.jan.ID))
		},
	} {
		t.Run(what, func(t *testing.T) {
			d := openDoor(t)
			secret := d.session()
			end(d, secret)
			_, err := d.Session(t.Context(), secret, here)
			wantCode(t, err, headway.Denied)
		})
	}
	t.Run("but not while it is used, until 90 days", func(t *testing.T) {
		d := openDoor(t)
		secret, days := d.session(), 0
		for ; days < 200; days++ {
			if _, err := d.Session(t.Context(), secret, here); err != nil {
				break
			}
			d.time = d.time.AddDate(0, 0, 1)
		}
		if days != 90 {
			t.Errorf("it ended on day %d", days)
		}
	})
}

func TestSessionsAreListedWithTheirDevices(t *testing.T) {
	d := openDoor(t)
	first := d.session()
	d.time = d.time.Add(time.Hour)
	second := d.session()
	if first == second {
		t.Fatal("signing in again gives the same secret: a session could be planted")
	}
	caller, err := d.Session(t.Context(), first, "198.51.100.4")
	must(t, err)
	open, err := d.Sessions(t.Context(), d.jan.ID)
	if err != nil || len(open) != 2 || open[1].ID != caller.Ticket || open[1].From != "198.51.100.4" || !open[1].Seen.Equal(d.time) || open[1].Name != "a browser" {
		t.Fatalf("sessions %+v (%v)", open, err)
	}
	ida := d.as(headway.Editor, "Ida")
	wantCode(t, d.EndSession(ida, open[0].ID), headway.NotFound) // not hers
	wantCode(t, d.EndSessions(ida, d.jan.ID, ""), headway.Denied)
	must(t, d.ChangePassword(d.as("", "Jan Vos"), right, "another four words", caller.Ticket, access.Origin{Address: here}))
	if open, err = d.Sessions(t.Context(), d.jan.ID); err != nil || len(open) != 1 || open[0].ID != caller.Ticket {
		t.Errorf("after a new password sessions are %+v (%v)", open, err)
	}
	wantCode(t, d.ChangePassword(d.as("", "Jan Vos"), right, "yet another of four", caller.Ticket, access.Origin{}), headway.Invalid)
}

func TestAnInvitationMakesOneMember(t *testing.T) {
	d := openDoor(t)
	secret, _, err := d.Invite(t.Context(), "Ida", headway.Viewer, time.Hour)
	must(t, err)
	_, err = d.Invited(t.Context(), secret)
	must(t, err)
	_, _, err = d.Accept(t.Context(), secret, "Jan Vos", right, access.Origin{})
	wantCode(t, err, headway.Conflict)
	_, _, err = d.Accept(t.Context(), secret, "Ida", "short", access.Origin{})
	wantCode(t, err, headway.Invalid)
	session, _, err := d.Accept(t.Context(), secret, "Ida Lind", right, access.Origin{Address: here})
	must(t, err)
	if caller, err := d.Session(t.Context(), session, here); err != nil || caller.Member.Access != headway.Viewer || caller.Member.Name != "Ida Lind" {
		t.Errorf("who joined is %+v (%v)", caller, err)
	}
	_, _, err = d.Accept(t.Context(), secret, "Tom", right, access.Origin{})
	wantCode(t, err, headway.Denied)
	late, _, err := d.Invite(t.Context(), "", headway.Owner, time.Hour)
	must(t, err)
	d.time = d.time.Add(time.Hour)
	_, err = d.Invited(t.Context(), late)
	wantCode(t, err, headway.Denied)
	_, _, err = d.Invite(d.as(headway.Editor, "Ben"), "", headway.Owner, time.Hour)
	wantCode(t, err, headway.Denied)
}

func TestATokenDoesNoMoreThanItsScopeAndItsMember(t *testing.T) {
	d := openDoor(t)
	ida := d.as(headway.Editor, "Ida")
	_, _, err := d.MakeToken(ida, "too much", access.Admin, time.Hour)
	wantCode(t, err, headway.Denied)
	_, _, err = d.MakeToken(d.as(headway.Viewer, "Eve"), "too much", access.Write, time.Hour)
	wantCode(t, err, headway.Denied)
	for scope, want := range map[access.Scope]headway.Access{access.Read: headway.Viewer, access.Write: headway.Editor, access.Admin: headway.Owner} {
		secret, _, err := d.MakeToken(d.as("", "Jan Vos"), "script", scope, time.Hour)
		must(t, err)
		caller, err := d.Token(t.Context(), secret, here)
		if err != nil || caller.Member.Access != want || caller.Way != access.ByToken {
			t.Errorf("a token to %s is %+v (%v)", scope, caller, err)
		}
		ctx := access.WithCaller(t.Context(), caller)
		for _, asked := range []access.Scope{access.Read, access.Write, access.Admin} {
			if err := access.Need(ctx, asked); (err == nil) != scope.Holds(asked) {
				t.Errorf("a token to %s asked to %s: %v", scope, asked, err)
			}
		}
		_, err = d.Session(t.Context(), secret, here)
		wantCode(t, err, headway.Denied) // and is no session
	}
	secret, made, err := d.MakeToken(ida, "script", access.Write, time.Hour)
	must(t, err)
	m, err := d.Named(t.Context(), "Ida")
	must(t, err)
	must(t, d.SetAccess(t.Context(), m.ID, headway.Viewer))
	if caller, err := d.Token(t.Context(), secret, here); err != nil || caller.Member.Access != headway.Viewer {
		t.Errorf("the token of who may only read now is %+v (%v)", caller, err)
	}
	wantCode(t, d.EndToken(d.as("", "Eve"), made.ID), headway.NotFound)
	must(t, d.EndToken(ida, made.ID))
	_, err = d.Token(t.Context(), secret, here)
	wantCode(t, err, headway.Denied)
	_, err = d.Token(t.Context(), d.session(), here)
	wantCode(t, err, headway.Denied)
}

func TestALinkShowsOneThingUntilItIsTakenBack(t *testing.T) {
	d := openDoor(t)
	span := headway.Span{Text: "t.1", Start: 3, End: 9}
	for _, bad := range []access.Shown{{}, {Kind: "all"}, {Kind: access.ShareMirror}, {Kind: access.ShareQuote, Study: "s"}, {Kind: access.ShareSearch, Study: "s"}} {
		_, _, err := d.MakeShare(t.Context(), bad, "", time.Hour)
		wantCode(t, err, headway.Invalid)
	}
	_, _, err := d.MakeShare(d.as(headway.Viewer, "Eve"), access.Shown{Kind: access.ShareMirror, Study: "s"}, "", time.Hour)
	wantCode(t, err, headway.Denied)
	_, _, err = d.MakeShare(t.Context(), access.Shown{Kind: access.ShareMirror, Study: "s"}, "", 1000*24*time.Hour)
	wantCode(t, err, headway.Invalid)
	want := access.Shown{Kind: access.ShareQuote, Study: "s", Conversation: "c", Span: span}
	ida := d.as(headway.Editor, "Ida")
	secret, made, err := d.MakeShare(ida, want, "for the board", time.Hour)
	must(t, err)
	shared, caller, err := d.Shared(t.Context(), secret, here)
	must(t, err)
	if shown, err := shared.Shown(); err != nil || shown != want {
		t.Errorf("it shows %+v (%v)", shown, err)
	}
	if caller.Member.Access != headway.Viewer || caller.Scope != access.Read {
		t.Errorf("who has it is %+v", caller)
	}
	wantCode(t, d.EndShare(access.WithCaller(t.Context(), caller), made.ID), headway.NotFound)
	must(t, d.EndShare(ida, made.ID))
	_, _, err = d.Shared(t.Context(), secret, here)
	wantCode(t, err, headway.Denied)
	if shares, err := d.Shares(t.Context()); err != nil || len(shares) != 0 {
		t.Errorf("shares %v (%v)", shares, err)
	}
}

func TestOnlyOwnersSayWhoTheMembersAre(t *testing.T) {
	d := openDoor(t)
	ida := d.as(headway.Editor, "Ida")
	_, err := d.Add(ida, "Tom", headway.Viewer)
	wantCode(t, err, headway.Denied)
	wantCode(t, d.Remove(ida, d.jan.ID), headway.Denied)
	wantCode(t, d.SetAccess(ida, "m", headway.Owner), headway.Denied)
	wantCode(t, d.SetPassword(ida, d.jan.ID, wrong), headway.Denied)
	_, err = d.Entries(ida, 0, 10)
	wantCode(t, err, headway.Denied)
	_, err = d.Invitations(ida)
	wantCode(t, err, headway.Denied)
	wantCode(t, d.Remove(t.Context(), d.jan.ID), headway.Conflict) // the last owner
	_, err = d.Add(t.Context(), " jan  VOS ", headway.Editor)
	wantCode(t, err, headway.Conflict)
}

func TestThoseWhoLeftComeBackAsThemselvesWithoutTheirPassword(t *testing.T) {
	d := openDoor(t)
	d.as(headway.Owner, "Ida")
	must(t, d.Remove(t.Context(), d.jan.ID))
	wantCode(t, d.signIn(right, here), headway.Denied)
	again, err := d.Add(t.Context(), "Jan Vos", headway.Viewer)
	if err != nil || again.ID != d.jan.ID {
		t.Errorf("came back as %+v (%v)", again, err)
	}
	wantCode(t, d.signIn(right, here), headway.Denied)
}
