package api

import (
	"context"

	"github.com/headway-oss/headway"
)

// Judging says what a sentence is to what we believe.
type Judging interface {
	Judge(ctx context.Context, study headway.StudyID, guess headway.GuessID, at headway.Span, verdict headway.Verdict) error
	Test(ctx context.Context, study headway.StudyID, ours, answer headway.Span, verdict headway.Verdict) error
}

func (a *api) judgements() {
	do(a, write("POST /studies/{study}/judgements", "judge", "judgements", "Say what a sentence is to a guess"), a.judge)
	do(a, write("POST /studies/{study}/tests", "test", "judgements", "Say what an answer did to something we took for granted"), a.test)
}

type judgeInput struct {
	InStudy
	Body struct {
		Guess   headway.GuessID `json:"guess"`
		Span    Place           `json:"span"`
		Verdict headway.Verdict `json:"verdict" doc:"supports, partly, contradicts, not-about, or undecided to take it back" example:"supports"`
	}
}

func (a *api) judge(ctx context.Context, in *judgeInput) error {
	if err := a.compare(ctx, in.Body.Span, in.Study); err != nil {
		return err
	}
	return a.hw.Judge(ctx, in.Study, in.Body.Guess, in.Body.Span.span(), in.Body.Verdict)
}

type testInput struct {
	InStudy
	Body struct {
		Ours    Place           `json:"ours" doc:"what we took for granted, in our words"`
		Answer  Place           `json:"answer,omitzero" doc:"what the customer said to it"`
		Verdict headway.Verdict `json:"verdict" doc:"supports, partly, contradicts, not-about, or undecided to take it back" example:"contradicts"`
	}
}

func (a *api) test(ctx context.Context, in *testInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Ours, in.Body.Answer}, in.Study)
	if err != nil {
		return err
	}
	return a.hw.Test(ctx, in.Study, at[0], at[1], in.Body.Verdict)
}
