package api

import (
	"context"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// Telling says what happens in a conversation while somebody looks at it.
type Telling interface {
	Changes(ctx context.Context, c headway.ConversationID, through headway.StudyID, after int64) (changes []flow.Change, last int64, err error)
	// Moved gives a channel that is closed when the next deed is done.
	Moved() <-chan struct{}
}

func (a *api) changes() {
	list := read("GET /conversations/{conversation}/changes", "listChanges", "history", "List the deeds that are about a conversation since one, waiting for the next if asked to")
	list.Description = "They name places and never words: what stands there is read anew."
	ask(a, list, a.listChanges)
}

type listChangesInput struct {
	InConversation
	After int64 `query:"after" minimum:"0" doc:"number of the last deed that you know"`
	Wait  int   `query:"wait" minimum:"0" maximum:"30" doc:"where there is none yet, wait so many seconds for one"`
}

type changed struct {
	Items []flow.Change `json:"items"`
	Last  int64         `json:"last" doc:"give it as after the next time"`
}

func (a *api) listChanges(ctx context.Context, in *listChangesInput) (changed, error) {
	enough := time.After(time.Duration(in.Wait) * time.Second)
	for {
		moved := a.hw.Moved() // asked first, so that nothing falls between
		all, last, err := a.hw.Changes(ctx, in.Conversation, in.Study, in.After)
		last = max(last, in.After)
		if err != nil || len(all) > 0 || in.Wait == 0 {
			return changed{each(all, itself), last}, err
		}
		select {
		case <-moved:
			in.After = last
		case <-enough:
			return changed{each(all, itself), last}, nil
		case <-ctx.Done():
			return changed{each(all, itself), last}, nil
		}
	}
}
