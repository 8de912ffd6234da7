package flow

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// Studies lists the studies, first opened first. A sample whose conversations
// were removed is not among them.
func (f *Flow) Studies(ctx context.Context) ([]headway.Study, error) {
	all, err := f.store.Studies(ctx, f.ws)
	if err != nil {
		return nil, err
	}
	var studies []headway.Study
	for _, s := range all {
		removed, err := f.removedSample(ctx, s)
		if err != nil {
			return nil, err
		}
		if !removed {
			studies = append(studies, s)
		}
	}
	return studies, nil
}

// removedSample says whether a study is an invented one whose conversations were
// taken out again.
func (f *Flow) removedSample(ctx context.Context, s headway.Study) (bool, error) {
	if !s.Sample {
		return false, nil
	}
	heads, _, err := f.store.Conversations(ctx, f.ws, store.ConversationFilter{Study: s.ID}, store.Page{Limit: 1})
	return len(heads) == 0, err
}

// Study gives one study, or NotFound.
func (f *Flow) Study(ctx context.Context, id headway.StudyID) (headway.Study, error) {
	s, err := f.store.Study(ctx, f.ws, id)
	if err != nil {
		return s, err
	}
	removed, err := f.removedSample(ctx, s)
	if removed && err == nil {
		return headway.Study{}, headway.Errorf(headway.NotFound, "the invented sample was removed: the page of a new study opens it again")
	}
	return s, err
}

// OpenStudy begins a study, in the phase of guessing.
func (f *Flow) OpenStudy(ctx context.Context, name string, about headway.About) (headway.Study, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return headway.Study{}, headway.Errorf(headway.Invalid, "give the study a name, for instance the customer's or the question's")
	}
	if err := within("a study's name", name, longestName); err != nil {
		return headway.Study{}, err
	}
	at := f.now().UTC().Truncate(time.Microsecond)
	return f.open(ctx, headway.Study{
		ID: headway.StudyID(headway.Digest("study", string(f.ws), name, at.Format(time.RFC3339Nano))), Name: name, About: about, Opened: at,
	})
}

func (f *Flow) open(ctx context.Context, s headway.Study) (headway.Study, error) {
	if err := f.mayWrite(ctx); err != nil {
		return headway.Study{}, err
	}
	s.Phase = headway.Guessing
	if err := f.store.PutStudy(ctx, f.ws, s); err != nil {
		return headway.Study{}, err
	}
	return s, f.apply(ctx, headway.Operation{Deed: headway.DeedOpen, Study: s.ID})
}

// Guesses lists a study's guesses in the order in which they were sealed. Until
// the reveal those that colleagues have sealed are not among them: nobody guesses
// with another's guess before their eyes.
func (f *Flow) Guesses(ctx context.Context, study headway.StudyID) ([]headway.Guess, error) {
	s, err := f.store.Study(ctx, f.ws, study)
	if err != nil {
		return nil, err
	}
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if !s.Phase.Revealed() {
		guesses = slices.DeleteFunc(guesses, func(g headway.Guess) bool { return g.Seal != "" })
	}
	return guesses, err
}

// Seal closes guesses before anything is shown, and gives the last hash of
// their chain. Invalid without a guess: looking without guessing is Skip.
func (f *Flow) Seal(ctx context.Context, study headway.StudyID, guesses []headway.Guess) (seal string, err error) {
	if len(guesses) == 0 {
		return "", headway.Errorf(headway.Invalid, "there is nothing to seal: write at least one guess, or skip")
	}
	guesses, err = f.written(ctx, study, guesses)
	if err != nil {
		return "", err
	}
	return f.sealThese(ctx, study, guesses)
}

// written checks guesses and notes who wrote them and when.
func (f *Flow) written(ctx context.Context, study headway.StudyID, guesses []headway.Guess) ([]headway.Guess, error) {
	if err := f.mayWrite(ctx); err != nil {
		return nil, err
	}
	at := f.now().UTC().Truncate(time.Microsecond)
	var checked []headway.Guess
	for _, g := range guesses {
		made, err := headway.NewGuess(study, g.Slot, g.Text)
		if err = cmp.Or(err, within("a guess", g.Text, longestGuess), within("the name of who guesses", g.Author, longestName)); err != nil {
			return nil, err
		}
		made.Author, made.Member, made.At = strings.TrimSpace(g.Author), f.acting(ctx), at
		checked = append(checked, made)
	}
	return checked, nil
}

// sealThese writes guesses down and seals all of the study that are open then.
func (f *Flow) sealThese(ctx context.Context, study headway.StudyID, written []headway.Guess) (seal string, err error) {
	return f.sealBy(ctx, study, written, func(op headway.Operation) error { return f.apply(ctx, op) })
}

// sealBy is sealThese with a deed of the caller's.
func (f *Flow) sealBy(ctx context.Context, study headway.StudyID, written []headway.Guess, do func(headway.Operation) error) (seal string, err error) {
	f.sealing.Lock()
	defer f.sealing.Unlock()
	if err := f.store.PutGuesses(ctx, f.ws, study, written); err != nil {
		return "", err
	}
	guesses, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return "", err
	}
	previous := ""
	var open []headway.Guess
	for _, g := range guesses {
		if g.Seal != "" {
			previous = g.Seal
		} else {
			open = append(open, g)
		}
	}
	seal = headway.SealAll(open, previous)
	op := headway.Operation{Deed: headway.DeedSeal, Study: study, Seal: seal}
	for _, g := range open {
		op.Guesses = append(op.Guesses, g.ID)
	}
	return seal, do(op)
}

// Skip looks without sealing; guesses written from now on are marked late.
func (f *Flow) Skip(ctx context.Context, study headway.StudyID) error {
	return f.apply(ctx, headway.Operation{Deed: headway.DeedSkip, Study: study})
}

// AddGuess writes a guess after the reveal. It is marked late and sealed at once;
// one that stands in the study already stays as it is.
func (f *Flow) AddGuess(ctx context.Context, study headway.StudyID, g headway.Guess) error {
	if _, err := f.revealed(ctx, study); err != nil {
		return err
	}
	late, err := f.written(ctx, study, []headway.Guess{g})
	if err != nil {
		return err
	}
	late[0].Late = true
	kept, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil || slices.ContainsFunc(kept, func(k headway.Guess) bool { return k.ID == late[0].ID }) {
		return err // the same guess again is the same guess
	}
	_, err = f.sealThese(ctx, study, late)
	return err
}

// revealed gives a study whose evidence may be shown, else Denied.
func (f *Flow) revealed(ctx context.Context, id headway.StudyID) (headway.Study, error) {
	s, err := f.store.Study(ctx, f.ws, id)
	if err != nil {
		return s, err
	}
	if !s.Phase.Revealed() {
		return s, headway.Errorf(headway.Denied, "%q is still guessing: seal your guesses or skip, then look", s.Name)
	}
	return s, nil
}
