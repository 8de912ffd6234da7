package flow

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
	"github.com/headway-oss/headway/internal/store"
)

func signedIn(t *testing.T, name string, access headway.Access) context.Context {
	return headway.WithMember(t.Context(), headway.Member{ID: headway.MemberID(name), Name: name, Access: access})
}

// apart is a conversation that anna and ben mark without seeing each other's marks.
type apart struct {
	*Flow
	study     headway.Study
	c         headway.Conversation
	sentences []headway.Span // the customer's
	round     headway.RoundID
	anna, ben context.Context
}

func apartIn(t *testing.T) apart {
	t.Helper()
	f := openTest(t)
	a := apart{Flow: f, study: studyWith(t, f, "The count takes minutes instead of hours"), anna: signedIn(t, "anna", headway.Owner), ben: signedIn(t, "ben", headway.Editor)}
	must(f.ImportNow(t.Context(), a.study.ID, FileList([]source.File{invented(1), invented(2)}), source.Options{}, nil))(t)
	heads := must(f.Conversations(t.Context(), a.study.ID))(t)
	c, h, err := f.Conversation(t.Context(), heads[0].ID, a.study.ID)
	if err != nil {
		t.Fatal(err)
	}
	a.c = c
	for _, s := range theirSentences(h) {
		a.sentences = append(a.sentences, s.Span)
	}
	a.round = must(f.OpenRound(a.anna, c.ID, []headway.MemberID{"anna", "ben"}))(t)
	return a
}

func (a apart) mark(t *testing.T, by context.Context, sentence int, kind headway.Label) {
	t.Helper()
	if err := a.Mark(by, headway.Passage{a.sentences[sentence]}, kind, headway.Kept); err != nil {
		t.Fatal(err)
	}
}

// A viewer asks for everything there is to ask, by every exported method; nothing
// that a viewer does can change anything. New methods are walked as they come.
func TestWhileARoundIsOpenNoMethodTellsWhatOthersMarked(t *testing.T) {
	a := apartIn(t)
	a.mark(t, a.anna, 0, headway.Struggle)
	must(0, a.GatherAll(t.Context()))(t) // some methods are asked before it
	before := a.everything(t)
	a.markByAllMeans(t)
	after := a.everything(t)
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if diff := tellApart(before[name], after[name]); diff != "" {
			t.Errorf("%s tells: %s", name, diff)
		}
	}
	if len(after) < 20 {
		t.Fatalf("only %d methods were asked", len(after))
	}
	must(0, a.ReleaseRound(a.anna, a.round))(t)
	told := a.everything(t)
	for _, name := range []string{"Judgements", "Mirror", "History"} {
		if tellApart(after[name], told[name]) == "" {
			t.Errorf("%s says the same when the round is over: this test could not fail", name)
		}
	}
}

// markByAllMeans is everything that ben can say of words.
func (a apart) markByAllMeans(t *testing.T) {
	t.Helper()
	at := a.sentences[0]
	guess := must(a.Guesses(t.Context(), a.study.ID))(t)[0].ID
	for _, err := range []error{
		a.Mark(a.ben, headway.Passage{at}, headway.Habit, headway.Kept),
		a.Mark(a.ben, headway.Passage{at}, headway.Struggle, headway.Dismissed),
		a.MarkAll(a.ben, []Marking{{headway.Passage{a.sentences[1]}, headway.Measure, headway.Kept}, {headway.Passage{a.sentences[2]}, headway.Result, headway.Kept}}),
		a.Judge(a.ben, a.study.ID, guess, at, headway.Contradicts),
		a.Test(a.ben, a.study.ID, headway.Span{Text: a.c.Turns[0].Text.ID, End: 5}, at, headway.Contradicts),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.Note(a.ben, headway.Passage{at}, "is this a habit?"))(t)
	a.mark(t, a.ben, 3, headway.Pull)
	must(a.Undo(a.ben))(t)
}

// everything asks every exported method as a viewer and gives what it answered.
func (a apart) everything(t *testing.T) map[string][]any {
	t.Helper()
	ctx := signedIn(t, "vera", headway.Viewer)
	given := map[reflect.Type]any{
		reflect.TypeFor[headway.StudyID]():        a.study.ID,
		reflect.TypeFor[headway.ConversationID](): a.c.ID,
		reflect.TypeFor[headway.Span]():           a.sentences[0],
		reflect.TypeFor[headway.Passage]():        headway.Passage{a.sentences[0]},
		reflect.TypeFor[headway.Label]():          headway.Habit,
		reflect.TypeFor[headway.RoundID]():        a.round,
		reflect.TypeFor[headway.PersonID]():       a.c.Speakers[1].Person(),
		reflect.TypeFor[headway.SpeakerID]():      a.c.Speakers[1].ID,
		reflect.TypeFor[headway.MemberID]():       headway.MemberID("ben"),
		reflect.TypeFor[int64]():                  int64(5),
		reflect.TypeFor[mirror.Choices]():         mirror.Choices{PerSlot: 9},
		reflect.TypeFor[Query]():                  Query{Words: "hours", Through: a.study.ID},
	}
	answers := map[string][]any{}
	flow := reflect.ValueOf(a.Flow)
	for i := range flow.NumMethod() {
		name := flow.Type().Method(i).Name
		if slices.Contains([]string{"Listen", "HearCarefully", "Gather", "Remember", "Follow", "Draw"}, name) {
			continue // they work on and on, and tell nothing
		}
		method := flow.Method(i)
		ctx, stop := context.WithTimeout(ctx, 20*time.Second)
		in := []reflect.Value{}
		for k := range method.Type().NumIn() {
			of := method.Type().In(k)
			switch {
			case of == reflect.TypeFor[context.Context]():
				in = append(in, reflect.ValueOf(ctx))
			case method.Type().IsVariadic() && k == method.Type().NumIn()-1:
			case given[of] != nil:
				in = append(in, reflect.ValueOf(given[of]))
			case of.Kind() == reflect.Func:
				in = append(in, reflect.MakeFunc(of, func([]reflect.Value) (out []reflect.Value) {
					for r := range of.NumOut() {
						out = append(out, reflect.Zero(of.Out(r)))
					}
					return out
				}))
			default:
				in = append(in, reflect.Zero(of))
			}
		}
		for _, out := range method.Call(in) {
			answers[name] = append(answers[name], out.Interface())
		}
		if ctx.Err() != nil {
			t.Errorf("%s goes on until it is stopped: leave it out", name)
		}
		stop()
	}
	return answers
}

func tellApart(before, after []any) string {
	all := cmp.Exporter(func(reflect.Type) bool { return true })
	neither := []reflect.Kind{reflect.Func, reflect.Chan} // they tell nothing by themselves
	skip := cmp.FilterPath(func(p cmp.Path) bool {
		return p.Last().Type() != nil && slices.Contains(neither, p.Last().Type().Kind())
	}, cmp.Ignore())
	errs := cmp.FilterValues(func(a, b error) bool { return a != nil && b != nil }, cmp.Comparer(func(a, b error) bool { return a.Error() == b.Error() }))
	return cmp.Diff(before, after, all, skip, errs)
}

func TestWhatOneMarksInARoundIsNotLearnedFromYet(t *testing.T) {
	a := apartIn(t)
	a.mark(t, a.ben, 0, headway.Habit)
	for name, who := range map[string]context.Context{"anna": a.anna, "ben": a.ben} {
		ops, _, err := a.seenByAll(who)
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(ops, func(op headway.Operation) bool { return op.Deed == headway.DeedMark }); i >= 0 {
			t.Errorf("%s would learn from deed %d", name, ops[i].Seq)
		}
	}
}

func TestARoundHoldsExportsBack(t *testing.T) {
	a := apartIn(t)
	put := func(string, []byte) error { return nil }
	wantCode(t, a.Export(t.Context(), put), headway.Denied)
	must(0, a.ReleaseRound(a.anna, a.round))(t)
	must(0, a.Export(t.Context(), put))(t)
}

func TestOnlyAnOwnerEndsARoundBeforeAllAreDone(t *testing.T) {
	a := apartIn(t)
	wantCode(t, a.ReleaseRound(a.ben, a.round), headway.Denied)
	if _, err := a.Agreement(a.anna, a.round, a.study.ID); headway.ErrorCode(err) != headway.Denied {
		t.Errorf("agreement is told while the round goes on: %v", err)
	}
	must(0, a.RoundDone(a.ben, a.round, true))(t)
	must(0, a.RoundDone(a.ben, a.round, false))(t)
	wantCode(t, a.RoundDone(signedIn(t, "eve", headway.Editor), a.round, true), headway.Denied)
	must(0, a.ReleaseRound(a.anna, a.round))(t)
	told := must(a.Agreement(a.anna, a.round, a.study.ID))(t)
	if len(told.Raters) != 0 || len(told.Kinds) != 0 || told.Sentences != len(a.sentences) {
		t.Errorf("nobody marked all of it, and yet: %+v", told)
	}
}

// done lets both say that they have marked all of it.
func (a apart) done(t *testing.T) Agreed {
	t.Helper()
	must(0, a.RoundDone(a.anna, a.round, true))(t)
	must(0, a.RoundDone(a.ben, a.round, true))(t)
	return must(a.Agreement(a.ben, a.round, a.study.ID))(t)
}

func TestARoundTellsHowFarTheyAgreeAndWhereNot(t *testing.T) {
	a := apartIn(t)
	n := len(a.sentences)
	a.mark(t, a.anna, 0, headway.Struggle)
	a.mark(t, a.ben, 0, headway.Struggle)
	a.mark(t, a.anna, 1, headway.Struggle)
	a.mark(t, a.ben, 2, headway.Pull)
	told := a.done(t)
	if diff := cmp.Diff([]headway.MemberID{"anna", "ben"}, told.Raters); diff != "" || told.Sentences != n || n < 4 {
		t.Fatalf("%d sentences, want %d; raters %s", told.Sentences, n, diff)
	}
	kinds := map[headway.Label][]int{}
	for _, k := range told.Kinds {
		kinds[k.Kind] = k.Marked
		if k.Refused != "" || k.Alpha.Units != n || k.Same.Is != float64(n-1)/float64(n) {
			t.Errorf("%s: %+v", k.Kind, k)
		}
	}
	if diff := cmp.Diff(map[headway.Label][]int{headway.Struggle: {2, 1}, headway.Pull: {0, 1}}, kinds); diff != "" {
		t.Error(diff)
	}
	want := []Dispute{
		{At: a.sentences[1], Turn: told.Disputes[0].Turn, Kind: headway.Struggle, Marked: []headway.MemberID{"anna"}, Not: []headway.MemberID{"ben"}},
		{At: a.sentences[2], Turn: told.Disputes[1].Turn, Kind: headway.Pull, Marked: []headway.MemberID{"ben"}, Not: []headway.MemberID{"anna"}},
	}
	if diff := cmp.Diff(want, told.Disputes); diff != "" {
		t.Error(diff)
	}
}

func TestWhatTwoMarkAlikeEverywhereIsRefusedWhereNothingVaries(t *testing.T) {
	a := apartIn(t)
	for i := range a.sentences {
		a.mark(t, a.anna, i, headway.Habit)
		a.mark(t, a.ben, i, headway.Habit)
	}
	told := a.done(t)
	if len(told.Kinds) != 1 || told.Kinds[0].Refused == "" || told.Kinds[0].Alpha.Is != 0 || len(told.Disputes) != 0 {
		t.Errorf("%+v", told.Kinds)
	}
}

func TestWhatWasMarkedBeforeARoundIsNotComparedInIt(t *testing.T) {
	a := apartIn(t)
	must(0, a.ReleaseRound(a.anna, a.round))(t)
	a.mark(t, a.ben, 0, headway.Struggle)
	a.round = must(a.OpenRound(a.anna, a.c.ID, []headway.MemberID{"anna", "ben"}))(t)
	a.mark(t, a.ben, 1, headway.Struggle)
	told := a.done(t)
	if k := told.Kinds[0]; k.Known != 1 || k.Alpha.Units != len(a.sentences)-1 || k.Marked[1] != 1 {
		t.Errorf("%+v", k)
	}
}

func TestWhatIsSettledCountsAndSaysWhoAndWhy(t *testing.T) {
	a := apartIn(t)
	a.mark(t, a.anna, 1, headway.Struggle)
	a.mark(t, a.ben, 2, headway.Habit)
	wantCode(t, a.Settle(a.anna, a.round, a.sentences[1], headway.Struggle, headway.Dismissed, "why"), headway.Denied)
	a.done(t)
	wantCode(t, a.Settle(a.anna, a.round, a.sentences[1], headway.Struggle, headway.Dismissed, " "), headway.Invalid)
	wantCode(t, a.Settle(signedIn(t, "vera", headway.Viewer), a.round, a.sentences[1], headway.Struggle, headway.Dismissed, "why"), headway.Denied)
	must(0, a.Settle(a.anna, a.round, a.sentences[1], headway.Struggle, headway.Dismissed, "she only describes it"))(t)
	told := must(a.Agreement(a.ben, a.round, a.study.ID))(t)
	s := told.Disputes[0].Settled
	if s == nil || s.Verdict != headway.Dismissed || s.By != "anna" || s.Why != "she only describes it" || told.Open() != 1 {
		t.Errorf("settled as %+v, %d open", s, told.Open())
	}
	j := must(a.Judgements(a.ben))(t)
	if v := j.Labels[headway.Struggle][a.sentences[1]]; v != headway.Dismissed {
		t.Errorf("the sentence is %q, want what was settled", v)
	}
	must(a.Undo(a.anna))(t)
	if v := must(a.Judgements(a.ben))(t).Labels[headway.Struggle][a.sentences[1]]; v != headway.Kept {
		t.Errorf("taken back, the sentence is %q, want anna's mark", v)
	}
	other := must(a.store.Conversation(t.Context(), store.Home, must(a.Conversations(t.Context(), a.study.ID))(t)[1].ID))(t)
	elsewhere := headway.Span{Text: other.Turns[1].Text.ID, End: 5}
	wantCode(t, a.Settle(a.anna, a.round, elsewhere, headway.Struggle, headway.Kept, "why"), headway.Invalid)
}

func TestMarksOfARoundMoveWithTheirWords(t *testing.T) {
	a := apartIn(t)
	a.mark(t, a.anna, 1, headway.Struggle)
	a.mark(t, a.ben, 1, headway.Struggle)
	a.mark(t, a.ben, 0, headway.Struggle)
	turn := a.c.Turns[slices.IndexFunc(a.c.Turns, func(t headway.Turn) bool { return t.Text.ID == a.sentences[1].Text })]
	must(a.CorrectText(a.anna, turn.Text.ID, "Well. "+turn.Text.Text))(t)
	told := a.done(t)
	if len(told.Disputes) != 1 || told.Disputes[0].Kind != headway.Struggle || told.Disputes[0].At.Text == a.sentences[0].Text {
		t.Errorf("%+v", told.Disputes)
	}
	if k := told.Kinds[0]; k.Marked[0] != 1 || k.Marked[1] != 2 {
		t.Errorf("marked %v, want 1 by anna and 2 by ben as before the correction", k.Marked)
	}
}
