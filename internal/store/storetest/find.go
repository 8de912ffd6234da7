package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// spring are three invented calls, a day apart from Monday on; Anna is known by
// her address in two of them, and the last has no date.
func spring() []headway.Conversation {
	all := []headway.Conversation{
		talk("first", sides, said{"Interviewer", "What about the price?"}, said{"Anna", "The price of boxes frightens me."}, said{"Bert", "The price is fine."}),
		talk("second", sides, said{"Interviewer", "And the price now?"}, said{"Anna", "I pay the price and fear the winter."}),
		talk("third", sides, said{"Bert", "A price is a price."}),
	}
	for i := range all {
		if i < 2 {
			all[i].Date = headway.Date{Time: monday.AddDate(0, 0, i), From: headway.DateFromPerson}
		}
		for j, s := range all[i].Speakers {
			if s.Name == "Anna" {
				all[i].Speakers[j] = speaker(s, "anna@example.com", "", headway.Theirs, headway.SettledRole)
			}
		}
	}
	return all
}

// texts gives the words of hits, in their order.
func texts(hits []store.Hit) (all []string) {
	for _, h := range hits {
		all = append(all, h.Text.Text)
	}
	return all
}

// all is the span of a whole text.
func all(t headway.TextVersion) headway.Span {
	return headway.Span{Text: t.ID, End: len([]rune(t.Text))}
}

func finding(t *testing.T, open func(t *testing.T) store.Store) {
	const fears, pays, fine = "The price of boxes frightens me.", "I pay the price and fear the winter.", "The price is fine."
	filled := func(t *testing.T) (store.Store, []headway.Conversation) {
		s, cs := open(t), spring()
		add(t, s, cs...)
		must(t, s.PutMoments(ctx, home, map[headway.ConversationID][]store.Moment{
			cs[0].ID: {{Span: all(cs[0].Turns[1].Text), Label: headway.Anxiety, Counted: true}, {Span: all(cs[1].Turns[1].Text), Label: headway.Anxiety}},
			cs[1].ID: {{Span: all(cs[1].Turns[1].Text), Label: headway.Anxiety}, {Span: all(cs[1].Turns[1].Text), Label: headway.Decision}},
		}))
		return s, cs
	}
	t.Run("filters add up, with words and without", func(t *testing.T) {
		s, cs := filled(t)
		anna := []headway.PersonID{cs[0].Speakers[1].Person()}
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{cs[0].ID}})
		for name, w := range map[string]struct {
			query string
			f     store.SearchFilter
			want  []string
		}{
			"everything of a person":       {"", store.SearchFilter{People: anna}, []string{pays, fears}},
			"a person about something":     {"boxes", store.SearchFilter{People: anna}, []string{fears}},
			"nobody":                       {"price", store.SearchFilter{People: []headway.PersonID{}}, nil},
			"a phrase of nobody":           {`"the price"`, store.SearchFilter{People: []headway.PersonID{}}, nil},
			"a side":                       {"", store.SearchFilter{Side: headway.Ours}, []string{"And the price now?", "What about the price?"}},
			"a kind":                       {"", store.SearchFilter{Kinds: []headway.Label{headway.Anxiety}}, []string{pays, fears}},
			"two kinds":                    {"", store.SearchFilter{Kinds: []headway.Label{headway.Decision, headway.Habit}}, []string{pays}},
			"a kind and a word":            {"winter", store.SearchFilter{Kinds: []headway.Label{headway.Anxiety}}, []string{pays}},
			"a kind or texts":              {"", store.SearchFilter{Kinds: []headway.Label{headway.Decision}, Texts: []headway.TextID{cs[0].Turns[2].Text.ID}}, []string{pays, fine}},
			"texts and a word":             {"price", store.SearchFilter{Texts: []headway.TextID{cs[0].Turns[2].Text.ID}}, []string{fine}},
			"no texts":                     {"price", store.SearchFilter{Texts: []headway.TextID{}}, nil},
			"from a day on":                {"pay", store.SearchFilter{From: monday.AddDate(0, 0, 1)}, []string{pays}},
			"before a day":                 {"", store.SearchFilter{Until: monday.AddDate(0, 0, 1), Side: headway.Theirs}, []string{fine, fears}},
			"between days":                 {"", store.SearchFilter{From: monday, Until: monday, Side: headway.Theirs}, nil},
			"a study":                      {"", store.SearchFilter{Study: study, People: anna}, []string{fears}},
			"hidden studies":               {"", store.SearchFilter{Hidden: []headway.StudyID{study}, People: anna}, []string{pays}},
			"hidden but shown elsewhere":   {"", store.SearchFilter{Hidden: []headway.StudyID{study}, Through: study, People: anna}, []string{pays, fears}},
			"what came since":              {"", store.SearchFilter{After: 2}, []string{"A price is a price."}},
			"signs alone":                  {"🍫", store.SearchFilter{People: anna}, nil},
			"a kind that was never heard":  {"price", store.SearchFilter{Kinds: []headway.Label{headway.Habit}}, nil},
			"a kind on the other side":     {"price", store.SearchFilter{Kinds: []headway.Label{headway.Anxiety}, Side: headway.Ours}, nil},
			"a kind of a person in a time": {"price", store.SearchFilter{Kinds: []headway.Label{headway.Anxiety}, People: anna, Until: monday.Add(time.Hour)}, []string{fears}},
		} {
			hits, capped, err := s.Search(ctx, home, w.query, w.f, 0)
			must(t, err)
			if capped {
				t.Errorf("%s: capped", name)
			}
			same(t, name, texts(hits), w.want)
		}
	})
	t.Run("filters hold where conversations lie far apart", func(t *testing.T) {
		s := open(t)
		var cs []headway.Conversation
		for i := range 300 {
			cs = append(cs, talk(fmt.Sprint(i), sides, said{"Olga", fmt.Sprintf("The price of lot %d.", i)}))
			if i%2 == 0 {
				cs[i].Date = headway.Date{Time: monday, From: headway.DateFromPerson}
			}
		}
		add(t, s, cs...)
		for _, query := range []string{"price", "", "pric*"} {
			hits, _, err := s.Search(ctx, home, query, store.SearchFilter{From: monday}, 1000)
			must(t, err)
			if len(hits) != 150 {
				t.Errorf("%q finds %d of 150", query, len(hits))
			}
			hits, _, err = s.Search(ctx, home, query, store.SearchFilter{From: monday, Texts: []headway.TextID{cs[7].Turns[0].Text.ID, cs[8].Turns[0].Text.ID}}, 0)
			must(t, err)
			same(t, query, texts(hits), []string{"The price of lot 8."})
		}
	})
	t.Run("another workspace's are never found, named or reached by any filter", func(t *testing.T) {
		s, cs := filled(t)
		_, err := s.AddConversations(ctx, "other", []headway.Conversation{talk("other", sides, said{"Olga", "A price of ours."})})
		must(t, err)
		for _, f := range []store.SearchFilter{
			{Kinds: headway.Kinds()}, {People: []headway.PersonID{cs[0].Speakers[1].Person()}}, {Texts: []headway.TextID{cs[0].Turns[1].Text.ID}}, {From: monday}, {Study: "s1"},
		} {
			for _, query := range []string{"", "price"} {
				hits, _, err := s.Search(ctx, "other", query, f, 0)
				must(t, err)
				same(t, fmt.Sprintf("%q %+v", query, f), texts(hits), []string(nil))
			}
		}
		moments, err := s.Moments(ctx, "other", []headway.TextID{cs[0].Turns[1].Text.ID})
		must(t, err)
		same(t, "moments", moments, map[headway.TextID][]store.Moment{})
		names, err := s.Named(ctx, "other", store.SearchFilter{})
		must(t, err)
		if len(names) != 1 || names[0].Name != "Olga" {
			t.Errorf("named: %+v", names)
		}
	})
	t.Run("who speaks is listed for those conversations that may be seen", func(t *testing.T) {
		s, cs := filled(t)
		study, _ := openStudy(t, s)
		apply(t, s, headway.Operation{Deed: headway.DeedAdd, Study: study, Conversations: []headway.ConversationID{cs[0].ID, cs[1].ID}})
		names, err := s.Named(ctx, home, store.SearchFilter{})
		must(t, err)
		if len(names) != 5 { // Anna once, the others once in each conversation
			t.Errorf("of all: %+v", names)
		}
		names, err = s.Named(ctx, home, store.SearchFilter{Hidden: []headway.StudyID{study}})
		must(t, err)
		if len(names) != 1 || names[0].Name != "Bert" {
			t.Errorf("of the third: %+v", names)
		}
		ids, every, err := s.Reach(ctx, home, store.SearchFilter{Hidden: []headway.StudyID{study}})
		must(t, err)
		if every || len(ids) != 1 || ids[0] != cs[2].ID {
			t.Errorf("reached %v", ids)
		}
		if _, every, err = s.Reach(ctx, home, store.SearchFilter{Side: headway.Ours}); err != nil || !every {
			t.Errorf("a side is said of no conversation: %v", err)
		}
	})
	t.Run("moments take the place of earlier ones and go with their conversation", func(t *testing.T) {
		s, cs := filled(t)
		text := cs[1].Turns[1].Text
		kept, err := s.Moments(ctx, home, []headway.TextID{text.ID})
		must(t, err)
		same(t, "moments", kept[text.ID], []store.Moment{{Span: all(text), Label: headway.Anxiety}, {Span: all(text), Label: headway.Decision}})
		must(t, s.PutMoments(ctx, home, map[headway.ConversationID][]store.Moment{cs[1].ID: {{Span: all(text), Label: headway.Habit, Counted: true}}, "gone": nil}))
		kept, err = s.Moments(ctx, home, []headway.TextID{text.ID})
		must(t, err)
		same(t, "moments after", kept[text.ID], []store.Moment{{Span: all(text), Label: headway.Habit, Counted: true}})
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{cs[1].ID}})
		hits, _, err := s.Search(ctx, home, "", store.SearchFilter{Kinds: headway.Kinds()}, 0)
		must(t, err)
		same(t, "hits", texts(hits), []string{fears})
	})
}

// dead tells of moments in words that were heard, and are gone when they are to be kept.
func dead(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("moments in words that were erased or corrected meanwhile are not kept", func(t *testing.T) {
		s := open(t)
		c, other := quandt(), three()[0]
		add(t, s, c, other)
		hers, old := c.Turns[1].Text, other.Turns[1].Text
		heard := map[headway.ConversationID][]store.Moment{
			c.ID: {{Span: all(hers), Label: headway.Habit, Counted: true}}, other.ID: {{Span: all(old), Label: headway.Habit, Counted: true}},
		}
		must(t, s.PutMoments(ctx, home, heard))
		kept, err := s.Moments(ctx, home, []headway.TextID{hers.ID, old.ID})
		must(t, err)
		same(t, "texts with moments before", len(kept), 2)
		apply(t, s, headway.Operation{Deed: headway.DeedErase, Person: c.Speakers[1].Person()})
		anew := headway.NewText(other.Turns[1].ID, "Something else.")
		turn := other.Turns[1]
		turn.Text = anew
		must(t, s.PutTexts(ctx, home, other.ID, turn))
		apply(t, s, headway.Operation{Deed: headway.DeedCorrect, Conversation: other.ID, Correction: &headway.Correction{From: []headway.TextID{old.ID}, To: []headway.TextID{anew.ID}, Sizes: []int{old.Len(), anew.Len()}}})
		must(t, s.PutMoments(ctx, home, heard))
		kept, err = s.Moments(ctx, home, []headway.TextID{hers.ID, old.ID, anew.ID})
		must(t, err)
		same(t, "texts with moments after", len(kept), 0)
	})
}

func savedSearches(t *testing.T, open func(t *testing.T) store.Store) {
	t.Run("a search is kept, renamed and forgotten, each in its workspace", func(t *testing.T) {
		s := open(t)
		one := headway.SavedSearch{ID: "a", Name: "Anna on price", Query: `person:Anna "price"`, Member: "m1", At: monday}
		must(t, s.PutSearch(ctx, home, one))
		must(t, s.PutSearch(ctx, home, headway.SavedSearch{ID: "b", Name: "Fears", Query: "kind:anxiety", Member: "m2", At: monday.Add(time.Minute)}))
		renamed := one
		renamed.Name, renamed.Member = "Anna, prices", "m2"
		must(t, s.PutSearch(ctx, home, renamed))
		all, err := s.Searches(ctx, home)
		must(t, err)
		renamed.Member = "m1" // whose it is stays
		if len(all) != 2 {
			t.Fatalf("%+v", all)
		}
		same(t, "the first", all[0], renamed)
		must(t, s.PutLook(ctx, home, "a", "m1", store.Extent{Conversations: 1, Operations: 2}))
		must(t, s.PutLook(ctx, home, "a", "m1", store.Extent{Conversations: 3, Operations: 4}))
		looks, err := s.Looks(ctx, home, "m1")
		must(t, err)
		same(t, "looks", looks, map[headway.SearchID]store.Extent{"a": {Conversations: 3, Operations: 4}})
		must(t, s.DropSearch(ctx, "other", "a"))
		must(t, s.DropSearch(ctx, home, "a"))
		must(t, s.DropSearch(ctx, home, "a"))
		all, err = s.Searches(ctx, home)
		must(t, err)
		if len(all) != 1 || all[0].ID != "b" {
			t.Errorf("%+v", all)
		}
		if looks, err = s.Looks(ctx, home, "m1"); err != nil || len(looks) != 0 {
			t.Errorf("looks at what is forgotten: %v (%v)", looks, err)
		}
		wantCode(t, s.PutSearch(ctx, home, headway.SavedSearch{ID: "c", Name: " "}), headway.Invalid)
	})
}
