package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/flow"
)

// Comparing lets members mark the same words, none seeing the others' marks.
type Comparing interface {
	OpenRound(ctx context.Context, c headway.ConversationID, members []headway.MemberID) (headway.RoundID, error)
	Rounds(ctx context.Context, c headway.ConversationID) ([]headway.Round, error)
	Round(ctx context.Context, id headway.RoundID) (headway.Round, error)
	RoundDone(ctx context.Context, id headway.RoundID, done bool) error
	ReleaseRound(ctx context.Context, id headway.RoundID) error
	Settle(ctx context.Context, id headway.RoundID, sentence headway.Span, kind headway.Label, v headway.Verdict, why string) error
	Agreement(ctx context.Context, id headway.RoundID, through headway.StudyID) (flow.Agreed, error)
}

func (a *api) rounds() {
	ask(a, makes(write("POST /conversations/{conversation}/rounds", "openRound", "rounds", "Let members mark a conversation without seeing what others mark in it")), a.openRound)
	ask(a, read("GET /rounds", "listRounds", "rounds", "List rounds, the newest first"), a.listRounds)
	ask(a, read("GET /rounds/{round}", "getRound", "rounds", "Read one round"), a.getRound)
	do(a, write("PUT /rounds/{round}/done", "setRoundDone", "rounds", "Say that you have marked all of it, or not yet after all"), a.setRoundDone)
	do(a, admin("POST /rounds/{round}/release", "releaseRound", "rounds", "End a round though some are not done"), a.releaseRound)
	ask(a, read("GET /rounds/{round}/agreement", "getAgreement", "rounds", "Tell how far the members of a round agree, and on what they do not"), a.getAgreement)
	do(a, write("POST /rounds/{round}/settlements", "settle", "rounds", "Settle a disagreement, and say why"), a.settle)
}

// InRound is what an operation on a round is asked with.
type InRound struct {
	Round headway.RoundID `path:"round" doc:"id of the round"`
}

type openRoundInput struct {
	Conversation headway.ConversationID `path:"conversation" doc:"id of the conversation"`
	Body         struct {
		Members []headway.MemberID `json:"members" minItems:"1" maxItems:"100" doc:"who mark"`
	}
}

type openedRound struct {
	Round headway.RoundID `json:"round"`
}

func (a *api) openRound(ctx context.Context, in *openRoundInput) (openedRound, error) {
	id, err := a.hw.OpenRound(ctx, in.Conversation, in.Body.Members)
	return openedRound{id}, err
}

// round is a conversation that members mark apart.
type round struct {
	ID           headway.RoundID        `json:"id"`
	Conversation headway.ConversationID `json:"conversation"`
	Members      []headway.MemberID     `json:"members"`
	Done         []headway.MemberID     `json:"done" doc:"who have marked all of it"`
	By           headway.MemberID       `json:"by" doc:"who opened it"`
	Opened       time.Time              `json:"opened"`
	Open         bool                   `json:"open" doc:"each still sees their own marks only"`
	Ended        time.Time              `json:"ended,omitzero"`
}

func roundOf(r headway.Round) round {
	return round{r.ID, r.Conversation, each(r.Members, itself), each(r.Done, itself), r.By, r.Opened, r.Open(), r.Ended}
}

type listRoundsInput struct {
	Paging
	Conversation headway.ConversationID `query:"conversation" doc:"only of this conversation"`
}

func (a *api) listRounds(ctx context.Context, in *listRoundsInput) (l list[round], err error) {
	all, err := a.hw.Rounds(ctx, in.Conversation)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(r headway.Round) string { return string(r.ID) }, roundOf)
}

func (a *api) getRound(ctx context.Context, in *InRound) (round, error) {
	r, err := a.hw.Round(ctx, in.Round)
	return roundOf(r), err
}

type setRoundDoneInput struct {
	InRound
	Body struct {
		Done bool `json:"done"`
	}
}

func (a *api) setRoundDone(ctx context.Context, in *setRoundDoneInput) error {
	return a.hw.RoundDone(ctx, in.Round, in.Body.Done)
}

func (a *api) releaseRound(ctx context.Context, in *InRound) error {
	return a.hw.ReleaseRound(ctx, in.Round)
}

type settleInput struct {
	InRound
	Body struct {
		Span    Place           `json:"span" doc:"the sentence"`
		Kind    headway.Label   `json:"kind"`
		Verdict headway.Verdict `json:"verdict" doc:"kept, dismissed, or undecided to open the question again"`
		Why     string          `json:"why,omitempty" doc:"our words: whoever reads it later will ask"`
		Study   headway.StudyID `json:"study,omitempty" doc:"compare exact with what is shown through this study"`
	}
}

func (a *api) settle(ctx context.Context, in *settleInput) error {
	b := in.Body
	at, err := a.passage(ctx, []Place{b.Span}, b.Study)
	if err != nil {
		return err
	}
	return a.hw.Settle(ctx, in.Round, at.First(), b.Kind, b.Verdict, b.Why)
}

type getAgreementInput struct {
	InRound
	Through
}

// agreed is how far the members of a round agree.
type agreed struct {
	Round     round              `json:"round"`
	Raters    []headway.MemberID `json:"raters" doc:"those who marked all of it; others' marks are not compared"`
	Sentences int                `json:"sentences" doc:"the customers' sentences, the units of what follows"`
	Kinds     []agreement        `json:"kinds" doc:"of each kind that one of them marked, in codebook order"`
	Disputes  []dispute          `json:"disputes" doc:"in the order of the conversation"`
}

// agreement is how far they agree on one kind.
type agreement struct {
	Kind    headway.Label `json:"kind"`
	Marked  []int         `json:"marked" doc:"sentences marked as the kind, by each rater"`
	Known   int           `json:"known" doc:"sentences left out: they were decided on before the round"`
	Same    *coefficient  `json:"same,omitempty" doc:"the share of pairs who said the same, chance included"`
	Alpha   *coefficient  `json:"alpha,omitempty" doc:"Krippendorff's"`
	Kappa   *coefficient  `json:"kappa,omitempty" doc:"Cohen's of two raters, Fleiss' of more"`
	Refused string        `json:"refused,omitempty" doc:"why there is no figure"`
}

// coefficient is a figure with its interval.
type coefficient struct {
	Is    float64  `json:"is" doc:"1 where they always agree, 0 where as often as chance would"`
	Low   *float64 `json:"low,omitempty" doc:"95 %; left out where it is not known"`
	High  *float64 `json:"high,omitempty"`
	Units int      `json:"units" doc:"sentences that two or more rated"`
}

// dispute is a sentence that some marked as a kind and some did not.
type dispute struct {
	Quote   headway.Quote      `json:"quote"`
	Kind    headway.Label      `json:"kind"`
	Marked  []headway.MemberID `json:"marked"`
	Not     []headway.MemberID `json:"not"`
	Settled *settled           `json:"settled,omitempty" doc:"left out while it is open"`
}

type settled struct {
	Verdict headway.Verdict  `json:"verdict"`
	By      headway.MemberID `json:"by"`
	At      time.Time        `json:"at"`
	Why     string           `json:"why"`
}

func (a *api) getAgreement(ctx context.Context, in *getAgreementInput) (agreed, error) {
	g, err := a.hw.Agreement(ctx, in.Round, in.Study)
	if err != nil {
		return agreed{}, err
	}
	texts := textsOf(g.Conversation)
	return agreed{
		roundOf(g.Round), each(g.Raters, itself), g.Sentences, each(g.Kinds, agreementOf),
		each(g.Disputes, func(d flow.Dispute) dispute {
			shown := dispute{Quote: texts.Quote(d.At), Kind: d.Kind, Marked: each(d.Marked, itself), Not: each(d.Not, itself)}
			if s := d.Settled; s != nil {
				shown.Settled = &settled{s.Verdict, s.By, s.At, s.Why}
			}
			return shown
		}),
	}, nil
}

func agreementOf(on flow.Agreement) agreement {
	shown := agreement{Kind: on.Kind, Marked: each(on.Marked, itself), Known: on.Known, Refused: on.Refused}
	if on.Refused == "" {
		shown.Same, shown.Alpha, shown.Kappa = coefficientOf(on.Same), coefficientOf(on.Alpha), coefficientOf(on.Kappa)
	}
	return shown
}

func coefficientOf(c agree.Coefficient) *coefficient {
	shown := &coefficient{Is: c.Is, Units: c.Units}
	if c.Bounded {
		shown.Low, shown.High = &c.Low, &c.High
	}
	return shown
}
