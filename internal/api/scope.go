package api

import (
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/headway-oss/headway"
)

// Scope is what a request may do. Each includes those before it.
type Scope string

// The scopes, narrowest first.
const (
	Read  Scope = "read"  // look
	Write Scope = "write" // mark, judge, import, correct: what an editor does
	Admin Scope = "admin" // what only an owner does
)

var widening = []Scope{Read, Write, Admin}

// covers says whether what needs a scope may be done with s. What is no scope
// covers nothing.
func (s Scope) covers(needed Scope) bool {
	return slices.Index(widening, s) >= slices.Index(widening, needed)
}

type scopeKey struct{}

// WithScope narrows what is done under the context to a token's scope.
func WithScope(ctx context.Context, s Scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}

// scopeOf is the narrower one of the token's scope and what the member may do.
// Without a token the member's counts; without a member whoever sits at the
// machine acts.
func scopeOf(ctx context.Context) Scope {
	member := Admin
	if m, known := headway.MemberFrom(ctx); known {
		member = widest(m.Access)
	}
	token, narrowed := ctx.Value(scopeKey{}).(Scope)
	if narrowed && member.covers(token) {
		return token
	}
	return member
}

func widest(a headway.Access) Scope {
	switch {
	case a == headway.Owner:
		return Admin
	case a.Writes():
		return Write
	}
	return Read
}

// scopeExtension names the scope of an operation in the document.
const scopeExtension = "x-scope"

// allow refuses what the scope of a request does not cover.
func (a *api) allow(ctx huma.Context, next func(huma.Context)) {
	needed, declared := ctx.Operation().Extensions[scopeExtension].(Scope)
	if has := scopeOf(ctx.Context()); !declared || !has.covers(needed) {
		_, w := humago.Unwrap(ctx)
		writeProblem(w, headway.Errorf(headway.Denied, "this needs the scope %s, and what you came with has %s: ask an owner", needed, has))
		return
	}
	next(ctx)
}
