package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

func (a *api) tickets() {
	ask(a, makes(write("POST /tokens", "makeToken", "members", "Make a token with which a program acts for you")), a.makeToken)
	ask(a, read("GET /tokens", "listTokens", "members", "List your tokens; an owner sees all"), a.listTokens)
	do(a, write("DELETE /tokens/{ticket}", "endToken", "members", "End a token"), a.endToken)

	ask(a, makes(admin("POST /invitations", "invite", "members", "Make a link with which one new member can come in, once")), a.invite)
	ask(a, admin("GET /invitations", "listInvitations", "members", "List the invitations that wait"), a.listInvitations)
	do(a, admin("DELETE /invitations/{ticket}", "endInvitation", "members", "Take an invitation back"), a.endInvitation)

	ask(a, makes(write("POST /shares", "makeShare", "members", "Make a link that shows one thing to whoever has it")), a.makeShare)
	ask(a, read("GET /shares", "listShares", "members", "List the links that are open"), a.listShares)
	do(a, write("DELETE /shares/{ticket}", "endShare", "members", "End a link"), a.endShare)
}

// Ticket is a secret that was handed out, without the secret.
type Ticket struct {
	ID     access.TicketID  `json:"id"`
	Member headway.MemberID `json:"member" doc:"whose token it is, or who made it"`
	Name   string           `json:"name,omitempty"`
	Grants string           `json:"grants" doc:"a token's scope, an invited member's access, or what a link shows"`
	Made   time.Time        `json:"made"`
	Until  time.Time        `json:"until"`
	Seen   time.Time        `json:"seen,omitzero" doc:"left out where it was never used"`
}

func ticketOf(t access.Ticket) Ticket {
	return Ticket{t.ID, t.Member, t.Name, t.Grants, t.Made, t.Until, t.Seen}
}

func nameOfTicket(t access.Ticket) string { return string(t.ID) }

// handed is a ticket with its secret, which is told this once.
type handed struct {
	Ticket
	Secret string `json:"secret" doc:"told this once, and kept nowhere"`
}

func handedOf(secret string, t access.Ticket) handed { return handed{ticketOf(t), secret} }

// InTicket is what an operation on a ticket is asked with.
type InTicket struct {
	Ticket access.TicketID `path:"ticket" doc:"its id"`
}

// Lasting is how long what is handed out is open.
type Lasting struct {
	Days int `json:"days" minimum:"1" maximum:"366" doc:"how long it is open" example:"30"`
}

func (l Lasting) duration() time.Duration { return time.Duration(l.Days) * 24 * time.Hour }

type makeTokenInput struct {
	Body struct {
		Lasting
		Name  string       `json:"name" maxLength:"200" doc:"what will use it" example:"nightly report"`
		Scope access.Scope `json:"scope" doc:"what it may do; no more than you"`
	}
}

func (a *api) makeToken(ctx context.Context, in *makeTokenInput) (handed, error) {
	if err := may(ctx, in.Body.Scope); err != nil { // a token makes none that may do more
		return handed{}, err
	}
	secret, t, err := a.gate.MakeToken(ctx, in.Body.Name, in.Body.Scope, in.Body.duration())
	return handedOf(secret, t), err
}

func (a *api) listTokens(ctx context.Context, in *Paging) (l list[Ticket], err error) {
	all, err := a.gate.Tokens(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, nameOfTicket, ticketOf)
}

func (a *api) endToken(ctx context.Context, in *InTicket) error {
	return a.gate.EndToken(ctx, in.Ticket)
}

type inviteInput struct {
	Body struct {
		Lasting
		Name   string         `json:"name,omitempty" maxLength:"200" doc:"whom it is meant for"`
		Access headway.Access `json:"access"`
	}
}

func (a *api) invite(ctx context.Context, in *inviteInput) (handed, error) {
	secret, t, err := a.gate.Invite(ctx, in.Body.Name, in.Body.Access, in.Body.duration())
	return handedOf(secret, t), err
}

func (a *api) listInvitations(ctx context.Context, in *Paging) (l list[Ticket], err error) {
	all, err := a.gate.Invitations(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, nameOfTicket, ticketOf)
}

func (a *api) endInvitation(ctx context.Context, in *InTicket) error {
	return a.gate.EndInvitation(ctx, in.Ticket)
}

type makeShareInput struct {
	Body struct {
		Lasting
		Name   string           `json:"name,omitempty" maxLength:"200" doc:"whom it is for"`
		Kind   access.ShareKind `json:"kind"`
		Study  headway.StudyID  `json:"study,omitempty" doc:"of which study; a search may do without"`
		Span   Place            `json:"span,omitzero" doc:"of a quote: where it stands"`
		Search string           `json:"search,omitempty" maxLength:"2000" doc:"of a search: its words"`
		Side   headway.Side     `json:"side,omitempty" doc:"of a search: only what this side said"`
	}
}

func (a *api) makeShare(ctx context.Context, in *makeShareInput) (handed, error) {
	b := in.Body
	at, err := a.passage(ctx, []Place{b.Span}, b.Study)
	if err != nil {
		return handed{}, err
	}
	shown := access.Shown{Kind: b.Kind, Study: b.Study, Span: at.First(), Words: b.Search, Side: b.Side}
	secret, t, err := a.gate.MakeShare(ctx, shown, b.Name, b.duration())
	return handedOf(secret, t), err
}

func (a *api) listShares(ctx context.Context, in *Paging) (l list[Ticket], err error) {
	all, err := a.gate.Shares(ctx)
	if err != nil {
		return l, err
	}
	return page(all, *in, nameOfTicket, ticketOf)
}

func (a *api) endShare(ctx context.Context, in *InTicket) error {
	return a.gate.EndShare(ctx, in.Ticket)
}
