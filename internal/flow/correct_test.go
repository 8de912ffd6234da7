package flow

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

// talked is a workspace with one invented interview, and that interview.
func talked(t *testing.T) (*Flow, headway.Study, headway.Conversation) {
	t.Helper()
	f := openTest(t)
	s := studyWith(t, f, "The count takes minutes instead of hours")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	if err := f.GatherAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	heads := must(f.Conversations(t.Context(), s.ID))(t)
	return f, s, current(t, f, heads[0].ID)
}

func current(t *testing.T, f *Flow, id headway.ConversationID) headway.Conversation {
	t.Helper()
	return must(f.store.Conversation(t.Context(), f.ws, id))(t)
}

// find gives where words stand first in a turn.
func find(t *testing.T, turn headway.Turn, words string) headway.Span {
	t.Helper()
	for at := range turn.Text.Len() {
		s := headway.Span{Text: turn.Text.ID, Start: at, End: at + len([]rune(words))}
		if q, err := turn.Text.Cut(s); err == nil && q.String() == words {
			return s
		}
	}
	t.Fatalf("%q is not in %q", words, turn.Text.Text)
	return headway.Span{}
}

// misheard puts words in the place of others.
func misheard(t *testing.T, f *Flow, turn headway.Turn, words, meant string) Corrected {
	t.Helper()
	at := find(t, turn, words)
	return must(f.Correct(t.Context(), turn.Text.ID, []deed.Edit{{Start: at.Start, End: at.End, Words: meant}}))(t)
}

func keep(t *testing.T, f *Flow, at ...headway.Span) {
	t.Helper()
	if err := f.Mark(t.Context(), headway.Passage(at), headway.Struggle, headway.Kept); err != nil {
		t.Fatal(err)
	}
}

// struggles gives the words that are kept as a struggle.
func struggles(t *testing.T, f *Flow) (words []string) {
	t.Helper()
	judged := must(f.Judgements(t.Context()))(t)
	for at := range judged.Labels[headway.Struggle] {
		place := must(f.store.Text(t.Context(), f.ws, at.Text))(t)
		if place.Outdated {
			t.Errorf("%#v hangs on words that do not stand", at)
		}
		words = append(words, must(place.Text.Cut(at))(t).String())
	}
	slices.Sort(words)
	return words
}

func wantVerified(t *testing.T, f *Flow) {
	t.Helper()
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 || v.Spans == 0 {
		t.Errorf("verify: %+v", v)
	}
}

func TestACorrectionIsHeardAtOnceAndMovesWhatMembersSaid(t *testing.T) {
	f, s, c := talked(t)
	keep(t, f, find(t, c.Turns[1], "half of it is wrong"))
	keep(t, f, find(t, c.Turns[1], "We count by hand"))
	done := misheard(t, f, c.Turns[1], "by hand", "by phone")
	if done.Waiting != 1 || done.Turns[0].Text.Text == c.Turns[1].Text.Text {
		t.Errorf("it came to %+v", done)
	}
	now, heard, err := f.Conversation(t.Context(), c.ID, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now.Turns[1].Text.ID != done.Turns[0].Text.ID || !slices.ContainsFunc(heard.Sentences, func(h headway.Heard) bool { return h.Span.Text == done.Turns[0].Text.ID }) {
		t.Error("the words as they stand were not heard")
	}
	if diff := cmp.Diff([]string{"half of it is wrong"}, struggles(t, f)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	wantVerified(t, f)
	must(f.Undo(t.Context()))(t)
	if diff := cmp.Diff([]string{"We count by hand", "half of it is wrong"}, struggles(t, f)); diff != "" {
		t.Errorf("kept once that was taken back (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(c, current(t, f, c.ID)); diff != "" {
		t.Errorf("taken back, the conversation differs:\n%s", diff)
	}
	wantVerified(t, f)
}

func TestTheReviewListIsWorkedOff(t *testing.T) {
	f, _, c := talked(t)
	keep(t, f, find(t, c.Turns[1], "We count by hand"))
	keep(t, f, find(t, c.Turns[1], "three hours"))
	misheard(t, f, c.Turns[1], "by hand every", "by phone each")
	misheard(t, f, current(t, f, c.ID).Turns[1], "three hours", "free flowers")
	list := must(f.ReviewList(t.Context(), ""))(t)
	if len(list) != 2 {
		t.Fatalf("%d places wait", len(list))
	}
	first := list[0]
	if first.Words[0].String() != "We count by hand" || first.Near.String() != "We count by phone each" || first.Turn != 1 || first.By.Deed != headway.DeedCorrect || len(first.On) != 1 || first.Conversation.ID != c.ID {
		t.Errorf("the first is %+v", first)
	}
	if list[1].Near.String() != "free flowers" {
		t.Errorf("in the place of the second stands %q", list[1].Near)
	}
	if err := f.Review(t.Context(), first.Stood, first.Near.Span()); err != nil {
		t.Fatal(err)
	}
	if err := f.Review(t.Context(), list[1].Stood, headway.Span{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"We count by phone each"}, struggles(t, f)); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	wantCode(t, f.Review(t.Context(), first.Stood, headway.Span{}), headway.Conflict)
	must(f.Undo(t.Context()))(t)
	if list := must(f.ReviewList(t.Context(), c.ID))(t); len(list) != 1 || list[0].Words[0].String() != "three hours" {
		t.Errorf("after undoing %+v waits", list)
	}
	wantVerified(t, f)
}

func TestATurnIsSplitGivenToAnotherAndJoinedAgain(t *testing.T) {
	f, _, c := talked(t)
	keep(t, f, find(t, c.Turns[3], "a spreadsheet. It went"))
	done := must(f.SplitTurn(t.Context(), c.Turns[3].Text.ID, find(t, c.Turns[3], "It went").Start))(t)
	judged := must(f.Judgements(t.Context()))(t)
	if len(judged.Made[headway.Struggle]) != 1 {
		t.Fatalf("%+v is kept", judged.Made)
	}
	for _, made := range judged.Made[headway.Struggle] {
		if len(made.More) != 1 || made.More[0].Text != done.Turns[1].Text.ID {
			t.Errorf("the passage goes on at %+v", made.More)
		}
	}
	if err := f.SpeakTurnAs(t.Context(), c.ID, done.Turns[1].ID, " Her  brother "); err != nil {
		t.Fatal(err)
	}
	now := current(t, f, c.ID)
	if len(now.Turns) != 5 || now.Speaker(now.Turns[4].Speaker).Name != "Her brother" || now.Speaker(now.Turns[4].Speaker).Side != headway.Unknown {
		t.Errorf("the conversation is %+v", now)
	}
	joined := must(f.JoinTurns(t.Context(), now.Turns[3].Text.ID, now.Turns[4].Text.ID))(t)
	if joined.Turns[0].Text.ID != c.Turns[3].Text.ID {
		t.Errorf("the same words came to another text: %+v", joined.Turns)
	}
	wantVerified(t, f)
	for range 3 {
		must(f.Undo(t.Context()))(t)
	}
	if diff := cmp.Diff(c.Turns, current(t, f, c.ID).Turns); diff != "" {
		t.Errorf("all undone, the turns differ:\n%s", diff)
	}
}

func TestOfTwoWhoCorrectTheSameTurnTheSecondLosesNothing(t *testing.T) {
	f, _, c := talked(t)
	misheard(t, f, c.Turns[1], "by hand", "by phone")
	_, err := f.CorrectText(t.Context(), c.Turns[1].Text.ID, "We count on Fridays.")
	wantCode(t, err, headway.Conflict)
	if list := must(f.ReviewList(t.Context(), ""))(t); len(list) != 0 {
		t.Errorf("%+v waits", list)
	}
	wantVerified(t, f)
}

func TestTheSameWordsAgainAreNoCorrection(t *testing.T) {
	f, _, c := talked(t)
	_, err := f.CorrectText(t.Context(), c.Turns[1].Text.ID, c.Turns[1].Text.Text)
	wantCode(t, err, headway.Invalid)
	_, err = f.CorrectText(t.Context(), c.Turns[1].Text.ID, " \n")
	wantCode(t, err, headway.Invalid)
	_, err = f.CorrectText(t.Context(), "nowhere.1", "words")
	wantCode(t, err, headway.NotFound)
}

func TestAViewerCorrectsNothing(t *testing.T) {
	f, _, c := talked(t)
	viewer := headway.WithMember(t.Context(), headway.Member{ID: "v", Access: headway.Viewer})
	_, err := f.CorrectText(viewer, c.Turns[1].Text.ID, "They count.")
	wantCode(t, err, headway.Denied)
	wantCode(t, f.SpeakTurnAs(viewer, c.ID, c.Turns[1].ID, "Ida"), headway.Denied)
	for text := range f.store.Texts(t.Context(), f.ws) {
		if text.Text == "They count." {
			t.Error("the words were kept all the same")
		}
	}
}

func TestAConversationRemovedWhileItIsCorrectedIsGone(t *testing.T) {
	f, s, c := talked(t)
	if err := f.remove(t.Context(), store.ConversationFilter{Study: s.ID}); err != nil {
		t.Fatal(err)
	}
	_, err := f.CorrectText(t.Context(), c.Turns[1].Text.ID, "They count.")
	wantCode(t, err, headway.NotFound)
	wantCode(t, f.SpeakTurnAs(t.Context(), c.ID, c.Turns[1].ID, "Ida"), headway.NotFound)
	if v := must(f.Verify(t.Context(), nil))(t); v.Mismatches != 0 {
		t.Errorf("verify: %+v", v)
	}
}

func TestAFileThatComesAgainChangesNoCorrection(t *testing.T) {
	f, _, c := talked(t)
	misheard(t, f, c.Turns[1], "by hand", "by phone")
	want := current(t, f, c.ID)
	other := must(f.OpenStudy(t.Context(), "again", headway.OurCustomers))(t)
	if err := f.Skip(t.Context(), other.ID); err != nil {
		t.Fatal(err)
	}
	p := must(f.ImportNow(t.Context(), other.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	if p.Added != 0 || p.Known != 1 || p.Corrected != 1 {
		t.Errorf("the import says %+v", p)
	}
	if diff := cmp.Diff(want, current(t, f, c.ID)); diff != "" {
		t.Errorf("the conversation differs:\n%s", diff)
	}
	_, heard, err := f.Conversation(t.Context(), c.ID, other.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heard.Sentences {
		if h.Span.Text == c.Turns[1].Text.ID {
			t.Error("words that do not stand were heard")
		}
	}
	wantVerified(t, f)
}
