package flow

import (
	"context"

	"github.com/headway-oss/headway"
)

// acting names the member on whose behalf something is done: the one of the
// context, or the one at the machine.
func (f *Flow) acting(ctx context.Context) headway.MemberID {
	if m, known := headway.MemberFrom(ctx); known {
		return m.ID
	}
	return f.member
}

// mayWrite is Denied to members who may only read. Whatever keeps something
// other than by apply asks first.
func (*Flow) mayWrite(ctx context.Context) error {
	if m, known := headway.MemberFrom(ctx); known && !m.Access.Writes() {
		return headway.Errorf(headway.Denied, "you may read here and not change anything: ask an owner for more")
	}
	return nil
}

// mayOwn is Denied to members who are not owners.
func (*Flow) mayOwn(ctx context.Context) error {
	if m, known := headway.MemberFrom(ctx); known && m.Access != headway.Owner {
		return headway.Errorf(headway.Denied, "only an owner may do this: ask one")
	}
	return nil
}

// onBehalf carries the member of one context over to another that outlives it.
func onBehalf(of, to context.Context) context.Context {
	if m, known := headway.MemberFrom(of); known {
		return headway.WithMember(to, m)
	}
	return to
}
