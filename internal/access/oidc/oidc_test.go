package oidc

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/store"
	"github.com/headway-oss/headway/internal/store/sqlstore"
)

// issuer is an invented provider, at which one person is signed in.
type issuer struct {
	*httptest.Server
	key     *rsa.PrivateKey
	subject string
	nonce   string               // of the last question
	pkce    string               // its challenge
	change  func(map[string]any) // what a token says is changed before it is signed
}

var b64 = base64.RawURLEncoding.EncodeToString

func openIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key, subject: "ida", change: func(map[string]any) {}}
	mux := http.NewServeMux()
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/ask", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "k", "n": b64(key.N.Bytes()), "e": b64([]byte{1, 0, 1})}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if r.FormValue("code") != "the code" || b64(sum[:]) != i.pkce {
			http.Error(w, `{"error": "invalid_grant"}`, http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.token(t)})
	})
	return i
}

func (i *issuer) token(t *testing.T) string {
	claims := map[string]any{"iss": i.URL, "aud": "headway", "sub": i.subject, "nonce": i.nonce, "name": "Ida Lind", "email": "jan@headway.example", "email_verified": true, "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix()}
	i.change(claims)
	body, err := json.Marshal(claims)
	if err != nil {
		t.Error(err)
	}
	signed := b64([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + b64(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, i.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return signed + "." + b64(signature)
}

// desk is a Provider with a member, Ida, who may add her account.
type desk struct {
	*Provider
	*issuer
	t   *testing.T
	ida context.Context
	now time.Time
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	kept, err := sqlstore.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "headway.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	d := &desk{issuer: openIssuer(t), t: t, now: time.Now()}
	clock := func() time.Time { return d.now }
	gate := access.New(kept, store.Home, clock)
	m, err := gate.Add(t.Context(), "Ida", headway.Owner)
	if err != nil {
		t.Fatal(err)
	}
	d.ida = headway.WithMember(t.Context(), m.Member)
	d.Provider = New(gate, Config{Issuer: d.issuer.URL, Client: "headway", Secret: "s", Back: "https://headway.example/signin/provider/back"}, clock)
	return d
}

// ask goes to the provider and comes back with its answer.
func (d *desk) ask(ctx context.Context, adds bool) (begun string, answer url.Values) {
	d.t.Helper()
	to, begun, err := d.Begin(ctx, "/members", adds)
	if err != nil {
		d.t.Fatal(err)
	}
	u, err := url.Parse(to)
	if err != nil {
		d.t.Fatal(err)
	}
	q := u.Query()
	d.nonce, d.pkce = q.Get("nonce"), q.Get("code_challenge")
	if d.nonce == "" || q.Get("code_challenge_method") != "S256" || q.Get("state") == "" {
		d.t.Fatalf("the question lacks state, nonce or PKCE: %s", to)
	}
	return begun, url.Values{"state": {q.Get("state")}, "code": {"the code"}}
}

func (d *desk) add() {
	d.t.Helper()
	begun, answer := d.ask(d.ida, true)
	if _, _, next, err := d.Finish(d.ida, begun, answer, access.Origin{}); err != nil || next != "/members" {
		d.t.Fatalf("adding an account leads to %q (%v)", next, err)
	}
}

func TestAnAccountThatAMemberAddedLetsThemIn(t *testing.T) {
	d := openDesk(t)
	d.add()
	begun, answer := d.ask(t.Context(), false)
	secret, _, next, err := d.Finish(t.Context(), begun, answer, access.Origin{})
	if err != nil || next != "/members" {
		t.Fatalf("signing in leads to %q (%v)", next, err)
	}
	if c, err := d.gate.Session(t.Context(), secret, ""); err != nil || c.Member.Name != "Ida" {
		t.Errorf("signed in as %+v (%v)", c, err)
	}
	if _, _, _, err := d.Finish(t.Context(), begun, answer, access.Origin{}); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("the same answer lets in twice: %v", err)
	}
}

func TestWhomAnAccountDoesNotLetIn(t *testing.T) {
	for name, spoil := range map[string]func(d *desk, begun *string, answer url.Values){
		"another subject with the same e-mail": func(d *desk, _ *string, _ url.Values) { d.subject = "eve" },
		"an answer to another question":        func(_ *desk, _ *string, a url.Values) { a.Set("state", "other") },
		"an answer without a question":         func(_ *desk, begun *string, _ url.Values) { *begun = "" },
		"a question that was changed":          func(_ *desk, begun *string, _ url.Values) { *begun = "e30." + (*begun)[len(*begun)-43:] },
		"another's question":                   func(d *desk, begun *string, _ url.Values) { *begun, _ = d.ask(d.t.Context(), false) },
		"a wrong code":                         func(_ *desk, _ *string, a url.Values) { a.Set("code", "guessed") },
		"a code that PKCE gives to another":    func(d *desk, _ *string, _ url.Values) { d.pkce = "other" },
		"a token with another nonce":           func(d *desk, _ *string, _ url.Values) { d.nonce = "replayed" },
		"a token for another program":          func(d *desk, _ *string, _ url.Values) { d.change = func(c map[string]any) { c["aud"] = "other" } },
		"a token of another issuer": func(d *desk, _ *string, _ url.Values) {
			d.change = func(c map[string]any) { c["iss"] = "https://evil.example" }
		},
		"a token that has run out":        func(d *desk, _ *string, _ url.Values) { d.change = func(c map[string]any) { c["exp"] = 1 } },
		"a token signed by somebody else": func(d *desk, _ *string, _ url.Values) { d.key, _ = rsa.GenerateKey(rand.Reader, 2048) },
		"who took longer than minutes":    func(d *desk, _ *string, _ url.Values) { d.now = d.now.Add(6 * time.Minute) },
		"whom the provider refuses":       func(_ *desk, _ *string, a url.Values) { a.Set("error", "access_denied") },
	} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t)
			d.add()
			begun, answer := d.ask(t.Context(), false)
			spoil(d, &begun, answer)
			if secret, _, _, err := d.Finish(t.Context(), begun, answer, access.Origin{}); headway.ErrorCode(err) != headway.Denied || secret != "" {
				t.Errorf("got a session %q (%v)", secret, err)
			}
		})
	}
}

func TestAnAccountIsAddedByItsMemberOnly(t *testing.T) {
	d := openDesk(t)
	if _, _, err := d.Begin(t.Context(), "/", true); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("nobody begins to add an account: %v", err)
	}
	begun, answer := d.ask(d.ida, true)
	if _, _, _, err := d.Finish(t.Context(), begun, answer, access.Origin{}); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("somebody else finishes it: %v", err)
	}
}

func TestAProviderThatIsAwayIsSaidToBe(t *testing.T) {
	d := openDesk(t)
	d.Server.Close()
	if _, _, err := d.Begin(t.Context(), "/", false); headway.ErrorCode(err) != headway.Unavailable {
		t.Errorf("got %v", err)
	}
}
