package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// Reading shows evidence. It is Denied before the reveal; through a study that
// was revealed, conversations of it are shown whatever other studies guess.
type Reading interface {
	Conversation(ctx context.Context, id headway.ConversationID, through headway.StudyID) (headway.Conversation, headway.Hearing, error)
	// Quotes cuts words as they may be shown through a study.
	Quotes(ctx context.Context, at []headway.Span, through headway.StudyID) ([]headway.Quote, error)
	Report(ctx context.Context, study headway.StudyID, choices mirror.Choices) (mirror.Report, error)
}

func (a *api) conversations() {
	ask(a, read("GET /conversations/{conversation}", "getConversation", "conversations", "Read a conversation without its turns"), a.getConversation)
	ask(a, read("GET /conversations/{conversation}/turns", "listTurns", "conversations", "Read what was said, turn by turn"), a.listTurns)
	ask(a, read("GET /conversations/{conversation}/moments", "listMoments", "conversations", "List what was heard: sentences that carry something, in the order in which they were said"), a.listMoments)
	ask(a, read("GET /quotes", "getQuote", "conversations", "Cut the words at a place"), a.getQuote)
}

// InConversation is what an operation on a conversation is asked with.
type InConversation struct {
	Conversation headway.ConversationID `path:"conversation" doc:"id of the conversation"`
	Through
}

// Through says as what evidence is shown.
type Through struct {
	Study headway.StudyID `query:"study" doc:"show it through this study; needed where another study that holds it is still guessing"`
}

type conversation struct {
	ID       headway.ConversationID `json:"id"`
	Source   headway.SourceID       `json:"source" doc:"SHA-256 of the file that it came in"`
	File     string                 `json:"file"`
	Row      int                    `json:"row,omitempty"`
	Title    string                 `json:"title,omitempty"`
	Format   headway.Format         `json:"format"`
	Genre    headway.Genre          `json:"genre"`
	Date     headway.Date           `json:"date,omitzero"`
	Product  string                 `json:"product,omitempty"`
	Turns    int                    `json:"turns"`
	Speakers []headway.Speaker      `json:"speakers"`
	Findings []headway.Finding      `json:"findings" doc:"what was noticed while the file was read"`
	Unheard  string                 `json:"unheard,omitempty" doc:"why nothing was heard in it"`
	Recorded bool                   `json:"recorded" doc:"it has a recording, and you may hear it"`
}

func (a *api) getConversation(ctx context.Context, in *InConversation) (conversation, error) {
	c, h, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return conversation{}, err
	}
	recorded, err := a.hw.HasRecording(ctx, in.Conversation, in.Study)
	return conversation{
		c.ID, c.Source, c.File, c.Row, c.Title, c.Format, c.Genre, c.Date, c.Product,
		len(c.Turns), each(c.Speakers, itself), each(c.Findings, itself), h.Unheard, recorded,
	}, err
}

type listTurnsInput struct {
	InConversation
	Paging
}

type turn struct {
	ID      headway.TurnID    `json:"id"`
	Speaker headway.SpeakerID `json:"speaker"`
	Side    headway.Side      `json:"side"`
	Words   headway.Quote     `json:"words,omitzero" doc:"left out where nothing is left of them"`
	MS      *int64            `json:"ms,omitempty" doc:"where it begins in the recording, in milliseconds"`
}

func (a *api) listTurns(ctx context.Context, in *listTurnsInput) (l list[turn], err error) {
	c, _, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	return page(c.Turns, in.Paging, func(t headway.Turn) string { return string(t.ID) }, func(t headway.Turn) turn {
		shown := turn{ID: t.ID, Speaker: t.Speaker, Side: c.Speaker(t.Speaker).Side, Words: whole(t.Text)}
		if ms, known := t.Started(); known {
			shown.MS = &ms
		}
		return shown
	})
}

// whole quotes all of a text; the zero Quote where it is empty.
func whole(t headway.TextVersion) headway.Quote {
	q, err := t.Cut(t.SpanOf(headway.NewRuler(t.Text), 0, len(t.Text)))
	if err != nil {
		return headway.Quote{}
	}
	return q
}

type listMomentsInput struct {
	InConversation
	Paging
	Label headway.Label `query:"label" doc:"only sentences that carry this"`
}

type moment struct {
	Quote  headway.Quote    `json:"quote"`
	Turn   headway.TurnID   `json:"turn"`
	Side   headway.Side     `json:"side"`
	Labels []headway.Scored `json:"labels" doc:"what it carries; what is not counted is a suggestion"`
}

func (a *api) listMoments(ctx context.Context, in *listMomentsInput) (l list[moment], err error) {
	c, h, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	texts := textsOf(c)
	var carrying []headway.Heard
	for _, s := range h.Sentences {
		if len(s.Labels) > 0 && (in.Label == "" || s.Has(in.Label)) {
			carrying = append(carrying, s)
		}
	}
	return page(carrying, in.Paging, func(s headway.Heard) string { return nameOfSpan(s.Span) }, func(s headway.Heard) moment {
		return moment{texts.Quote(s.Span), s.Span.Text.Turn(), s.Side, s.Labels}
	})
}

// textsOf gives the words of a conversation as it stands.
func textsOf(c headway.Conversation) mirror.Texts {
	texts := mirror.Texts{}
	for _, t := range c.Turns {
		texts[t.Text.ID] = t.Text
	}
	return texts
}

type getQuoteInput struct {
	Through
	Text  headway.TextID `query:"text" required:"true" doc:"id of the text version"`
	Start int            `query:"start" minimum:"0" doc:"the first code point"`
	End   int            `query:"end" required:"true" minimum:"1" doc:"the code point after the last"`
}

func (a *api) getQuote(ctx context.Context, in *getQuoteInput) (headway.Quote, error) {
	quotes, err := a.hw.Quotes(ctx, []headway.Span{{Text: in.Text, Start: in.Start, End: in.End}}, in.Study)
	if err != nil {
		return headway.Quote{}, err
	}
	return quotes[0], nil
}
