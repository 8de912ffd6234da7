package flow

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// OpenRound lets members mark a conversation without seeing what others mark in
// it, and gives the round's id. Conflict while it is in a round already.
func (f *Flow) OpenRound(ctx context.Context, c headway.ConversationID, members []headway.MemberID) (headway.RoundID, error) {
	id := headway.RoundID(headway.Digest("round", rand.Text()))
	if err := f.apply(ctx, headway.Operation{Deed: headway.DeedBlind, Round: id, Conversation: c, Members: members}); err != nil {
		return "", err
	}
	return id, nil
}

// Rounds gives the rounds of a conversation, the newest first; of all for "".
func (f *Flow) Rounds(ctx context.Context, c headway.ConversationID) ([]headway.Round, error) {
	ops, _, err := f.operations(ctx)
	if err != nil {
		return nil, err
	}
	rounds := slices.DeleteFunc(deed.Rounds(ops), func(r headway.Round) bool { return c != "" && r.Conversation != c })
	slices.Reverse(rounds)
	return rounds, nil
}

// Round gives one round, or NotFound.
func (f *Flow) Round(ctx context.Context, id headway.RoundID) (headway.Round, error) {
	rounds, err := f.Rounds(ctx, "")
	if err != nil {
		return headway.Round{}, err
	}
	i := slices.IndexFunc(rounds, func(r headway.Round) bool { return r.ID == id })
	if i < 0 {
		return headway.Round{}, headway.Errorf(headway.NotFound, "there is no round %s", id)
	}
	return rounds[i], nil
}

// RoundDone says that whoever acts has marked all of the conversation, or not yet
// after all. When all members have, all see all.
func (f *Flow) RoundDone(ctx context.Context, id headway.RoundID, done bool) error {
	r, err := f.Round(ctx, id)
	if err != nil {
		return err
	}
	op := headway.Operation{Deed: headway.DeedDone, Round: id, Conversation: r.Conversation}
	if !done {
		op.Verdict = headway.Undecided
	}
	return f.apply(ctx, op)
}

// ReleaseRound ends a round though some are not done. Only an owner may.
func (f *Flow) ReleaseRound(ctx context.Context, id headway.RoundID) error {
	if err := f.mayOwn(ctx); err != nil {
		return err
	}
	r, err := f.Round(ctx, id)
	if err != nil {
		return err
	}
	return f.apply(ctx, headway.Operation{Deed: headway.DeedRelease, Round: id, Conversation: r.Conversation})
}

// Settle decides whether a sentence on which a round disagreed is of a kind, and
// says why; Undecided, which needs no reason, opens the question again. From then
// on it takes the place of the marks in that sentence.
func (f *Flow) Settle(ctx context.Context, id headway.RoundID, sentence headway.Span, kind headway.Label, v headway.Verdict, why string) error {
	if err := f.mayWrite(ctx); err != nil {
		return err
	}
	if err := f.ofRound(ctx, id, sentence); err != nil {
		return err
	}
	heard, err := f.heardAt(ctx, sentence, kind)
	if err != nil {
		return err
	}
	op := headway.Operation{Deed: headway.DeedSettle, Round: id, Span: sentence, Label: kind, Verdict: v, By: heard.By, Counted: heard.Counted}
	if v != headway.Undecided {
		if op.Note, err = f.reason(ctx, why); err != nil {
			return err
		}
	}
	return f.apply(ctx, op)
}

func (f *Flow) reason(ctx context.Context, why string) (headway.NoteID, error) {
	why = strings.TrimSpace(why)
	if why == "" || utf8.RuneCountInString(why) > LongestNote {
		return "", headway.Errorf(headway.Invalid, "say why it is settled so, in %d characters at most: whoever reads it later will ask", LongestNote)
	}
	n := headway.Note{ID: headway.NoteID(rand.Text()), Words: why, Member: f.acting(ctx), At: f.now().UTC().Truncate(time.Microsecond)}
	return n.ID, f.store.PutNote(ctx, f.ws, n)
}

// ofRound sees that words are of the conversation that a round is about.
func (f *Flow) ofRound(ctx context.Context, id headway.RoundID, at headway.Span) error {
	r, err := f.Round(ctx, id)
	if err != nil {
		return err
	}
	place, err := f.store.Text(ctx, f.ws, at.Text)
	if err == nil && place.Conversation != r.Conversation {
		err = headway.Errorf(headway.Invalid, "these words are not of the conversation that the round was about")
	}
	return err
}
