package flow

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// Marking keeps, dismisses or takes back a label on a passage.
type Marking struct {
	At      headway.Passage
	Label   headway.Label
	Verdict headway.Verdict
}

// Mark keeps or dismisses a label on a passage, and remembers who had heard it
// there: what a detector is worth here is counted by that.
func (f *Flow) Mark(ctx context.Context, at headway.Passage, l headway.Label, v headway.Verdict) error {
	return f.MarkAll(ctx, []Marking{{at, l, v}})
}

// MarkAll marks many passages as one deed, all or none.
func (f *Flow) MarkAll(ctx context.Context, marks []Marking) error {
	_, err := f.Marked(ctx, marks)
	return err
}

// Marked is MarkAll that gives the deeds as they were kept.
func (f *Flow) Marked(ctx context.Context, marks []Marking) ([]headway.Operation, error) {
	ops := make([]headway.Operation, 0, len(marks))
	for _, m := range marks {
		heard, err := f.heardAt(ctx, m.At.First(), m.Label)
		if err != nil {
			return nil, err
		}
		ops = append(ops, headway.Operation{
			Deed: headway.DeedMark, Span: m.At.First(), More: m.At.More(), Label: m.Label, Verdict: m.Verdict,
			By: heard.By, Counted: heard.Counted,
		})
	}
	return f.applied(ctx, ops...)
}

// longestNote is how many bytes a note may have.
const longestNote = 20_000

// Note writes a note beside a passage, and gives its id.
func (f *Flow) Note(ctx context.Context, at headway.Passage, words string) (headway.NoteID, error) {
	words = strings.TrimSpace(words)
	if words == "" || len(words) > longestNote {
		return "", headway.Errorf(headway.Invalid, "a note needs words, %d bytes of them at most", longestNote)
	}
	if err := f.mayWrite(ctx); err != nil {
		return "", err
	}
	n := headway.Note{ID: headway.NoteID(rand.Text()), Words: words, Member: f.acting(ctx), At: f.now().UTC().Truncate(time.Microsecond)}
	if err := f.store.PutNote(ctx, f.ws, n); err != nil {
		return "", err
	}
	return n.ID, f.apply(ctx, headway.Operation{Deed: headway.DeedNote, Note: n.ID, Span: at.First(), More: at.More()})
}

// TakeOffNote takes a note off the passage that it hangs on.
func (f *Flow) TakeOffNote(ctx context.Context, id headway.NoteID) error {
	judged, err := f.Judgements(ctx)
	if err != nil {
		return err
	}
	for _, n := range judged.Notes {
		if n.Note == id {
			return f.apply(ctx, headway.Operation{Deed: headway.DeedNote, Note: id, Span: n.On.First(), More: n.On.More(), Verdict: headway.Undecided})
		}
	}
	return headway.Errorf(headway.NotFound, "there is no note %s", id)
}

// Notes gives the words of notes that hang somewhere; see Judgements.Notes.
func (f *Flow) Notes(ctx context.Context, ids ...headway.NoteID) (map[headway.NoteID]headway.Note, error) {
	return f.store.Notes(ctx, f.ws, ids)
}
