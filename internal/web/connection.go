package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/access"
)

// addressOf gives the IP address that a request comes from. What a proxy says of
// that is believed of those named in Options.Trusted alone, and read from its
// end: the beginning is whatever the caller wrote.
func (s *server) addressOf(r *http.Request) string {
	peer := peerOf(r)
	if !s.trusts(peer) {
		return peer
	}
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, address := range slices.Backward(said) {
		address = strings.TrimSpace(address)
		if _, err := netip.ParseAddr(address); err != nil {
			return peer
		}
		if peer = address; !s.trusts(address) {
			return address
		}
	}
	return peer
}

func peerOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (s *server) trusts(address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	ip = ip.Unmap().WithZone("")
	return slices.ContainsFunc(s.options.Trusted, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// secure says whether the way to the browser is encrypted, as far as we know.
func (s *server) secure(r *http.Request) bool {
	if r.TLS != nil || s.options.Address != nil && s.options.Address.Scheme == "https" {
		return true
	}
	return s.trusts(peerOf(r)) && r.Header.Get("X-Forwarded-Proto") == "https"
}

// sessionCookie names the cookie of a session. With __Host- a browser takes it
// from this very host only, over an encrypted way only.
func (s *server) sessionCookie(r *http.Request) string {
	if s.secure(r) {
		return "__Host-headway"
	}
	return "headway_session"
}

func (s *server) sessionOf(r *http.Request) string {
	cookie, err := r.Cookie(s.sessionCookie(r))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// giveSession lets a browser in. A session that it had is not used on: the
// secret is another after every sign-in.
func (s *server) giveSession(w http.ResponseWriter, r *http.Request, secret string, t access.Ticket) error {
	if old := s.sessionOf(r); old != "" {
		if err := s.options.Access.SignOut(r.Context(), old); err != nil {
			return err
		}
	}
	http.SetCookie(w, s.cookie(r, secret, int(t.Until.Sub(t.Made).Seconds())))
	return nil
}

// cookie lasts for so many seconds; -1 takes it away. Lax, so that a link in a
// mail opens for who is signed in; posts of other sites are refused by origin.
func (s *server) cookie(r *http.Request, value string, lasts int) *http.Cookie {
	return &http.Cookie{
		Name: s.sessionCookie(r), Value: value, Path: "/", MaxAge: lasts,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r),
	}
}

func (s *server) origin(r *http.Request) access.Origin {
	return access.Origin{Address: s.addressOf(r), Device: device(r.UserAgent())}
}

// device names a browser and its system from what it calls itself, for the list
// of sessions; what is not known stays as it is.
func device(agent string) string {
	browser := firstIn(agent, []string{"Edg", "Edge", "OPR", "Opera", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari"})
	system := firstIn(agent, []string{"iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS X", "Mac", "CrOS", "ChromeOS", "Linux", "Linux"})
	switch {
	case browser == "":
		return cutRunes(agent, 80)
	case system == "":
		return browser
	}
	return browser + " on " + system
}

// firstIn gives the name beside the first mark that a text holds.
func firstIn(text string, marksAndNames []string) string {
	for i := 0; i+1 < len(marksAndNames); i += 2 {
		if strings.Contains(text, marksAndNames[i]) {
			return marksAndNames[i+1]
		}
	}
	return ""
}
