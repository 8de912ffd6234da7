package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// scopeExtension names the scope of an operation in the document.
const scopeExtension = "x-scope"

// allow refuses what the scope of a request does not hold. An operation that
// declares none is refused to everybody.
func (a *api) allow(ctx huma.Context, next func(huma.Context)) {
	needed, _ := ctx.Operation().Extensions[scopeExtension].(access.Scope)
	if err := may(ctx.Context(), needed); err != nil {
		_, w := humago.Unwrap(ctx)
		writeProblem(w, err)
		return
	}
	next(ctx)
}

// may is Denied where a token, or the member behind it, may do less. Nobody in
// the context is whoever sits at the machine.
func may(ctx context.Context, needed access.Scope) error {
	if !access.Admin.Holds(needed) {
		return headway.Errorf(headway.Denied, "nobody has said who may do this")
	}
	if err := access.Need(ctx, needed); err != nil {
		return err
	}
	if m, known := headway.MemberFrom(ctx); known && !access.ScopeOf(m.Access).Holds(needed) {
		return headway.Errorf(headway.Denied, "you may %s, and this takes somebody who may %s: ask an owner", access.ScopeOf(m.Access), needed)
	}
	return nil
}
