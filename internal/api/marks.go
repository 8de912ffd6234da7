package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/headway-oss/headway"
)

// Deciding keeps what a member says of places and people.
type Deciding interface {
	Place(ctx context.Context, conversation headway.ConversationID, speaker headway.SpeakerID, side headway.Side) error
	Judge(ctx context.Context, study headway.StudyID, guess headway.GuessID, at headway.Span, verdict headway.Verdict) error
	Mark(ctx context.Context, at headway.Passage, label headway.Label, verdict headway.Verdict) error
	Test(ctx context.Context, study headway.StudyID, ours, answer headway.Span, verdict headway.Verdict) error
	Merge(ctx context.Context, person, into headway.PersonID) error
	// Judgements gives what members have said of places, the newest on each.
	Judgements(ctx context.Context) (headway.Judgements, error)
}

func (a *api) marks() {
	do(a, write("POST /marks", "mark", "marks", "Keep, dismiss or mark a label on a passage"), a.mark)
	ask(a, read("GET /conversations/{conversation}/marks", "listMarks", "marks", "List what members decided in a conversation, first words first"), a.listMarks)
}

type markInput struct {
	Body struct {
		Spans   []Place         `json:"spans" minItems:"1" maxItems:"200" doc:"where: one span, or several where the passage goes over several turns"`
		Label   headway.Label   `json:"label" example:"struggle"`
		Verdict headway.Verdict `json:"verdict" doc:"kept, dismissed, or undecided to take it back" example:"kept"`
		Study   headway.StudyID `json:"study,omitempty" doc:"compare exact as shown through this study"`
	}
}

func (a *api) mark(ctx context.Context, in *markInput) error {
	passage, err := a.passage(ctx, in.Body.Spans, in.Body.Study)
	if err != nil {
		return err
	}
	return a.hw.Mark(ctx, passage, in.Body.Label, in.Body.Verdict)
}

type listMarksInput struct {
	inConversation
	paging
}

// marked is a member's verdict on a label.
type marked struct {
	Seq     int64            `json:"seq" doc:"number of the deed"`
	Quotes  []headway.Quote  `json:"quotes" doc:"the passage, a quote a turn"`
	Label   headway.Label    `json:"label"`
	Verdict headway.Verdict  `json:"verdict"`
	Member  headway.MemberID `json:"member"`
	At      time.Time        `json:"at"`
	HeardBy string           `json:"heard_by,omitempty" doc:"who had heard the label there; left out where only the member saw it"`
}

func (a *api) listMarks(ctx context.Context, in *listMarksInput) (l list[marked], err error) {
	c, _, err := a.hw.Conversation(ctx, in.Conversation, in.Study)
	if err != nil {
		return l, err
	}
	judged, err := a.hw.Judgements(ctx)
	if err != nil {
		return l, err
	}
	return page(marksOf(c, judged), in.paging, func(m marked) string { return nameOfSpan(m.Quotes[0].Span()) + string(m.Label) }, itself)
}

// marksOf lists what was decided in a conversation in the order of its words.
func marksOf(c headway.Conversation, j headway.Judgements) []marked {
	texts := textsOf(c)
	turns := map[headway.TextID]int{}
	for i, t := range c.Turns {
		turns[t.Text.ID] = i
	}
	var all []marked
	for label, places := range j.Labels {
		for at, verdict := range places {
			q := texts.Quote(at)
			if q.IsZero() {
				continue
			}
			made := j.Made[label][at]
			m := marked{made.Seq, []headway.Quote{q}, label, verdict, made.Member, made.At, j.Heard[label][at].By}
			for _, more := range made.More {
				m.Quotes = append(m.Quotes, texts.Quote(more))
			}
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(x, y marked) int {
		at, other := x.Quotes[0].Span(), y.Quotes[0].Span()
		return cmp.Or(cmp.Compare(turns[at.Text], turns[other.Text]), cmp.Compare(at.Start, other.Start), cmp.Compare(at.End, other.End), cmp.Compare(x.Label, y.Label))
	})
	return all
}
