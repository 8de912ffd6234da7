package flow

import (
	"cmp"
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

// Judge says what a customer's sentence is to a guess.
func (f *Flow) Judge(ctx context.Context, study headway.StudyID, guess headway.GuessID, at headway.Span, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedJudge, Study: study, Guess: guess, Span: at, Verdict: v})
}

// Judgements gives what members have said of places, the newest on each.
func (f *Flow) Judgements(ctx context.Context) (deed.Judgements, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return deed.Judgements{}, err
	}
	return f.judged(ctx, ops)
}

// judged replays operations. What lost its support is told with the conversation in
// which the words stood.
func (f *Flow) judged(ctx context.Context, ops []headway.Operation) (deed.Judgements, error) {
	j := deed.NewJudgements(ops)
	return j, f.locate(ctx, j.Lost)
}

// locate tells of lost deeds in which conversation their words stood.
func (f *Flow) locate(ctx context.Context, lost []deed.Lost) error {
	if len(lost) == 0 {
		return nil
	}
	texts := make([]headway.TextID, len(lost))
	for i, l := range lost {
		texts[i] = cmp.Or(l.Span.Text, l.Answer.Text)
	}
	places, err := f.store.Places(ctx, f.ws, texts)
	for i := range lost {
		lost[i].Conversation = cmp.Or(lost[i].Conversation, places[texts[i]].Conversation)
	}
	return err
}

// Test says what the customer's answer did to something we took for granted.
func (f *Flow) Test(ctx context.Context, study headway.StudyID, ours, answer headway.Span, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedTest, Study: study, Span: ours, Answer: answer, Verdict: v})
}

// Merge says that two persons are one.
func (f *Flow) Merge(ctx context.Context, person, into headway.PersonID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedMerge, Person: person, Into: into})
}

// remove takes all conversations that a filter lets through out of the workspace.
func (f *Flow) remove(ctx context.Context, filter store.ConversationFilter) error {
	defer f.tellMore() // what they meant is to be forgotten
	heads, err := f.heads(ctx, filter)
	if err != nil || len(heads) == 0 {
		return err
	}
	op := headway.Operation{Deed: headway.DeedRemove}
	for _, h := range heads {
		op.Conversations = append(op.Conversations, h.ID)
	}
	if err := f.apply(ctx, op); err != nil {
		return err
	}
	if err := f.hangAgain(ctx); err != nil {
		return err
	}
	// Kept mirrors hold names of whom was removed.
	if _, err = f.store.Sweep(ctx, f.ws, stepMirror, ""); err != nil {
		return err
	}
	return f.forgetOwn(ctx)
}
