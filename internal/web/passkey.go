package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Passkeys makes passkeys and lets members in by them. What begun names comes
// back with the browser's answer.
type Passkeys interface {
	BeginAdd(ctx context.Context) (options any, begun string, err error)
	Add(ctx context.Context, begun, name string, answer []byte) error
	BeginSignIn() (options any, begun string, err error)
	SignIn(ctx context.Context, begun string, answer []byte, from access.Origin) (secret string, t access.Ticket, err error)
}

// Provider vouches for members who have added their account there. begun stays
// with the browser meanwhile.
type Provider interface {
	Name() string
	Begin(ctx context.Context, next string, adds bool) (to, begun string, err error)
	Finish(ctx context.Context, begun string, answer url.Values, from access.Origin) (secret string, t access.Ticket, next string, err error)
}

// passwordlessActs are the ways to sign in beside a password, where there are any.
func (s *server) passwordlessActs() map[string]handler {
	acts := map[string]handler{}
	if s.options.Passkeys != nil {
		acts["POST /signin/passkey/begin"] = s.begin(func(r *http.Request) (any, string, error) { return s.options.Passkeys.BeginSignIn() })
		acts["POST /signin/passkey"] = s.signInByPasskey
		acts["POST /account/passkey/begin"] = s.begin(func(r *http.Request) (any, string, error) { return s.options.Passkeys.BeginAdd(r.Context()) })
		acts["POST /account/passkey"] = s.addPasskey
	}
	if s.options.Provider != nil {
		acts["GET /signin/provider"] = s.askProvider
		acts["GET /signin/provider/back"] = s.backFromProvider
	}
	return acts
}

func (s *server) providerName() string {
	if s.options.Provider == nil {
		return ""
	}
	return s.options.Provider.Name()
}

// begin gives the island what the browser needs for a ceremony.
func (s *server) begin(begin func(*http.Request) (any, string, error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		options, begun, err := begin(r)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(map[string]any{"options": options, "begun": begun})
	}
}

func (s *server) signInByPasskey(w http.ResponseWriter, r *http.Request) error {
	view, err := s.viewSignIn(r)
	if err != nil {
		return err
	}
	secret, t, err := s.options.Passkeys.SignIn(r.Context(), r.PostFormValue("begun"), []byte(r.PostFormValue("answer")), s.origin(r))
	if headway.ErrorCode(err) == headway.Denied {
		view.Problem = sentence(err.Error())
		return s.render(w, r, http.StatusForbidden, outside("signin", "Sign in"), view)
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

func (s *server) addPasskey(w http.ResponseWriter, r *http.Request) error {
	name := r.PostFormValue("name")
	if name == "" {
		name = device(r.UserAgent())
	}
	if err := s.options.Passkeys.Add(r.Context(), r.PostFormValue("begun"), name, []byte(r.PostFormValue("answer"))); err != nil {
		return s.account(w, r, 0, nil, err)
	}
	return back(w, r, "/account")
}

// begunCookie binds a question to a provider to the browser that asked it. It is
// Lax, for the answer comes from another site.
const begunCookie = "headway_asked"

func (s *server) askProvider(w http.ResponseWriter, r *http.Request) error {
	to, begun, err := s.options.Provider.Begin(r.Context(), localPath(r.FormValue("next")), r.FormValue("link") != "")
	if err != nil {
		return err
	}
	http.SetCookie(w, s.asked(r, begun, 300))
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *server) asked(r *http.Request, begun string, lasts int) *http.Cookie {
	return &http.Cookie{
		Name: begunCookie, Value: begun, Path: "/signin/provider", MaxAge: lasts,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r),
	}
}

func (s *server) backFromProvider(w http.ResponseWriter, r *http.Request) error {
	cookie, err := r.Cookie(begunCookie)
	if err != nil {
		return headway.Errorf(headway.Denied, "this was begun in another browser: sign in here again")
	}
	http.SetCookie(w, s.asked(r, "", -1))
	secret, t, next, err := s.options.Provider.Finish(r.Context(), cookie.Value, r.URL.Query(), s.origin(r))
	if err != nil {
		return err
	}
	if secret != "" {
		if err := s.giveSession(w, r, secret, t); err != nil {
			return err
		}
	}
	http.Redirect(w, r, localPath(next), http.StatusSeeOther)
	return nil
}
