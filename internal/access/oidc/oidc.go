// Package oidc lets members in whom a provider of OpenID Connect vouches for: a
// company's own, or a public one. Discovery, tokens and their checks are
// go-oidc's and x/oauth2's.
//
//	p := oidc.New(gate, oidc.Config{Issuer: "https://id.example", Client: "headway", ...})
//	to, begun, err := p.Begin(ctx, "/", false) // the browser goes there
//	secret, _, next, err := p.Finish(ctx, begun, answer, from) // and comes back
//
// A member is known by issuer and subject, never by e-mail: whoever controls a
// mailbox at a provider is not thereby one of us. So a member first signs in
// otherwise and adds their account at the provider; from then on it lets them in.
package oidc

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Config is how a provider knows us, and we it.
type Config struct {
	Issuer string // https://id.example
	Client string // our id there
	Secret string
	Back   string // our address that it sends browsers back to
}

// Provider vouches for members.
type Provider struct {
	gate   *access.Gate
	config Config
	open   *access.Ceremonies
}

// New makes a Provider; it is asked when it is first needed, so that Headway
// starts without it.
func New(gate *access.Gate, c Config, now func() time.Time) *Provider {
	return &Provider{gate: gate, config: c, open: access.NewCeremonies(now)}
}

// Name is what members see: the issuer's host.
func (p *Provider) Name() string {
	if u, err := url.Parse(p.config.Issuer); err == nil && u.Host != "" {
		return u.Host
	}
	return p.config.Issuer
}

// patience is how long a provider may take to answer.
const patience = 10 * time.Second

// discover asks the provider how it is to be asked. It is asked each time:
// sign-ins are few, and its keys change.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, oauth2.Config, error) {
	found, err := oidc.NewProvider(ctx, p.config.Issuer)
	if err != nil {
		slog.WarnContext(ctx, "provider cannot be asked", "issuer", p.config.Issuer, "err", err)
		return nil, oauth2.Config{}, headway.Errorf(headway.Unavailable, "%s does not answer: try again, or sign in otherwise", p.Name())
	}
	return found, oauth2.Config{
		ClientID: p.config.Client, ClientSecret: p.config.Secret, RedirectURL: p.config.Back,
		Endpoint: found.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile"},
	}, nil
}

// asking is what is to be known when a browser comes back.
type asking struct {
	State, Nonce, Verifier string
	Next                   string           // where the person was going
	Adds                   headway.MemberID // who adds their account; "" who signs in
}

// Begin gives where the browser is to go. The answer is bound to this browser by
// begun, to this question by state and nonce, and the code to us by PKCE. With
// adds, the acting member adds their account.
func (p *Provider) Begin(ctx context.Context, next string, adds bool) (to, begun string, err error) {
	ask := asking{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Next: next}
	if m, _ := headway.MemberFrom(ctx); adds {
		if ask.Adds = m.ID; m.ID == "" {
			return "", "", headway.Errorf(headway.Denied, "sign in first, then add your account at %s", p.Name())
		}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, config, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	begun, err = p.open.Begin("oidc", ask)
	return config.AuthCodeURL(ask.State, oidc.Nonce(ask.Nonce), oauth2.S256ChallengeOption(ask.Verifier)), begun, err
}

// Finish reads the provider's answer. It lets in whose account it is, with the
// secret of a new session, or adds the account to the acting member, with none.
func (p *Provider) Finish(ctx context.Context, begun string, answer url.Values, from access.Origin) (secret string, t access.Ticket, next string, err error) {
	var ask asking
	if err := p.open.Finish("oidc", begun, &ask); err != nil {
		return "", t, "", err
	}
	if answer.Get("state") != ask.State {
		return "", t, "", headway.Errorf(headway.Denied, "this answer is to another question: try again")
	}
	if answer.Get("error") != "" {
		return "", t, "", headway.Errorf(headway.Denied, "%s said no: try again, or sign in otherwise", p.Name())
	}
	id, name, err := p.identity(ctx, ask, answer.Get("code"))
	if err != nil {
		return "", t, "", err
	}
	if ask.Adds != "" {
		return "", t, ask.Next, p.add(ctx, ask.Adds, id, name)
	}
	proof, err := p.gate.Key(ctx, access.IdentityProof, id)
	if headway.ErrorCode(err) == headway.NotFound {
		err = headway.Errorf(headway.Denied, "no member has added this account at %s: sign in with your password first, then add it in your account", p.Name())
	}
	if err != nil {
		return "", t, "", err
	}
	if err := p.gate.KeyUsed(ctx, proof); err != nil {
		return "", t, "", err
	}
	secret, t, err = p.gate.SignInAs(ctx, proof.Member, from, p.Name())
	return secret, t, ask.Next, err
}

// identity exchanges the code, checks the token, and gives whose it is.
func (p *Provider) identity(ctx context.Context, ask asking, code string) (id, name string, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	found, config, err := p.discover(ctx)
	if err != nil {
		return "", "", err
	}
	refuse := func(err error) error {
		slog.WarnContext(ctx, "provider refused", "issuer", p.config.Issuer, "err", err)
		return headway.Errorf(headway.Denied, "what %s answered does not hold: try again", p.Name())
	}
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(ask.Verifier))
	if err != nil {
		return "", "", refuse(err)
	}
	raw, _ := token.Extra("id_token").(string)
	checked, err := found.Verifier(&oidc.Config{ClientID: p.config.Client}).Verify(ctx, raw)
	if err != nil {
		return "", "", refuse(err)
	}
	if checked.Nonce != ask.Nonce {
		return "", "", headway.Errorf(headway.Denied, "this answer is to another question: try again")
	}
	var claims struct {
		Name string `json:"name"`
	}
	if err := checked.Claims(&claims); err != nil {
		return "", "", refuse(err)
	}
	return headway.Digest("identity", checked.Issuer, checked.Subject), claims.Name, nil
}

func (p *Provider) add(ctx context.Context, adds headway.MemberID, id, name string) error {
	if m, _ := headway.MemberFrom(ctx); m.ID != adds {
		return headway.Errorf(headway.Denied, "you are signed in as somebody else than who began this: try again")
	}
	called := p.Name()
	if name != "" {
		called = name + " at " + called
	}
	return p.gate.AddKey(ctx, access.Proof{Kind: access.IdentityProof, ID: id, Name: called})
}
