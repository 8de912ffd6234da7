package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
)

// policy lets a page load what this server serves and nothing else: no inline
// script or style, no third party, no frame, no plugin.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every page. Other programs and people on this machine are
// strangers: only a browser that was opened with the key of this start gets in.
func (s *server) guard(next http.Handler) http.Handler {
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.SetDenyHandler(s.page(func(http.ResponseWriter, *http.Request) error {
		return headway.Errorf(headway.Denied, "this request came from another site; open Headway itself and try again")
	}))
	inner := crossOrigin.Handler(s.page(func(w http.ResponseWriter, r *http.Request) error {
		if s.takesKey(w, r) {
			return nil
		}
		if !s.knows(r) && !strings.HasPrefix(r.URL.Path, "/static/") { // built files hold nothing of anybody
			return errNoKey
		}
		next.ServeHTTP(w, r)
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

func setSafetyHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-store")
}

// answersTo refuses names that a stranger's page could have pointed at this
// machine (DNS rebinding).
func (s *server) answersTo(host string) bool {
	if slices.ContainsFunc(s.options.Hosts, func(own string) bool { return strings.EqualFold(own, host) }) {
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
