package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestWhoGetsIn(t *testing.T) {
	mine := &http.Cookie{Name: keyCookie, Value: cookieValue(secret)}
	for name, c := range map[string]struct {
		method, target, host string
		headers              map[string]string
		cookie               *http.Cookie
		status               int
		says                 string
	}{
		"without the key nobody gets in, and is told how to": {
			method: "GET", target: "/", host: host, status: 403, says: "headway serve"},
		"a wrong key does not open": {
			method: "GET", target: "/?key=guessed", host: host, status: 403, says: "headway serve"},
		"the secret itself is not the cookie": {
			method: "GET", target: "/", host: host, cookie: &http.Cookie{Name: keyCookie, Value: secret}, status: 403},
		"the key is exchanged and leaves the address": {
			method: "GET", target: "/search?q=a&key=" + secret, host: host, status: 303},
		"a key does not open by POST": {
			method: "POST", target: "/start?key=" + secret, host: host, status: 403},
		"with the cookie the pages open": {
			method: "GET", target: "/", host: host, cookie: mine, status: 200, says: "What progress"},
		"a name that a stranger pointed at this machine is refused": {
			method: "GET", target: "/", host: "evil.example", cookie: mine, status: 403, says: "not Headway"},
		"a rebound name with our port is refused": {
			method: "GET", target: "/?key=" + secret, host: "evil.example:8080", status: 403},
		"a post from another site is refused": {
			method: "POST", target: "/sample", host: host, cookie: mine, headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403, says: "another site"},
		"a post with another origin is refused": {
			method: "POST", target: "/sample", host: host, cookie: mine, headers: map[string]string{"Origin": "http://127.0.0.1:9999"}, status: 403},
		"our own form is taken": {
			method: "POST", target: "/sample", host: host, cookie: mine, headers: map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://" + host}, status: 303},
		"built files need no key": {
			method: "GET", target: "/static/app-0.css", host: host, status: 200},
		"nothing but built files lies there": {
			method: "GET", target: "/static/..%2f..%2fembed.go", host: host, cookie: mine, status: 404},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.target, nil)
			r.Host = c.host
			for k, v := range c.headers {
				r.Header.Set(k, v)
			}
			if c.cookie != nil {
				r.AddCookie(c.cookie)
			}
			open(t).raw(r).says(t, c.status, c.says)
		})
	}
}

func TestTheKeyBecomesACookieThatScriptsAndOtherSitesCannotUse(t *testing.T) {
	w := open(t)
	w.cookies = nil
	a := w.get("/?key=" + secret)
	a.leadsTo(t, "/")
	cookies := a.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookies %v, want one that is HttpOnly and SameSite=Strict", cookies)
	}
	w.cookies = cookies
	w.get("/").says(t, 200)
}

func TestEveryPageForbidsWhatItDoesNotNeed(t *testing.T) {
	w := open(t)
	for _, path := range w.everyPage(w.sealed()) {
		a := w.get(path)
		for header, want := range map[string]string{
			"Content-Security-Policy": policy,
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "same-origin",
			"Cache-Control":           "no-store",
		} {
			if got := a.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got, want)
			}
		}
		if strings.Contains(a.body, "style=\"") || strings.Contains(a.body, " onclick") || strings.Contains(a.body, "javascript:") {
			t.Errorf("%s: something inline", path)
		}
	}
}

func TestAFormComesBackToThisServerOnly(t *testing.T) {
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/\t/evil.example", "/\n/evil.example", "evil"} {
		open(t).post("/settings", url.Values{"theme": {"dark"}, "back": {to}}).leadsTo(t, "/")
	}
}
