package flow

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/source"
)

// inQueue brings an interview in, and gives the study.
func inQueue(t *testing.T, f *Flow) headway.Study {
	t.Helper()
	s := studyWith(t, f, "The count takes minutes")
	must(f.ImportNow(t.Context(), s.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	return s
}

func TestEachDoubtIsAskedOnceUntilNoneIsLeft(t *testing.T) {
	f := openTest(t)
	s := inQueue(t, f)
	left := must(f.Doubtful(t.Context(), Doubts{Study: s.ID}))(t).Left
	if left == 0 {
		t.Fatal("nothing is doubtful in an interview in which something was heard")
	}
	seen := map[Doubt]bool{}
	for ; left > 0; left-- {
		next := must(f.Doubtful(t.Context(), Doubts{Study: s.ID}))(t)
		if !next.Found || next.Left != left || seen[next.Doubt] {
			t.Fatalf("%d left and %+v is asked (again: %t)", left, next, seen[next.Doubt])
		}
		seen[next.Doubt] = true
		if err := f.Mark(t.Context(), headway.Passage{next.At}, next.Label, headway.Dismissed); err != nil {
			t.Fatal(err)
		}
	}
	if next := must(f.Doubtful(t.Context(), Doubts{Study: s.ID}))(t); next.Found {
		t.Errorf("all are decided, and %+v is asked", next)
	}
	must(f.Undo(t.Context()))(t)
	if next := must(f.Doubtful(t.Context(), Doubts{Study: s.ID}))(t); !next.Found || next.Left != 1 {
		t.Errorf("after an undo %d are left", next.Left)
	}
}

func TestWhatIsLeftForLaterComesAfterAllOthers(t *testing.T) {
	f := openTest(t)
	s := inQueue(t, f)
	d := Doubts{Study: s.ID, Skipped: map[Doubt]bool{}}
	first := must(f.Doubtful(t.Context(), d))(t)
	for range first.Left - 1 {
		d.Skipped[must(f.Doubtful(t.Context(), d))(t).Doubt] = true
		if next := must(f.Doubtful(t.Context(), d))(t); d.Skipped[next.Doubt] {
			t.Fatalf("%+v was left for later and is asked before others", next.Doubt)
		}
	}
}

func TestNoDoubtIsShownBeforeTheReveal(t *testing.T) {
	f := openTest(t)
	inQueue(t, f)
	guessing := must(f.OpenStudy(t.Context(), "later", headway.OurCustomers))(t)
	must(f.ImportNow(t.Context(), guessing.ID, FileList([]source.File{invented(1)}), source.Options{}, nil))(t)
	if next := must(f.Doubtful(t.Context(), Doubts{}))(t); next.Found {
		t.Errorf("%+v is shown while a study guesses about its conversation", next)
	}
}

func TestOfDoubtsTheNearestToTheLineAndTheRarestKindIsWorthMost(t *testing.T) {
	at := func(l headway.Label, score float64, counted bool) doubted {
		return doubted{Doubt: Doubt{Label: l}, heard: headway.Scored{Label: l, Score: score, Counted: counted}}
	}
	all := []doubted{at(headway.Struggle, .9, true), at(headway.Struggle, .6, true), at(headway.Struggle, .5, false), at(headway.Struggle, .2, false)}
	lines := actingLines(all)
	if got := lines[headway.Struggle]; got != .55 {
		t.Fatalf("the line is at %v, want .55", got)
	}
	kinds := map[headway.Label]int{headway.Struggle: 4, headway.Habit: 1}
	lines[headway.Habit] = .4
	for _, c := range []struct {
		more, less doubted
	}{
		{at(headway.Struggle, .6, true), at(headway.Struggle, .9, true)},
		{at(headway.Struggle, .5, false), at(headway.Struggle, .2, false)},
		{at(headway.Habit, .4, false), at(headway.Struggle, .55, false)},
	} {
		if c.more.worth(lines, kinds) <= c.less.worth(lines, kinds) {
			t.Errorf("%+v is worth no more than %+v", c.more, c.less)
		}
	}
}
