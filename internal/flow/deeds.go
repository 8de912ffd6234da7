package flow

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Place settles whose words a speaker's are, from now on and in every study.
func (f *Flow) Place(ctx context.Context, c headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error {
	defer f.tellMore() // what was heard carefully was heard of another side
	return f.apply(ctx, headway.Operation{Deed: headway.DeedPlace, Conversation: c, Speaker: speaker, Side: side})
}

// Judge says what a customer's sentence is to a guess.
func (f *Flow) Judge(ctx context.Context, study headway.StudyID, guess headway.GuessID, at headway.Span, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedJudge, Study: study, Guess: guess, Span: at, Verdict: v})
}

// Mark keeps or dismisses a label at a place, and remembers who had heard it
// there: what a detector is worth here is counted by that.
func (f *Flow) Mark(ctx context.Context, at headway.Span, l headway.Label, v headway.Verdict) error {
	heard, err := f.heardAt(ctx, at, l)
	if err != nil {
		return err
	}
	return f.apply(ctx, headway.Operation{Deed: headway.DeedMark, Span: at, Label: l, Verdict: v, By: heard.By, Counted: heard.Counted})
}

// heardAt gives who hears a label at a place, the best pass before others; the
// zero Scored where none does, or where there is no such place.
func (f *Flow) heardAt(ctx context.Context, at headway.Span, l headway.Label) (headway.Scored, error) {
	place, err := f.store.Text(ctx, f.ws, at.Text)
	if headway.ErrorCode(err) == headway.NotFound {
		return headway.Scored{}, nil // to be refused as a deed
	}
	if err != nil {
		return headway.Scored{}, err
	}
	heads, err := f.heads(ctx, store.ConversationFilter{IDs: []headway.ConversationID{place.Conversation}})
	if err != nil || len(heads) == 0 {
		return headway.Scored{}, err
	}
	versions, err := f.versions(ctx)
	if err != nil {
		return headway.Scored{}, err
	}
	for _, version := range slices.Backward(versions) {
		h, err := f.keptHearing(ctx, version, heads[0])
		if err != nil {
			return headway.Scored{}, err
		}
		if heard, found := scoredAt(h, at, l); found {
			return heard, nil
		}
	}
	return headway.Scored{}, nil
}

// keptHearing gives what is kept of what a version heard in a conversation as it
// stands; nothing where nothing is.
func (f *Flow) keptHearing(ctx context.Context, version string, head store.Head) (h headway.Hearing, err error) {
	payload, err := f.store.Derived(ctx, f.ws, stepHeard(version), version, string(head.ID), head.Inputs)
	if headway.ErrorCode(err) == headway.NotFound {
		return h, nil
	}
	if err == nil {
		err = json.Unmarshal(payload, &h)
	}
	return h, err
}

func scoredAt(h headway.Hearing, at headway.Span, l headway.Label) (headway.Scored, bool) {
	for _, sentence := range h.Sentences {
		if sentence.Span != at {
			continue
		}
		for _, s := range sentence.Labels {
			if s.Label == l {
				return s, true
			}
		}
	}
	return headway.Scored{}, false
}

// Judgements gives what members have said of places, the newest on each.
func (f *Flow) Judgements(ctx context.Context) (headway.Judgements, error) {
	ops, _, err := f.operations(ctx)
	return headway.NewJudgements(ops), err
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
