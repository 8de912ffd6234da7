package access

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/headway-oss/headway"
)

// nameMost is how long a member's name may be, in characters.
const nameMost = 80

func checkName(name string) error {
	if name == "" || utf8.RuneCountInString(name) > nameMost || !utf8.ValidString(name) {
		return headway.Errorf(headway.Invalid, "a member needs a name of 1 to %d characters; it is what they sign in with", nameMost)
	}
	return nil
}

// CheckAccess refuses what is no access.
func CheckAccess(a headway.Access) error {
	if !slices.Contains([]headway.Access{headway.Owner, headway.Editor, headway.Viewer}, a) {
		return headway.Errorf(headway.Invalid, "a member is owner, editor or viewer, not %q", a)
	}
	return nil
}

// Members lists who is here, first come first.
func (g *Gate) Members(ctx context.Context) ([]Member, error) {
	all, err := g.keep.Members(ctx, g.ws)
	return slices.DeleteFunc(all, func(m Member) bool { return !m.Here() }), err
}

// Everybody lists also those who left: their deeds still bear their names.
func (g *Gate) Everybody(ctx context.Context) ([]Member, error) {
	return g.keep.Members(ctx, g.ws)
}

// Named gives the member of a name, or NotFound.
func (g *Gate) Named(ctx context.Context, name string) (Member, error) {
	all, err := g.Members(ctx)
	if err != nil {
		return Member{}, err
	}
	for _, m := range all {
		if idOf(m.Name) == idOf(name) { // an older Headway gave other ids
			return m, nil
		}
	}
	return Member{}, errNoMember
}

var errNoMember = headway.Errorf(headway.NotFound, "there is no such member: `headway member list` names them")

// member gives one who is here, or NotFound.
func (g *Gate) member(ctx context.Context, id headway.MemberID) (Member, error) {
	all, err := g.Members(ctx)
	if err != nil {
		return Member{}, err
	}
	for _, m := range all {
		if m.ID == id {
			return m, nil
		}
	}
	return Member{}, errNoMember
}

// FirstOwner gives the owner who came first: who acts at the machine. known is
// false while there are no members.
func (g *Gate) FirstOwner(ctx context.Context) (m headway.Member, known bool, err error) {
	all, err := g.Members(ctx)
	for _, one := range all {
		if one.Access == headway.Owner {
			return one.Member, true, err
		}
	}
	return m, false, err
}

// Add makes a member, who can come in when they have a password. The first is
// an owner. A name that left comes back as who they were.
func (g *Gate) Add(ctx context.Context, name string, a headway.Access) (Member, error) {
	if err := mayOwn(ctx); err != nil {
		return Member{}, err
	}
	m, err := g.newMember(ctx, name, a)
	if err != nil {
		return m, err
	}
	if err := g.keep.PutMember(ctx, g.ws, m); err != nil {
		return m, err
	}
	return m, g.log(ctx, Entry{Act: MemberAdded, About: string(m.ID), Words: m.Name + " as " + string(a)})
}

// newMember checks a name and an access against those who are here.
func (g *Gate) newMember(ctx context.Context, name string, a headway.Access) (Member, error) {
	name = plainName(name)
	m := Member{Member: headway.Member{ID: idOf(name), Name: name, Access: a}, Since: g.at()}
	if err := checkName(name); err != nil {
		return m, err
	}
	if err := CheckAccess(a); err != nil {
		return m, err
	}
	all, err := g.Everybody(ctx)
	if err != nil {
		return m, err
	}
	nobody := true
	for _, other := range all {
		nobody = nobody && !other.Here()
		if idOf(other.Name) != idOf(name) {
			continue
		}
		if m.ID = other.ID; other.Here() {
			return m, headway.Errorf(headway.Conflict, "%s is a member already, as %s", other.Name, other.Access)
		}
	}
	if nobody && a != headway.Owner {
		return m, headway.Errorf(headway.Invalid, "the first member is the owner: headway member add --role owner NAME")
	}
	return m, nil
}

// SetAccess changes what a member may do, from their next request on.
func (g *Gate) SetAccess(ctx context.Context, id headway.MemberID, a headway.Access) error {
	if err := mayOwn(ctx); err != nil {
		return err
	}
	if err := CheckAccess(a); err != nil {
		return err
	}
	m, err := g.member(ctx, id)
	if err != nil || m.Access == a {
		return err
	}
	was := m.Access
	m.Access = a
	if err := g.keep.PutMember(ctx, g.ws, m); err != nil {
		return err
	}
	return g.log(ctx, Entry{Act: AccessChanged, About: string(id), Words: m.Name + ": " + string(was) + ", now " + string(a)})
}

// Remove lets a member in no more: their sessions, tokens, invitations and links
// end, and what they sign in with is forgotten. Their deeds stay theirs.
func (g *Gate) Remove(ctx context.Context, id headway.MemberID) error {
	if err := mayOwn(ctx); err != nil {
		return err
	}
	m, err := g.member(ctx, id)
	if err != nil {
		return err
	}
	m.Left = g.at()
	if err := g.keep.PutMember(ctx, g.ws, m); err != nil {
		return err
	}
	if err := g.keep.DropProof(ctx, g.ws, id, "", ""); err != nil {
		return err
	}
	for kind, act := range ending {
		if err := g.end(ctx, TicketFilter{Kind: kind, Member: id}, act); err != nil {
			return err
		}
	}
	return g.log(ctx, Entry{Act: MemberRemoved, About: string(id), Words: m.Name})
}

// ending is what the log calls the end of each kind of ticket.
var ending = map[TicketKind]Act{Session: SessionEnded, Invitation: InvitationEnded, Token: TokenEnded, Share: ShareEnded}

// Adopt takes over members that were kept elsewhere, leaving those who are here
// as they are.
func (g *Gate) Adopt(ctx context.Context, from []Member) error {
	there, err := g.keep.Members(ctx, g.ws)
	if err != nil {
		return err
	}
	for _, m := range from {
		if slices.ContainsFunc(there, func(t Member) bool { return t.ID == m.ID }) {
			continue
		}
		m.Since = m.Since.UTC().Truncate(time.Microsecond)
		if err := g.keep.PutMember(ctx, g.ws, m); err != nil {
			return err
		}
		if err := g.log(ctx, Entry{Act: MemberAdded, About: string(m.ID), Words: m.Name + " as " + string(m.Access)}); err != nil {
			return err
		}
	}
	return nil
}
