package storetest

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

func derivations(t *testing.T, open func(t *testing.T) store.Store) {
	row := func(subject, version, inputs, payload string) store.Derived {
		return store.Derived{Subject: subject, Step: "hear", Version: version, Inputs: inputs, Payload: []byte(payload)}
	}
	t.Run("a payload comes back as it was put, whether it packs or not", func(t *testing.T) {
		s := open(t)
		noise := sha256.Sum256([]byte("noise"))
		for i, payload := range [][]byte{nil, {0}, []byte("short"), []byte(strings.Repeat("repeats itself ", 5000)), bytes.Repeat(noise[:], 20), {}} {
			r := row(fmt.Sprint(i), "1", "i", "")
			r.Payload = payload
			must(t, s.PutDerived(ctx, home, r))
			same(t, fmt.Sprint(i), got[[]byte](t)(s.Derived(ctx, home, "hear", "1", r.Subject, "i")), payload)
		}
	})
	t.Run("a row is found only for its version, inputs and workspace", func(t *testing.T) {
		s := open(t)
		must(t, s.PutDerived(ctx, home, row("c", "1", "i", "x")))
		for _, key := range [][]string{{"hear", "2", "c", "i"}, {"hear", "1", "c", "j"}, {"mirror", "1", "c", "i"}, {"hear", "1", "d", "i"}} {
			_, err := s.Derived(ctx, home, key[0], key[1], key[2], key[3])
			wantCode(t, err, headway.NotFound)
		}
		_, err := s.Derived(ctx, "theirs", "hear", "1", "c", "i")
		wantCode(t, err, headway.NotFound)
	})
	t.Run("rows from new inputs take the place of the old", func(t *testing.T) {
		s := open(t)
		must(t, s.PutDerived(ctx, home, row("c", "1", "i", "x"), row("c", "1", "j", "y")))
		_, err := s.Derived(ctx, home, "hear", "1", "c", "i")
		wantCode(t, err, headway.NotFound)
		same(t, "new", got[[]byte](t)(s.Derived(ctx, home, "hear", "1", "c", "j")), []byte("y"))
	})
	t.Run("all rows of a version are given in order, or those asked for", func(t *testing.T) {
		s := open(t)
		long := strings.Repeat("long ", 1000)
		must(t, s.PutDerived(ctx, home, row("b", "1", "i", "xb"), row("a", "1", "i", long), row("c", "1", "i", "xc"), row("a", "2", "i", "no")))
		gather := func(subjects ...string) (rows []store.Derived) {
			for r, err := range s.AllDerived(ctx, home, "hear", "1", subjects...) {
				must(t, err)
				rows = append(rows, r)
			}
			return rows
		}
		same(t, "all", gather(), []store.Derived{row("a", "1", "i", long), row("b", "1", "i", "xb"), row("c", "1", "i", "xc")})
		same(t, "some", gather("c", "b", "never"), []store.Derived{row("b", "1", "i", "xb"), row("c", "1", "i", "xc")})
	})
	t.Run("what was made of a conversation while it was removed is not kept", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{cs[0].ID}})
		must(t, s.PutDerived(ctx, home, row(string(cs[0].ID), "1", "i", "of one removed"), row(string(cs[1].ID), "1", "i", "of another")))
		_, err := s.Derived(ctx, home, "hear", "1", string(cs[0].ID), "i")
		wantCode(t, err, headway.NotFound)
		same(t, "another", got[[]byte](t)(s.Derived(ctx, home, "hear", "1", string(cs[1].ID), "i")), []byte("of another"))
	})
	t.Run("sweeping drops the other versions of one step", func(t *testing.T) {
		s := open(t)
		other := row("c", "1", "i", "x")
		other.Step = "mirror"
		must(t, s.PutDerived(ctx, home, row("c", "1", "i", "x"), row("d", "1", "i", "x"), row("c", "2", "i", "x"), other))
		must(t, s.PutDerived(ctx, "theirs", row("c", "1", "i", "x")))
		if n := got[int](t)(s.Sweep(ctx, home, "hear", "2")); n != 2 {
			t.Errorf("dropped %d", n)
		}
		got[[]byte](t)(s.Derived(ctx, home, "hear", "2", "c", "i"))
		got[[]byte](t)(s.Derived(ctx, home, "mirror", "1", "c", "i"))
		got[[]byte](t)(s.Derived(ctx, "theirs", "hear", "1", "c", "i"))
	})
	t.Run("stale is what has no row from its present inputs by these rules", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		stale := func(version string, after store.Cursor, limit int) []store.StaleConversation {
			return got[[]store.StaleConversation](t)(s.Stale(ctx, home, "hear", version, after, limit))
		}
		hear := func(version string, all ...store.StaleConversation) {
			for _, c := range all {
				must(t, s.PutDerived(ctx, home, row(string(c.ID), version, c.Inputs, "x")))
			}
		}
		all := stale("1", 0, 10)
		if len(all) != 3 || all[0].ID != cs[0].ID || all[2].ID != cs[2].ID || all[0].Inputs != inputsOf(t, s, cs[0].ID) {
			t.Fatalf("at first: %v", all)
		}
		same(t, "a page", stale("1", 0, 2), all[:2])
		same(t, "the next", stale("1", all[1].Cursor, 2), all[2:])

		hear("1", all[0], all[2]) // and then it crashes
		same(t, "after a crash", stale("1", 0, 10), all[1:2])
		hear("1", all[1])
		same(t, "when all is done", stale("1", 0, 10), []store.StaleConversation(nil))
		same(t, "by new rules", stale("2", 0, 10), all)

		c := cs[2]
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[0].ID, Side: headway.Ours})
		placed := stale("1", 0, 10)
		if len(placed) != 1 || placed[0].ID != c.ID || placed[0].Inputs == all[2].Inputs {
			t.Errorf("after a speaker was placed: %v", placed)
		}
		hear("1", all[2]) // made from what is no longer so
		same(t, "made from old inputs", stale("1", 0, 10), placed)
		add(t, s, mugs())
		if new := stale("1", 0, 10); len(new) != 2 || new[1].ID != mugs().ID {
			t.Errorf("after another was added: %v", new)
		}
	})
	t.Run("fresh are those that have a row from their present inputs by these rules", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{cs[0].ID, cs[2].ID}})
		fresh := func(version string, f store.ConversationFilter) [2]int {
			n, all, err := s.Fresh(ctx, home, "hear", version, f)
			must(t, err)
			return [2]int{n, all}
		}
		everywhere, inStudy := store.ConversationFilter{}, store.ConversationFilter{Study: study}
		same(t, "at first", fresh("1", everywhere), [2]int{0, 3})
		must(t, s.PutDerived(ctx, home, row(string(cs[0].ID), "1", inputsOf(t, s, cs[0].ID), "x"),
			row(string(cs[1].ID), "1", inputsOf(t, s, cs[1].ID), "x"), row(string(cs[2].ID), "1", "what it was before", "x"), row("a study", "1", "i", "x")))
		must(t, s.PutDerived(ctx, "theirs", row(string(cs[2].ID), "1", inputsOf(t, s, cs[2].ID), "x")))
		same(t, "two of three", fresh("1", everywhere), [2]int{2, 3})
		same(t, "one of the study's two", fresh("1", inStudy), [2]int{1, 2})
		same(t, "by other rules", fresh("2", everywhere), [2]int{0, 3})

		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: cs[0].ID, Speaker: cs[0].Speakers[0].ID, Side: headway.Theirs})
		same(t, "after a speaker was placed", fresh("1", everywhere), [2]int{1, 3})
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{cs[1].ID}})
		same(t, "after one was removed", fresh("1", everywhere), [2]int{0, 2})
		n, all, err := s.Fresh(ctx, "nobody's", "hear", "1", everywhere)
		must(t, err)
		same(t, "in an empty workspace", [2]int{n, all}, [2]int{0, 0})
	})
}

func leases(t *testing.T, open func(t *testing.T) store.Store) {
	minute := func(n int) time.Time { return monday.Add(time.Duration(n) * time.Minute) }
	t.Run("one holder at a time, until the time is up", func(t *testing.T) {
		s := open(t)
		must(t, s.Acquire(ctx, home, "flow", "a", minute(0), minute(5)))
		wantCode(t, s.Acquire(ctx, home, "flow", "b", minute(4), minute(9)), headway.Conflict)
		must(t, s.Acquire(ctx, home, "flow", "a", minute(4), minute(6)))
		must(t, s.Acquire(ctx, home, "other", "b", minute(4), minute(9)))
		must(t, s.Acquire(ctx, "theirs", "flow", "b", minute(4), minute(9)))
		must(t, s.Acquire(ctx, home, "flow", "b", minute(6), minute(9)))
		wantCode(t, s.Renew(ctx, home, "flow", "a", minute(7), minute(20)), headway.Conflict)
	})
	t.Run("renewed in time it goes on, too late it is lost", func(t *testing.T) {
		s := open(t)
		must(t, s.Acquire(ctx, home, "flow", "a", minute(0), minute(5)))
		must(t, s.Renew(ctx, home, "flow", "a", minute(4), minute(9)))
		wantCode(t, s.Acquire(ctx, home, "flow", "b", minute(8), minute(20)), headway.Conflict)
		wantCode(t, s.Renew(ctx, home, "flow", "a", minute(9), minute(20)), headway.Conflict)
	})
	t.Run("given back it is free at once, and only its holder can", func(t *testing.T) {
		s := open(t)
		must(t, s.Acquire(ctx, home, "flow", "a", minute(0), minute(5)))
		must(t, s.Release(ctx, home, "flow", "b"))
		wantCode(t, s.Acquire(ctx, home, "flow", "b", minute(1), minute(5)), headway.Conflict)
		must(t, s.Release(ctx, home, "flow", "a"))
		must(t, s.Acquire(ctx, home, "flow", "b", minute(1), minute(5)))
	})
}
