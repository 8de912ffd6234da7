package storetest

import (
	"sync"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/store"
)

func studies(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("a study comes back as it was put, but for its phase", func(t *testing.T) {
		s := open(t)
		study := headway.Study{ID: "s1", Name: "Why?", About: headway.OneCustomer, Phase: headway.Sealed, Sample: true, Opened: monday}
		must(t, s.PutStudy(ctx, home, study))
		study.Phase = headway.Guessing
		same(t, "one", got[headway.Study](t)(s.Study(ctx, home, "s1")), study)
		study.Name, study.Sample = "Why not?", false
		must(t, s.PutStudy(ctx, home, study))
		same(t, "all", got[[]headway.Study](t)(s.Studies(ctx, home)), []headway.Study{study})
		_, err := s.Study(ctx, "theirs", "s1")
		wantCode(t, err, headway.NotFound)
	})
	t.Run("studies are listed as they were opened", func(t *testing.T) {
		s := open(t)
		for i, id := range []headway.StudyID{"z", "y", "x"} {
			must(t, s.PutStudy(ctx, home, headway.Study{ID: id, Opened: monday.AddDate(0, 0, i)}))
		}
		all := got[[]headway.Study](t)(s.Studies(ctx, home))
		if len(all) != 3 || all[0].ID != "z" || all[2].ID != "x" {
			t.Errorf("got %v", all)
		}
	})
	t.Run("guesses come back in the order in which they were put last", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		same(t, "first", got[[]headway.Guess](t)(s.Guesses(ctx, home, study)), all)
		third := guesses(t, study, "x", "y", "They want to leave on time")[2]
		turned := []headway.Guess{third, all[1]}
		must(t, s.PutGuesses(ctx, home, study, turned))
		same(t, "then", got[[]headway.Guess](t)(s.Guesses(ctx, home, study)), turned)
	})
	t.Run("guesses need their study", func(t *testing.T) {
		s := open(t)
		wantCode(t, s.PutGuesses(ctx, home, "never", nil), headway.NotFound)
		study, _ := openStudy(t, s)
		wantCode(t, s.PutGuesses(ctx, home, study, guesses(t, "other", "x")), headway.Invalid)
	})
	t.Run("a sealed guess stays, whatever is put", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		last := seal(t, s, study, all, "")
		changed := append([]headway.Guess(nil), all...)
		changed[0].Author = "somebody else"
		late := guesses(t, study, "x", "y", "They were told to")[2]
		must(t, s.PutGuesses(ctx, home, study, append(changed[:1], late)))
		kept := got[[]headway.Guess](t)(s.Guesses(ctx, home, study))
		if len(kept) != 3 || kept[0].Author != "Tom" || kept[1].ID != all[1].ID || kept[2].ID != late.ID {
			t.Fatalf("got %v", kept)
		}
		if !headway.SealsHold(kept[:2], "") || kept[1].Seal != last {
			t.Error("the seals do not hold")
		}
		if !kept[2].Late || kept[2].Seal != "" {
			t.Error("a guess written after the reveal is not marked late")
		}
	})
	t.Run("a colleague's guess is sealed and the study goes on guessing", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		colleagues := append([]headway.Guess(nil), all[:1]...)
		first := headway.SealAll(colleagues, "")
		op := headway.Operation{Deed: headway.DeedSeal, Study: study, Guesses: ids(all[:1]), Seal: first, Verdict: headway.Undecided}
		apply(t, s, op)
		if phase := got[headway.Study](t)(s.Study(ctx, home, study)).Phase; phase != headway.Guessing {
			t.Errorf("the study is %s", phase)
		}
		seal(t, s, study, all[1:], first)
		if phase := got[headway.Study](t)(s.Study(ctx, home, study)).Phase; phase != headway.Sealed {
			t.Errorf("the study is %s", phase)
		}
		if kept := got[[]headway.Guess](t)(s.Guesses(ctx, home, study)); len(kept) != 2 || !headway.SealsHold(kept, "") {
			t.Errorf("the seals do not hold: %v", kept)
		}
		late := guesses(t, study, "x", "y", "They were told to")[2:]
		must(t, s.PutGuesses(ctx, home, study, late))
		op.Guesses, op.Seal = ids(late), "any"
		refuse(t, s, headway.Conflict, op)
	})
	t.Run("late guesses are sealed after the first", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		last := seal(t, s, study, all, "")
		late := guesses(t, study, "x", "y", "They were told to")[2:]
		must(t, s.PutGuesses(ctx, home, study, late))
		apply(t, s, headway.Operation{Deed: headway.DeedGuess, Study: study, Guesses: ids(late)})
		seal(t, s, study, late, last)
		kept := got[[]headway.Guess](t)(s.Guesses(ctx, home, study))
		if len(kept) != 3 || !headway.SealsHold(kept, "") {
			t.Errorf("the seals do not hold: %v", kept)
		}
	})
}

func operations(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("what is applied together is kept together, or not at all", func(t *testing.T) {
		s := open(t)
		c := three()[0]
		add(t, s, c)
		mark := headway.Operation{Deed: headway.DeedMark, At: monday, Span: headway.Span{Text: c.Turns[0].Text.ID, End: 3}, Label: headway.Struggle, Verdict: headway.Kept}
		nowhere := mark
		nowhere.Span.Text = "nowhere"
		apply(t, s, mark)
		_, err := s.ApplyAll(ctx, home, []headway.Operation{mark, nowhere})
		wantCode(t, err, headway.NotFound)
		kept := got[[]headway.Operation](t)(s.ApplyAll(ctx, home, []headway.Operation{mark, mark, mark}))
		all := got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{}))
		same(t, "operations", all[1:], kept)
		for i, op := range kept {
			if op.Seq != int64(i)+2 || op.Batch != 2 {
				t.Errorf("the %d. of them has seq %d and batch %d, want %d and 2", i+1, op.Seq, op.Batch, i+2)
			}
		}
		same(t, "nothing", got[[]headway.Operation](t)(s.ApplyAll(ctx, home, nil)), []headway.Operation(nil))
	})
	t.Run("the extent rises with every conversation and every operation, and with nothing else", func(t *testing.T) {
		s := open(t)
		reach := func() store.Extent { return got[store.Extent](t)(s.Extent(ctx, home)) }
		same(t, "an empty workspace", reach(), store.Extent{})
		study, _ := openStudy(t, s)
		add(t, s, three()...)
		same(t, "three conversations", reach(), store.Extent{Conversations: 3})
		_, err := s.AddConversations(ctx, home, three())
		must(t, err)
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedOpen, Study: "never"})
		same(t, "the same again, and a refusal", reach(), store.Extent{Conversations: 3})
		apply(t, s, headway.Operation{Deed: headway.DeedOpen, Study: study})
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{three()[0].ID}})
		same(t, "opened, and one removed", reach(), store.Extent{Conversations: 3, Operations: 2})
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{three()[0].ID}})
		add(t, s, three()[0])
		same(t, "come again", reach(), store.Extent{Conversations: 4, Operations: 3})
		same(t, "another workspace", got[store.Extent](t)(s.Extent(ctx, "another")), store.Extent{})
	})
	t.Run("operations are numbered without gaps, refused ones not at all", func(t *testing.T) {
		s := open(t)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedOpen, Study: study, Member: "m1"})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedOpen, Study: "never"})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: "dance"})
		kept := apply(t, s, headway.Operation{Deed: headway.DeedSkip, Study: study})
		all := got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{}))
		if len(all) != 2 || all[0].Seq != 1 || all[1].Seq != 2 || all[0].Member != "m1" || !all[0].At.Equal(monday) {
			t.Errorf("got %v", all)
		}
		same(t, "as kept", all[1], kept)
		_, err := s.Apply(ctx, home, headway.Operation{Deed: headway.DeedOpen, Study: study})
		wantCode(t, err, headway.Invalid) // no time
	})
	t.Run("operations applied at once are numbered without gaps or twins", func(t *testing.T) {
		s := open(t)
		study, _ := openStudy(t, s)
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() {
				if _, err := s.Apply(ctx, home, headway.Operation{Deed: headway.DeedOpen, Study: study, At: monday}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		for i, op := range got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{})) {
			if op.Seq != int64(i)+1 {
				t.Fatalf("operation %d has seq %d", i+1, op.Seq)
			}
		}
	})
	t.Run("operations can be narrowed", func(t *testing.T) {
		s := open(t)
		study, _ := openStudy(t, s)
		add(t, s, three()...)
		c := three()[2]
		apply(t, s, headway.Operation{Deed: headway.DeedOpen, Study: study})
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[0].ID, Side: headway.Ours})
		apply(t, s, headway.Operation{Deed: headway.DeedSkip, Study: study})
		for name, w := range map[string]struct {
			f    store.OperationFilter
			want []int64
		}{
			"all":      {store.OperationFilter{}, []int64{1, 2, 3}},
			"after":    {store.OperationFilter{After: 1}, []int64{2, 3}},
			"study":    {store.OperationFilter{Study: study}, []int64{1, 3}},
			"deeds":    {store.OperationFilter{Deeds: []headway.Deed{headway.DeedPlace, headway.DeedSkip}}, []int64{2, 3}},
			"no deeds": {store.OperationFilter{Deeds: []headway.Deed{}}, nil},
			"limit":    {store.OperationFilter{Limit: 2}, []int64{1, 2}},
		} {
			var seqs []int64
			for _, op := range got[[]headway.Operation](t)(s.Operations(ctx, home, w.f)) {
				seqs = append(seqs, op.Seq)
			}
			same(t, name, seqs, w.want)
		}
		same(t, "another workspace", got[[]headway.Operation](t)(s.Operations(ctx, "theirs", store.OperationFilter{})), []headway.Operation(nil))
	})
	t.Run("a placed speaker has the side, and what was made of the words is stale", func(t *testing.T) {
		s := open(t)
		c := mugs()
		add(t, s, c)
		before := inputsOf(t, s, c.ID)
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: headway.Theirs})
		c.Speakers[1].Side, c.Speakers[1].Settled = headway.Theirs, headway.SettledMember
		c.Speakers[1].Guess, c.Speakers[1].GuessWhy = "", ""
		same(t, "conversation", got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)), c)
		placed := inputsOf(t, s, c.ID)
		if placed == before {
			t.Error("the digest of its inputs is still the same")
		}
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: headway.Unknown})
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: headway.Theirs})
		if again := inputsOf(t, s, c.ID); again != placed {
			t.Error("the same sides again give another digest")
		}
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: "never", Side: headway.Ours})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedPlace, Conversation: "never", Speaker: c.Speakers[1].ID, Side: headway.Ours})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: "left"})
	})
	t.Run("persons merge, merges of merges resolve, and splitting takes one back", func(t *testing.T) {
		s := open(t)
		all := three()
		add(t, s, all...)
		a, b, c := all[0].Speakers[1].Person(), all[1].Speakers[1].Person(), all[2].Speakers[1].Person()
		apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: a, Into: b})
		apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: b, Into: c})
		same(t, "merged", got[map[headway.PersonID]headway.PersonID](t)(s.Merges(ctx, home)), map[headway.PersonID]headway.PersonID{a: c, b: c})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedMerge, Person: c, Into: a})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedMerge, Person: a, Into: c})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedMerge, Person: c, Into: c})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedMerge, Person: c, Into: "never"})
		apply(t, s, headway.Operation{Deed: headway.DeedSplit, Person: b})
		same(t, "split", got[map[headway.PersonID]headway.PersonID](t)(s.Merges(ctx, home)), map[headway.PersonID]headway.PersonID{a: b})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedSplit, Person: b})
	})
	t.Run("guesses are sealed as they stand or not at all", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		closed := append([]headway.Guess(nil), all...)
		last := headway.SealAll(closed, "")
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedSeal, Study: study})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedSeal, Study: study, Guesses: ids(all[:1]), Seal: last})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedSeal, Study: study, Guesses: []headway.GuessID{all[1].ID, all[0].ID}, Seal: last})
		if phase := got[headway.Study](t)(s.Study(ctx, home, study)).Phase; phase != headway.Guessing {
			t.Errorf("a refused seal left the study %s", phase)
		}
		seal(t, s, study, all, "")
		same(t, "sealed", got[[]headway.Guess](t)(s.Guesses(ctx, home, study)), closed)
		if phase := got[headway.Study](t)(s.Study(ctx, home, study)).Phase; phase != headway.Sealed {
			t.Errorf("the study is %s", phase)
		}
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedSeal, Study: study, Guesses: ids(all), Seal: last})
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedSkip, Study: study})
	})
	t.Run("a sentence is judged only after the reveal, and only where there are words", func(t *testing.T) {
		s := open(t)
		study, all := openStudy(t, s)
		add(t, s, three()...)
		text := three()[0].Turns[1].Text
		judge := headway.Operation{Deed: headway.DeedJudge, Study: study, Guess: all[0].ID, Span: headway.Span{Text: text.ID, Start: 3, End: 8}, Verdict: headway.Supports}
		refuse(t, s, headway.Denied, judge)
		refuse(t, s, headway.Denied, headway.Operation{Deed: headway.DeedTest, Study: study, Span: judge.Span, Verdict: headway.Supports})
		seal(t, s, study, all, "")
		apply(t, s, judge)
		for name, spoil := range map[string]struct {
			with func(op *headway.Operation)
			want headway.Code
		}{
			"a span outside its text":  {func(op *headway.Operation) { op.Span.End = 1000 }, headway.Invalid},
			"an empty span":            {func(op *headway.Operation) { op.Span.End = op.Span.Start }, headway.Invalid},
			"a text that is not here":  {func(op *headway.Operation) { op.Span.Text = "never.1" }, headway.NotFound},
			"a guess that is not here": {func(op *headway.Operation) { op.Guess = "never" }, headway.NotFound},
			"a verdict on labels":      {func(op *headway.Operation) { op.Verdict = headway.Kept }, headway.Invalid},
		} {
			t.Run(name, func(t *testing.T) {
				op := judge
				spoil.with(&op)
				refuse(t, s, spoil.want, op)
			})
		}
		mark := headway.Operation{Deed: headway.DeedMark, Span: judge.Span, Label: headway.Struggle, Verdict: headway.Dismissed}
		apply(t, s, mark)
		mark.Label = "gladness"
		refuse(t, s, headway.Invalid, mark)
		test := headway.Operation{Deed: headway.DeedTest, Span: judge.Span, Answer: headway.Span{Text: text.ID, Start: 0, End: 2}, Verdict: headway.Contradicts}
		apply(t, s, test)
		test.Answer.End = 1000
		refuse(t, s, headway.Invalid, test)
		j := deed.NewJudgements(got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{})))
		if j.Guesses[all[0].ID][judge.Span] != headway.Supports || j.Labels[headway.Struggle][mark.Span] != headway.Dismissed || j.Assumptions[test.Span] != headway.Contradicts {
			t.Errorf("read back as %v", j)
		}
	})
	t.Run("a conversation leaves one study and stays in all else, until it is put back", func(t *testing.T) {
		s := open(t)
		study, _ := openStudy(t, s)
		must(t, s.PutStudy(ctx, home, headway.Study{ID: "other", Name: "Other", Opened: monday}))
		add(t, s, three()...)
		first, second := three()[0].ID, three()[1].ID
		both := []headway.ConversationID{first, second}
		in := func(study headway.StudyID) (ids []headway.ConversationID) {
			heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{Study: study}, store.Page{})
			must(t, err)
			for _, h := range heads {
				ids = append(ids, h.ID)
			}
			return ids
		}
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: both})
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: "other", Conversations: both})
		leave := headway.Operation{Deed: headway.DeedLeave, Study: study, Conversations: both[:1]}
		apply(t, s, leave)
		apply(t, s, leave) // whoever is out already stays out
		same(t, "the study", in(study), both[1:])
		same(t, "the other", in("other"), both)
		got[headway.Conversation](t)(s.Conversation(ctx, home, first))
		back, err := deed.NewHistory([]headway.Operation{leave}).Inverse(leave)
		must(t, err)
		apply(t, s, back)
		same(t, "the study again", in(study), both)

		leave.Study = "never"
		refuse(t, s, headway.NotFound, leave)
		leave.Study, leave.Conversations = study, nil
		refuse(t, s, headway.Invalid, leave)
	})
	t.Run("a removed conversation leaves no trace and stays out until it is asked for again", func(t *testing.T) {
		s := open(t)
		study, _ := openStudy(t, s)
		add(t, s, three()...)
		gone := three()[0]
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{gone.ID, three()[1].ID}})
		must(t, s.PutDerived(ctx, home, store.Derived{Subject: string(gone.ID), Step: "hear", Version: "1", Inputs: "i", Payload: []byte("x")}))
		remove := headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{gone.ID}}
		apply(t, s, remove)
		refuse(t, s, headway.NotFound, remove)

		_, err := s.Conversation(ctx, home, gone.ID)
		wantCode(t, err, headway.NotFound)
		_, err = s.Text(ctx, home, gone.Turns[0].Text.ID)
		wantCode(t, err, headway.NotFound)
		_, err = s.Derived(ctx, home, "hear", "1", string(gone.ID), "i")
		wantCode(t, err, headway.NotFound)
		if found := find(t, s, "stocktaking"); len(found) != 0 {
			t.Errorf("its words are still found: %v", found)
		}
		if found := find(t, s, "boxes"); len(found) != 1 {
			t.Errorf("others' words are found %d times", len(found))
		}
		n, err := s.AddConversations(ctx, home, three())
		must(t, err)
		if n != 0 {
			t.Error("it came back by itself")
		}

		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{gone.ID}})
		add(t, s, gone)
		if found := find(t, s, "stocktaking"); len(found) != 1 {
			t.Errorf("asked for again, its words are found %d times", len(found))
		}
	})
}

func inputsOf(t *testing.T, s store.Store, id headway.ConversationID) string {
	t.Helper()
	heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{IDs: []headway.ConversationID{id}}, store.Page{})
	must(t, err)
	return heads[0].Inputs
}
