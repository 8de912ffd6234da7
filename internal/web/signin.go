package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// memberActs are the acts by which members come in, see to their own affairs, and let
// others in.
func (s *server) memberActs() map[string]handler {
	if s.options.Access == nil {
		return nil
	}
	return map[string]handler{
		"GET /signin":                s.showSignIn,
		"POST /signin":               s.signIn,
		"POST /signout":              s.signOut,
		"GET /invitation/{secret}":   s.showInvitation,
		"POST /invitation/{secret}":  s.acceptInvitation,
		"GET /account":               s.showAccount,
		"POST /account/password":     s.changePassword,
		"POST /account/sessions/end": s.endSessions,
		"POST /account/tokens":       s.makeToken,
		"POST /account/tokens/end":   s.endToken,
		"POST /account/proofs/end":   s.endProof,

		"GET /members":                  s.showMembers,
		"POST /members/invite":          s.invite,
		"POST /members/access":          s.changeAccess,
		"POST /members/remove":          s.removeMember,
		"POST /members/invitations/end": s.endInvitation,
		"GET /log":                      s.showLog,

		"GET /links":            s.showLinks,
		"POST /links":           s.makeLink,
		"POST /links/end":       s.endLink,
		"GET /shared/{secret}":  s.showShared,
		"POST /shared/{secret}": s.takeGuess,
	}
}

// signInView is the page on which members sign in.
type signInView struct {
	Called   string // the name that was typed
	Next     string // where to go then
	Problem  string
	Nobody   bool // there are no members yet
	Passkeys bool
	Provider string // that vouches for members; "" for none
}

func (s *server) viewSignIn(r *http.Request) (signInView, error) {
	v := signInView{Called: r.PostFormValue("name"), Next: localPath(r.FormValue("next")), Passkeys: s.options.Passkeys != nil, Provider: s.providerName()}
	_, known, err := s.options.Access.FirstOwner(r.Context())
	v.Nobody = !known
	return v, err
}

func (s *server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	view, err := s.viewSignIn(r)
	if err != nil {
		return err
	}
	if c, known := access.CallerFrom(r.Context()); known && c.Way == access.BySession {
		http.Redirect(w, r, view.Next, http.StatusSeeOther)
		return nil
	}
	return s.render(w, r, http.StatusOK, outside("signin", "Sign in"), view)
}

// signIn takes name and password. What does not fit is said on the page, and
// never which of both it was.
func (s *server) signIn(w http.ResponseWriter, r *http.Request) error {
	view, err := s.viewSignIn(r)
	if err != nil {
		return err
	}
	secret, t, err := s.options.Access.SignIn(r.Context(), view.Called, r.PostFormValue("password"), s.origin(r))
	if headway.ErrorCode(err) == headway.Denied {
		view.Problem = sentence(err.Error())
		return s.render(w, r, refusedWith(w, err), outside("signin", "Sign in"), view)
	}
	if err != nil {
		return err
	}
	if err := s.giveSession(w, r, secret, t); err != nil {
		return err
	}
	http.Redirect(w, r, view.Next, http.StatusSeeOther)
	return nil
}

// refusedWith gives the status of a refusal, and says when to come again.
func refusedWith(w http.ResponseWriter, err error) int {
	var soon *access.TooSoon
	if errors.As(err, &soon) {
		w.Header().Set("Retry-After", strconv.Itoa(int(soon.Wait.Seconds())))
		return http.StatusTooManyRequests
	}
	return statuses[headway.ErrorCode(err)]
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.options.Access.SignOut(r.Context(), s.sessionOf(r)); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(r, "", -1))
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

// invitationView is the page on which an invited person becomes a member.
type invitationView struct {
	Called  string
	Access  headway.Access
	Problem string
}

func (s *server) showInvitation(w http.ResponseWriter, r *http.Request) error {
	t, err := s.options.Access.Invited(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	view := invitationView{Called: t.Name, Access: headway.Access(t.Grants)}
	return s.render(w, r, http.StatusOK, outside("invitation", "You are invited"), view)
}

func (s *server) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	t, err := s.options.Access.Invited(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	view := invitationView{Called: r.PostFormValue("name"), Access: headway.Access(t.Grants)}
	secret, session, err := s.options.Access.Accept(r.Context(), r.PathValue("secret"), view.Called, r.PostFormValue("password"), s.origin(r))
	switch headway.ErrorCode(err) {
	case "":
	case headway.Invalid, headway.Conflict:
		view.Problem = sentence(err.Error())
		return s.render(w, r, http.StatusUnprocessableEntity, outside("invitation", "You are invited"), view)
	default:
		return err
	}
	if err := s.giveSession(w, r, secret, session); err != nil {
		return err
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}
