package access

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
)

// A session ends so long after sign-in, however much it is used; see idleFor.
const sessionFor = 90 * 24 * time.Hour

// errWrong does not say which of both was wrong.
var errWrong = headway.Errorf(headway.Denied, "this name and this password do not belong together")

// SignIn lets a member in by password, and gives the secret of their new session.
// Denied where name and password do not belong together; TooSoon after too many
// such tries. The secret is always a new one: nobody can plant a session
// beforehand.
func (g *Gate) SignIn(ctx context.Context, name, password string, from Origin) (secret string, _ Ticket, err error) {
	subjects := subjectsOf(idOf(name), from.Address)
	if err := g.charge(ctx, subjects); err != nil {
		return "", Ticket{}, err
	}
	m, err := g.byPassword(ctx, name, password)
	if err != nil {
		if headway.ErrorCode(err) == headway.Denied {
			err = g.signInFailed(ctx, name, from, err)
		}
		return "", Ticket{}, err
	}
	if err := g.succeeded(ctx, subjects); err != nil {
		return "", Ticket{}, err
	}
	return g.openSession(ctx, m, from, "password")
}

// byPassword gives the member whose password it is, else Denied.
func (g *Gate) byPassword(ctx context.Context, name, password string) (Member, error) {
	m, err := g.Named(ctx, name)
	if err != nil && headway.ErrorCode(err) != headway.NotFound {
		return m, err
	}
	proof := Proof{}
	if err == nil {
		proof, err = g.keep.Proof(ctx, g.ws, PasswordProof, string(m.ID))
		if err != nil && headway.ErrorCode(err) != headway.NotFound {
			return m, err
		}
	}
	right, outdated, err := g.rightPassword(ctx, string(proof.Data), password)
	if err != nil {
		return m, err
	}
	if !right {
		return m, errWrong
	}
	if outdated {
		return m, g.putPassword(ctx, m.ID, password)
	}
	return m, nil
}

// signInFailed logs a failure. What was typed as a name is only logged where it
// is one: people type passwords there.
func (g *Gate) signInFailed(ctx context.Context, name string, from Origin, why error) error {
	e := Entry{Act: SignInFailed, From: from.Address}
	if m, err := g.Named(ctx, name); err == nil {
		e.About, e.Words = string(m.ID), m.Name
	}
	if err := g.log(ctx, e); err != nil {
		return err
	}
	return why
}

// openSession gives a member a new session. by says how they showed who they are.
func (g *Gate) openSession(ctx context.Context, m Member, from Origin, by string) (secret string, t Ticket, err error) {
	now := g.at()
	secret, t, err = g.hand(ctx, Ticket{
		Kind: Session, Member: m.ID, Name: cut(from.Device, 200), Until: now.Add(sessionFor), Seen: now, From: from.Address,
	}, "")
	if err != nil {
		return "", t, err
	}
	return secret, t, g.log(ctx, Entry{Member: m.ID, Act: SignedIn, About: string(t.ID), Words: by, From: from.Address})
}

func cut(s string, most int) string {
	for i := range s {
		if most == 0 {
			return s[:i]
		}
		most--
	}
	return s
}

// SignInAs opens a session for a member whose passkey or provider has vouched
// for them; by says which.
func (g *Gate) SignInAs(ctx context.Context, id headway.MemberID, from Origin, by string) (secret string, _ Ticket, err error) {
	m, err := g.member(ctx, id)
	if headway.ErrorCode(err) == headway.NotFound {
		err = errWrong // they left
	}
	if err != nil {
		return "", Ticket{}, err
	}
	return g.openSession(ctx, m, from, by)
}

// Session gives the caller whose session it is, else Denied.
func (g *Gate) Session(ctx context.Context, secret, address string) (Caller, error) {
	return g.enter(ctx, Session, secret, address)
}

// enter gives the caller that a session or a token lets in.
func (g *Gate) enter(ctx context.Context, kind TicketKind, secret, address string) (Caller, error) {
	t, err := g.take(ctx, kind, secret)
	if err != nil {
		return Caller{}, err
	}
	m, err := g.member(ctx, t.Member)
	if headway.ErrorCode(err) == headway.NotFound {
		err = errClosed[kind]
	}
	if err != nil {
		return Caller{}, err
	}
	c := Caller{Member: m.Member, Way: BySession, Scope: ScopeOf(m.Access), Ticket: t.ID, Name: t.Name, From: address}
	if kind == Token {
		c.Way, c.Scope = ByToken, Scope(t.Grants)
		c.Member.Access = narrowed(m.Access, c.Scope)
	}
	if _, err := g.see(ctx, t, address); err != nil {
		return Caller{}, err
	}
	if kind == Token && g.at().Sub(t.Seen) >= usedEvery {
		return c, g.log(ctx, Entry{Member: m.ID, Act: TokenUsed, About: string(t.ID), Words: t.Name, From: address})
	}
	return c, nil
}

// usedEvery is how often the use of a token or a share is logged at most.
const usedEvery = time.Hour

// SignOut ends the session of a secret; one that is over stays over.
func (g *Gate) SignOut(ctx context.Context, secret string) error {
	t, err := g.keep.Ticket(ctx, g.ws, hashOf(secret))
	if headway.ErrorCode(err) == headway.NotFound || err == nil && t.Kind != Session {
		return nil
	}
	if err != nil {
		return err
	}
	return g.end(ctx, TicketFilter{ID: t.ID}, SignedOut)
}

// Sessions lists a member's sessions that are open, newest first.
func (g *Gate) Sessions(ctx context.Context, member headway.MemberID) ([]Ticket, error) {
	return g.open(ctx, TicketFilter{Kind: Session, Member: member})
}

// open lists tickets that let in now.
func (g *Gate) open(ctx context.Context, f TicketFilter) (open []Ticket, err error) {
	f.Open = true
	all, err := g.keep.Tickets(ctx, g.ws, f)
	for _, t := range all {
		if t.Open(g.at()) {
			open = append(open, t)
		}
	}
	return open, err
}

// EndSession signs one session out: one's own, or anybody's for an owner.
func (g *Gate) EndSession(ctx context.Context, id TicketID) error {
	return g.endOne(ctx, TicketFilter{ID: id, Kind: Session}, SessionEnded)
}

// EndSessions signs a member out everywhere but where except is.
func (g *Gate) EndSessions(ctx context.Context, member headway.MemberID, except TicketID) error {
	if acting(ctx) != member {
		if err := mayOwn(ctx); err != nil {
			return err
		}
	}
	return g.end(ctx, TicketFilter{Kind: Session, Member: member, Except: except}, SessionEnded)
}

// HasPassword says whether a member has one.
func (g *Gate) HasPassword(ctx context.Context, member headway.MemberID) (bool, error) {
	_, err := g.keep.Proof(ctx, g.ws, PasswordProof, string(member))
	if headway.ErrorCode(err) == headway.NotFound {
		return false, nil
	}
	return err == nil, err
}

// SetPassword gives a member a password, at the machine or by an owner, and signs
// them out everywhere.
func (g *Gate) SetPassword(ctx context.Context, member headway.MemberID, password string) error {
	if err := mayOwn(ctx); err != nil {
		return err
	}
	return g.newPassword(ctx, member, password, "")
}

// ChangePassword gives the acting member another password for the one they have,
// and signs them out everywhere but here. A guess at the old one counts as a try
// to sign in.
func (g *Gate) ChangePassword(ctx context.Context, old, password string, here TicketID, from Origin) error {
	member := acting(ctx)
	has, err := g.HasPassword(ctx, member)
	if err != nil {
		return err
	}
	if has {
		m, err := g.member(ctx, member)
		if err != nil {
			return err
		}
		subjects := subjectsOf(idOf(m.Name), from.Address)
		if err := g.charge(ctx, subjects); err != nil {
			return err
		}
		if _, err := g.byPassword(ctx, m.Name, old); err != nil {
			if err == errWrong {
				err = headway.Errorf(headway.Invalid, "this is not your present password")
			}
			return err
		}
		if err := g.succeeded(ctx, subjects); err != nil {
			return err
		}
	}
	return g.newPassword(ctx, member, password, here)
}

func (g *Gate) newPassword(ctx context.Context, member headway.MemberID, password string, here TicketID) error {
	m, err := g.member(ctx, member)
	if err != nil {
		return err
	}
	if err := checkPassword(password, m.Name); err != nil {
		return err
	}
	if err := g.putPassword(ctx, member, password); err != nil {
		return err
	}
	if err := g.log(ctx, Entry{Act: PasswordChanged, About: string(member), Words: m.Name}); err != nil {
		return err
	}
	return g.end(ctx, TicketFilter{Kind: Session, Member: member, Except: here}, SessionEnded)
}

func (g *Gate) putPassword(ctx context.Context, member headway.MemberID, password string) error {
	p, err := g.passwordProof(ctx, member, password)
	if err != nil {
		return err
	}
	return g.keep.PutProof(ctx, g.ws, p)
}

func (g *Gate) passwordProof(ctx context.Context, member headway.MemberID, password string) (Proof, error) {
	encoded, err := g.hashPassword(ctx, password)
	return Proof{Kind: PasswordProof, ID: string(member), Member: member, Name: "password", Data: []byte(encoded), Made: g.at()}, err
}
