package access

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
)

// InvitedFor is how long an invitation waits, unless somebody says otherwise.
const InvitedFor = 7 * 24 * time.Hour

// longest is how long anything may be open that a person hands out.
const longest = 366 * 24 * time.Hour

// lasting checks how long something is to be open.
func (g *Gate) lasting(d time.Duration) (until time.Time, err error) {
	if d < time.Minute || d > longest {
		return until, headway.Errorf(headway.Invalid, "say until when, a year from now at most")
	}
	return g.at().Add(d), nil
}

// Invite makes a link with which one new member can come in, once. name is whom
// it is meant for; they may call themselves otherwise.
func (g *Gate) Invite(ctx context.Context, name string, a headway.Access, lasts time.Duration) (secret string, t Ticket, err error) {
	if err := mayOwn(ctx); err != nil {
		return "", t, err
	}
	if err := CheckAccess(a); err != nil {
		return "", t, err
	}
	until, err := g.lasting(lasts)
	if err != nil {
		return "", t, err
	}
	all, err := g.Members(ctx)
	if err != nil {
		return "", t, err
	}
	if len(all) == 0 {
		return "", t, headway.Errorf(headway.Invalid, "the first member is the owner, and is made on the machine: headway member add --role owner NAME")
	}
	secret, t, err = g.hand(ctx, Ticket{Kind: Invitation, Member: acting(ctx), Name: cut(plainName(name), nameMost), Grants: string(a), Until: until}, "")
	if err != nil {
		return "", t, err
	}
	return secret, t, g.log(ctx, Entry{Act: Invited, About: string(t.ID), Words: t.Name + " as " + string(a)})
}

// Invitations lists those that wait, for owners.
func (g *Gate) Invitations(ctx context.Context) ([]Ticket, error) {
	if err := mayOwn(ctx); err != nil {
		return nil, err
	}
	return g.open(ctx, TicketFilter{Kind: Invitation})
}

// EndInvitation takes one back.
func (g *Gate) EndInvitation(ctx context.Context, id TicketID) error {
	if err := mayOwn(ctx); err != nil {
		return err
	}
	return g.endOne(ctx, TicketFilter{ID: id, Kind: Invitation}, InvitationEnded)
}

// Invited gives an invitation that waits, else Denied. Looking does not use it.
func (g *Gate) Invited(ctx context.Context, secret string) (Ticket, error) {
	return g.take(ctx, Invitation, secret)
}

// Accept makes a member of who has an invitation, under the name and password
// they choose, and lets them in.
func (g *Gate) Accept(ctx context.Context, secret, name, password string, from Origin) (session string, _ Ticket, err error) {
	t, err := g.take(ctx, Invitation, secret)
	if err != nil {
		return "", t, err
	}
	m, err := g.newMember(ctx, name, headway.Access(t.Grants))
	if err != nil {
		return "", t, err
	}
	if err := checkPassword(password, m.Name); err != nil {
		return "", t, err
	}
	p, err := g.passwordProof(ctx, m.ID, password)
	if err != nil {
		return "", t, err
	}
	if err := g.keep.Join(ctx, g.ws, t.ID, m, p); err != nil {
		return "", t, err
	}
	if err := g.log(ctx, Entry{Member: m.ID, Act: Joined, About: string(t.ID), Words: m.Name + " as " + t.Grants, From: from.Address}); err != nil {
		return "", t, err
	}
	return g.openSession(ctx, m, from, "invitation")
}
