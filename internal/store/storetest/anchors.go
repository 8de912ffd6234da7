package storetest

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

func anchors(t *testing.T, open func(t *testing.T) store.Store) {
	// anchor founds a group on the first so many characters of a conversation's turn.
	anchor := func(c headway.Conversation, turn, length int, kind headway.Label) headway.Anchor {
		return headway.NewAnchor(kind, headway.Span{Text: c.Turns[turn].Text.ID, End: length})
	}
	kept := func(t *testing.T, s store.Store, ws headway.WorkspaceID) (all []store.Anchored) {
		for a, err := range s.Anchors(ctx, ws) {
			must(t, err)
			all = append(all, a)
		}
		return all
	}
	t.Run("they come back in the order in which they were kept, with their texts", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		one, two, three := anchor(cs[1], 1, 9, headway.Alternative), anchor(cs[0], 1, 5, headway.Struggle), anchor(cs[0], 1, 5, headway.Habit)
		must(t, s.PutAnchors(ctx, home, one, two))
		must(t, s.PutAnchors(ctx, home, two, three))
		must(t, s.PutAnchors(ctx, home))
		same(t, "anchors", kept(t, s, home), []store.Anchored{{Anchor: one, Text: cs[1].Turns[1].Text}, {Anchor: two, Text: cs[0].Turns[1].Text}, {Anchor: three, Text: cs[0].Turns[1].Text}})
		same(t, "in another workspace", kept(t, s, "theirs"), []store.Anchored(nil))
	})
	t.Run("a group keeps the anchor it has", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		first := anchor(cs[0], 1, 5, headway.Struggle)
		other := headway.Anchor{Group: first.Group, Kind: first.Kind, Span: headway.Span{Text: cs[1].Turns[1].Text.ID, End: 3}}
		must(t, s.PutAnchors(ctx, home, first, other))
		same(t, "anchors", kept(t, s, home), []store.Anchored{{Anchor: first, Text: cs[0].Turns[1].Text}})
	})
	t.Run("an anchor goes with its conversation, and its group may hang on another sentence then", func(t *testing.T) {
		s := open(t)
		cs := three()
		add(t, s, cs...)
		gone, stays := anchor(cs[0], 1, 5, headway.Struggle), anchor(cs[1], 1, 5, headway.Struggle)
		must(t, s.PutAnchors(ctx, home, gone, stays))
		apply(t, s, headway.Operation{Deed: headway.DeedRemove, Conversations: []headway.ConversationID{cs[0].ID}})
		same(t, "what stays", kept(t, s, home), []store.Anchored{{Anchor: stays, Text: cs[1].Turns[1].Text}})
		must(t, s.PutAnchors(ctx, home, gone)) // found before the conversation went
		same(t, "what points nowhere", kept(t, s, home), []store.Anchored{{Anchor: stays, Text: cs[1].Turns[1].Text}})
		again := headway.Anchor{Group: gone.Group, Kind: gone.Kind, Span: headway.Span{Text: cs[1].Turns[1].Text.ID, End: 3}}
		must(t, s.PutAnchors(ctx, home, again))
		same(t, "hung again", kept(t, s, home), []store.Anchored{{Anchor: stays, Text: cs[1].Turns[1].Text}, {Anchor: again, Text: cs[1].Turns[1].Text}})
	})
}
