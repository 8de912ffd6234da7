package flow

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/source"
)

// talk imports one invented conversation and gives it.
func talk(t *testing.T, f *Flow) headway.Conversation {
	t.Helper()
	s := studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	heads := must(f.Conversations(t.Context(), s.ID))(t)
	return must(f.store.Conversation(t.Context(), f.ws, heads[0].ID))(t)
}

// some words of a turn.
func wordsOf(c headway.Conversation, turn, from, to int) headway.Passage {
	return headway.Passage{{Text: c.Turns[turn].Text.ID, Start: from, End: to}}
}

func TestAThousandMarksAreUndoneAndDoneAgain(t *testing.T) {
	f := openTest(t)
	c := talk(t, f)
	ctx := t.Context()
	before := must(f.Judgements(ctx))(t)
	kinds := headway.Kinds()
	const all = 1000
	var marks []Marking
	for i := range all {
		from := i % 60
		marks = append(marks, Marking{wordsOf(c, 1, from, from+1+i/60), kinds[i%len(kinds)], headway.Kept})
	}
	for _, m := range marks[:all/2] {
		if err := f.Mark(ctx, m.At, m.Label, m.Verdict); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.MarkAll(ctx, marks[all/2:]); err != nil {
		t.Fatal(err)
	}
	after := must(f.Judgements(ctx))(t)
	undone := 0
	for ; undone < all; undone += len(must(f.Undo(ctx))(t)) {
	}
	if undone != all {
		t.Errorf("%d of %d were undone", undone, all)
	}
	if diff := cmp.Diff(verdictsOf(before), verdictsOf(must(f.Judgements(ctx))(t))); diff != "" {
		t.Errorf("undone, but not as it was (-before +now):\n%s", diff)
	}
	for done := 0; done < all; done += len(must(f.Redo(ctx))(t)) {
	}
	if diff := cmp.Diff(verdictsOf(after), verdictsOf(must(f.Judgements(ctx))(t))); diff != "" {
		t.Errorf("done again, but not as it was (-before +now):\n%s", diff)
	}
	_, err := f.Redo(ctx)
	wantCode(t, err, headway.NotFound)
}

// verdictsOf gives the labels that hold somewhere.
func verdictsOf(j deed.Judgements) map[headway.Label]map[headway.Span]headway.Verdict {
	held := map[headway.Label]map[headway.Span]headway.Verdict{}
	for l, places := range j.Labels {
		if len(places) > 0 {
			held[l] = places
		}
	}
	return held
}

func TestANoteHangsOnItsPassageUntilItIsTakenOff(t *testing.T) {
	f := openTest(t)
	c := talk(t, f)
	ctx := as(t, headway.Editor)
	on := append(wordsOf(c, 1, 4, 20), wordsOf(c, 2, 0, 4)...)
	id := must(f.Note(ctx, on, "  the measure, or only a habit?\n"))(t)
	hung := must(f.Judgements(ctx))(t).Notes
	if len(hung) != 1 || hung[0].Note != id || hung[0].Member != "editor" || cmp.Diff(on, hung[0].On) != "" {
		t.Fatalf("it hangs as %+v", hung)
	}
	if words := must(f.Notes(ctx, id))(t)[id].Words; words != "the measure, or only a habit?" {
		t.Errorf("it says %q", words)
	}
	for i, step := range []func() error{
		func() error { return f.TakeOffNote(ctx, id) },
		func() error { _, err := f.Undo(ctx); return err },
		func() error { _, err := f.Undo(ctx); return err },
		func() error { _, err := f.Redo(ctx); return err },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if hangs := len(must(f.Judgements(ctx))(t).Notes) == 1; hangs != (i%2 == 1) {
			t.Errorf("after step %d it hangs: %t", i, hangs)
		}
	}
	_, err := f.Note(ctx, on, " \n")
	wantCode(t, err, headway.Invalid)
	_, err = f.Note(as(t, headway.Viewer), on, "may I?")
	wantCode(t, err, headway.Denied)
}

func TestAnybodysDeedCanBeTakenBackByName(t *testing.T) {
	f := openTest(t)
	c := talk(t, f)
	anna, ben := as(t, headway.Owner), as(t, headway.Editor)
	if err := f.Mark(anna, wordsOf(c, 1, 0, 5), headway.Struggle, headway.Kept); err != nil {
		t.Fatal(err)
	}
	_, err := f.Undo(ben)
	wantCode(t, err, headway.NotFound) // his own there is none
	ops, _, err := f.History(ben)
	if err != nil {
		t.Fatal(err)
	}
	seq := ops[len(ops)-1].Seq
	_, err = f.TakeBack(as(t, headway.Viewer), seq)
	wantCode(t, err, headway.Denied)
	back := must(f.TakeBack(ben, seq))(t)
	if back[0].Member != "editor" || back[0].Undoes != seq {
		t.Errorf("taken back as %+v", back[0])
	}
	_, err = f.TakeBack(ben, seq)
	wantCode(t, err, headway.Conflict)
	_, err = f.TakeBack(ben, 1) // the study was opened
	wantCode(t, err, headway.Invalid)
	_, err = f.TakeBack(ben, 10_000)
	wantCode(t, err, headway.NotFound)
}

func wantCode(t *testing.T, err error, want headway.Code) {
	t.Helper()
	if got := headway.ErrorCode(err); got != want {
		t.Errorf("the error is %v (%q), want %q", err, got, want)
	}
}
