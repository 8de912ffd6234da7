package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// names holds what the store promises of masks on what people are called.
func names(t *testing.T, open func(t *testing.T) store.Store) {
	person := quandt().Speakers[1].Person()
	mask := headway.Operation{Deed: headway.DeedMask, Person: person}
	lift := headway.Operation{Deed: headway.DeedLift, Person: person}
	named := func() headway.Conversation {
		c := quandt()
		c.File, c.Title = "calls/berta_quandt.txt", "Berta Quandt's scales"
		return c
	}
	t.Run("a masked name is told by nothing, and comes back when it is lifted", func(t *testing.T) {
		for _, factsFirst := range []bool{true, false} {
			s := open(t)
			if factsFirst {
				add(t, s, named())
			} else {
				m := mask
				m.Seq, m.At = 1, monday
				must(t, s.Replay(ctx, home, []headway.Operation{m}))
				add(t, s, named())
			}
			must(t, s.PutSource(ctx, home, store.Source{ID: named().Source, Name: "berta_quandt.txt", ImportedAt: monday}))
			if factsFirst {
				before := inputsOf(t, s, named().ID)
				apply(t, s, mask)
				if inputsOf(t, s, named().ID) == before {
					t.Error("what was made of it counts as fresh")
				}
			}
			c := got[headway.Conversation](t)(s.Conversation(ctx, home, named().ID))
			heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{}, store.Page{})
			must(t, err)
			who, err := s.Named(ctx, home, store.SearchFilter{})
			must(t, err)
			source := got[store.Source](t)(s.Source(ctx, home, named().Source))
			same(t, "name", c.Speakers[1].Name, "Customer 1")
			same(t, "person", c.Speakers[1].Person(), person)
			same(t, "file", c.File, "calls/Customer 1.txt")
			same(t, "title", c.Title, "Customer 1's scales")
			same(t, "source", source.Name, "Customer 1.txt")
			c.Turns = nil // what is said is masked by itself
			for _, told := range []string{fmt.Sprintf("%+v %+v %+v %+v", c, heads, who, source)} {
				if low := strings.ToLower(told); strings.Contains(low, "quandt") || strings.Contains(low, "oilvane") {
					t.Errorf("facts first %v: it is told: %s", factsFirst, told)
				}
			}
			same(t, "as it came", got[headway.Conversation](t)(s.Came(ctx, home, named().ID)).Speakers[1].Name, named().Speakers[1].Name)
			behind := got[[]headway.Speaker](t)(s.Behind(ctx, home, person))
			same(t, "behind", behind, []headway.Speaker{{Name: named().Speakers[1].Name, Email: named().Speakers[1].Email}})
			refuse(t, s, headway.Conflict, mask)
			apply(t, s, lift)
			c = got[headway.Conversation](t)(s.Conversation(ctx, home, named().ID))
			same(t, "lifted", []string{c.Speakers[1].Name, c.Speakers[1].Email, c.File, c.Title}, []string{named().Speakers[1].Name, named().Speakers[1].Email, named().File, named().Title})
			refuse(t, s, headway.Conflict, lift)
		}
	})
	t.Run("whoever is merged with a masked person is masked with them, and keeps to themselves once split", func(t *testing.T) {
		s := open(t)
		other := three()[0]
		add(t, s, named(), other)
		apply(t, s, mask)
		merge := headway.Operation{Deed: headway.DeedMerge, Person: other.Speakers[1].Person(), Into: person}
		called := func() string {
			return got[headway.Conversation](t)(s.Conversation(ctx, home, other.ID)).Speakers[1].Name
		}
		apply(t, s, merge)
		same(t, "merged", called(), "Customer 1")
		apply(t, s, headway.Operation{Deed: headway.DeedSplit, Person: merge.Person})
		same(t, "split", called(), other.Speakers[1].Name)
	})
	t.Run("one of ours is called a colleague, and whoever is masked again keeps their number", func(t *testing.T) {
		s := open(t)
		add(t, s, named())
		ours := named().Speakers[0]
		apply(t, s, mask)
		apply(t, s, headway.Operation{Deed: headway.DeedMask, Person: ours.Person()})
		apply(t, s, lift)
		apply(t, s, mask)
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: named().ID, Speaker: ours.ID, Side: headway.Ours})
		c := got[headway.Conversation](t)(s.Conversation(ctx, home, named().ID))
		same(t, "names", []string{c.Speakers[0].Name, c.Speakers[1].Name}, []string{"Colleague 2", "Customer 1"})
	})
	t.Run("erased, a masked person is not behind the mask either", func(t *testing.T) {
		s := open(t)
		add(t, s, named())
		apply(t, s, mask)
		apply(t, s, headway.Operation{Deed: headway.DeedErase, Person: person})
		same(t, "behind", got[[]headway.Speaker](t)(s.Behind(ctx, home, person)), []headway.Speaker(nil))
		c := got[headway.Conversation](t)(s.Came(ctx, home, named().ID))
		if slices.ContainsFunc(c.Speakers, func(s headway.Speaker) bool { return strings.Contains(s.Name, "Quandt") }) || strings.Contains(strings.ToLower(c.File+c.Title), "quandt") {
			t.Errorf("it came as %+v of %q, %q", c.Speakers, c.File, c.Title)
		}
	})
	t.Run("what a step made of words that are others by now is left out", func(t *testing.T) {
		s := open(t)
		add(t, s, quandt())
		id := quandt().ID
		old := inputsOf(t, s, id)
		row := store.Derived{Subject: string(id), Step: "hear", Version: "1", Inputs: old, Given: old, Payload: []byte("zylometer")}
		must(t, s.PutDerived(ctx, home, row))
		apply(t, s, headway.Operation{Deed: headway.DeedErase, Person: person})
		must(t, s.PutDerived(ctx, home, row)) // by a worker who heard them before
		if _, err := s.Derived(ctx, home, "hear", "1", string(id), old); headway.ErrorCode(err) != headway.NotFound {
			t.Errorf("it is there again: %v", err)
		}
		row.Given = inputsOf(t, s, id)
		row.Inputs = row.Given
		must(t, s.PutDerived(ctx, home, row))
		got[[]byte](t)(s.Derived(ctx, home, "hear", "1", string(id), row.Inputs))
	})
	t.Run("a setting is what it was set to last", func(t *testing.T) {
		s := open(t)
		same(t, "before", got[string](t)(s.Setting(ctx, home, "mask")), "")
		must(t, s.PutSetting(ctx, home, "mask", "yes"))
		must(t, s.PutSetting(ctx, home, "mask", "no"))
		same(t, "after", got[string](t)(s.Setting(ctx, home, "mask")), "no")
		same(t, "elsewhere", got[string](t)(s.Setting(ctx, "theirs", "mask")), "")
	})
}
