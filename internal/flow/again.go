package flow

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// again looks at conversations that came before under the same id: a mail
// thread that went on, a respondent who answered more. What is stored is never
// changed by an import; turns that are new become a conversation of their own,
// so that no word is lost and none is there twice.
func (s *shipment) again(ctx context.Context) error {
	var ids []headway.ConversationID
	for _, t := range s.talks {
		ids = append(ids, t.conversation.ID)
	}
	heads, err := s.flow.heads(ctx, store.ConversationFilter{IDs: ids})
	if err != nil {
		return err
	}
	stored := map[headway.ConversationID]store.Head{}
	for _, h := range heads {
		stored[h.ID] = h
	}
	for _, t := range s.talks {
		head, known := stored[t.conversation.ID]
		if !known || head.Turns == len(t.conversation.Turns) && head.Words == words(t.conversation) {
			continue
		}
		before, err := s.flow.store.Conversation(ctx, s.flow.ws, head.ID)
		if err != nil {
			return err
		}
		if news := newsOf(t.conversation, &before); news != nil {
			s.hear(news)
		}
	}
	return nil
}

// newsOf gives the turns of now that before lacks as a conversation of their
// own, each answer with our question in front of it; nil if there are none.
func newsOf(now, before *headway.Conversation) *headway.Conversation {
	there := map[headway.TurnID]bool{}
	for i := range before.Turns {
		there[before.Turns[i].ID] = true
	}
	key := []string{"news of", string(now.ID)}
	var news []headway.Turn
	for i, t := range now.Turns {
		if there[t.ID] {
			continue
		}
		key = append(key, string(t.ID))
		if i > 0 && there[now.Turns[i-1].ID] && now.Speaker(now.Turns[i-1].Speaker).Side == headway.Ours {
			news = append(news, now.Turns[i-1])
		}
		news = append(news, t)
	}
	if len(news) == 0 {
		return nil
	}
	return retold(now, news, key)
}

// retold gives a conversation of these turns only, under a key of its own, and
// with it ids of its own.
func retold(c *headway.Conversation, turns []headway.Turn, key []string) *headway.Conversation {
	draft := headway.NewDraft(key...)
	for _, t := range turns {
		speaker := c.Speaker(t.Speaker)
		said := draft.Say(speaker.Name, t.Text.Text)
		said.Times, said.EndMS, said.Lines = t.Times, t.EndMS, t.Lines
		kept := draft.Speaker(speaker.Name)
		id := kept.ID
		*kept = speaker
		kept.ID = id
	}
	told := draft.Conversation()
	told.Source, told.File, told.Row, told.Title, told.Format = c.Source, c.File, c.Row, c.Title, c.Format
	told.Genre, told.Date, told.Product, told.Findings = c.Genre, c.Date, c.Product, c.Findings
	return told
}
