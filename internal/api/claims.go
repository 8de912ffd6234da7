package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// Claiming keeps what a study holds of its customers' progress.
type Claiming interface {
	Hold(ctx context.Context, h flow.Holding) (headway.Claim, error)
	Drop(ctx context.Context, study headway.StudyID, claim headway.ClaimID) error
	Bear(ctx context.Context, study headway.StudyID, claim headway.ClaimID, on headway.Passage, v headway.Verdict) error
	Choose(ctx context.Context, study headway.StudyID, claim, job headway.ClaimID, c headway.Choice, on headway.Passage) error
	PutEpisodes(ctx context.Context, study headway.StudyID, job headway.ClaimID, v headway.Verdict, episodes ...headway.EpisodeID) error
	JoinJobs(ctx context.Context, study headway.StudyID, job, into headway.ClaimID) error
	PartJobs(ctx context.Context, study headway.StudyID, job, from headway.ClaimID) error
	BeginEpisode(ctx context.Context, at headway.Span, v headway.Verdict) error
	Held(ctx context.Context, study headway.StudyID) (flow.Held, error)
}

func (a *api) claims() {
	ask(a, makes(write("POST /studies/{study}/claims", "holdClaim", "jobs", "Write a job, or a part of one, with the words that say it")), a.holdClaim)
	ask(a, read("GET /studies/{study}/claims", "listClaims", "jobs", "List what a study holds of its customers' progress, with what bears on it"), a.listClaims)
	do(a, write("DELETE /studies/{study}/claims/{claim}", "dropClaim", "jobs", "Take a claim off"), a.dropClaim)
	do(a, write("POST /studies/{study}/claims/{claim}/bears", "bearOnClaim", "jobs", "Lay a customer's words beside a claim"), a.bearOnClaim)
	do(a, write("POST /studies/{study}/claims/{claim}/choice", "chooseOfClaim", "jobs", "Settle what a claim is, or how much a criterion matters to a job"), a.chooseOfClaim)
	do(a, write("POST /studies/{study}/episodes", "putEpisodes", "jobs", "Put episodes into a job, into none, or back where they were proposed"), a.putEpisodes)
	do(a, write("POST /studies/{study}/claims/{claim}/join", "joinJobs", "jobs", "Make one job of two, or two again"), a.joinJobs)
	do(a, write("POST /episodes", "beginEpisode", "jobs", "Say where a customer begins to tell of another episode"), a.beginEpisode)
}

type holdClaimInput struct {
	InStudy
	Body struct {
		Part    headway.Part    `json:"part" example:"job"`
		Of      headway.ClaimID `json:"of,omitempty" doc:"the claim that it is a part of; left out where it stands alone"`
		Words   string          `json:"words" maxLength:"2400" doc:"a member's words: 600 characters at most"`
		Instead headway.ClaimID `json:"instead,omitempty" doc:"the claim whose place it takes: its earlier version"`
		On      [][]Place       `json:"on,omitempty" maxItems:"50" doc:"customers' passages that say it, each of one span or several; without any it is ours"`
	}
}

func (a *api) holdClaim(ctx context.Context, in *holdClaimInput) (headway.Claim, error) {
	h := flow.Holding{Study: in.Study, Part: in.Body.Part, Of: in.Body.Of, Words: in.Body.Words, Instead: in.Body.Instead}
	for _, places := range in.Body.On {
		on, err := a.passage(ctx, places, in.Study)
		if err != nil {
			return headway.Claim{}, err
		}
		if len(on) > 0 {
			h.On = append(h.On, on)
		}
	}
	return a.hw.Hold(ctx, h)
}

type listClaimsInput struct {
	InStudy
	Paging
}

// held is a claim that stands.
type held struct {
	headway.Claim
	Root     headway.ClaimID `json:"root" doc:"its first version; what belongs to it names any of its versions"`
	Status   headway.Status  `json:"status" doc:"said by a customer, inferred by a member from a customer's words, or ours"`
	Versions int             `json:"versions" doc:"how many there were, this one included"`
	Bears    []borne         `json:"bears" doc:"customers' words for it and against it"`
	Chosen   []chosen        `json:"chosen,omitempty"`
	Lost     []lostSupport   `json:"lost,omitempty" doc:"what it rested on until the words were forgotten"`
}

// lostSupport is words that are gone, and what they said of a claim.
type lostSupport struct {
	Verdict headway.Verdict `json:"verdict,omitempty"`
	Choice  headway.Choice  `json:"choice,omitempty"`
	Job     headway.ClaimID `json:"job,omitempty" doc:"of a criterion"`
	On      time.Time       `json:"forgotten_on"`
}

type borne struct {
	Quotes  []headway.Quote  `json:"quotes" doc:"none where the words were forgotten"`
	Verdict headway.Verdict  `json:"verdict"`
	Member  headway.MemberID `json:"member"`
	At      time.Time        `json:"at"`
}

type chosen struct {
	Job    headway.ClaimID  `json:"job,omitempty" doc:"of a criterion"`
	Choice headway.Choice   `json:"choice"`
	Quotes []headway.Quote  `json:"quotes,omitempty"`
	Member headway.MemberID `json:"member"`
	At     time.Time        `json:"at"`
}

func (a *api) listClaims(ctx context.Context, in *listClaimsInput) (l list[held], err error) {
	all, err := a.hw.Held(ctx, in.Study)
	if err != nil {
		return l, err
	}
	return page(all.Standing(), in.Paging, func(h deed.Held) string { return string(h.Claim) }, func(h deed.Held) held {
		return heldOf(all, h)
	})
}

func heldOf(all flow.Held, h deed.Held) held {
	one := held{Claim: all.Words[h.Claim], Root: all.Root(h.Claim), Status: all.Status(h.Claim), Versions: len(all.Versions(h.Claim)), Bears: []borne{}}
	for _, b := range all.Bearing(h.Claim) {
		one.Bears = append(one.Bears, borne{quotesOf(all.Texts, b.On), b.Verdict, b.Member, b.At})
	}
	for _, c := range all.AllChosen(h.Claim) {
		one.Chosen = append(one.Chosen, chosen{c.Job, c.Choice, quotesOf(all.Texts, c.On), c.Member, c.At})
	}
	for _, l := range all.Lost(h.Claim) {
		one.Lost = append(one.Lost, lostSupport{l.Verdict, l.Choice, l.Other, l.On})
	}
	return one
}

// InClaim names a claim of a study.
type InClaim struct {
	InStudy
	Claim headway.ClaimID `path:"claim" doc:"id of the claim"`
}

func (a *api) dropClaim(ctx context.Context, in *InClaim) error {
	return a.hw.Drop(ctx, in.Study, in.Claim)
}

type bearOnClaimInput struct {
	InClaim
	Body struct {
		Spans   []Place         `json:"spans" minItems:"1" maxItems:"200" doc:"a customer's words"`
		Verdict headway.Verdict `json:"verdict" doc:"supports: they say it; partly: you read it from them; contradicts; not-about; undecided takes it back" example:"supports"`
	}
}

func (a *api) bearOnClaim(ctx context.Context, in *bearOnClaimInput) error {
	on, err := a.passage(ctx, in.Body.Spans, in.Study)
	if err != nil {
		return err
	}
	return a.hw.Bear(ctx, in.Study, in.Claim, on, in.Body.Verdict)
}

type chooseOfClaimInput struct {
	InClaim
	Body struct {
		Choice headway.Choice  `json:"choice,omitempty" doc:"left out to take it back" example:"must"`
		Job    headway.ClaimID `json:"job,omitempty" doc:"of a criterion: for which job"`
		Spans  []Place         `json:"spans,omitempty" maxItems:"200" doc:"the customer's words that it rests on; not-needed needs some"`
	}
}

func (a *api) chooseOfClaim(ctx context.Context, in *chooseOfClaimInput) error {
	on, err := a.passage(ctx, in.Body.Spans, in.Study)
	if err != nil {
		return err
	}
	return a.hw.Choose(ctx, in.Study, in.Claim, in.Body.Job, in.Body.Choice, on)
}

type putEpisodesInput struct {
	InStudy
	Body struct {
		Episodes []headway.EpisodeID `json:"episodes" minItems:"1" maxItems:"1000"`
		Job      headway.ClaimID     `json:"job,omitempty"`
		Verdict  headway.Verdict     `json:"verdict" doc:"kept: of this job; dismissed: of none; undecided: as proposed" example:"kept"`
	}
}

func (a *api) putEpisodes(ctx context.Context, in *putEpisodesInput) error {
	return a.hw.PutEpisodes(ctx, in.Study, in.Body.Job, in.Body.Verdict, in.Body.Episodes...)
}

type joinJobsInput struct {
	InClaim
	Body struct {
		Into headway.ClaimID `json:"into" doc:"the job that stays"`
		Part bool            `json:"part,omitempty" doc:"make two of them again"`
	}
}

func (a *api) joinJobs(ctx context.Context, in *joinJobsInput) error {
	if in.Body.Part {
		return a.hw.PartJobs(ctx, in.Study, in.Claim, in.Body.Into)
	}
	return a.hw.JoinJobs(ctx, in.Study, in.Claim, in.Body.Into)
}

type beginEpisodeInput struct {
	Body struct {
		At      Place           `json:"at" doc:"the first words of the customer's about it"`
		Verdict headway.Verdict `json:"verdict" doc:"kept: another begins here; dismissed: it goes on; undecided: as found" example:"kept"`
	}
}

func (a *api) beginEpisode(ctx context.Context, in *beginEpisodeInput) error {
	at, err := a.passage(ctx, []Place{in.Body.At}, "")
	if err != nil {
		return err
	}
	return a.hw.BeginEpisode(ctx, at.First(), in.Body.Verdict)
}
