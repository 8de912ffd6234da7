package flow

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// claiming makes every claim there is, on Berta's words and on Ole's, so that both
// what loses its support and what keeps it is walked.
func claiming(t *testing.T, f *Flow, study headway.StudyID) (round headway.RoundID) {
	t.Helper()
	anna, ben := signedIn(t, "anna", headway.Owner), signedIn(t, "ben", headway.Editor)
	for _, head := range must(f.Conversations(t.Context(), study))(t) {
		c, h, err := f.Conversation(t.Context(), head.ID, study)
		do(t, err)
		if len(c.Turns) < 4 {
			continue
		}
		var said, person = []headway.Span{}, headway.PersonID("")
		for _, s := range h.Sentences {
			if s.Side == headway.Theirs {
				said, person = append(said, s.Span), c.Speaker(c.Turns[s.Turn].Speaker).Person()
			}
		}
		ours, later := c.Turns[0].Text.Whole(), c.Turns[2].Text.Whole()
		do(t, f.Test(t.Context(), study, later, said[0], headway.Supports),
			f.Mark(t.Context(), headway.Passage{said[0], said[len(said)-1]}, headway.Pull, headway.Kept),
			f.Promise(t.Context(), ours, person, headway.Kept),
			f.Repair(t.Context(), said[1], ours, headway.Kept))
		sent := must(f.SendBack(t.Context(), person, said[:2]))(t)
		do(t, f.Reply(t.Context(), sent, headway.Supports, said[len(said)-1]))
		r := must(f.OpenRound(anna, c.ID, []headway.MemberID{"anna", "ben"}))(t)
		do(t, f.Mark(anna, headway.Passage{said[1]}, headway.Habit, headway.Kept))
		do(t, f.RoundDone(anna, r, true), f.RoundDone(ben, r, true))
		do(t, f.Settle(anna, r, said[1], headway.Habit, headway.Kept, "she says so"))
		if strings.Contains(c.File, "berta") {
			round = r
		}
	}
	return round
}

// rested are the deeds that the walk must have met on both sides.
var rested = []headway.Deed{
	headway.DeedJudge, headway.DeedMark, headway.DeedNote, headway.DeedTest, headway.DeedPromise,
	headway.DeedPlayback, headway.DeedReply, headway.DeedRepair, headway.DeedSettle,
}

func TestAfterAnErasureEveryClaimCutsExactlyOrSaysThatItLostItsSupport(t *testing.T) {
	f, _, study, person := berta(t)
	claiming(t, f, study.ID)
	if all := must(f.Forgotten(t.Context()))(t); len(all.Lost) != 0 {
		t.Fatalf("%d claims are lost before anybody was erased", len(all.Lost))
	}
	must(f.Erase(t.Context(), person, true))(t)
	ops, history, err := f.History(t.Context())
	do(t, err)
	lost, on := map[int64]bool{}, map[headway.Deed][2]int{}
	for _, l := range must(f.Forgotten(t.Context()))(t).Lost {
		lost[l.Seq] = true
		if l.On.IsZero() || l.Conversation == "" {
			t.Errorf("deed %d tells no day or no place: %+v", l.Seq, l)
		}
	}
	for _, op := range ops {
		if !slices.Contains(rested, op.Deed) || !history.Stands(op.Seq) {
			continue
		}
		n := on[op.Deed]
		if lost[op.Seq] {
			n[1]++
		} else {
			n[0]++
			f.wantCut(t, op)
		}
		on[op.Deed] = n
	}
	for _, d := range rested {
		if on[d][0] == 0 || on[d][1] == 0 {
			t.Errorf("%s: %d stand and %d lost their support: the walk did not meet both", d, on[d][0], on[d][1])
		}
	}
}

// wantCut sees that all words that an operation names are there.
func (f *Flow) wantCut(t *testing.T, op headway.Operation) {
	t.Helper()
	for _, s := range append(op.Passage(), op.Answer) {
		if s == (headway.Span{}) {
			continue
		}
		place, err := f.store.Text(t.Context(), f.ws, s.Text)
		do(t, err)
		if _, err := place.Text.Cut(s); err != nil || place.Text.Erased() {
			t.Errorf("%s of deed %d rests on nothing and does not say so: %v", op.Deed, op.Seq, err)
		}
	}
}

func TestWhereAClaimShowedItSaysThatItLostItsSupport(t *testing.T) {
	const says = "lost support: forgotten on 21 November 2026"
	f, _, study, person := berta(t)
	round := claiming(t, f, study.ID)
	before := must2(t, f, study.ID)
	if s := before.YouSaid[0].Sentence() + before.TheySaid.Forgot(); strings.Contains(s, "lost") {
		t.Fatalf("before: %s", s)
	}
	must(f.Erase(t.Context(), person, true))(t)
	m := must2(t, f, study.ID)
	if got := m.YouSaid[0].Sentence(); !strings.HasSuffix(got, "; "+says) {
		t.Errorf("the guess says %q", got)
	}
	if got := m.TheySaid.Forgot(); got != "2 sentences kept as struggle and habit "+says && !strings.HasSuffix(got, says) {
		t.Errorf("what they said says %q", got)
	}
	r := must(f.Report(t.Context(), study.ID, mirror.Choices{}))(t)
	if len(r.Guesses[0].Lost) != 1 || len(r.Lost) == 0 {
		t.Errorf("the report lists %d of the guess and %d others", len(r.Guesses[0].Lost), len(r.Lost))
	}
	agreed := must(f.Agreement(t.Context(), round, study.ID))(t)
	if got := deed.ForgottenAll(agreed.Lost); got != says {
		t.Errorf("the round says %q", got)
	}
	if everybody := must(f.Everybody(t.Context()))(t); len(everybody.People) == 0 {
		t.Error("everybody is gone")
	}
	if list := must(f.ReviewList(t.Context(), ""))(t); len(list) != 0 {
		t.Errorf("%d wait for review", len(list))
	}
}

func TestAnAssumptionSaysThatWhatConfirmedItIsForgotten(t *testing.T) {
	f := openTest(t)
	study := studyWith(t, f, "The count takes minutes instead of hours")
	file := source.File{Name: "mugs.txt", Data: []byte("Marta: How do you sell the mugs?\n\nOda Krem: We sell them at fairs.\n\nMarta: You surely lose money on returns.\n\nOda Krem: Yes, every month.\n\nPia Lund: I only paint them, in the evenings.\n")}
	must(f.ImportNow(t.Context(), study.ID, FileList([]source.File{file}), source.Options{Ours: []string{"Marta"}, Theirs: []string{"Oda Krem", "Pia Lund"}}, nil))(t)
	a := must2(t, f, study.ID).TookGranted
	if len(a) != 1 || a[0].Next.Len() == 0 {
		t.Fatalf("took for granted: %+v", a)
	}
	do(t, f.Test(t.Context(), study.ID, a[0].Span, a[0].Next, headway.Supports))
	if a := must2(t, f, study.ID).TookGranted; a[0].State() != "confirmed" {
		t.Errorf("before it is %q", a[0].State())
	}
	everybody := must(f.Everybody(t.Context()))(t)
	oda := slices.IndexFunc(everybody.People, func(p Person) bool { return p.Name() == "Oda Krem" })
	must(f.Erase(t.Context(), everybody.People[oda].ID, true))(t)
	m := must2(t, f, study.ID)
	if a := m.TookGranted; len(a) != 1 || a[0].State() != "never tested; lost support: forgotten on 21 November 2026" || m.NeverTested != 1 {
		t.Errorf("after it is %+v", a)
	}
}

func TestUndoPassesOverWhatLostItsSupport(t *testing.T) {
	f, _, study, person := berta(t)
	anna := signedIn(t, "anna", headway.Owner)
	var hers, others headway.Span
	for _, head := range must(f.Conversations(t.Context(), study.ID))(t) {
		c, h, err := f.Conversation(t.Context(), head.ID, study.ID)
		do(t, err)
		for _, s := range h.Sentences {
			switch {
			case s.Side != headway.Theirs:
			case c.Speaker(c.Turns[s.Turn].Speaker).Person() == person:
				hers = s.Span
			default:
				others = s.Span
			}
		}
	}
	do(t, f.Mark(anna, headway.Passage{others}, headway.Habit, headway.Kept), f.Mark(anna, headway.Passage{hers}, headway.Habit, headway.Kept))
	must(f.Erase(anna, person, true))(t)
	back := must(f.Undo(anna))(t)
	if len(back) != 1 || back[0].Span != others {
		t.Errorf("undone was %+v", back)
	}
	if _, err := f.Note(anna, headway.Passage{{Text: hers.Text, End: 3}}, "what was it?"); headway.ErrorCode(err) != headway.Conflict {
		t.Errorf("what stands for forgotten words was noted: %v", err)
	}
}

func TestAPlaceThatWaitsForReviewGoesWithTheWordsThatAreForgotten(t *testing.T) {
	f, _, study, person := berta(t)
	ctx := context.WithoutCancel(t.Context())
	for _, head := range must(f.Conversations(ctx, study.ID))(t) {
		c, _, err := f.Conversation(ctx, head.ID, study.ID)
		do(t, err)
		if !strings.Contains(c.File, "berta") {
			continue
		}
		turn := c.Turns[1]
		_, err = f.CorrectText(ctx, turn.Text.ID, "Something else altogether, said by her.")
		do(t, err)
	}
	if list := must(f.ReviewList(ctx, ""))(t); len(list) == 0 {
		t.Fatal("nothing waits: this tests nothing")
	}
	must(f.Erase(ctx, person, true))(t)
	if list := must(f.ReviewList(ctx, ""))(t); len(list) != 0 {
		t.Errorf("%d wait for words that are gone", len(list))
	}
	if all := must(f.Forgotten(ctx))(t); len(all.Lost) != 3 {
		t.Errorf("%d claims lost their support, want the verdict, the mark and the note: %+v", len(all.Lost), all.Lost)
	}
}
