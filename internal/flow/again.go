package flow

import (
	"context"
	"slices"
	"strconv"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// again looks at conversations that came before under the same id, in this
// shipment or earlier: a mail thread that went on, a respondent who answered
// more. What is stored is never changed by an import; turns that are new become
// a conversation of their own, so that no word is lost and none is there twice.
func (s *shipment) again(ctx context.Context) error {
	var ids []headway.ConversationID
	for _, t := range s.talks {
		ids = append(ids, t.conversation.ID)
	}
	heads, err := s.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	came := map[headway.ConversationID]story{}
	for _, h := range heads {
		if came[h.ID], err = s.flow.story(ctx, h.ID); err != nil {
			return err
		}
	}
	for _, t := range s.talks {
		id := t.conversation.ID
		if came[id] == nil {
			came[id] = story{t.conversation}
			continue
		}
		if t.corrected, err = s.flow.corrected(ctx, came[id][0]); err != nil {
			return err
		}
		t.differs = t.corrected || !sameTurns(t.conversation, came[id][0])
		for _, part := range came[id][1:] {
			if isWithin(part, t.conversation) {
				s.hear(part) // so that this study has it too
			}
		}
		if news := came[id].newsIn(t.conversation); news != nil {
			s.hear(news)
			came[id] = append(came[id], news)
		}
	}
	return nil
}

// corrected says whether a conversation stands otherwise than it came.
func (f *Flow) corrected(ctx context.Context, came *headway.Conversation) (bool, error) {
	stands, err := f.store.Conversation(ctx, f.ws, came.ID)
	if headway.ErrorCode(err) == headway.NotFound {
		return false, nil // not here yet, or no more
	}
	return !slices.EqualFunc(came.Turns, stands.Turns, func(a, b headway.Turn) bool {
		return a.Text.ID == b.Text.ID && a.Speaker == b.Speaker
	}), err
}

// story is a conversation and, in order, what it later went on with, as they came.
type story []*headway.Conversation

// story reads one from the store.
func (f *Flow) story(ctx context.Context, id headway.ConversationID) (s story, err error) {
	for at := id; ; at = continued(id, len(s)) {
		c, err := f.store.Came(ctx, f.ws, at)
		if len(s) > 0 && headway.ErrorCode(err) == headway.NotFound {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
		s = append(s, &c)
	}
}

// continuation starts the nth conversation with which another went on.
func continuation(of headway.ConversationID, n int) *headway.Draft {
	return headway.NewDraft("news of", string(of), strconv.Itoa(n))
}

func continued(id headway.ConversationID, n int) headway.ConversationID {
	return continuation(id, n).Conversation().ID
}

// utterance tells turns apart in all parts of a story: their ids differ.
type utterance struct{ name, text string }

func utterances(parts ...*headway.Conversation) map[utterance]int {
	all := map[utterance]int{}
	for _, c := range parts {
		for _, t := range c.Turns {
			all[utterance{c.Speaker(t.Speaker).Name, t.Text.Text}]++
		}
	}
	return all
}

func sameTurns(a, b *headway.Conversation) bool {
	return slices.EqualFunc(a.Turns, b.Turns, func(x, y headway.Turn) bool { return x.ID == y.ID })
}

// isWithin says whether all that a says is said in b.
func isWithin(a, b *headway.Conversation) bool {
	there := utterances(b)
	for u := range utterances(a) {
		if there[u] == 0 {
			return false
		}
	}
	return true
}

// newsIn gives the turns of now that the story lacks as a conversation of their
// own, each answer with our question in front of it; nil if there are none.
func (s story) newsIn(now *headway.Conversation) *headway.Conversation {
	there, same := utterances(s...), turnsOf(s)
	var news []headway.Turn
	known := true // the turn before
	for i, t := range now.Turns {
		u := utterance{now.Speaker(t.Speaker).Name, t.Text.Text}
		if there[u] > 0 || same[t.ID] { // a turn keeps its id when its words are corrected or erased
			there[u]--
			known = true
			continue
		}
		if i > 0 && known && now.Speaker(now.Turns[i-1].Speaker).Side == headway.Ours {
			news = append(news, now.Turns[i-1])
		}
		news, known = append(news, t), false
	}
	if len(news) == 0 {
		return nil
	}
	return retold(now, news, continuation(now.ID, len(s)))
}

// turnsOf gives the turns of all parts.
func turnsOf(parts story) map[headway.TurnID]bool {
	all := map[headway.TurnID]bool{}
	for _, c := range parts {
		for _, t := range c.Turns {
			all[t.ID] = true
		}
	}
	return all
}

// retold gives a conversation of these turns only, under the draft's key and
// with turns of its own. Its speakers are those of c: nobody is two people for
// having gone on.
func retold(c *headway.Conversation, turns []headway.Turn, draft *headway.Draft) *headway.Conversation {
	for _, t := range turns {
		said := draft.Say(c.Speaker(t.Speaker).Name, t.Text.Text)
		said.Times, said.EndMS, said.Lines = t.Times, t.EndMS, t.Lines
	}
	told := draft.Conversation()
	for i, t := range turns {
		told.Turns[i].Speaker = t.Speaker
	}
	told.Speakers = slices.DeleteFunc(slices.Clone(c.Speakers), func(s headway.Speaker) bool {
		return !slices.ContainsFunc(turns, func(t headway.Turn) bool { return t.Speaker == s.ID })
	})
	told.Source, told.File, told.Row, told.Title, told.Format = c.Source, c.File, c.Row, c.Title, c.Format
	told.Genre, told.Date, told.Product, told.Findings = c.Genre, c.Date, c.Product, c.Findings
	return told
}
