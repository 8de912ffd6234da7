package headway

import "context"

// Member is one of us, who signs in.
type Member struct {
	ID     MemberID
	Name   string
	Access Access
}

// Access is what a member may do in a workspace.
type Access string

// The kinds of access, widest first.
const (
	Owner  Access = "owner"  // may also look behind masks, erase people, and say who the members are
	Editor Access = "editor" // may read and do everything else
	Viewer Access = "viewer" // may read
)

// Writes says whether deeds may be done.
func (a Access) Writes() bool { return a == Owner || a == Editor }

type memberKey struct{}

// WithMember says on whose behalf what is done under the context is done.
func WithMember(ctx context.Context, m Member) context.Context {
	return context.WithValue(ctx, memberKey{}, m)
}

// MemberFrom gives the member of a context; known is false where none was set:
// then whoever sits at the machine acts.
func MemberFrom(ctx context.Context) (m Member, known bool) {
	m, known = ctx.Value(memberKey{}).(Member)
	return m, known
}
