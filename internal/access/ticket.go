package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/headway-oss/headway"
)

// TicketID names a ticket in lists; it opens nothing.
type TicketID string

// TicketKind says what a ticket is good for.
type TicketKind string

// The kinds of ticket.
const (
	Session    TicketKind = "session"
	Invitation TicketKind = "invitation"
	Token      TicketKind = "token"
	Share      TicketKind = "share"
)

// Ticket is a secret that was handed out. The secret itself is with its bearer
// and nowhere else.
type Ticket struct {
	ID     TicketID
	Hash   []byte // SHA-256 of the secret
	Kind   TicketKind
	Member headway.MemberID // whose session or token it is, or who made it
	Name   string           // the device, or what its maker calls it
	// Grants is a headway.Access for an invitation, a Scope for a token, a
	// ShareKind for a share.
	Grants string
	About  string    // what a share shows; see Shown
	Made   time.Time // UTC, whole microseconds, as the others
	Until  time.Time
	Seen   time.Time // zero until it is shown
	From   string    // where it was last shown from
	Ended  time.Time // zero while nobody ended it
}

// Open says whether a ticket lets in at a time.
func (t Ticket) Open(now time.Time) bool {
	return t.Ended.IsZero() && now.Before(t.Until) && !t.idle(now)
}

// idleFor is how long a session is kept that nobody uses.
const idleFor = 14 * 24 * time.Hour

func (t Ticket) idle(now time.Time) bool {
	return t.Kind == Session && now.Sub(t.Seen) >= idleFor
}

// secretBytes is 256 bits: nobody guesses them, so a plain digest is enough to
// keep them by.
const secretBytes = 32

func newSecret() string {
	secret := make([]byte, secretBytes)
	if _, err := rand.Read(secret); err != nil {
		panic(err) // never happens, says crypto/rand
	}
	return base64.RawURLEncoding.EncodeToString(secret)
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// hand makes a ticket's secret and keeps the ticket.
func (g *Gate) hand(ctx context.Context, t Ticket, prefix string) (secret string, _ Ticket, err error) {
	secret = prefix + newSecret()
	t.ID, t.Hash = TicketID(headway.Digest("ticket", secret)), hashOf(secret)
	t.Made = g.at()
	t.Until = t.Until.UTC().Truncate(time.Microsecond)
	return secret, t, g.keep.PutTicket(ctx, g.ws, t)
}

// take gives the open ticket of a kind that a secret belongs to, else Denied.
// One whose time is over is ended, so that a clock put back does not revive it.
func (g *Gate) take(ctx context.Context, kind TicketKind, secret string) (Ticket, error) {
	t, err := g.keep.Ticket(ctx, g.ws, hashOf(secret))
	if headway.ErrorCode(err) == headway.NotFound || err == nil && t.Kind != kind {
		return Ticket{}, errClosed[kind]
	}
	if err != nil {
		return Ticket{}, err
	}
	if t.Open(g.at()) {
		return t, nil
	}
	if t.Ended.IsZero() {
		if _, err := g.keep.EndTickets(ctx, g.ws, TicketFilter{ID: t.ID}, g.at()); err != nil {
			return Ticket{}, err
		}
	}
	return Ticket{}, errClosed[kind]
}

// ErrToken is the refusal of a token that does not let in.
var ErrToken = headway.Errorf(headway.Denied, "this token was ended, has run out or never was: make another in your account, or with `headway token add`")

// errClosed tells nobody whether a secret was ever right.
var errClosed = map[TicketKind]error{
	Session:    headway.Errorf(headway.Denied, "you are signed out: sign in again"),
	Invitation: headway.Errorf(headway.Denied, "this invitation was used or ended, has run out or never was: ask for another"),
	Token:      ErrToken,
	Share:      headway.Errorf(headway.Denied, "this link was ended, has run out or never was: ask whoever sent it for another"),
}

// seenEvery is how exactly the last use is known; a write for every request
// would cost more than it tells.
const seenEvery = time.Minute

// see notes that a ticket was shown, and says whether it was noted. A clock that
// was put back is noted too: the use it shows as the last would never be over.
func (g *Gate) see(ctx context.Context, t Ticket, from string) (noted bool, err error) {
	now := g.at()
	if since := now.Sub(t.Seen); since >= 0 && since < seenEvery && t.From == from {
		return false, nil
	}
	return true, g.keep.UseTicket(ctx, g.ws, t.ID, now, from)
}

// end ends tickets and logs each.
func (g *Gate) end(ctx context.Context, f TicketFilter, act Act) error {
	ended, err := g.keep.EndTickets(ctx, g.ws, f, g.at())
	if err != nil {
		return err
	}
	for _, t := range ended {
		if err := g.log(ctx, Entry{Act: act, About: string(t.ID), Words: t.Name}); err != nil {
			return err
		}
	}
	return nil
}

// theirOwn narrows a filter to what the acting member may end: what is theirs,
// or anything for an owner.
func theirOwn(ctx context.Context, f TicketFilter) TicketFilter {
	if mayOwn(ctx) != nil {
		f.Member = acting(ctx)
	}
	return f
}

// endOne ends one ticket of a kind; NotFound where there is none that the acting
// member may end.
func (g *Gate) endOne(ctx context.Context, f TicketFilter, act Act) error {
	if f.ID == "" {
		return headway.Errorf(headway.Invalid, "say which one is to end")
	}
	f = theirOwn(ctx, f)
	there, err := g.keep.Tickets(ctx, g.ws, f)
	if err != nil {
		return err
	}
	if len(there) == 0 {
		return headway.Errorf(headway.NotFound, "there is no such %s of yours", f.Kind)
	}
	return g.end(ctx, f, act)
}
