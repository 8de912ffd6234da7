package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/flow"
)

// Correcting puts misheard words right. What hangs on them comes along, exactly
// or moved, or waits for review.
type Correcting interface {
	Correct(ctx context.Context, text headway.TextID, edits []deed.Edit) (flow.Corrected, error)
	SplitTurn(ctx context.Context, text headway.TextID, at int) (flow.Corrected, error)
	JoinTurns(ctx context.Context, first, second headway.TextID) (flow.Corrected, error)
	SpeakTurn(ctx context.Context, id headway.ConversationID, turn headway.TurnID, speaker headway.SpeakerID) error
	SpeakTurnAs(ctx context.Context, id headway.ConversationID, turn headway.TurnID, name string) error
	Versions(ctx context.Context, id headway.ConversationID, turn headway.TurnID) ([]flow.Version, error)
	Restore(ctx context.Context, text, before headway.TextID) (flow.Corrected, error)
	ReviewList(ctx context.Context, in headway.ConversationID) ([]flow.ToReview, error)
	Review(ctx context.Context, stood headway.Passage, answer headway.Span) error
}

func (a *api) corrections() {
	ask(a, write("POST /texts/{text}/correction", "correctText", "corrections", "Word a turn anew where it was misheard"), a.correctText)
	ask(a, write("POST /texts/{text}/split", "splitTurn", "corrections", "Make two turns of one"), a.splitTurn)
	ask(a, write("POST /texts/{text}/join", "joinTurns", "corrections", "Make one turn of two that follow each other"), a.joinTurns)
	do(a, write("PUT /conversations/{conversation}/turns/{turn}/speaker", "speakTurn", "corrections", "Give a turn to another speaker"), a.speakTurn)
	ask(a, read("GET /conversations/{conversation}/turns/{turn}/versions", "listVersions", "corrections", "List the words that a turn had, as they came first"), a.listVersions)
	ask(a, write("POST /texts/{text}/restore", "restoreText", "corrections", "Let words that a turn had before stand again"), a.restoreText)
	ask(a, read("GET /review", "listReview", "corrections", "List what hung on words that are gone, and waits for somebody to say where it hangs now"), a.listReview)
	do(a, write("POST /review", "review", "corrections", "Say where something that waits hangs now, or let it go"), a.review)
}

// InText is what an operation on a text version is asked with.
type InText struct {
	Text headway.TextID `path:"text" doc:"id of the text version that stands; another is a conflict: somebody was first"`
}

// Edit is new words in the place of others.
type Edit struct {
	Start int    `json:"start" minimum:"0" doc:"the first code point that goes"`
	End   int    `json:"end" minimum:"0" doc:"the code point after the last that goes; the same as start puts words in"`
	Words string `json:"words" maxLength:"100000" doc:"what was really said there"`
}

type correctTextInput struct {
	InText
	Body struct {
		Edits []Edit `json:"edits" minItems:"1" maxItems:"1000" doc:"rising and not overlapping; all count in the words as they stand before the first"`
	}
}

// corrected is what a correction came to.
type corrected struct {
	Deed    int64            `json:"deed"`
	Texts   []headway.TextID `json:"texts" doc:"the versions that stand now"`
	Waiting int              `json:"waiting" doc:"places that this sent to review"`
}

func correctedOf(c flow.Corrected) corrected {
	return corrected{c.Deed.Seq, each(c.Turns, func(t headway.Turn) headway.TextID { return t.Text.ID }), c.Waiting}
}

func (a *api) correctText(ctx context.Context, in *correctTextInput) (corrected, error) {
	c, err := a.hw.Correct(ctx, in.Text, each(in.Body.Edits, func(e Edit) deed.Edit { return deed.Edit(e) }))
	return correctedOf(c), err
}

type splitTurnInput struct {
	InText
	Body struct {
		At int `json:"at" minimum:"1" doc:"the second turn begins with the word at, or behind, this code point"`
	}
}

func (a *api) splitTurn(ctx context.Context, in *splitTurnInput) (corrected, error) {
	c, err := a.hw.SplitTurn(ctx, in.Text, in.Body.At)
	return correctedOf(c), err
}

type joinTurnsInput struct {
	InText
	Body struct {
		Text headway.TextID `json:"text" doc:"the text of the turn that follows; the first one's speaker says it all then"`
	}
}

func (a *api) joinTurns(ctx context.Context, in *joinTurnsInput) (corrected, error) {
	c, err := a.hw.JoinTurns(ctx, in.Text, in.Body.Text)
	return correctedOf(c), err
}

type speakTurnInput struct {
	Conversation headway.ConversationID `path:"conversation" doc:"id of the conversation"`
	Turn         headway.TurnID         `path:"turn" doc:"id of the turn"`
	Body         struct {
		Speaker headway.SpeakerID `json:"speaker,omitempty" doc:"one of the conversation's"`
		Name    string            `json:"name,omitempty" maxLength:"200" doc:"in the place of speaker: one whom the file did not name; their side is unknown then"`
	}
}

func (a *api) speakTurn(ctx context.Context, in *speakTurnInput) error {
	if in.Body.Speaker != "" {
		return a.hw.SpeakTurn(ctx, in.Conversation, in.Turn, in.Body.Speaker)
	}
	return a.hw.SpeakTurnAs(ctx, in.Conversation, in.Turn, in.Body.Name)
}

type listVersionsInput struct {
	Conversation headway.ConversationID `path:"conversation" doc:"id of the conversation"`
	Turn         headway.TurnID         `path:"turn" doc:"id of the turn"`
	Paging
}

// version is words that a turn had, or has.
type version struct {
	Words  headway.Quote `json:"words,omitzero"`
	Deed   int64         `json:"deed,omitempty" doc:"that brought them; left out where they came so"`
	Stands bool          `json:"stands"`
	Whole  bool          `json:"whole" doc:"the turn was neither split nor joined since, so that these words can stand again"`
}

func (a *api) listVersions(ctx context.Context, in *listVersionsInput) (l list[version], err error) {
	all, err := a.hw.Versions(ctx, in.Conversation, in.Turn)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(v flow.Version) string { return string(v.Text.ID) }, func(v flow.Version) version {
		return version{whole(v.Text), v.By.Seq, v.Stands, v.Whole}
	})
}

type restoreTextInput struct {
	InText
	Body struct {
		Text headway.TextID `json:"text" doc:"the version that is to stand again"`
	}
}

func (a *api) restoreText(ctx context.Context, in *restoreTextInput) (corrected, error) {
	c, err := a.hw.Restore(ctx, in.Text, in.Body.Text)
	return correctedOf(c), err
}

type listReviewInput struct {
	Paging
	Conversation headway.ConversationID `query:"conversation" doc:"only in this conversation"`
}

// waiting is a place whose words were corrected away.
type waiting struct {
	Stood        []headway.Span         `json:"stood" doc:"where it hung: names it when it is reviewed"`
	Words        []headway.Quote        `json:"words" doc:"as they stood there"`
	Deeds        []int64                `json:"deeds" doc:"what hung on them"`
	By           int64                  `json:"by" doc:"the deed that took them away"`
	Conversation headway.ConversationID `json:"conversation"`
	Near         headway.Quote          `json:"near,omitzero" doc:"what stands in their stead"`
}

func (a *api) listReview(ctx context.Context, in *listReviewInput) (l list[waiting], err error) {
	all, err := a.hw.ReviewList(ctx, in.Conversation)
	if err != nil {
		return l, err
	}
	return page(all, in.Paging, func(r flow.ToReview) string { return nameOfSpan(r.Stood.First()) }, func(r flow.ToReview) waiting {
		return waiting{each(r.Stood, itself), each(r.Words, itself), deedsOf(r.On).Deeds, r.By.Seq, r.Conversation.ID, r.Near}
	})
}

type reviewInput struct {
	Body struct {
		Stood  []headway.Span `json:"stood" minItems:"1" maxItems:"200" doc:"as the list has it"`
		Answer Place          `json:"answer,omitzero" doc:"where it hangs now; leave it out to let it go"`
	}
}

func (a *api) review(ctx context.Context, in *reviewInput) error {
	at, err := a.passage(ctx, []Place{in.Body.Answer}, "")
	if err != nil {
		return err
	}
	return a.hw.Review(ctx, in.Body.Stood, at.First())
}
