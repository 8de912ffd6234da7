package flow

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// mostGuesses bounds what those who have a link can make a study hold.
const mostGuesses = 500

// SealFor seals guesses in a colleague's name, "" for none, and reveals nothing:
// the study goes on guessing, and shows them with all others at the reveal. Whoever
// has a link may, though they may change nothing else. Conflict once the study is
// revealed, or when it holds very many.
func (f *Flow) SealFor(ctx context.Context, study headway.StudyID, name string, guesses []headway.Guess) (seal string, err error) {
	s, err := f.store.Study(ctx, f.ws, study)
	if err != nil {
		return "", err
	}
	if s.Phase.Revealed() {
		return "", headway.Errorf(headway.Conflict, "%q is revealed: a guess through a link comes before that", s.Name)
	}
	kept, err := f.store.Guesses(ctx, f.ws, study)
	if err != nil {
		return "", err
	}
	if len(kept)+len(guesses) > mostGuesses {
		return "", headway.Errorf(headway.Conflict, "this study holds %d guesses, and no more are taken through a link", len(kept))
	}
	at := f.now().UTC().Truncate(time.Microsecond)
	name = strings.TrimSpace(name)
	var written []headway.Guess
	for _, g := range guesses {
		made, err := headway.NewGuess(study, g.Slot, g.Text)
		if err = cmp.Or(err, within("a guess", g.Text, longestGuess), within("your name", name, longestName)); err != nil {
			return "", err
		}
		made.Author, made.Member, made.At = name, f.acting(ctx), at
		// Two who guess the same have guessed twice.
		made.ID = headway.GuessID(headway.Digest("guess", string(study), string(g.Slot), made.Text, name, string(made.Member), at.Format(time.RFC3339Nano)))
		written = append(written, made)
	}
	return f.sealBy(ctx, study, written, func(op headway.Operation) error {
		op.Member, op.At, op.Verdict = f.acting(ctx), at, headway.Undecided
		_, err := f.store.Apply(ctx, f.ws, op)
		return err
	})
}
