package storetest

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

func sources(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("a source comes back as it was put, oldest first", func(t *testing.T) {
		s := open(t)
		later := store.Source{ID: "b", Name: "b.csv", Format: "csv", Size: 12, ImportedAt: monday.Add(1000), Findings: []headway.Finding{{Line: 2, What: "odd"}}}
		first := store.Source{ID: "c", Name: "c.vtt", Format: "vtt", ImportedAt: monday}
		must(t, s.PutSource(ctx, home, later))
		must(t, s.PutSource(ctx, home, first))
		same(t, "all", got[[]store.Source](t)(s.Sources(ctx, home)), []store.Source{first, later})
		same(t, "one", got[store.Source](t)(s.Source(ctx, home, "b")), later)
	})
	t.Run("the same id again changes nothing", func(t *testing.T) {
		s := open(t)
		must(t, s.PutSource(ctx, home, store.Source{ID: "a", Name: "first", ImportedAt: monday}))
		must(t, s.PutSource(ctx, home, store.Source{ID: "a", Name: "second", ImportedAt: monday}))
		if name := got[store.Source](t)(s.Source(ctx, home, "a")).Name; name != "first" {
			t.Errorf("it is now named %s", name)
		}
	})
	t.Run("another workspace's source is not found", func(t *testing.T) {
		s := open(t)
		must(t, s.PutSource(ctx, "theirs", store.Source{ID: "a", ImportedAt: monday}))
		_, err := s.Source(ctx, home, "a")
		wantCode(t, err, headway.NotFound)
		same(t, "list", got[[]store.Source](t)(s.Sources(ctx, home)), []store.Source(nil))
	})
}

func conversations(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("a conversation comes back as it was added", func(t *testing.T) {
		s := open(t)
		all := append(three(), mugs(), talk("empty", nil))
		add(t, s, all...)
		for _, c := range all {
			same(t, c.File, got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)), c)
		}
	})
	t.Run("the same conversation again changes nothing", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		before := got[headway.Conversation](t)(s.Conversation(ctx, home, three()[0].ID))
		changed := three()
		changed[0].Title = "another title"
		n, err := s.AddConversations(ctx, home, append(changed, changed...))
		must(t, err)
		if n != 0 {
			t.Errorf("added %d", n)
		}
		same(t, "conversation", got[headway.Conversation](t)(s.Conversation(ctx, home, changed[0].ID)), before)
		if found := find(t, s, "stocktaking"); len(found) != 1 {
			t.Errorf("its words are found %d times", len(found))
		}
	})
	t.Run("an import that broke off goes on where it was", func(t *testing.T) {
		s := open(t)
		add(t, s, three()[:1]...)
		n, err := s.AddConversations(ctx, home, append(three(), three()...))
		must(t, err)
		if n != 2 {
			t.Errorf("added %d, want the 2 that were missing", n)
		}
	})
	t.Run("two programs adding the same at once add it once", func(t *testing.T) {
		s := open(t)
		var wait sync.WaitGroup
		added := make([]int, 4)
		for i := range added {
			wait.Go(func() { added[i], _ = s.AddConversations(ctx, home, three()) })
		}
		wait.Wait()
		if sum := added[0] + added[1] + added[2] + added[3]; sum != 3 {
			t.Errorf("added %v", added)
		}
	})
	t.Run("one bad conversation keeps the whole batch out", func(t *testing.T) {
		for name, spoil := range map[string]func(c *headway.Conversation){
			"a text of another turn":     func(c *headway.Conversation) { c.Turns[0].Text.ID = "other.1" },
			"a speaker from elsewhere":   func(c *headway.Conversation) { c.Turns[0].Speaker = "nobody" },
			"words that are not UTF-8":   func(c *headway.Conversation) { c.Turns[0].Text.Text = "caf\xe9" },
			"words that hold a NUL":      func(c *headway.Conversation) { c.Turns[0].Text.Text = "a\x00b" },
			"a turn of an earlier batch": func(c *headway.Conversation) { c.ID = "new" },
		} {
			s := open(t)
			add(t, s, three()[2])
			batch := three()
			bad := three()[2]
			bad.ID = "bad"
			spoil(&bad)
			_, err := s.AddConversations(ctx, home, append(batch[:2], bad))
			want := headway.Invalid
			if bad.ID == "new" {
				want = headway.Conflict
			}
			if headway.ErrorCode(err) != want {
				t.Errorf("%s: got %v", name, err)
			}
			heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{}, store.Page{})
			must(t, err)
			if len(heads) != 1 || len(find(t, s, "stocktaking")) != 0 {
				t.Errorf("%s: something of the batch stayed", name)
			}
		}
	})
	t.Run("heads are listed in pages, in the order in which they were added", func(t *testing.T) {
		s := open(t)
		all := append(three(), mugs())
		add(t, s, all...)
		var listed []headway.ConversationID
		p := store.Page{Limit: 3}
		for pages := 0; ; pages++ {
			heads, next, err := s.Conversations(ctx, home, store.ConversationFilter{}, p)
			must(t, err)
			for _, h := range heads {
				listed = append(listed, h.ID)
			}
			if next == 0 {
				break
			}
			p.After = next
		}
		var want []headway.ConversationID
		for _, c := range all {
			want = append(want, c.ID)
		}
		same(t, "listed", listed, want)
	})
	t.Run("a head tells what there is without the turns", func(t *testing.T) {
		s := open(t)
		c := mugs()
		add(t, s, c)
		heads, _, err := s.Conversations(ctx, home, store.ConversationFilter{}, store.Page{})
		must(t, err)
		want := store.Head{
			ID: c.ID, Source: c.Source, File: c.File, Row: c.Row, Title: c.Title, Format: c.Format, Genre: c.Genre,
			Product: c.Product, Date: c.Date, Turns: 4, Words: 29, Findings: 2, Speakers: c.Speakers, Inputs: heads[0].Inputs,
		}
		same(t, "head", heads[0], want)
		if heads[0].Inputs == "" {
			t.Error("it has no digest of its inputs")
		}
	})
	t.Run("heads can be narrowed to a source, a study and ids", func(t *testing.T) {
		s := open(t)
		all := append(three(), mugs())
		add(t, s, all...)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{all[0].ID, all[3].ID}})
		for name, c := range map[string]struct {
			f    store.ConversationFilter
			want int
		}{
			"all":              {store.ConversationFilter{}, 4},
			"source":           {store.ConversationFilter{Source: "5f1d"}, 1},
			"study":            {store.ConversationFilter{Study: study}, 2},
			"ids":              {store.ConversationFilter{IDs: []headway.ConversationID{all[1].ID, "never"}}, 1},
			"no ids":           {store.ConversationFilter{IDs: []headway.ConversationID{}}, 0},
			"study and ids":    {store.ConversationFilter{Study: study, IDs: []headway.ConversationID{all[0].ID, all[1].ID}}, 1},
			"study and source": {store.ConversationFilter{Study: study, Source: "5f1d"}, 1},
		} {
			heads, _, err := s.Conversations(ctx, home, c.f, store.Page{})
			must(t, err)
			if len(heads) != c.want {
				t.Errorf("%s: %d heads, want %d", name, len(heads), c.want)
			}
		}
	})
	t.Run("a text is found with where it stands", func(t *testing.T) {
		s := open(t)
		c := three()[1]
		add(t, s, three()...)
		want := store.Place{Text: c.Turns[2].Text, Conversation: c.ID, Turn: 2, Speaker: c.Turns[2].Speaker, Side: headway.Ours, Person: c.Speakers[0].Person()}
		same(t, "place", got[store.Place](t)(s.Text(ctx, home, c.Turns[2].Text.ID)), want)
		_, err := s.Text(ctx, home, "never.1")
		wantCode(t, err, headway.NotFound)
	})
	t.Run("of many texts those that are here are found", func(t *testing.T) {
		s := open(t)
		c := three()[1]
		add(t, s, three()...)
		many := []headway.TextID{c.Turns[2].Text.ID, "never.1", three()[0].Turns[0].Text.ID, c.Turns[2].Text.ID}
		places := got[map[headway.TextID]store.Place](t)(s.Places(ctx, home, many))
		if len(places) != 2 {
			t.Errorf("%d places: %v", len(places), places)
		}
		for id, place := range places {
			same(t, "place", place, got[store.Place](t)(s.Text(ctx, home, id)))
		}
		for _, none := range [][]headway.TextID{nil, {"never.1"}} {
			if places := got[map[headway.TextID]store.Place](t)(s.Places(ctx, home, none)); len(places) > 0 {
				t.Errorf("of %q come %v", none, places)
			}
		}
		if places := got[map[headway.TextID]store.Place](t)(s.Places(ctx, "theirs", many)); len(places) > 0 {
			t.Errorf("another workspace has %v", places)
		}
	})
	t.Run("two workspaces may hold the same conversation and see only their own", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		n, err := s.AddConversations(ctx, "theirs", three()[:1])
		must(t, err)
		if n != 1 {
			t.Errorf("added %d", n)
		}
		_, err = s.Conversation(ctx, "theirs", three()[1].ID)
		wantCode(t, err, headway.NotFound)
		_, err = s.Conversation(ctx, "never", three()[1].ID)
		wantCode(t, err, headway.NotFound)
		_, err = s.Text(ctx, "theirs", three()[1].Turns[0].Text.ID)
		wantCode(t, err, headway.NotFound)
	})
	t.Run("a long conversation and a long turn come back whole", func(t *testing.T) {
		s := open(t)
		var turns []said
		for i := range 3000 {
			turns = append(turns, said{fmt.Sprint("P", i%7), fmt.Sprintf("This is turn %d of many.", i)})
		}
		long := make([]byte, 0, 3<<20)
		for i := 0; len(long) < 3<<20; i++ {
			long = fmt.Appendf(long, "word%d ", i)
		}
		c := talk("long", nil, append(turns, said{"P1", string(long)})...)
		add(t, s, c)
		same(t, "conversation", got[headway.Conversation](t)(s.Conversation(ctx, home, c.ID)), c)
	})
}

func keeping(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("all texts are given with the digests they were stored with", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		_, err := s.AddConversations(ctx, "theirs", []headway.Conversation{mugs()})
		must(t, err)
		n := 0
		for text, err := range s.Texts(ctx, home) {
			must(t, err)
			if sum := sha256.Sum256([]byte(text.Text)); string(sum[:]) != string(text.SHA256) {
				t.Errorf("text %s does not match its digest", text.ID)
			}
			if text.Conversation == mugs().ID {
				t.Errorf("text %s is another workspace's", text.ID)
			}
			n++
		}
		if n != 7 {
			t.Errorf("%d texts, want 7", n)
		}
	})
	t.Run("leaving off in the middle of all texts is no harm", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		for range s.Texts(ctx, home) {
			break
		}
		add(t, s, mugs())
	})
	t.Run("a sound store checks clean", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{three()[1].ID}})
		same(t, "wrong", got[[]string](t)(s.Check(ctx)), []string(nil))
	})
}
