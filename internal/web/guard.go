package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// policy lets a page load what this server serves and nothing else: no inline
// script or style, no third party, no frame, no plugin.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// rule is what a route asks of who comes. The zero rule, which every route has
// that is not named below, asks for somebody who was let in, and for one who may
// write where the method changes something.
type rule struct {
	open   bool       // anybody, known or not
	own    bool       // one's own affairs, which viewers see to as well
	owners bool       // owners only
	tries  access.Act // what it calls somebody's try who may not
}

// rules are the routes that ask for more or for less.
var rules = map[string]rule{
	"GET /static/{name}": {open: true}, // built files hold nothing of anybody

	"GET /signin":                {open: true},
	"POST /signin":               {open: true},
	"POST /signin/passkey/begin": {open: true},
	"POST /signin/passkey":       {open: true},
	"GET /signin/provider":       {open: true},
	"GET /signin/provider/back":  {open: true},
	"POST /signout":              {open: true},
	"GET /invitation/{secret}":   {open: true},
	"POST /invitation/{secret}":  {open: true},
	"GET /shared/{secret}":       {open: true},
	"POST /shared/{secret}":      {open: true}, // only a link that takes a guess takes anything

	"POST /settings":                         {own: true},
	"POST /study/{study}/shoes":              {own: true}, // a text is read and nothing of it is kept
	"POST /conversation/{conversation}/here": {own: true}, // says that somebody is reading it
	"POST /account/password":                 {own: true},
	"POST /account/sessions/end":             {own: true},
	"POST /account/tokens":                   {own: true},
	"POST /account/tokens/end":               {own: true},
	"POST /account/passkey/begin":            {own: true},
	"POST /account/passkey":                  {own: true},
	"POST /account/proofs/end":               {own: true},

	"POST /members/invite":          {owners: true},
	"POST /members/access":          {owners: true},
	"POST /members/remove":          {owners: true},
	"POST /members/invitations/end": {owners: true},
	"GET /log":                      {owners: true},

	"POST /conversation/{conversation}/masks/behind": {owners: true, tries: access.UnmaskRefused},
	"POST /conversation/{conversation}/masks/lift":   {owners: true},
	"POST /person/{person}/lift":                     {owners: true},
	"POST /person/{person}/behind":                   {owners: true, tries: access.UnmaskRefused},
	"POST /settings/masks":                           {owners: true},
	"GET /person/{person}/erase":                     {owners: true},
	"POST /person/{person}/erase":                    {owners: true},
}

// guard stands before every page. Other programs and people on this machine and
// on the network are strangers: only who was let in gets to a route, and only as
// far as its rule says.
func (s *server) guard(mux *http.ServeMux) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(s.page(func(http.ResponseWriter, *http.Request) error {
		return headway.Errorf(headway.Denied, "this request came from another site; open Headway itself and try again")
	}))
	inner := crossOrigin.Handler(s.page(func(w http.ResponseWriter, r *http.Request) error {
		if s.takesKey(w, r) {
			return nil
		}
		_, pattern := mux.Handler(r)
		asked := rules[pattern]
		caller, err := s.caller(r)
		if err == nil {
			r = r.WithContext(access.WithCaller(r.Context(), caller))
			err = s.allowed(r, caller, asked)
		}
		if err != nil && !asked.open {
			return s.refuse(w, r, err)
		}
		mux.ServeHTTP(w, r)
		return nil
	}))
	return s.page(func(w http.ResponseWriter, r *http.Request) error {
		setSafetyHeaders(w.Header())
		if !s.answersTo(r.Host) {
			return headway.Errorf(headway.Denied, "this address is not Headway's: open the one that `headway serve` printed")
		}
		inner.ServeHTTP(w, r)
		return nil
	})
}

// caller finds out who is behind a request. A bearer token counts for /api/ only,
// and where one is shown no cookie is looked at. A session counts before the key
// of this start, which counts only while nobody but this machine is served.
func (s *server) caller(r *http.Request) (access.Caller, error) {
	gate, from := s.options.Access, s.addressOf(r)
	if shown := r.Header.Values("Authorization"); len(shown) > 0 && isAPI(r) {
		token, isBearer := strings.CutPrefix(shown[0], "Bearer ")
		if gate == nil || !isBearer || len(shown) > 1 {
			return access.Caller{}, errNoToken
		}
		return gate.Token(r.Context(), token, from)
	}
	if secret := s.sessionOf(r); gate != nil && secret != "" {
		c, err := gate.Session(r.Context(), secret, from)
		if err == nil || headway.ErrorCode(err) != headway.Denied {
			return c, err
		}
	}
	switch {
	case s.options.Members:
		return access.Caller{}, errSignIn
	case !s.knows(r):
		return access.Caller{}, errNoKey
	}
	return s.atTheMachine(r, from)
}

// atTheMachine is who has the key of this start: the first owner, or nobody in
// particular while there are no members.
func (s *server) atTheMachine(r *http.Request, from string) (access.Caller, error) {
	c := access.Caller{Way: access.ByKey, Scope: access.Admin, From: from}
	if s.options.Access == nil {
		return c, nil
	}
	owner, known, err := s.options.Access.FirstOwner(r.Context())
	if known {
		c.Member = owner
	}
	return c, err
}

// allowed holds who was let in against the rule of a route, and logs the tries
// that are to be logged.
func (s *server) allowed(r *http.Request, c access.Caller, asked rule) error {
	changes := r.Method != http.MethodGet && r.Method != http.MethodHead
	switch {
	case asked.open:
		return nil
	case asked.owners && !c.Scope.Holds(access.Admin):
		if asked.tries != "" && s.options.Access != nil {
			if err := s.options.Access.Record(r.Context(), asked.tries, strings.TrimPrefix(r.URL.Path, "/")); err != nil {
				return err
			}
		}
		return headway.Errorf(headway.Denied, "only an owner may do this: ask one")
	case changes && !asked.own && !c.Scope.Holds(access.Write):
		return headway.Errorf(headway.Denied, "you may read here and not change anything: ask an owner for more")
	}
	return nil
}

// refuse says no in the way that the caller reads: a person who is not signed in
// is led to where they can, a program gets a problem (RFC 9457).
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	if isAPI(r) {
		return refuseProgram(w, err)
	}
	if errors.Is(err, errSignIn) && r.Method == http.MethodGet {
		http.Redirect(w, r, "/signin?next="+url.QueryEscape(localPath(r.URL.RequestURI())), http.StatusSeeOther)
		return nil
	}
	return err
}

func refuseProgram(w http.ResponseWriter, err error) error {
	code := headway.ErrorCode(err)
	status := statuses[code]
	if unknownCaller(err) {
		status = http.StatusUnauthorized
		w.Header().Set("WWW-Authenticate", `Bearer realm="Headway"`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(map[string]any{"title": describe(code, err).Heading, "status": status, "code": code, "detail": err.Error()})
}

// unknownCaller says whether a refusal is for want of somebody, not of leave.
func unknownCaller(err error) bool {
	return errors.Is(err, errNoKey) || errors.Is(err, errSignIn) || errors.Is(err, errNoToken) || errors.Is(err, access.ErrToken)
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

func setSafetyHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with none at all a browser names no origin, and over plain HTTP a post of ours would pass for another site's
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-store")
}

// answersTo refuses names that a stranger's page could have pointed at this
// machine (DNS rebinding).
func (s *server) answersTo(host string) bool {
	own := s.options.Hosts
	if s.options.Address != nil {
		own = append(slices.Clone(own), s.options.Address.Host)
	}
	if slices.ContainsFunc(own, func(name string) bool { return strings.EqualFold(name, host) }) {
		return true
	}
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	return name == "127.0.0.1" || name == "[::1]" || name == "::1" || strings.EqualFold(name, "localhost")
}

const keyCookie = "headway_key"

// takesKey exchanges the key in the address for a cookie, and redirects to the
// same address without it, so that it stays out of the history.
func (s *server) takesKey(w http.ResponseWriter, r *http.Request) bool {
	query := r.URL.Query()
	key := query.Get("key")
	if r.Method != http.MethodGet || key == "" || !same(key, s.options.Secret) {
		return false
	}
	http.SetCookie(w, &http.Cookie{
		Name: keyCookie, Value: cookieValue(s.options.Secret), Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	query.Del("key")
	clean := *r.URL
	clean.RawQuery = query.Encode()
	http.Redirect(w, r, localPath(clean.RequestURI()), http.StatusSeeOther)
	return true
}

func (s *server) knows(r *http.Request) bool {
	cookie, err := r.Cookie(keyCookie)
	return err == nil && same(cookie.Value, cookieValue(s.options.Secret))
}

// cookieValue is not the secret itself, so that a cookie jar does not hold it.
func cookieValue(secret string) string {
	sum := sha256.Sum256([]byte("headway cookie\x00" + secret))
	return hex.EncodeToString(sum[:])
}

func same(a, b string) bool {
	return b != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

// Answered says whether an answer to an address with ?key=secret came from a
// Headway of that start: it gives the cookie, which no other program makes.
func Answered(answer *http.Response, secret string) bool {
	return slices.ContainsFunc(answer.Cookies(), func(c *http.Cookie) bool {
		return c.Name == keyCookie && same(c.Value, cookieValue(secret))
	})
}

// localPath keeps a redirect on this server. Browsers take a backslash for a
// slash and leave out tabs and line ends: "/<tab>/evil.example" is another's.
func localPath(path string) string {
	other := func(r rune) bool { return r == '\\' || r <= ' ' }
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsFunc(path, other) {
		return "/"
	}
	return path
}
