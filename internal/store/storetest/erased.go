package storetest

import (
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// quandt is a conversation whose customer is to be erased, with her name wherever
// one may stand.
func quandt() headway.Conversation {
	c := talk("berta quandt", map[string]headway.Side{"Marta": headway.Ours, "Berta Quandt": headway.Theirs},
		said{"Marta", "Berta, how do you count the boxes?"},
		said{"Berta Quandt", "With a zylometer, by hand."},
		said{"Marta", "So Mrs Quandt counts with that."},
		said{"Berta Quandt", "Every bloody Thursday."})
	c.Source, c.Title = "5f1d", "Call with Berta Quandt"
	c.Findings = []headway.Finding{{What: "left out", Text: "zylometer?"}}
	c.Speakers[1].Email = "berta@oilvane.example"
	return c
}

func begin(v headway.TextVersion) headway.Span { return headway.Span{Text: v.ID, End: 8} }

func erasing(t *testing.T, open func(t *testing.T) store.Store) {
	berta := quandt().Speakers[1].Person()
	erase := headway.Operation{Deed: headway.DeedErase, Person: berta}
	// whole gives all words and names of a conversation.
	whole := func(t *testing.T, s store.Store, id headway.ConversationID) string {
		c, err := s.Conversation(ctx, home, id)
		must(t, err)
		all := []string{c.File, c.Title}
		for _, s := range c.Speakers {
			all = append(all, s.Name, s.Email, s.Key)
		}
		for _, turn := range c.Turns {
			all = append(all, turn.Text.Text)
		}
		return strings.Join(all, "|")
	}
	const left = "████████████.vtt|Call with ████████████|Marta|||[erased]|||█████, how do you count the boxes?|[erased]|So Mrs ██████ counts with that.|[erased]"
	t.Run("their words and names are gone, and what others said reads on", func(t *testing.T) {
		s := open(t)
		c := quandt()
		must(t, s.PutSource(ctx, home, store.Source{ID: "5f1d", Name: "berta quandt.vtt", ImportedAt: monday}))
		add(t, s, c)
		apply(t, s, erase)
		same(t, "what is left", whole(t, s, c.ID), left)
		for _, query := range []string{"zylometer", "zylo*", `"bloody thursday"`, "Quandt"} {
			hits, _, err := s.Search(ctx, home, query, store.SearchFilter{}, 10)
			must(t, err)
			same(t, "hits of "+query, len(hits), 0)
		}
		source, err := s.Source(ctx, home, "5f1d")
		must(t, err)
		same(t, "the source", source.Name, "████████████.vtt")
		got, err := s.Conversation(ctx, home, c.ID)
		must(t, err)
		same(t, "her side", got.Speakers[1].Side, headway.Unknown)
		wrong, err := s.Check(ctx)
		must(t, err)
		same(t, "what is wrong", wrong, []string(nil))
	})
	t.Run("what others call them stays where it is asked to", func(t *testing.T) {
		s := open(t)
		c := quandt()
		add(t, s, c)
		keep := erase
		keep.Verdict = headway.Kept
		apply(t, s, keep)
		if got := whole(t, s, c.ID); !strings.Contains(got, "So Mrs Quandt counts") || strings.Contains(got, "zylometer") {
			t.Errorf("left is %s", got)
		}
	})
	t.Run("their full name goes wherever it stands, a part of it stays with others", func(t *testing.T) {
		s := open(t)
		other := talk("other", sides, said{"Olga", "Berta Quandt told me, and another Berta did too."}, said{"Bert", "No."})
		add(t, s, quandt(), other)
		apply(t, s, erase)
		got, err := s.Conversation(ctx, home, other.ID)
		must(t, err)
		same(t, "words", got.Turns[0].Text.Text, "████████████ told me, and another Berta did too.")
	})
	t.Run("whoever is the same person is erased too", func(t *testing.T) {
		s := open(t)
		again := talk("again", map[string]headway.Side{"B.": headway.Theirs}, said{"B.", "The zylometer broke."})
		add(t, s, quandt(), again)
		apply(t, s, headway.Operation{Deed: headway.DeedMerge, Person: again.Speakers[0].Person(), Into: berta})
		apply(t, s, erase)
		got, err := s.Conversation(ctx, home, again.ID)
		must(t, err)
		same(t, "words", got.Turns[0].Text.Text, headway.Erased)
		gone, err := s.Erased(ctx, home)
		must(t, err)
		same(t, "erased", gone, map[headway.PersonID]bool{berta: true, again.Speakers[0].Person(): true})
	})
	t.Run("what comes in later of them comes in erased", func(t *testing.T) {
		s := open(t)
		first := talk("first", map[string]headway.Side{"Berta Quandt": headway.Theirs}, said{"Berta Quandt", "Nothing."})
		first.Speakers[0].Email = "berta@oilvane.example"
		add(t, s, first)
		apply(t, s, erase)
		c := quandt()
		add(t, s, c)
		if got := whole(t, s, c.ID); strings.Contains(strings.ToLower(got), "quandt") || strings.Contains(got, "zylometer") {
			t.Errorf("she came back: %s", got)
		}
	})
	t.Run("replaying erases too, whichever comes first", func(t *testing.T) {
		for _, factsFirst := range []bool{true, false} {
			s := open(t)
			c, op := quandt(), erase
			op.Seq, op.At = 1, monday
			if factsFirst {
				add(t, s, c)
			}
			must(t, s.Replay(ctx, home, []headway.Operation{op}))
			if !factsFirst {
				add(t, s, c)
			}
			if got := whole(t, s, c.ID); strings.Contains(strings.ToLower(got), "quandt") || strings.Contains(got, "zylometer") {
				t.Errorf("facts first %v: she is there: %s", factsFirst, got)
			}
		}
	})
	t.Run("notes on their words, what steps made and anchors go; those of others stay", func(t *testing.T) {
		s := open(t)
		c, other := quandt(), three()[0]
		add(t, s, c, other)
		hers, others := begin(c.Turns[1].Text), begin(other.Turns[1].Text)
		must(t, s.PutNote(ctx, home, headway.Note{ID: "n1", Words: "zylometer!", Member: "m", At: monday}))
		must(t, s.PutNote(ctx, home, headway.Note{ID: "n2", Words: "ask Berta Quandt", Member: "m", At: monday}))
		apply(t, s, headway.Operation{Deed: headway.DeedNote, Span: hers, Note: "n1"})
		apply(t, s, headway.Operation{Deed: headway.DeedNote, Span: others, Note: "n2"})
		must(t, s.PutAnchors(ctx, home, headway.NewAnchor(headway.Habit, hers), headway.NewAnchor(headway.Habit, others)))
		must(t, s.PutDerived(ctx, home, store.Derived{Subject: string(c.ID), Step: "hear", Version: "1", Inputs: "x", Payload: []byte("zylometer")}))
		apply(t, s, erase)
		notes, err := s.Notes(ctx, home, []headway.NoteID{"n1", "n2"})
		must(t, err)
		same(t, "notes", len(notes), 1)
		same(t, "the other's", notes["n2"].Words, "ask ████████████")
		hung := 0
		for a, err := range s.Anchors(ctx, home) {
			must(t, err)
			same(t, "anchor", a.Span, others)
			hung++
		}
		same(t, "anchors", hung, 1)
		if _, err := s.Derived(ctx, home, "hear", "1", string(c.ID), "x"); headway.ErrorCode(err) != headway.NotFound {
			t.Errorf("what was heard is there: %v", err)
		}
	})
	t.Run("erasing is unfinished until it is said to be finished", func(t *testing.T) {
		s := open(t)
		add(t, s, quandt())
		apply(t, s, erase)
		left, err := s.Unfinished(ctx, home)
		must(t, err)
		if len(left) != 1 || left[0].Person != berta {
			t.Fatalf("unfinished is %+v", left)
		}
		must(t, s.Finished(ctx, home, left[0].Seq))
		left, err = s.Unfinished(ctx, home)
		must(t, err)
		same(t, "unfinished", left, []headway.Operation(nil))
	})
	t.Run("the deed tells the turns that are gone, and nothing can be said of them", func(t *testing.T) {
		s := open(t)
		c := quandt()
		add(t, s, c)
		op, err := s.Apply(ctx, home, headway.Operation{Deed: headway.DeedErase, At: monday, Person: berta})
		must(t, err)
		same(t, "turns", op.Turns, []headway.TurnID{c.Turns[1].ID, c.Turns[3].ID})
		kept, err := s.Operations(ctx, home, store.OperationFilter{})
		must(t, err)
		same(t, "turns that are kept", kept[0].Turns, op.Turns)
		refuse(t, s, headway.Conflict, headway.Operation{Deed: headway.DeedMark, Span: headway.Span{Text: c.Turns[1].Text.ID, End: 4}, Label: headway.Habit, Verdict: headway.Kept})
	})
	t.Run("nobody is erased twice, and nobody who is not here", func(t *testing.T) {
		s := open(t)
		add(t, s, quandt())
		apply(t, s, erase)
		refuse(t, s, headway.Conflict, erase)
		refuse(t, s, headway.NotFound, headway.Operation{Deed: headway.DeedErase, Person: "nobody"})
	})
}
