package api

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/shoes"
)

// Describing tells whom a text of ours describes.
type Describing interface {
	Describe(ctx context.Context, study headway.StudyID, text string) (flow.Described, error)
}

func (a *api) shoes() {
	tell := read("POST /studies/{study}/shoes", "describeText", "mirror", "Tell of each sentence of a text of ours whom it describes; nothing of the text is kept")
	tell.MaxBodyBytes = 4 << 20
	ask(a, tell, a.describeText)
}

type describeInput struct {
	InStudy
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000000" doc:"the text, at most 5,000 sentences; its own words, for they are no customer's" example:"Book a demo today."`
	}
}

// described is a text with its marks. How often marks are right stands in
// docs/decisions/0022.
type described struct {
	Version   string           `json:"version" doc:"of the rules"`
	Against   int              `json:"against" doc:"customers' sentences that it was held against"`
	Counts    describedCounts  `json:"counts"`
	Sentences []describedWhole `json:"sentences" doc:"in the order of the text"`
}

type describedCounts struct {
	N           int `json:"n" doc:"sentences that were marked"`
	Theirs      int `json:"theirs"`
	Ours        int `json:"ours"`
	Unsupported int `json:"unsupported"`
	Unread      int `json:"unread" doc:"not English, and in no count"`
}

type describedWhole struct {
	From  int               `json:"from" doc:"where it stands in the text, in code points"`
	To    int               `json:"to" doc:"the end, exclusive"`
	Words string            `json:"words"`
	Mark  shoes.Mark        `json:"mark" enum:"theirs,ours,unsupported," doc:"theirs: tells what a customer said, in whatever words; ours: tells of us; unsupported: claims what none was found to have said; empty: not read"`
	Why   []describedReason `json:"why"`
	Near  []describedNear   `json:"near" doc:"customers' sentences beside it, nearest first, at most three; nearness is not support"`
}

type describedReason struct {
	Code  shoes.Code `json:"code" example:"names-us"`
	Words []string   `json:"words" doc:"that told it"`
}

type describedNear struct {
	Words        headway.Quote          `json:"words"`
	Nearness     float64                `json:"nearness" doc:"how much of it the customer's sentence says, 0 to 1"`
	Conversation headway.ConversationID `json:"conversation"`
}

func (a *api) describeText(ctx context.Context, in *describeInput) (described, error) {
	d, err := a.hw.Describe(ctx, in.Study, in.Body.Text)
	if err != nil {
		return described{}, err
	}
	c := d.Counts()
	out := described{shoes.Version, d.Against, describedCounts{c.N(), c.Theirs, c.Ours, c.Unsupported, c.Unread}, []describedWhole{}}
	for _, s := range d.Sentences {
		whole := describedWhole{s.From, s.To, s.Words, s.Mark, each(s.Why, reasonOf), []describedNear{}}
		for _, n := range s.Near {
			q, err := d.Quote(n)
			if err != nil {
				return described{}, err
			}
			c, _ := d.Place(n)
			whole.Near = append(whole.Near, describedNear{q, n.Nearness, c.ID})
		}
		out.Sentences = append(out.Sentences, whole)
	}
	return out, nil
}

func reasonOf(r shoes.Reason) describedReason {
	return describedReason{r.Code, each(r.Words, itself)}
}
