package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// accountView is a member's own affairs.
type accountView struct {
	Me          headway.Member
	HasPassword bool
	Sessions    []ticketView
	Tokens      []ticketView
	Scopes      []access.Scope // those that a token of theirs may have
	Proofs      []access.Proof // passkeys, and accounts elsewhere
	Passkeys    bool           // whether one can be added here
	Provider    string
	Made        *madeView // what was just made
	Problem     string
}

// madeView is a secret that is shown this once.
type madeView struct {
	What, Secret, Until string
	Alone               bool     // only this machine opens it
	Commands            []string // that would serve it to others
	Then                string   // what a link is after that
}

// ticketView is something that was handed out, in a list.
type ticketView struct {
	access.Ticket
	By   string // who made it
	Here bool   // it is the session of this very page
	Ours bool   // the reader may end it
}

// Day tells a day; the page says in words where there is none.
func day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2 January 2006")
}

// minute tells a day and the time in UTC.
func minute(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2 January 2006, 15:04") + " UTC"
}

// caller is who asks; the guard has put them there.
func caller(r *http.Request) access.Caller {
	c, _ := access.CallerFrom(r.Context())
	return c
}

func (s *server) viewAccount(r *http.Request) (v accountView, err error) {
	gate, ctx, me := s.options.Access, r.Context(), caller(r).Member
	v.Me, v.Passkeys, v.Provider = me, s.options.Passkeys != nil, s.providerName()
	if me.ID == "" {
		return v, nil // there are no members: the page says how to make one
	}
	if v.HasPassword, err = gate.HasPassword(ctx, me.ID); err != nil {
		return v, err
	}
	sessions, err := gate.Sessions(ctx, me.ID)
	if err != nil {
		return v, err
	}
	for _, t := range sessions {
		v.Sessions = append(v.Sessions, ticketView{Ticket: t, Here: t.ID == caller(r).Ticket, Ours: true})
	}
	tokens, err := gate.Tokens(ctx)
	if err != nil {
		return v, err
	}
	for _, t := range tokens {
		if t.Member == me.ID {
			v.Tokens = append(v.Tokens, ticketView{Ticket: t, Ours: true})
		}
	}
	for _, scope := range []access.Scope{access.Read, access.Write, access.Admin} {
		if access.ScopeOf(me.Access).Holds(scope) {
			v.Scopes = append(v.Scopes, scope)
		}
	}
	v.Proofs, err = gate.Keys(ctx, me.ID)
	return v, err
}

func (s *server) showAccount(w http.ResponseWriter, r *http.Request) error {
	return s.account(w, r, http.StatusOK, nil, nil)
}

// account shows the page with what was just made, or with why it was not.
func (s *server) account(w http.ResponseWriter, r *http.Request, status int, made *madeView, why error) error {
	view, err := s.viewAccount(r)
	if err != nil {
		return err
	}
	view.Made = made
	if why != nil {
		view.Problem, status = sentence(why.Error()), refusedWith(w, why)
	}
	return s.render(w, r, status, newPage("account", "Your account"), view)
}

func (s *server) changePassword(w http.ResponseWriter, r *http.Request) error {
	err := s.options.Access.ChangePassword(r.Context(), r.PostFormValue("old"), r.PostFormValue("password"), caller(r).Ticket, s.origin(r))
	if err != nil {
		return s.account(w, r, 0, nil, err)
	}
	return back(w, r, "/account")
}

// endSessions ends one session, or all but the one of the page.
func (s *server) endSessions(w http.ResponseWriter, r *http.Request) error {
	c := caller(r)
	var err error
	if id := access.TicketID(r.PostFormValue("id")); id != "" {
		err = s.options.Access.EndSession(r.Context(), id)
	} else {
		err = s.options.Access.EndSessions(r.Context(), c.Member.ID, c.Ticket)
	}
	if err != nil {
		return err
	}
	return back(w, r, "/account")
}

func (s *server) makeToken(w http.ResponseWriter, r *http.Request) error {
	secret, t, err := s.options.Access.MakeToken(r.Context(), r.PostFormValue("name"), access.Scope(r.PostFormValue("scope")), days(r))
	if err != nil {
		return s.account(w, r, 0, nil, err)
	}
	return s.account(w, r, http.StatusOK, &madeView{What: t.Name, Secret: secret, Until: day(t.Until)}, nil)
}

// days reads for how many days something is to be open.
func days(r *http.Request) time.Duration {
	n, err := strconv.Atoi(r.PostFormValue("days"))
	if err != nil || n > 1000 {
		return 0 // to be refused
	}
	return time.Duration(n) * 24 * time.Hour
}

func (s *server) endToken(w http.ResponseWriter, r *http.Request) error {
	if err := s.options.Access.EndToken(r.Context(), access.TicketID(r.PostFormValue("id"))); err != nil {
		return err
	}
	return back(w, r, "/account")
}

// endProof forgets a passkey or an account elsewhere of one's own.
func (s *server) endProof(w http.ResponseWriter, r *http.Request) error {
	err := s.options.Access.DropKey(r.Context(), access.ProofKind(r.PostFormValue("kind")), r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return back(w, r, "/account")
}
