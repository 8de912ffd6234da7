package flow

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
)

func TestOursAreNeverMarkedAsACustomers(t *testing.T) {
	f := openTest(t)
	c := talk(t, f)
	theirs, ours := wordsOf(c, 1, 0, 10), wordsOf(c, 0, 0, 10)
	for name, m := range map[string]Marking{
		"our words as a kind":      {ours, headway.Struggle, headway.Kept},
		"theirs as an act of ours": {theirs, headway.Pitch, headway.Kept},
		"a passage over both":      {headway.Passage{theirs[0], wordsOf(c, 2, 0, 5)[0]}, headway.Struggle, headway.Kept},
	} {
		if err := f.MarkAll(t.Context(), []Marking{m}); headway.ErrorCode(err) != headway.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := f.Mark(t.Context(), ours, headway.Struggle, headway.Undecided); err != nil {
		t.Errorf("taking back is always allowed: %v", err)
	}
}

func TestMarksAndNotesOnWordsThatWereCorrectedAreRefused(t *testing.T) {
	f, _, c := talked(t)
	turn := c.Turns[1]
	at := headway.Passage{{Text: turn.Text.ID, End: 4}}
	misheard(t, f, turn, string([]rune(turn.Text.Text)[:4]), "They")
	if err := f.Mark(t.Context(), at, headway.Struggle, headway.Kept); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("the mark: %v", err)
	}
	if _, err := f.Note(t.Context(), at, "ask again"); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("the note: %v", err)
	}
}

func TestANoteHasSoManyCharactersAtMost(t *testing.T) {
	f := openTest(t)
	at := wordsOf(talk(t, f), 1, 0, 10)
	if _, err := f.Note(t.Context(), at, strings.Repeat("ü", LongestNote)); err != nil {
		t.Error(err)
	}
	if _, err := f.Note(t.Context(), at, strings.Repeat("u", LongestNote+1)); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("one more: %v", err)
	}
}

func TestAllThatWasHeardOfAKindIsDecidedOnAsOne(t *testing.T) {
	f, s, c := talked(t)
	_, hearing, err := f.Conversation(t.Context(), c.ID, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	counted := map[headway.Label]int{}
	for _, h := range hearing.Sentences {
		for _, l := range h.Labels {
			if l.Counted {
				counted[l.Label]++
			}
		}
	}
	kind := headway.Struggle
	for l, n := range counted {
		if n > counted[kind] {
			kind = l
		}
	}
	done := must(f.MarkHeard(t.Context(), c.ID, s.ID, kind, headway.Kept))(t)
	if len(done) != counted[kind] || counted[kind] == 0 {
		t.Errorf("%d of %d %s were kept", len(done), counted[kind], kind)
	}
	if _, err := f.MarkHeard(t.Context(), c.ID, s.ID, kind, headway.Kept); headway.ErrorCode(err) != headway.Invalid {
		t.Errorf("nothing is left: %v", err)
	}
	if back := must(f.Undo(t.Context()))(t); len(back) != len(done) {
		t.Errorf("one undo takes %d of %d back", len(back), len(done))
	}
}
