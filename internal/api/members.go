package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

// Gate says who may come in, and hands out what lets them in.
type Gate interface {
	Members(ctx context.Context) ([]access.Member, error)
	SetAccess(ctx context.Context, id headway.MemberID, a headway.Access) error
	Remove(ctx context.Context, id headway.MemberID) error
	Invite(ctx context.Context, name string, a headway.Access, lasts time.Duration) (secret string, t access.Ticket, err error)
	Invitations(ctx context.Context) ([]access.Ticket, error)
	EndInvitation(ctx context.Context, id access.TicketID) error
	MakeToken(ctx context.Context, name string, s access.Scope, lasts time.Duration) (secret string, t access.Ticket, err error)
	Tokens(ctx context.Context) ([]access.Ticket, error)
	EndToken(ctx context.Context, id access.TicketID) error
	MakeShare(ctx context.Context, s access.Shown, name string, lasts time.Duration) (secret string, t access.Ticket, err error)
	Shares(ctx context.Context) ([]access.Ticket, error)
	EndShare(ctx context.Context, id access.TicketID) error
	Entries(ctx context.Context, before int64, limit int) ([]access.Entry, error)
	// Record writes into the log what whoever acts took along.
	Record(ctx context.Context, act access.Act, about string) error
}

func (a *api) members() {
	ask(a, read("GET /me", "getMe", "members", "Tell who you are here, and what you may do"), a.getMe)
	ask(a, read("GET /members", "listMembers", "members", "List the members, first come first"), a.listMembers)
	do(a, admin("PUT /members/{member}/access", "setAccess", "members", "Change what a member may do"), a.setAccess)
	do(a, admin("DELETE /members/{member}", "removeMember", "members", "Let a member in no more; their deeds stay theirs"), a.removeMember)
	ask(a, admin("GET /log", "listLog", "members", "Read the log of who came in, and what was handed out, newest first"), a.listLog)
}

type me struct {
	Member headway.MemberID `json:"member,omitempty" doc:"left out for whoever sits at the machine while there are no members"`
	Name   string           `json:"name,omitempty"`
	Access headway.Access   `json:"access"`
	Scope  access.Scope     `json:"scope" doc:"what this request may do"`
}

func (a *api) getMe(ctx context.Context, _ *struct{}) (me, error) {
	m, known := headway.MemberFrom(ctx)
	if !known {
		return me{Access: headway.Owner, Scope: access.Admin}, nil
	}
	shown := me{m.ID, m.Name, m.Access, access.ScopeOf(m.Access)}
	if c, known := access.CallerFrom(ctx); known {
		shown.Scope = c.Scope
	}
	return shown, nil
}

type member struct {
	ID     headway.MemberID `json:"id"`
	Name   string           `json:"name"`
	Access headway.Access   `json:"access"`
	Since  time.Time        `json:"since"`
}

func (a *api) listMembers(ctx context.Context, in *Paging) (l list[member], err error) {
	all, err := a.gate.Members(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, func(m access.Member) string { return string(m.ID) }, func(m access.Member) member {
		return member{m.ID, m.Name, m.Access, m.Since}
	})
}

type setAccessInput struct {
	Member headway.MemberID `path:"member" doc:"id of the member"`
	Body   struct {
		Access headway.Access `json:"access"`
	}
}

func (a *api) setAccess(ctx context.Context, in *setAccessInput) error {
	return a.gate.SetAccess(ctx, in.Member, in.Body.Access)
}

type removeMemberInput struct {
	Member headway.MemberID `path:"member" doc:"id of the member"`
}

func (a *api) removeMember(ctx context.Context, in *removeMemberInput) error {
	return a.gate.Remove(ctx, in.Member)
}

type listLogInput struct {
	Before int64 `query:"before" minimum:"0" doc:"only what came before this number; 0 for the newest"`
	Limit  int   `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"at most so many"`
}

type logged struct {
	Items []entry `json:"items"`
}

type entry struct {
	Number int64            `json:"number"`
	At     time.Time        `json:"at"`
	Member headway.MemberID `json:"member,omitempty" doc:"left out for whoever sat at the machine, or a stranger"`
	Act    access.Act       `json:"act"`
	About  string           `json:"about,omitempty" doc:"id of what it is about"`
	Words  string           `json:"words,omitempty" doc:"what that was called then"`
	From   string           `json:"from,omitempty" doc:"the address it came from"`
}

func (a *api) listLog(ctx context.Context, in *listLogInput) (logged, error) {
	all, err := a.gate.Entries(ctx, in.Before, in.Limit)
	return logged{each(all, func(e access.Entry) entry { return entry{e.Seq, e.At, e.Member, e.Act, e.About, e.Words, e.From} })}, err
}
