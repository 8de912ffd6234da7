package api

import (
	"context"
	"strconv"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// Forgetting tells what was forgotten, and what rested on it.
type Forgetting interface {
	Forgotten(ctx context.Context) (flow.Forgotten, error)
}

func (a *api) forgotten() {
	ask(a, read("GET /forgotten", "listForgotten", "people", "List what members had said of words that were forgotten since: it lost its support"), a.listForgotten)
}

// lost is what a member said of words that are gone.
type lost struct {
	Deed         int64                  `json:"deed" doc:"number of the deed that made it"`
	Was          headway.Deed           `json:"was" doc:"judge, mark, note, test, promise, playback, reply, repair, settle, bear, choose or episode"`
	At           time.Time              `json:"at" doc:"when it was made"`
	Member       headway.MemberID       `json:"member"`
	Study        headway.StudyID        `json:"study,omitempty"`
	Guess        headway.GuessID        `json:"guess,omitempty"`
	Claim        headway.ClaimID        `json:"claim,omitempty" doc:"of a study's jobs, on which the words bore or of which something was chosen"`
	Label        headway.Label          `json:"label,omitempty"`
	Verdict      headway.Verdict        `json:"verdict,omitempty"`
	Conversation headway.ConversationID `json:"conversation,omitempty" doc:"in which the words stood"`
	Span         headway.Span           `json:"span,omitzero" doc:"where they stood; nothing can be cut there"`
	ForgottenOn  time.Time              `json:"forgotten_on"`
}

func lostOf(l deed.Lost) lost {
	return lost{l.Seq, l.Deed, l.At, l.Member, l.Study, l.Guess, l.Claim, l.Label, l.Verdict, l.Conversation, l.Span, l.On}
}

type listForgottenInput struct{ Paging }

func (a *api) listForgotten(ctx context.Context, in *listForgottenInput) (l list[lost], err error) {
	all, err := a.hw.Forgotten(ctx)
	if err != nil {
		return l, err
	}
	return page(all.Lost, in.Paging, func(one deed.Lost) string { return strconv.FormatInt(one.Seq, 10) }, lostOf)
}
