package access

import (
	"context"
	"encoding/json"
	"time"

	"github.com/headway-oss/headway"
)

// ShareKind is what a link shows.
type ShareKind string

// The kinds of share.
const (
	ShareMirror ShareKind = "mirror" // the mirror of Study
	ShareQuote  ShareKind = "quote"  // the words at Span in Conversation, through Study
	ShareSearch ShareKind = "search" // what Words find on Side in Study, or wherever nobody guesses where there is none
	ShareGuess  ShareKind = "guess"  // nothing: who has it may seal a guess for Study
)

// Shown is what a link shows: places and what was asked for, no customer's words,
// so that what is erased or masked later is so behind the link too.
type Shown struct {
	Kind         ShareKind              `json:"-"`
	Study        headway.StudyID        `json:"study,omitempty"`
	Conversation headway.ConversationID `json:"conversation,omitempty"`
	Span         headway.Span           `json:"span,omitzero"`
	Words        string                 `json:"words,omitempty"`
	Side         headway.Side           `json:"side,omitempty"`
}

// Shown gives what a share shows.
func (t Ticket) Shown() (s Shown, err error) {
	err = json.Unmarshal([]byte(t.About), &s)
	s.Kind = ShareKind(t.Grants)
	return s, err
}

func (s Shown) check() error {
	switch {
	case s.Kind == ShareSearch && s.Words == "":
		return headway.Errorf(headway.Invalid, "a shared search needs words")
	case s.Kind == ShareQuote && (s.Span.Text == "" || s.Span.End <= s.Span.Start || s.Study == "" || s.Conversation == ""):
		return headway.Errorf(headway.Invalid, "a shared quote needs its place and its study")
	case (s.Kind == ShareMirror || s.Kind == ShareGuess) && s.Study == "":
		return headway.Errorf(headway.Invalid, "say which study the link is about")
	case s.Kind == ShareMirror, s.Kind == ShareQuote, s.Kind == ShareSearch, s.Kind == ShareGuess:
		return nil
	}
	return headway.Errorf(headway.Invalid, "a link shows a mirror, a quote or a search, or takes a guess; not %q", s.Kind)
}

// MakeShare makes a link that shows one thing to whoever has it, without account,
// until its time is over or somebody ends it. name is how its maker calls it, for
// instance whom it is for. What it shows is checked when it is opened.
func (g *Gate) MakeShare(ctx context.Context, s Shown, name string, lasts time.Duration) (secret string, t Ticket, err error) {
	if m, known := headway.MemberFrom(ctx); known && !m.Access.Writes() {
		return "", t, headway.Errorf(headway.Denied, "you may read here and not pass it on: ask an owner for more")
	}
	if err := s.check(); err != nil {
		return "", t, err
	}
	until, err := g.lasting(lasts)
	if err != nil {
		return "", t, err
	}
	about, err := json.Marshal(s)
	if err != nil {
		return "", t, err
	}
	secret, t, err = g.hand(ctx, Ticket{
		Kind: Share, Member: acting(ctx), Name: cut(plainName(name), nameMost), Grants: string(s.Kind), About: string(about), Until: until,
	}, "")
	if err != nil {
		return "", t, err
	}
	return secret, t, g.log(ctx, Entry{Act: ShareMade, About: string(t.ID), Words: string(s.Kind) + " " + t.Name})
}

// Shares lists all links that are open: who shares what is for every member to know.
func (g *Gate) Shares(ctx context.Context) ([]Ticket, error) {
	return g.open(ctx, TicketFilter{Kind: Share})
}

// EndShare ends one's own link, or any for an owner.
func (g *Gate) EndShare(ctx context.Context, id TicketID) error {
	return g.endOne(ctx, TicketFilter{ID: id, Kind: Share}, ShareEnded)
}

// Shared gives the link that a secret belongs to, and a caller who may read,
// else Denied.
func (g *Gate) Shared(ctx context.Context, secret, address string) (t Ticket, c Caller, err error) {
	t, err = g.take(ctx, Share, secret)
	if err != nil {
		return t, c, err
	}
	bearer := headway.Member{ID: headway.MemberID("share " + t.ID), Name: t.Name, Access: headway.Viewer}
	c = Caller{Member: bearer, Way: ByShare, Scope: Read, Ticket: t.ID, Name: t.Name, From: address}
	if _, err := g.see(ctx, t, ""); err != nil { // readers of a link are not followed
		return t, c, err
	}
	if g.at().Sub(t.Seen) >= usedEvery {
		err = g.log(ctx, Entry{Act: ShareUsed, About: string(t.ID), Words: t.Name})
	}
	return t, c, err
}
