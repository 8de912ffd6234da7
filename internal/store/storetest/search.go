package storetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// find searches all of home.
func find(t *testing.T, s store.Store, query string) []store.Hit {
	t.Helper()
	hits, _, err := s.Search(ctx, home, query, store.SearchFilter{}, 0)
	must(t, err)
	return hits
}

// words cuts what matched.
func words(t *testing.T, hits []store.Hit) (all []string) {
	t.Helper()
	for _, h := range hits {
		for _, span := range h.Spans {
			quote, err := h.Text.Cut(span)
			must(t, err)
			all = append(all, quote.String())
		}
	}
	slices.Sort(all)
	return all
}

func search(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("words are found in any inflection, and their places given", func(t *testing.T) {
		s := open(t)
		add(t, s, append(three(), mugs())...)
		for query, want := range map[string][]string{
			"count":              {"Counting", "count", "count"},
			"counts boxes":       {"boxes", "boxes", "count", "count"},
			"BOX student":        {"boxes", "student"},
			`"count boxes"`:      {"count boxes"},
			`"by hand" boxes`:    {"boxes", "by hand"},
			"spread*":            {"spreadsheet", "spreadsheet"},
			`"the spread*"`:      {"The spreadsheet", "the spreadsheet"},
			"chocolate eaten":    {"chocolate", "eaten"},
			"what would you":     {"What", "would", "you"},
			"elephant":           nil,
			"student stocktake*": nil,
		} {
			t.Run(query, func(t *testing.T) { same(t, "words", words(t, find(t, s, query)), want) })
		}
	})
	t.Run("a hit says where it stands", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		c := three()[1]
		hits := find(t, s, "student")
		want := store.Hit{
			Place: store.Place{Text: c.Turns[1].Text, Conversation: c.ID, Turn: 1, Speaker: c.Turns[1].Speaker, Side: headway.Theirs, Person: c.Speakers[1].Person()},
			Spans: []headway.Span{{Text: c.Turns[1].Text.ID, Start: 21, End: 28}},
		}
		same(t, "hits", hits, []store.Hit{want})
	})
	t.Run("nothing in a query is an error", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		for _, query := range []string{
			"", " ", `"`, `""`, `"""`, "*", "**", "a*b*", "AND", "OR NOT", "boxes AND", "NEAR(boxes", "(", ")", "words:boxes", "-boxes", "^boxes", "+", "boxes\x00", "a:*", "!", "&|<->", `\`, `'`, "';--", "$1", "%", "\xff\xfe", "🍫", "日本語", "e\u0301", "{boxes}", "boxes':*",
			"\uFDD0boxes\uFDD1",
		} {
			if _, _, err := s.Search(ctx, home, query, store.SearchFilter{}, 10); err != nil {
				t.Errorf("%q: %v", query, err)
			}
		}
		if n := len(find(t, s, `boxes' & "`)); n != 2 {
			t.Errorf("stray characters around a word: %d hits, want 2", n)
		}
	})
	t.Run("another workspace's words are never found", func(t *testing.T) {
		s := open(t)
		for _, ws := range []headway.WorkspaceID{"before", home, "after"} {
			c := talk(string(ws), sides, said{"Olga", "A " + string(ws) + " secret about boxes."})
			_, err := s.AddConversations(ctx, ws, []headway.Conversation{c})
			must(t, err)
		}
		for _, ws := range []headway.WorkspaceID{"before", home, "after"} {
			for _, query := range []string{"secret", "box*", `"about boxes"`, "before", "home", "after"} {
				hits, _, err := s.Search(ctx, ws, query, store.SearchFilter{}, 0)
				must(t, err)
				for _, h := range hits {
					if h.Text.Text != "A "+string(ws)+" secret about boxes." {
						t.Errorf("%s finds with %q: %s", ws, query, h.Text.Text)
					}
				}
				if own := query == string(ws); own && len(hits) != 1 {
					t.Errorf("%s does not find its own word", ws)
				}
			}
		}
		hits, _, err := s.Search(ctx, "never", "boxes", store.SearchFilter{}, 0)
		must(t, err)
		same(t, "a workspace that is not there", hits, []store.Hit(nil))
	})
	t.Run("a search can be narrowed to a study and a side", func(t *testing.T) {
		s := open(t)
		add(t, s, three()...)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{three()[0].ID}})
		for name, w := range map[string]struct {
			f    store.SearchFilter
			want int
		}{
			"all":           {store.SearchFilter{}, 3},
			"theirs":        {store.SearchFilter{Side: headway.Theirs}, 2},
			"ours":          {store.SearchFilter{Side: headway.Ours}, 1},
			"study":         {store.SearchFilter{Study: study}, 1},
			"study, ours":   {store.SearchFilter{Study: study, Side: headway.Ours}, 0},
			"another study": {store.SearchFilter{Study: "never"}, 0},
		} {
			hits, _, err := s.Search(ctx, home, "count", w.f, 0)
			must(t, err)
			if len(hits) != w.want {
				t.Errorf("%s: %d hits, want %d", name, len(hits), w.want)
			}
		}
		c := three()[1]
		apply(t, s, headway.Operation{Deed: headway.DeedPlace, Conversation: c.ID, Speaker: c.Speakers[1].ID, Side: headway.Ours})
		hits, _, err := s.Search(ctx, home, "student", store.SearchFilter{Side: headway.Ours}, 0)
		must(t, err)
		if len(hits) != 1 {
			t.Error("a placed speaker's words are not found on their new side")
		}
	})
	t.Run("the best come first, and no more than asked for", func(t *testing.T) {
		s := open(t)
		add(t, s, talk("weak", sides, said{"Olga", "Somewhere in this long and winding answer there is a pallet among many other things that we talked about."}),
			talk("strong", sides, said{"Olga", "Pallet, pallet, pallet."}))
		hits, capped, err := s.Search(ctx, home, "pallet", store.SearchFilter{}, 1)
		must(t, err)
		if len(hits) != 1 || capped || hits[0].Text.Text != "Pallet, pallet, pallet." {
			t.Errorf("got %v, capped %v", hits, capped)
		}
	})
	t.Run("what matches too often comes newest first and is said to be capped", func(t *testing.T) {
		if testing.Short() {
			t.Skip("needs 20,000 turns")
		}
		s := open(t)
		var turns []said
		for i := range store.RankedMatches + 5 {
			turns = append(turns, said{"Olga", fmt.Sprintf("Yes, number %d.", i)})
		}
		add(t, s, talk("first", sides, said{"Olga", "A number: yes."}), talk("many", sides, turns...), talk("last", sides, said{"Olga", "Yes, at last."}))
		hits, capped, err := s.Search(ctx, home, "yes", store.SearchFilter{}, 2)
		must(t, err)
		if !capped || len(hits) != 2 || hits[0].Text.Text != "Yes, at last." || hits[1].Turn != store.RankedMatches+4 {
			t.Errorf("capped %v, got %v", capped, hits)
		}
		hits, capped, err = s.Search(ctx, home, `"yes number"`, store.SearchFilter{}, 2)
		must(t, err)
		if !capped || len(hits) != 2 || hits[0].Turn != store.RankedMatches+4 || len(hits[0].Spans) != 1 {
			t.Errorf("a phrase of common words: capped %v, got %v", capped, hits)
		}
		hits, capped, err = s.Search(ctx, home, `"number yes"`, store.SearchFilter{}, 2)
		must(t, err)
		if capped || len(hits) != 1 || hits[0].Text.Text != "A number: yes." {
			t.Errorf("a rare phrase of common words: capped %v, got %v", capped, hits)
		}
		_, capped, err = s.Search(ctx, home, "last", store.SearchFilter{}, 2)
		must(t, err)
		if capped {
			t.Error("a rare word is capped")
		}
	})
}
