package flow

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
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
	var at headway.Passage
	for _, m := range marks {
		at = append(at, m.At...)
	}
	places, err := f.standing(ctx, at)
	if err != nil {
		return nil, err
	}
	ops := make([]headway.Operation, 0, len(marks))
	for _, m := range marks {
		if err := sideFits(m, places); err != nil {
			return nil, err
		}
		heard, err := f.labelsOf(ctx, places[m.At.First().Text].Conversation)
		if err != nil {
			return nil, err
		}
		by := heard[spot{m.At.First(), m.Label}]
		ops = append(ops, headway.Operation{
			Deed: headway.DeedMark, Span: m.At.First(), More: m.At.More(), Label: m.Label, Verdict: m.Verdict,
			By: by.By, Counted: by.Counted,
		})
	}
	return f.applied(ctx, ops...)
}

// standing gives where the texts of a passage are; those that are nowhere are
// left out, to be refused as a deed. Conflict where a turn is worded otherwise by
// now: what hangs on its words was carried along, and what comes late is to be
// chosen anew.
func (f *Flow) standing(ctx context.Context, at headway.Passage) (map[headway.TextID]store.Place, error) {
	var texts []headway.TextID
	for _, s := range at {
		texts = append(texts, s.Text)
	}
	places, err := f.store.Places(ctx, f.ws, texts)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		if p.Outdated {
			return nil, headway.Errorf(headway.Conflict, "these words are not in their conversation as it stands: somebody may have corrected them")
		}
	}
	return places, nil
}

// sideFits refuses to call our words a customer's, and theirs ours. Taking back
// is always allowed.
func sideFits(m Marking, places map[headway.TextID]store.Place) error {
	if m.Verdict != headway.Kept {
		return nil
	}
	side := headway.Ours
	if slices.Contains(headway.Kinds(), m.Label) {
		side = headway.Theirs
	}
	for _, s := range m.At {
		switch p, here := places[s.Text]; {
		case !here || p.Side == side:
		case side == headway.Theirs:
			return headway.Errorf(headway.Invalid, "%s is for a customer's words, and these are not: say first whose they are, under People", m.Label)
		default:
			return headway.Errorf(headway.Invalid, "%s is for our own words, and these are not", m.Label)
		}
	}
	return nil
}

// MarkHeard keeps all that count of a label in a conversation, or dismisses all
// suggestions of it, as one deed. Invalid where nothing is left to decide on.
func (f *Flow) MarkHeard(ctx context.Context, c headway.ConversationID, through headway.StudyID, l headway.Label, v headway.Verdict) ([]headway.Operation, error) {
	if v != headway.Kept && v != headway.Dismissed {
		return nil, headway.Errorf(headway.Invalid, "%q is no verdict here: say kept or dismissed", v)
	}
	_, hearing, err := f.Conversation(ctx, c, through)
	if err != nil {
		return nil, err
	}
	judged, err := f.Judgements(ctx)
	if err != nil {
		return nil, err
	}
	var marks []Marking
	for _, h := range hearing.Sentences {
		for _, heard := range h.Labels {
			if heard.Label == l && heard.Counted == (v == headway.Kept) && judged.Labels[l][h.Span] == "" {
				marks = append(marks, Marking{At: headway.Passage{h.Span}, Label: l, Verdict: v})
			}
		}
	}
	if len(marks) == 0 {
		return nil, headway.Errorf(headway.Invalid, "there is nothing of %s left to decide on here", l)
	}
	return f.Marked(ctx, marks)
}

// LongestNote is how many characters a note may have.
const LongestNote = 6000

// Note writes a note beside a passage, and gives its id.
func (f *Flow) Note(ctx context.Context, at headway.Passage, words string) (headway.NoteID, error) {
	words = strings.TrimSpace(words)
	if words == "" || utf8.RuneCountInString(words) > LongestNote {
		return "", headway.Errorf(headway.Invalid, "a note needs words, of %d characters at most", LongestNote)
	}
	if err := f.mayWrite(ctx); err != nil {
		return "", err
	}
	if _, err := f.standing(ctx, at); err != nil {
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
