package storetest

import (
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

func accounts(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("they are listed by name, and can be called otherwise", func(t *testing.T) {
		s := open(t)
		must(t, s.PutAccount(ctx, home, headway.Account{ID: "a1", Name: "Zenith Boxes"}))
		must(t, s.PutAccount(ctx, home, headway.Account{ID: "a2", Name: "Aurora <b>&amp; sons"}))
		must(t, s.PutAccount(ctx, home, headway.Account{ID: "a1", Name: "Boxes of Zenith"}))
		all := got[[]headway.Account](t)(s.Accounts(ctx, home))
		same(t, "accounts", all, []headway.Account{{ID: "a2", Name: "Aurora <b>&amp; sons"}, {ID: "a1", Name: "Boxes of Zenith"}})
		same(t, "in another workspace", got[[]headway.Account](t)(s.Accounts(ctx, "theirs")), []headway.Account(nil))
		wantCode(t, s.PutAccount(ctx, home, headway.Account{ID: "a3", Name: " "}), headway.Invalid)
		wantCode(t, s.PutAccount(ctx, home, headway.Account{Name: "Nowhere"}), headway.Invalid)
	})
}

// customers are the deeds about persons, and about what passed between them and us.
func customers(t *testing.T, open func(t *testing.T) store.Store) {
	cs := three()
	olga, bert := cs[0].Speakers[1].Person(), cs[1].Speakers[1].Person()
	at := func(c, turn int) headway.Span {
		return headway.Span{Text: cs[c].Turns[turn].Text.ID, Start: 0, End: 3}
	}
	stocked := func(t *testing.T) store.Store {
		s := open(t)
		add(t, s, cs...)
		must(t, s.PutAccount(ctx, home, headway.Account{ID: "a1", Name: "Zenith Boxes"}))
		return s
	}
	t.Run("who a person is can be said and taken back", func(t *testing.T) {
		s := stocked(t)
		for _, op := range []headway.Operation{
			{Deed: headway.DeedRole, Person: olga, Role: headway.Buyer},
			{Deed: headway.DeedRole, Person: olga},
			{Deed: headway.DeedAccount, Person: olga, Account: "a1"},
			{Deed: headway.DeedAccount, Person: olga},
			{Deed: headway.DeedConsent, Person: olga, Consent: headway.ConsentGiven, Until: monday.Add(time.Hour)},
			{Deed: headway.DeedConsent, Person: olga},
		} {
			apply(t, s, op)
		}
		kept := got[[]headway.Operation](t)(s.Operations(ctx, home, store.OperationFilter{Deeds: []headway.Deed{headway.DeedConsent}}))
		if !kept[0].Until.Equal(monday.Add(time.Hour)) || !kept[1].Until.IsZero() {
			t.Errorf("the dates came back as %v and %v", kept[0].Until, kept[1].Until)
		}
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedRole, Person: olga, Role: "boss"})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedRole, Person: "nobody", Role: headway.Buyer})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedAccount, Person: olga, Account: "a2"})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedAccount, Person: "nobody", Account: "a1"})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedConsent, Person: olga, Consent: "perhaps"})
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedConsent, Person: "nobody"})
	})
	t.Run("a promise is words of ours to somebody", func(t *testing.T) {
		s := stocked(t)
		promise := headway.Operation{Deed: headway.DeedPromise, Span: at(1, 2), Person: bert, Verdict: headway.Kept}
		apply(t, s, promise)
		theirs := promise
		theirs.Span = at(1, 1)
		refuse(t, s, headway.Invalid, theirs)
		theirs.Verdict = headway.Undecided // the side may have been settled anew since
		apply(t, s, theirs)
		nobody := promise
		nobody.Person = "nobody"
		refuse(t, s, headway.NotFound, nobody)
		promise.Verdict = headway.Supports
		refuse(t, s, headway.Invalid, promise)
	})
	t.Run("a customer is sent their own words only, and what comes back is of a play-back", func(t *testing.T) {
		s := stocked(t)
		sent := headway.Operation{Deed: headway.DeedPlayback, Person: olga, Span: at(0, 1)}
		seq := apply(t, s, sent).Seq
		mixed := sent
		mixed.More = []headway.Span{at(1, 1)}
		refuse(t, s, headway.Invalid, mixed)
		apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: bert, Into: olga})
		apply(t, s, mixed)
		ours := sent
		ours.Span = at(0, 0)
		refuse(t, s, headway.Invalid, ours)
		nowhere := sent
		nowhere.Span.End = 10_000
		refuse(t, s, headway.Invalid, nowhere)
		for _, v := range []headway.Verdict{headway.Supports, headway.Partly, headway.Contradicts, headway.Undecided} {
			apply(t, s, headway.Operation{Deed: headway.DeedReply, Of: seq, Verdict: v, Answer: at(0, 1)})
		}
		apply(t, s, headway.Operation{Deed: headway.DeedReply, Of: seq, Verdict: headway.Supports})
		back := sent
		back.Verdict, back.Undoes = headway.Undecided, seq
		apply(t, s, back)
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedReply, Of: 999, Verdict: headway.Supports})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedReply, Of: seq, Verdict: headway.Kept})
		refuse(t, s, headway.Invalid, headway.Operation{Deed: headway.DeedReply, Of: seq, Verdict: headway.Partly, Answer: at(0, 0)})
		sent.Verdict = headway.Kept
		refuse(t, s, headway.Invalid, sent)
	})
	t.Run("later words of theirs tell what we got wrong before", func(t *testing.T) {
		s := stocked(t)
		repair := headway.Operation{Deed: headway.DeedRepair, Span: at(0, 1), Answer: at(0, 0), Verdict: headway.Kept}
		apply(t, s, repair)
		across := repair
		across.Answer = at(1, 2) // another conversation: nobody knows which came first
		apply(t, s, across)
		turned := repair
		turned.Span, turned.Answer = repair.Answer, repair.Span
		refuse(t, s, headway.Invalid, turned)
		before := repair
		before.Span, before.Answer = at(1, 1), at(1, 2)
		refuse(t, s, headway.Invalid, before)
		unknown := repair
		unknown.Span = at(2, 0)
		refuse(t, s, headway.Invalid, unknown)
		repair.Verdict = headway.Undecided
		apply(t, s, repair)
	})
}
