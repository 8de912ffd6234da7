package flow

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// Glance is a mirror made in memory: nothing is stored, nothing was judged, so
// every guess is held against candidates only.
type Glance struct {
	Mirror        mirror.Mirror
	Parts         []mirror.Part
	Texts         mirror.Texts
	Conversations []headway.Conversation
	Sentences     int // heard
	Progress      Progress
}

// Look makes the mirror of files in memory, heard by a pass. tell, if not nil, hears of
// progress after every conversation. A file that cannot be read is told in
// Progress.Failed and does not stop the rest.
func Look(ctx context.Context, files Files, o source.Options, by Pass, guesses []headway.Guess, ch mirror.Choices, tell func(Progress)) (Glance, error) {
	g := Glance{Texts: mirror.Texts{}}
	came := map[headway.ConversationID]story{}
	for a := range stream(ctx, together(files), o, by, guesses) {
		if a.file != nil {
			g.Progress.note(a.file)
			continue
		}
		<-a.talk.ready
		t, id := a.talk, a.talk.conversation.ID
		if came[id] != nil {
			g.Progress.Known++
			news := came[id].newsIn(t.conversation)
			if news == nil {
				continue
			}
			t = &taken{conversation: news}
			t.hear(by, guesses)
		}
		came[id] = append(came[id], t.conversation)
		g.add(t)
		if tell != nil {
			tell(g.Progress)
		}
	}
	if err := ctx.Err(); err != nil {
		return g, err
	}
	g.Progress.Done = true
	groupInMemory(g.Parts, g.Texts)
	g.Mirror = mirror.Join(headway.Study{}, guesses, g.Parts, deed.NewJudgements(nil), ch)
	g.Mirror.Name(g.Texts)
	return g, nil
}

func (g *Glance) add(t *taken) {
	c := t.conversation
	g.Parts = append(g.Parts, t.part)
	g.Conversations = append(g.Conversations, *c)
	g.Sentences += len(t.hearing.Sentences)
	for i := range c.Turns {
		g.Texts[c.Turns[i].Text.ID] = c.Turns[i].Text
	}
	g.Progress.Added++
	g.Progress.TurnsDone += len(c.Turns)
	g.Progress.Words += words(c)
}
