package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Searching finds what was said.
type Searching interface {
	// Search gives sentences that hold the words or mean about the same.
	Search(ctx context.Context, q flow.Query) (flow.Found, error)
}

func (a *api) search() {
	ask(a, read("GET /search", "search", "search", "Find sentences by their words and by what they mean, the best first"), a.find)
}

type searchInput struct {
	Through
	Words string          `query:"q" required:"true" maxLength:"2000" doc:"words; \"in a row\" between quotation marks, and beginnings before a *"`
	In    headway.StudyID `query:"in" doc:"only in this study's conversations"`
	Side  headway.Side    `query:"side" doc:"only what this side said"`
	Limit int             `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"at most so many"`
}

type found struct {
	Items    []hit             `json:"items"`
	Capped   bool              `json:"capped,omitempty" doc:"too many places hold the words to weigh them: of those the newest come first"`
	Reading  bool              `json:"reading,omitempty" doc:"not every conversation can be found by its meaning yet"`
	Guessing []headway.StudyID `json:"guessing" doc:"studies that were not searched, since they are still guessing"`
}

type hit struct {
	Quote        headway.Quote          `json:"quote" doc:"the sentence"`
	Conversation headway.ConversationID `json:"conversation"`
	Turn         headway.TurnID         `json:"turn"`
	Speaker      headway.Speaker        `json:"speaker"`
	File         string                 `json:"file"`
	Row          int                    `json:"row,omitempty"`
	Title        string                 `json:"title,omitempty"`
	Matches      []headway.Quote        `json:"matches" doc:"the words in its turn by which it was found"`
	ByMeaning    bool                   `json:"by_meaning,omitempty" doc:"it is near what was asked for, whatever its words"`
}

func (a *api) find(ctx context.Context, in *searchInput) (found, error) {
	f, err := a.hw.Search(ctx, flow.Query{Words: in.Words, Through: in.Study, Study: in.In, Side: in.Side, Limit: in.Limit})
	return found{each(f.Hits, hitOf), f.Capped, f.Reading, each(f.Guessing, func(s headway.Study) headway.StudyID { return s.ID })}, err
}

func hitOf(h flow.Hit) hit {
	texts := mirror.Texts{h.Text.ID: h.Text}
	return hit{texts.Quote(h.Span), h.Conversation, h.Turn, h.Speaker, h.File, h.Row, h.Title, each(h.Matches, texts.Quote), h.ByMeaning}
}
