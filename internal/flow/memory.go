package flow

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/job"
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
	if err := look(ctx, files, o, by, guesses, &g.Progress, tell, g.add); err != nil {
		return g, err
	}
	groupInMemory(g.Parts, g.Texts)
	g.Mirror = mirror.Join(headway.Study{}, guesses, g.Parts, deed.NewJudgements(nil), ch)
	g.Mirror.Name(g.Texts)
	return g, nil
}

// LookAtJobs finds the jobs in files in memory, as Look makes their mirror: nobody
// has named a job, so that all of them are proposed.
func LookAtJobs(ctx context.Context, files Files, o source.Options, by Pass, tell func(Progress)) (job.Report, Progress, error) {
	var done Progress
	study := job.Study{Judged: deed.NewJudgements(nil), Held: deed.NewClaims(nil, "")}
	err := look(ctx, files, o, by, nil, &done, tell, func(t *taken) {
		study.Talks = append(study.Talks, job.Talk{Conversation: t.conversation, Hearing: t.hearing})
	})
	if err != nil {
		return job.Report{}, done, err
	}
	episodes := job.Episodes(study)
	grouping := job.Propose(episodes, nil)
	picture := job.See(study, episodes, grouping.Together(), grouping.Proposals())
	return job.NewReport(study, picture, grouping, asksFor()), done, nil
}

// look reads files and hears their conversations, each once, and adds them in
// order; done tells how far it is.
func look(ctx context.Context, files Files, o source.Options, by Pass, guesses []headway.Guess, done *Progress, tell func(Progress), add func(*taken)) error {
	came := map[headway.ConversationID]story{}
	for a := range stream(ctx, together(files), o, by, guesses) {
		if a.file != nil {
			done.note(a.file)
			continue
		}
		<-a.talk.ready
		t, id := a.talk, a.talk.conversation.ID
		if came[id] != nil {
			done.Known++
			news := came[id].newsIn(t.conversation)
			if news == nil {
				continue
			}
			t = &taken{conversation: news}
			t.hear(by, guesses)
		}
		came[id] = append(came[id], t.conversation)
		add(t)
		done.Added++
		done.TurnsDone += len(t.conversation.Turns)
		done.Words += words(t.conversation)
		if tell != nil {
			tell(*done)
		}
	}
	done.Done = ctx.Err() == nil
	return ctx.Err()
}

func (g *Glance) add(t *taken) {
	c := t.conversation
	g.Parts = append(g.Parts, t.part)
	g.Conversations = append(g.Conversations, *c)
	g.Sentences += len(t.hearing.Sentences)
	for i := range c.Turns {
		g.Texts[c.Turns[i].Text.ID] = c.Turns[i].Text
	}
}
