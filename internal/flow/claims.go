package flow

import (
	"context"
	"slices"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/store"
)

// Holding is a claim as a member writes it.
type Holding struct {
	Study   headway.StudyID
	Part    headway.Part
	Of      headway.ClaimID   // what it is a part of
	Words   string            // a member's
	Instead headway.ClaimID   // the claim whose place it takes
	On      []headway.Passage // customers' words that say it; without any it is ours
	// Choice is settled with it, of what stands alone or under something.
	Choice headway.Choice
	// Episodes are put into it, where it is a job.
	Episodes []headway.EpisodeID
}

// Hold keeps a claim with the words that it rests on, as one deed. What a
// customer wanted rests on words of theirs, and what they found on later ones.
func (f *Flow) Hold(ctx context.Context, h Holding) (headway.Claim, error) {
	c, err := headway.NewClaim(h.Study, h.Part, h.Of, h.Words)
	if err != nil {
		return c, err
	}
	if err := f.mayWrite(ctx); err != nil {
		return c, err
	}
	if err := f.mayHold(ctx, h); err != nil {
		return c, err
	}
	c.Member, c.At = f.acting(ctx), f.now().UTC().Truncate(time.Microsecond)
	ops := []headway.Operation{{Deed: headway.DeedClaim, Study: h.Study, Claim: c.ID, Other: h.Instead}}
	for _, at := range h.On {
		ops = append(ops, bearing(h.Study, c.ID, at, headway.Supports))
	}
	if h.Choice != "" {
		ops = append(ops, headway.Operation{Deed: headway.DeedChoose, Study: h.Study, Claim: c.ID, Choice: h.Choice})
	}
	for _, e := range h.Episodes {
		ops = append(ops, headway.Operation{Deed: headway.DeedGroup, Study: h.Study, Episode: e, Claim: c.ID, Verdict: headway.Kept})
	}
	_, err = f.appliedBy(ctx, ops, func(ctx context.Context, ws headway.WorkspaceID, ops []headway.Operation) ([]headway.Operation, error) {
		return f.store.HoldClaim(ctx, ws, c, ops)
	})
	return c, err
}

// mayHold refuses wants that no customer told: we may believe what they want,
// as a guess; only their words make it theirs.
func (f *Flow) mayHold(ctx context.Context, h Holding) error {
	held, err := f.Held(ctx, h.Study)
	if err != nil {
		return err
	}
	if before, known := held.Words[h.Instead]; known && before.Part == h.Part && held.Root(before.Of) != held.Root(h.Of) {
		return headway.Errorf(headway.Invalid, "a claim takes the place of another of the same %s: write it as a new one", held.Words[before.Of].Part)
	}
	switch {
	case h.Part != headway.PartWanted && h.Part != headway.PartFound:
		return nil
	case len(h.On) == 0:
		return headway.Errorf(headway.Invalid, "what a customer wants is told by them: choose the words that say it, or write it as a guess")
	case h.Part == headway.PartWanted:
		return nil
	}
	wanted := slices.DeleteFunc(slices.Clone(held.Bearing(h.Of)), func(b deed.Borne) bool { return b.Verdict != headway.Supports })
	if len(wanted) == 0 {
		return headway.Errorf(headway.Invalid, "choose first the words with which they said what they wanted")
	}
	for _, on := range h.On {
		if !slices.ContainsFunc(wanted, func(b deed.Borne) bool { err = f.isLater(ctx, b.On.First(), on.First()); return err == nil }) {
			return err
		}
	}
	return nil
}

// isLater refuses words that the same customer did not say after others.
func (f *Flow) isLater(ctx context.Context, first, then headway.Span) error {
	merges, err := f.store.Merges(ctx, f.ws)
	if err != nil {
		return err
	}
	var places [2]store.Place
	var dates [2]headway.Date
	for i, at := range []headway.Span{first, then} {
		if places[i], err = f.store.Text(ctx, f.ws, at.Text); err != nil {
			return err
		}
		c, err := f.store.Conversation(ctx, f.ws, places[i].Conversation)
		if err != nil {
			return err
		}
		dates[i] = c.Date
		if into, merged := merges[places[i].Person]; merged {
			places[i].Person = into
		}
	}
	before, after := places[0], places[1]
	switch {
	case before.Person != after.Person:
		return headway.Errorf(headway.Invalid, "what a customer found is told by the same customer: choose words of theirs, or say under People that both are one person")
	case before.Conversation == after.Conversation && (before.Turn < after.Turn || before.Turn == after.Turn && first.End <= then.Start):
		return nil
	case before.Conversation == after.Conversation:
		return headway.Errorf(headway.Invalid, "what they found comes after what they wanted: choose later words of theirs")
	case dates[0].Time.IsZero() || dates[1].Time.IsZero():
		return headway.Errorf(headway.Invalid, "nobody knows which of the two conversations came first: give both a date")
	case !dates[0].Time.Before(dates[1].Time):
		return headway.Errorf(headway.Invalid, "what they found comes after what they wanted: that conversation was earlier, or on the same day")
	}
	return nil
}

// Drop takes a claim off, with what it is made of; its versions stay to be read.
func (f *Flow) Drop(ctx context.Context, study headway.StudyID, claim headway.ClaimID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedClaim, Study: study, Claim: claim, Verdict: headway.Undecided})
}

// Bear lays a customer's words beside a claim: they say it (Supports), a member
// reads it from them (Partly), they say otherwise (Contradicts), or they are not
// about it.
func (f *Flow) Bear(ctx context.Context, study headway.StudyID, claim headway.ClaimID, on headway.Passage, v headway.Verdict) error {
	return f.apply(ctx, bearing(study, claim, on, v))
}

func bearing(study headway.StudyID, claim headway.ClaimID, on headway.Passage, v headway.Verdict) headway.Operation {
	return headway.Operation{Deed: headway.DeedBear, Study: study, Claim: claim, Span: on.First(), More: on.More(), Verdict: v}
}

// Choose settles something about a claim, on a customer's words where there are
// some; of a criterion for one job. No choice takes it back.
func (f *Flow) Choose(ctx context.Context, study headway.StudyID, claim, job headway.ClaimID, c headway.Choice, on headway.Passage) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedChoose, Study: study, Claim: claim, Other: job, Choice: c, Span: on.First(), More: on.More()})
}

// PutEpisodes puts episodes into a job (Kept), into none (Dismissed), or back to
// where they were proposed (Undecided), all as one deed.
func (f *Flow) PutEpisodes(ctx context.Context, study headway.StudyID, job headway.ClaimID, v headway.Verdict, episodes ...headway.EpisodeID) error {
	if len(episodes) == 0 {
		return headway.Errorf(headway.Invalid, "choose at least one episode")
	}
	var ops []headway.Operation
	for _, e := range episodes {
		op := headway.Operation{Deed: headway.DeedGroup, Study: study, Episode: e, Verdict: v}
		if v == headway.Kept {
			op.Claim = job
		}
		ops = append(ops, op)
	}
	return f.apply(ctx, ops...)
}

// JoinJobs makes one job of two; the second stays.
func (f *Flow) JoinJobs(ctx context.Context, study headway.StudyID, job, into headway.ClaimID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedJoin, Study: study, Claim: job, Other: into})
}

// PartJobs makes two again of jobs that were joined.
func (f *Flow) PartJobs(ctx context.Context, study headway.StudyID, job, from headway.ClaimID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedJoin, Study: study, Claim: job, Other: from, Verdict: headway.Undecided})
}

// BeginEpisode says that with these words a customer begins to tell of another
// episode (Kept), or goes on with the same (Dismissed).
func (f *Flow) BeginEpisode(ctx context.Context, at headway.Span, v headway.Verdict) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedEpisode, Span: at, Verdict: v})
}

// Held is what a study holds of its customers' progress.
type Held struct {
	deed.Claims
	Words map[headway.ClaimID]headway.Claim // of all that were ever held
	Texts mirror.Texts                      // of what bears on them, as far as it is there still
}

// Held gives what a study holds. Denied while it is guessing.
func (f *Flow) Held(ctx context.Context, study headway.StudyID) (held Held, err error) {
	if _, err := f.revealed(ctx, study); err != nil {
		return held, err
	}
	ops, _, err := f.operations(ctx)
	if err != nil {
		return held, err
	}
	all, err := f.store.Claims(ctx, f.ws, study)
	if err != nil {
		return held, err
	}
	held.Claims, held.Words = deed.NewClaims(ops, study), make(map[headway.ClaimID]headway.Claim, len(all))
	for _, c := range all {
		held.Words[c.ID] = c
	}
	held.Texts, err = f.theirTexts(ctx, held.Claims.Texts())
	return held, err
}

// theirTexts gives, of texts of customers, those that are there still.
func (f *Flow) theirTexts(ctx context.Context, ids []headway.TextID) (mirror.Texts, error) {
	places, err := f.store.Places(ctx, f.ws, ids)
	texts := make(mirror.Texts, len(places))
	for id, place := range places {
		if !place.Text.Erased() && place.Side == headway.Theirs {
			texts[id] = place.Text
		}
	}
	return texts, err
}

// Status says what one version of a claim rests on now: words that were
// forgotten, or turned out not to be a customer's, carry nothing.
func (h Held) Status(id headway.ClaimID) headway.Status {
	status := headway.StatusOurs
	for _, b := range h.Bearing(id) {
		switch {
		case h.Texts.Quote(b.On.First()).IsZero():
		case b.Verdict == headway.Supports:
			return headway.StatusSaid
		case b.Verdict == headway.Partly:
			status = headway.StatusInferred
		}
	}
	return status
}
