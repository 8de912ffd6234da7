package access

import (
	"context"

	"github.com/headway-oss/headway"
)

// Scope is what a token may be used for; each holds the ones before it.
type Scope string

// The scopes, narrowest first.
const (
	Read  Scope = "read"
	Write Scope = "write" // also change what is kept
	Admin Scope = "admin" // also what only owners may do
)

var scopes = map[Scope]int{Read: 1, Write: 2, Admin: 3}

// Holds says whether a scope is enough for what another is asked for.
func (s Scope) Holds(asked Scope) bool { return scopes[asked] > 0 && scopes[s] >= scopes[asked] }

// ScopeOf is the widest scope that an access allows.
func ScopeOf(a headway.Access) Scope {
	switch a {
	case headway.Owner:
		return Admin
	case headway.Editor:
		return Write
	}
	return Read
}

// narrowed is the access that a scope leaves of it.
func narrowed(a headway.Access, s Scope) headway.Access {
	switch {
	case !s.Holds(Write) || !a.Writes():
		return headway.Viewer
	case !s.Holds(Admin):
		return headway.Editor
	}
	return a
}

// Way is how a caller was let in.
type Way string

// The ways in.
const (
	ByKey     Way = "key"     // of this start, at the machine itself
	BySession Way = "session" // signed in, with a cookie
	ByToken   Way = "token"   // a program, with a bearer token; for /api/ only
	ByShare   Way = "share"   // a link, without account
)

// Caller is who is behind a request.
type Caller struct {
	Member headway.Member // their access is what the way in leaves of it; no ID for the key where there are no members
	Way    Way
	Scope  Scope
	Ticket TicketID // what was shown; "" for the key
	Name   string   // of the token, share or device
	From   string   // the address they come from
}

type callerKey struct{}

// WithCaller puts a caller into a context, and with them the member on whose
// behalf all below it is done.
func WithCaller(ctx context.Context, c Caller) context.Context {
	ctx = context.WithValue(ctx, callerKey{}, c)
	if c.Way == ByKey && c.Member.ID == "" {
		return ctx // whoever sits at the machine
	}
	return headway.WithMember(ctx, c.Member)
}

// CallerFrom gives a context's caller; known is false outside of requests.
func CallerFrom(ctx context.Context) (c Caller, known bool) {
	c, known = ctx.Value(callerKey{}).(Caller)
	return c, known
}

// Need is Denied where the context's caller has too small a scope. Nobody in
// the context is whoever sits at the machine.
func Need(ctx context.Context, asked Scope) error {
	c, known := CallerFrom(ctx)
	if !known || c.Scope.Holds(asked) {
		return nil
	}
	if c.Way == ByToken {
		return headway.Errorf(headway.Denied, "this token may %s, and this takes one that may %s: make another", c.Scope, asked)
	}
	return headway.Errorf(headway.Denied, "you may read here and not change this: ask an owner for more")
}
