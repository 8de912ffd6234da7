package storetest

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// state is all that facts and operations have led to.
type state struct {
	Conversations []headway.Conversation
	Heads         []store.Head
	Members       []headway.ConversationID
	Studies       []headway.Study
	Guesses       []headway.Guess
	Merges        map[headway.PersonID]headway.PersonID
	Operations    []headway.Operation
	Found         []headway.TextID
}

func stateOf(t *testing.T, s store.Store, study headway.StudyID) (all state) {
	t.Helper()
	var err error
	all.Heads, _, err = s.Conversations(ctx, home, store.ConversationFilter{}, store.Page{})
	must(t, err)
	for _, h := range all.Heads {
		all.Conversations = append(all.Conversations, got[headway.Conversation](t)(s.Conversation(ctx, home, h.ID)))
	}
	members, _, err := s.Conversations(ctx, home, store.ConversationFilter{Study: study}, store.Page{})
	must(t, err)
	for _, h := range members {
		all.Members = append(all.Members, h.ID)
	}
	all.Studies = got[[]headway.Study](t)(s.Studies(ctx, home))
	all.Guesses = got[[]headway.Guess](t)(s.Guesses(ctx, home, study))
	all.Merges = got[map[headway.PersonID]headway.PersonID](t)(s.Merges(ctx, home))
	all.Operations = got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{}))
	for _, hit := range find(t, s, "boxes") {
		all.Found = append(all.Found, hit.Text.ID)
	}
	return all
}

// lived is a workspace in which every deed was done, one conversation removed,
// and one removed and brought back.
func lived(t *testing.T, s store.Store) headway.StudyID {
	t.Helper()
	study, all := openStudy(t, s)
	cs := append(three(), mugs())
	add(t, s, cs...)
	id := func(i ...int) (ids []headway.ConversationID) {
		for _, i := range i {
			ids = append(ids, cs[i].ID)
		}
		return ids
	}
	apply(t, s, headway.Operation{Deed: headway.DeedOpen, Study: study})
	apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: id(0, 1, 2, 3)})
	apply(t, s, headway.Operation{Deed: headway.DeedLeave, Study: study, Conversations: id(0, 2)})
	apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: id(0)})
	apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: cs[2].ID, Speaker: cs[2].Speakers[0].ID, Side: headway.Theirs})
	apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: cs[2].ID, Speaker: cs[2].Speakers[0].ID, Side: headway.Ours})
	apply(t, s, headway.Operation{Deed: headway.DeedOwn, Own: 3})
	last := seal(t, s, study, all, "")
	span := headway.Span{Text: cs[0].Turns[1].Text.ID, Start: 0, End: 8}
	apply(t, s, headway.Operation{Deed: headway.DeedJudge, Study: study, Guess: all[0].ID, Span: span, Verdict: headway.Supports})
	apply(t, s, headway.Operation{Deed: headway.DeedMark, Span: span, Label: headway.Struggle, Verdict: headway.Kept})
	apply(t, s, headway.Operation{Deed: headway.DeedTest, Span: span, Verdict: headway.Partly})
	late := guesses(t, study, "x", "y", "They were told to")[2:]
	must(t, s.PutGuesses(ctx, home, study, late))
	apply(t, s, headway.Operation{Deed: headway.DeedGuess, Study: study, Guesses: ids(late)})
	seal(t, s, study, late, last)
	a, b, c := cs[0].Speakers[1].Person(), cs[1].Speakers[1].Person(), cs[3].Speakers[1].Person()
	apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: a, Into: b})
	apply(t, s, headway.Operation{Deed: headway.DeedSplit, Person: a})
	apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: a, Into: c})
	reworded(t, s, cs[0])
	apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: id(1, 3)})
	apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: id(3)})
	add(t, s, cs[3])
	return study
}

// carry puts a store's studies and guesses into another.
func carry(t *testing.T, from, to store.Store, study headway.StudyID) {
	t.Helper()
	must(t, to.PutStudy(ctx, home, got[headway.Study](t)(from.Study(ctx, home, study))))
	must(t, to.PutGuesses(ctx, home, study, got[[]headway.Guess](t)(from.Guesses(ctx, home, study))))
}

func replay(t *testing.T, open func(t *testing.T) store.Store) {
	sources := append(three(), mugs())
	t.Run("replaying all operations over the same sources gives the same state", func(t *testing.T) {
		lived1, again := open(t), open(t)
		study := lived(t, lived1)
		want := stateOf(t, lived1, study)
		carry(t, lived1, again, study)
		add(t, again, sources...)
		carryRewording(t, lived1, again, sources[0])
		must(t, again.Replay(ctx, home, want.Operations))
		same(t, "state", stateOf(t, again, study), want)
	})
	t.Run("sources that come after the operations give the same state too", func(t *testing.T) {
		lived1, again := open(t), open(t)
		study := lived(t, lived1)
		want := stateOf(t, lived1, study)
		carry(t, lived1, again, study)
		must(t, again.Replay(ctx, home, want.Operations))
		_, err := again.AddConversations(ctx, home, sources)
		must(t, err)
		carryRewording(t, lived1, again, sources[0])
		same(t, "state", stateOf(t, again, study), want)
	})
	t.Run("operations in pieces, sources between them, give the same state", func(t *testing.T) {
		lived1, again := open(t), open(t)
		study := lived(t, lived1)
		want := stateOf(t, lived1, study)
		carry(t, lived1, again, study)
		must(t, again.Replay(ctx, home, want.Operations[:4]))
		_, err := again.AddConversations(ctx, home, sources)
		must(t, err)
		carryRewording(t, lived1, again, sources[0])
		must(t, again.Replay(ctx, home, want.Operations[4:]))
		same(t, "state", stateOf(t, again, study), want)
	})
	t.Run("operations with a gap, or twice, are refused whole", func(t *testing.T) {
		lived1, again := open(t), open(t)
		study := lived(t, lived1)
		ops := got[[]headway.Operation](t)(lived1.Operations(ctx, home, store.OperationFilter{}))
		carry(t, lived1, again, study)
		wantCode(t, again.Replay(ctx, home, append(ops[:2:2], ops[3])), headway.Conflict)
		wantCode(t, again.Replay(ctx, home, ops[1:]), headway.Conflict)
		same(t, "kept", got[[]headway.Operation](t)(again.Operations(ctx, home, store.OperationFilter{})), []headway.Operation(nil))
		must(t, again.Replay(ctx, home, ops))
		wantCode(t, again.Replay(ctx, home, ops), headway.Conflict)
	})
	t.Run("a guess that was changed does not pass for the sealed one", func(t *testing.T) {
		lived1, again := open(t), open(t)
		study := lived(t, lived1)
		ops := got[[]headway.Operation](t)(lived1.Operations(ctx, home, store.OperationFilter{}))
		carry(t, lived1, again, study)
		changed := got[[]headway.Guess](t)(lived1.Guesses(ctx, home, study))
		changed[0].Text = "They had it in mind all along"
		must(t, again.PutGuesses(ctx, home, study, changed))
		wantCode(t, again.Replay(ctx, home, ops), headway.Invalid)
	})
}
