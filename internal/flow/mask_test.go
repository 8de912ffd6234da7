package flow

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/mask"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// dentist is an invented call with everything in it that may be masked.
var dentist = source.File{Name: "dentist.txt", Data: []byte(`Marta: How do you book the chairs today?

Ines: My name is Ines Ravnikar, I call 030 23125 044 every Friday and it takes me three hours. I want to be home at five.

Marta: Thank you, Ines. And what would you have done otherwise?

Ines: I would have asked my brother, ines@zahnwerk.example has his list.
`)}

func withDentist(t *testing.T) (*Flow, headway.Study, headway.ConversationID) {
	t.Helper()
	f := rememberingIn(t, openTest(t), t.TempDir())
	s := studyWith(t, f, "Booking takes minutes instead of hours")
	o := source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ines"}}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{dentist}), o, nil))(t)
	remember(t, f)
	do(t, f.GatherAll(t.Context()))
	must2(t, f, s.ID)
	return f, s, must(f.Conversations(t.Context(), s.ID))(t)[0].ID
}

func TestWhatTellsWhoSomebodyIsIsSuggested(t *testing.T) {
	f, s, id := withDentist(t)
	var got []string
	for _, one := range must(f.Suggestions(t.Context(), id, s.ID))(t) {
		got = append(got, string(one.What)+" "+one.Quote.String())
	}
	want := "name Ines Ravnikar|phone 030 23125 044|name Ines|mail ines@zahnwerk.example"
	if strings.Join(got, "|") != want {
		t.Errorf("suggested are %q, want %q", strings.Join(got, "|"), want)
	}
}

func TestMaskedWordsAreFoundByNobodyWhoMayNotLook(t *testing.T) {
	f, s, id := withDentist(t)
	masked := []string{"ravnikar", "23125", "zahnwerk"}
	old := must(f.store.Conversation(t.Context(), f.ws, id))(t).Turns[1].Text.ID
	if n := must(f.MaskSuggested(t.Context(), id, s.ID))(t); n != 4 {
		t.Fatalf("%d places were masked", n)
	}
	remember(t, f)
	do(t, f.GatherAll(t.Context()))
	for _, access := range []headway.Access{headway.Editor, headway.Viewer} {
		ctx := as(t, access)
		var all []any
		for _, words := range append(masked, "ravni*", `"23125 044"`, "the phone number of Ines Ravnikar", "zahnw*") {
			all = append(all, must(f.Search(ctx, Query{Words: words, Through: s.ID}))(t).Hits)
		}
		m, texts, err := f.Mirror(ctx, s.ID, mirror.Choices{})
		do(t, err)
		c, h, err := f.Conversation(ctx, id, s.ID)
		do(t, err)
		ops, history, err := f.History(ctx)
		do(t, err)
		all = append(all, m, texts, c, h, ops, history, must(f.Suggestions(ctx, id, s.ID))(t), must(f.Masks(ctx, id, s.ID))(t))
		do(t, f.Export(ctx, func(_ string, data []byte) error { all = append(all, string(data)); return nil }))
		for _, row := range all {
			data := strings.ToLower(string(must(json.Marshal(row))(t)))
			for _, word := range masked {
				if strings.Contains(data, word) {
					t.Errorf("%s: %q is told by %.300s", access, word, data)
				}
			}
		}
		if _, err := f.store.Text(ctx, f.ws, old); headway.ErrorCode(err) != headway.NotFound {
			t.Errorf("the old words can be read: %v", err)
		}
		if _, err := f.Original(ctx, old); headway.ErrorCode(err) != headway.Denied {
			t.Errorf("%s may look behind the mask: %v", access, err)
		}
	}
	wantFound(t, f, Query{Words: "brother", Through: s.ID}, "words I would have asked my brother, [mail] has his list.")
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 {
		t.Errorf("verified: %+v", v)
	}
}

func TestOnlyAnOwnerLiftsAMaskByWhateverWay(t *testing.T) {
	f, s, id := withDentist(t)
	editor := as(t, headway.Editor)
	must(f.MaskSuggested(editor, id, s.ID))(t)
	seq := must(f.Masks(editor, id, s.ID))(t)[0].Seq
	if err := f.Lift(editor, seq); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor may lift: %v", err)
	}
	if _, err := f.Undo(editor); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor may undo a mask: %v", err)
	}
	if _, err := f.TakeBack(editor, seq); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("an editor may take a mask back: %v", err)
	}
	do(t, f.Lift(t.Context(), seq))
	c, _, err := f.Conversation(editor, id, s.ID)
	do(t, err)
	if !strings.Contains(c.Turns[1].Text.Text, "Ines Ravnikar") || !strings.Contains(c.Turns[3].Text.Text, "[mail]") {
		t.Errorf("lifted are %q and %q", c.Turns[1].Text.Text, c.Turns[3].Text.Text)
	}
}

func TestTheSameWordsAreMaskedEverywhere(t *testing.T) {
	f, s, id := withDentist(t)
	other := source.File{Name: "other.txt", Data: []byte("Marta: Who told you?\n\nOle: It was ines ravnikar, and Ines Ravnikar again.\n")}
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{other}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ole"}}, nil))(t)
	first := must(f.Suggestions(t.Context(), id, s.ID))(t)[0]
	if n := must(f.MaskSame(t.Context(), ToMask{first.Span, mask.Name}))(t); n != 3 {
		t.Errorf("%d places were masked, want 3", n)
	}
}

func TestWhoLooksBehindAMaskIsWrittenDown(t *testing.T) {
	f, s, id := withDentist(t)
	var told []string
	f.audit = func(_ context.Context, act access.Act, what string) error {
		told = append(told, string(act)+" "+what)
		return nil
	}
	old := must(f.store.Conversation(t.Context(), f.ws, id))(t).Turns[1].Text.ID
	must(f.MaskSuggested(t.Context(), id, s.ID))(t)
	text := must(f.Original(t.Context(), old))(t)
	if !strings.Contains(text.Text, "Ravnikar") {
		t.Errorf("the owner sees %q", text.Text)
	}
	for _, access := range []headway.Access{headway.Editor, headway.Viewer} {
		if _, err := f.Original(as(t, access), old); headway.ErrorCode(err) != headway.Denied {
			t.Errorf("%s looks: %v", access, err)
		}
	}
	at := "conversation " + string(id)
	if want := []string{"unmasked " + at, "unmask-refused " + at, "unmask-refused " + at}; !slices.Equal(told, want) {
		t.Errorf("written down is %q, want %q", told, want)
	}
}

func TestAPersonWhoseWordsWereMaskedIsErasedWithThem(t *testing.T) {
	dir := t.TempDir()
	f := openAt(t, dir)
	s := studyWith(t, f, "minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{dentist}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Ines"}}, nil))(t)
	id := must(f.Conversations(t.Context(), s.ID))(t)[0].ID
	c := must(f.store.Conversation(t.Context(), f.ws, id))(t)
	must(f.MaskSuggested(t.Context(), id, s.ID))(t)
	must(f.CorrectText(t.Context(), must(f.store.Conversation(t.Context(), f.ws, id))(t).Turns[3].Text.ID, "I would have asked a brontosaur."))(t)
	must(f.Erase(t.Context(), c.Speakers[1].Person(), true))(t)
	for _, word := range []string{"ravnikar", "23125", "zahnwerk", "brontosaur", "brother"} {
		for _, name := range must(filepath.Glob(filepath.Join(dir, "*")))(t) {
			data, err := os.ReadFile(name)
			if err == nil && bytes.Contains(bytes.ToLower(data), []byte(word)) {
				t.Errorf("%s holds %q", filepath.Base(name), word)
			}
		}
	}
}
