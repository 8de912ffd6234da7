package access

import (
	"context"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// TokenPrefix begins every token, so that one that was published by mistake is
// found by those who look for such things.
const TokenPrefix = "headway_"

// MakeToken makes a token with which a program acts for the acting member, with
// a scope of theirs or a smaller one.
func (g *Gate) MakeToken(ctx context.Context, name string, s Scope, lasts time.Duration) (secret string, t Ticket, err error) {
	name = cut(plainName(name), nameMost)
	if name == "" {
		return "", t, headway.Errorf(headway.Invalid, "give the token a name: what will use it")
	}
	if scopes[s] == 0 {
		return "", t, headway.Errorf(headway.Invalid, "a token may read, write or admin, not %q", s)
	}
	until, err := g.lasting(lasts)
	if err != nil {
		return "", t, err
	}
	m, err := g.whose(ctx)
	if err != nil {
		return "", t, err
	}
	if !ScopeOf(m.Access).Holds(s) {
		return "", t, headway.Errorf(headway.Denied, "a token may do no more than its member: you may %s", ScopeOf(m.Access))
	}
	secret, t, err = g.hand(ctx, Ticket{Kind: Token, Member: m.ID, Name: name, Grants: string(s), Until: until}, TokenPrefix)
	if err != nil {
		return "", t, err
	}
	return secret, t, g.log(ctx, Entry{Act: TokenMade, About: string(t.ID), Words: name + ", may " + string(s)})
}

// whose gives the member for whom something is made: who acts, or the first owner
// at the machine.
func (g *Gate) whose(ctx context.Context) (headway.Member, error) {
	if m, known := headway.MemberFrom(ctx); known {
		return m, nil
	}
	m, known, err := g.FirstOwner(ctx)
	if err == nil && !known {
		err = headway.Errorf(headway.Invalid, "a token is somebody's: make yourself the owner first (headway member add --role owner NAME)")
	}
	return m, err
}

// Tokens lists the open tokens of the acting member, or all for an owner.
func (g *Gate) Tokens(ctx context.Context) ([]Ticket, error) {
	return g.open(ctx, theirOwn(ctx, TicketFilter{Kind: Token}))
}

// EndToken ends one's own token, or any for an owner.
func (g *Gate) EndToken(ctx context.Context, id TicketID) error {
	return g.endOne(ctx, TicketFilter{ID: id, Kind: Token}, TokenEnded)
}

// Token gives the caller for whom a program acts that shows this token, else Denied.
func (g *Gate) Token(ctx context.Context, secret, address string) (Caller, error) {
	if !strings.HasPrefix(secret, TokenPrefix) {
		return Caller{}, errClosed[Token]
	}
	return g.enter(ctx, Token, secret, address)
}
