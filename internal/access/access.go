// Package access says who may come in, and as whom: the members, what they show
// to sign in, and the secrets that are handed out.
//
//	request → guard (web) → Gate: Session, Token or Shared → Caller → context → flow
//
// Four things let somebody in, and all are a [Ticket]: a random secret that only
// its bearer has, kept here as its digest. A session is given at sign-in, an
// invitation once makes a member, a token serves a program, and a share shows
// one thing to whoever has the link. Each ends: by its time, or when a person
// ends it.
//
//	gate := access.New(keeping, store.Home, time.Now)
//	secret, _, err := gate.SignIn(ctx, "Jan Vos", password, access.Origin{Address: "192.0.2.7"})
//	caller, err := gate.Session(ctx, secret, "192.0.2.7")
//
// Where there are no members nothing here is asked: whoever sits at the machine
// is let in by the key of the start, and is the owner. The first owner is made on
// the machine, never by whoever comes first in a browser.
package access

import (
	"context"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/headway-oss/headway"
)

// Gate lets members in. It may be used by many goroutines at once.
type Gate struct {
	keep    Keeping
	ws      headway.WorkspaceID
	now     func() time.Time
	cost    cost
	hashing chan struct{} // holds one for each password that is being hashed
}

// hashedAtOnce bounds the memory that strangers can make us use: 19 MiB each.
const hashedAtOnce = 4

// New makes a Gate for one workspace; now gives the time.
func New(keep Keeping, ws headway.WorkspaceID, now func() time.Time) *Gate {
	return &Gate{keep: keep, ws: ws, now: now, cost: presentCost, hashing: make(chan struct{}, hashedAtOnce)}
}

func (g *Gate) at() time.Time { return g.now().UTC().Truncate(time.Microsecond) }

// Member is one of us, here or gone.
type Member struct {
	headway.Member
	Since time.Time
	Left  time.Time // zero while they are here; deeds of who left stay theirs
}

// Here says whether they may still come in.
func (m Member) Here() bool { return m.Left.IsZero() }

// plainName is a name as it is kept: trimmed, and written in one way where
// Unicode knows several.
func plainName(name string) string {
	return norm.NFKC.String(strings.Join(strings.Fields(name), " "))
}

// idOf gives the id of who is called so, in small letters or large: names tell
// members apart, and are what they sign in with.
func idOf(name string) headway.MemberID {
	return headway.MemberID(headway.Digest("member", strings.ToLower(plainName(name))))
}

// Origin is where somebody comes from, as their browser and their connection say.
type Origin struct {
	Address string // IP address, "" where it is not known
	Device  string // what the browser calls itself
}

// mayOwn is Denied to members who are not owners. Nobody in the context is
// whoever sits at the machine.
func mayOwn(ctx context.Context) error {
	if m, known := headway.MemberFrom(ctx); known && m.Access != headway.Owner {
		return headway.Errorf(headway.Denied, "only an owner may do this: ask one")
	}
	return nil
}

// acting gives who acts in a context; "" is whoever sits at the machine.
func acting(ctx context.Context) headway.MemberID {
	m, _ := headway.MemberFrom(ctx)
	return m.ID
}
