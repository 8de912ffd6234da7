package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Dealing is one customer on one page, and what passed between them and us.
type Dealing interface {
	Customer(ctx context.Context, id headway.PersonID) (*flow.Customer, error)
	Account(ctx context.Context, id headway.AccountID) (*flow.Customer, error)
	Promise(ctx context.Context, ours headway.Span, to headway.PersonID, v headway.Verdict) error
	SendBack(ctx context.Context, to headway.PersonID, theirs []headway.Span) (seq int64, err error)
	Reply(ctx context.Context, playBack int64, v headway.Verdict, answer headway.Span) error
	Repair(ctx context.Context, theirs, ours headway.Span, v headway.Verdict) error
}

func (a *api) customers() {
	ask(a, read("GET /customers/{person}", "getCustomer", "customers", "Read one customer on one page"), a.getCustomer)
	ask(a, read("GET /accounts/{account}", "getAccount", "customers", "Read all people of a firm on one page"), a.getAccount)
	do(a, write("POST /promises", "promise", "customers", "Say that words of ours are a promise"), a.promise)
	ask(a, makes(write("POST /play-backs", "sendBack", "customers", "Note that sentences of a customer's were sent back to them")), a.sendBack)
	do(a, write("PUT /play-backs/{deed}/reply", "noteReply", "customers", "Note what came back of a play-back"), a.noteReply)
	do(a, write("POST /repairs", "repair", "customers", "Say that later words of theirs tell what we got wrong"), a.repair)
}

// onePage is one customer: a person, or all people of a firm.
type onePage struct {
	Account     headway.Account `json:"account,omitzero"`
	People      []person        `json:"people"`
	Said        []saidOf        `json:"said" doc:"the kinds that were heard, in codebook order"`
	Promises    []promised      `json:"promises"`
	PlayBacks   []playedBack    `json:"play_backs" doc:"newest first"`
	Repairs     []repaired      `json:"repairs" doc:"what we got wrong"`
	NeverAsked  []headway.Label `json:"never_asked" doc:"slots that no question of ours asked for"`
	Next        []nextQuestion  `json:"next_questions"`
	ToSend      []headway.Quote `json:"to_send" doc:"a play-back to send, of one person"`
	Differences []differing     `json:"differences" doc:"where roles name something else, each in its own words"`
}

type saidOf struct {
	Kind  headway.Label  `json:"kind"`
	Lines []CustomerLine `json:"lines" doc:"what a member kept first, then what was heard and nobody checked"`
}

// CustomerLine is a place in a conversation with a customer.
type CustomerLine struct {
	Quotes       []headway.Quote        `json:"quotes"`
	Conversation headway.ConversationID `json:"conversation"`
	Person       headway.PersonID       `json:"person,omitempty"`
	Date         headway.Date           `json:"date,omitzero"`
	Kept         bool                   `json:"kept,omitempty" doc:"a member said so"`
	By           string                 `json:"by,omitempty" doc:"who heard it"`
	Score        float64                `json:"score"`
	Confirmed    time.Time              `json:"confirmed,omitzero" doc:"when they last said that it is right; left out for never"`
}

type promised struct {
	CustomerLine
	To   headway.PersonID `json:"to"`
	Made time.Time        `json:"marked_at"`
}

type playedBack struct {
	Deed   int64            `json:"deed"`
	To     headway.PersonID `json:"to"`
	At     time.Time        `json:"at"`
	Lines  []CustomerLine   `json:"lines"`
	Reply  headway.Verdict  `json:"reply,omitempty" doc:"left out while nothing came back"`
	Answer *CustomerLine    `json:"answer,omitempty" doc:"their words, where they are kept here"`
}

type repaired struct {
	Told  CustomerLine `json:"told" doc:"their words"`
	Wrong CustomerLine `json:"wrong" doc:"ours"`
}

type nextQuestion struct {
	Slot   headway.Label `json:"slot,omitempty"`
	Text   string        `json:"text"`
	Why    string        `json:"why"`
	Recall headway.Quote `json:"recall,omitzero"`
}

type differing struct {
	Matter string       `json:"matter"`
	One    headway.Role `json:"one"`
	Two    headway.Role `json:"two"`
	A      CustomerLine `json:"a" doc:"what the one says"`
	B      CustomerLine `json:"b" doc:"what the other says"`
}

func (a *api) getCustomer(ctx context.Context, in *InPerson) (onePage, error) {
	c, err := a.hw.Customer(ctx, in.Person)
	if err != nil {
		return onePage{}, err
	}
	return onePageOf(c), nil
}

type getAccountInput struct {
	Account headway.AccountID `path:"account" doc:"id of the firm"`
}

func (a *api) getAccount(ctx context.Context, in *getAccountInput) (onePage, error) {
	c, err := a.hw.Account(ctx, in.Account)
	if err != nil {
		return onePage{}, err
	}
	return onePageOf(c), nil
}

func onePageOf(c *flow.Customer) onePage {
	at := pageWords{c}
	p := onePage{
		Account:    c.Firm,
		People:     each(c.People, personOf),
		Said:       []saidOf{},
		Promises:   each(c.Promises, func(o customer.Promise) promised { return promised{at.line(o.Line), o.To, o.At} }),
		PlayBacks:  each(c.PlayBacks, at.playBack),
		Repairs:    each(c.Repairs, func(r customer.Repair) repaired { return repaired{at.line(r.Told), at.line(r.Wrong)} }),
		NeverAsked: each(c.NeverAsked, func(g mirror.Gap) headway.Label { return g.Slot }),
		Next: each(c.Next, func(q mirror.NextQuestion) nextQuestion {
			return nextQuestion{q.Slot, q.Text, q.Why, c.Words(q.Recall)}
		}),
		ToSend: each(c.ToSend, c.Words),
		Differences: each(c.Differences, func(d customer.Difference) differing {
			return differing{d.Matter, d.One, d.Two, at.line(d.A), at.line(d.B)}
		}),
	}
	for _, s := range c.Said {
		if len(s.Lines) > 0 {
			p.Said = append(p.Said, saidOf{s.Kind, each(s.Lines, at.line)})
		}
	}
	return p
}

// pageWords cuts the words of a customer's page.
type pageWords struct{ *flow.Customer }

func (p pageWords) line(l customer.Line) CustomerLine {
	return CustomerLine{each(l.Passage(), p.Words), l.Conversation, l.Person, l.Date, l.Kept, l.By, l.Score, l.Confirmed}
}

func (p pageWords) playBack(b customer.PlayBack) playedBack {
	shown := playedBack{Deed: b.Seq, To: b.To, At: b.At, Lines: each(b.Lines, p.line), Reply: b.Reply.Verdict}
	if b.Reply.Answer.Span != (headway.Span{}) {
		answer := p.line(b.Reply.Answer)
		shown.Answer = &answer
	}
	return shown
}

type promiseInput struct {
	Body struct {
		Span    Place            `json:"span" doc:"our words"`
		To      headway.PersonID `json:"to"`
		Verdict headway.Verdict  `json:"verdict" doc:"kept, or undecided to take it back" example:"kept"`
	}
}

func (a *api) promise(ctx context.Context, in *promiseInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Span}, "")
	if err != nil {
		return err
	}
	return a.hw.Promise(ctx, at.First(), in.Body.To, in.Body.Verdict)
}

type sendBackInput struct {
	Body struct {
		To    headway.PersonID `json:"to"`
		Spans []Place          `json:"spans" minItems:"1" maxItems:"200" doc:"their sentences, in the order in which they were sent"`
	}
}

type sent struct {
	Deed int64 `json:"deed" doc:"number by which the reply is noted"`
}

func (a *api) sendBack(ctx context.Context, in *sendBackInput) (sent, error) {
	at, err := a.passage(ctx, in.Body.Spans, "")
	if err != nil {
		return sent{}, err
	}
	deed, err := a.hw.SendBack(ctx, in.Body.To, at)
	return sent{deed}, err
}

type noteReplyInput struct {
	Deed int64 `path:"deed" minimum:"1" doc:"number of the play-back"`
	Body struct {
		Verdict headway.Verdict `json:"verdict" doc:"what they said to it; undecided is nothing yet"`
		Answer  Place           `json:"answer,omitzero" doc:"their words, where they are kept here"`
	}
}

func (a *api) noteReply(ctx context.Context, in *noteReplyInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Answer}, "")
	if err != nil {
		return err
	}
	return a.hw.Reply(ctx, in.Deed, in.Body.Verdict, at.First())
}

type repairInput struct {
	Body struct {
		Theirs  Place           `json:"theirs" doc:"what they said later"`
		Ours    Place           `json:"ours" doc:"what we got wrong"`
		Verdict headway.Verdict `json:"verdict" doc:"kept, or undecided to take it back" example:"kept"`
	}
}

func (a *api) repair(ctx context.Context, in *repairInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Theirs, in.Body.Ours}, "")
	if err != nil {
		return err
	}
	return a.hw.Repair(ctx, at[0], at[1], in.Body.Verdict)
}
