// Package passkey lets members in by passkeys (WebAuthn), which no other site can
// ask for and nobody can guess. The checking is go-webauthn's; what is kept of a
// passkey is its public half, as a proof of its member.
//
//	desk, err := passkey.New(gate, address, time.Now)
//	options, begun, err := desk.BeginSignIn()            // to the browser
//	secret, _, err := desk.SignIn(ctx, begun, answer, from) // and back
//
// A browser gives passkeys to a name only, not to an IP address, and only over
// https or at localhost: where Headway is reached otherwise there are none.
package passkey

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Desk makes and checks the passkeys of one address.
type Desk struct {
	gate *access.Gate
	lib  *webauthn.WebAuthn
	open *access.Ceremonies
}

// Possible says whether a browser gives passkeys to an address.
func Possible(address *url.URL) bool {
	if address == nil || net.ParseIP(address.Hostname()) != nil {
		return false
	}
	return address.Scheme == "https" || address.Hostname() == "localhost"
}

// New makes the Desk of an address that others reach Headway at.
func New(gate *access.Gate, address *url.URL, now func() time.Time) (*Desk, error) {
	lib, err := webauthn.New(&webauthn.Config{
		RPID: address.Hostname(), RPDisplayName: "Headway", RPOrigins: []string{address.Scheme + "://" + address.Host},
	})
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "no passkeys can be made for %s: %w", address, err)
	}
	return &Desk{gate: gate, lib: lib, open: access.NewCeremonies(now)}, nil
}

// holder is a member as the library sees one.
type holder struct {
	member headway.Member
	keys   []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.member.ID) }
func (h holder) WebAuthnName() string                       { return h.member.Name }
func (h holder) WebAuthnDisplayName() string                { return h.member.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

func (d *Desk) holder(ctx context.Context, m headway.Member) (h holder, err error) {
	h.member = m
	all, err := d.gate.Keys(ctx, m.ID)
	for _, p := range all {
		if p.Kind != access.PasskeyProof {
			continue
		}
		var key webauthn.Credential
		if err := json.Unmarshal(p.Data, &key); err != nil {
			return h, err
		}
		h.keys = append(h.keys, key)
	}
	return h, err
}

// adding is what is to be known when a passkey was made.
type adding struct {
	Member  headway.MemberID
	Session webauthn.SessionData
}

// BeginAdd gives what the browser needs to make the acting member a passkey, one
// that finds its member by itself and asks for their finger, face or PIN.
func (d *Desk) BeginAdd(ctx context.Context) (options any, begun string, err error) {
	m, known := headway.MemberFrom(ctx)
	if !known {
		return nil, "", headway.Errorf(headway.Denied, "sign in first")
	}
	h, err := d.holder(ctx, m)
	if err != nil {
		return nil, "", err
	}
	var there []protocol.CredentialDescriptor
	for _, key := range h.keys {
		there = append(there, key.Descriptor())
	}
	options, session, err := d.lib.BeginRegistration(h,
		webauthn.WithExclusions(there),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return nil, "", err
	}
	begun, err = d.open.Begin("add", adding{m.ID, *session})
	return options, begun, err
}

// Add keeps the passkey that the browser made; name is what the member calls it.
func (d *Desk) Add(ctx context.Context, begun, name string, answer []byte) error {
	var known adding
	if err := d.open.Finish("add", begun, &known); err != nil {
		return err
	}
	m, _ := headway.MemberFrom(ctx)
	if m.ID == "" || m.ID != known.Member {
		return headway.Errorf(headway.Denied, "this passkey was begun by somebody else: try again")
	}
	h, err := d.holder(ctx, m)
	if err != nil {
		return err
	}
	made, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return refused(ctx, err)
	}
	key, err := d.lib.CreateCredential(h, known.Session, made)
	if err != nil {
		return refused(ctx, err)
	}
	p, err := proofOf(*key)
	p.Name = name
	if err != nil {
		return err
	}
	return d.gate.AddKey(ctx, p)
}

func proofOf(key webauthn.Credential) (access.Proof, error) {
	data, err := json.Marshal(key)
	return access.Proof{Kind: access.PasskeyProof, ID: idOf(key.ID), Data: data}, err
}

func idOf(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// refused says no; the reasons are for the terminal.
func refused(ctx context.Context, err error) error {
	slog.WarnContext(ctx, "passkey refused", "err", err)
	return headway.Errorf(headway.Denied, "this passkey does not open here: try again, or sign in otherwise")
}

// BeginSignIn gives what the browser needs to ask for a passkey, whosever it is.
func (d *Desk) BeginSignIn() (options any, begun string, err error) {
	options, session, err := d.lib.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", err
	}
	begun, err = d.open.Begin("sign in", session)
	return options, begun, err
}

// SignIn lets in whose passkey answered, and gives the secret of their session.
func (d *Desk) SignIn(ctx context.Context, begun string, answer []byte, from access.Origin) (secret string, t access.Ticket, err error) {
	var session webauthn.SessionData
	if err := d.open.Finish("sign in", begun, &session); err != nil {
		return "", t, err
	}
	shown, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", t, refused(ctx, err)
	}
	var p access.Proof
	whose := func(rawID, handle []byte) (webauthn.User, error) {
		if p, err = d.gate.Key(ctx, access.PasskeyProof, idOf(rawID)); err != nil {
			return nil, err
		}
		return d.holder(ctx, headway.Member{ID: p.Member})
	}
	_, key, err := d.lib.ValidatePasskeyLogin(whose, session, shown)
	if err != nil {
		return "", t, refused(ctx, err)
	}
	if key.Authenticator.CloneWarning {
		return "", t, headway.Errorf(headway.Denied, "this passkey was used elsewhere since, as a copy of it would be: sign in otherwise, and remove it")
	}
	used, err := proofOf(*key)
	if err != nil {
		return "", t, err
	}
	p.Data = used.Data
	if err := d.gate.KeyUsed(ctx, p); err != nil {
		return "", t, err
	}
	return d.gate.SignInAs(ctx, p.Member, from, "passkey "+p.Name)
}
