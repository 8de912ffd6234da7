package flow

import (
	"context"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

// Quotes cuts words as they may be shown through a study (see Conversation), one
// for each span. NotFound where there is no such text, Invalid where a span does
// not lie in it, Denied where a study that holds it is still guessing.
func (f *Flow) Quotes(ctx context.Context, at []headway.Span, through headway.StudyID) ([]headway.Quote, error) {
	var ids []headway.TextID
	for _, s := range at {
		ids = append(ids, s.Text)
	}
	places, err := f.store.Places(ctx, f.ws, ids)
	if err != nil {
		return nil, err
	}
	quotes := make([]headway.Quote, 0, len(at))
	shown := map[headway.ConversationID]bool{}
	for _, s := range at {
		place, here := places[s.Text]
		if !here {
			return nil, headway.Errorf(headway.NotFound, "there is no text %s", s.Text)
		}
		if !shown[place.Conversation] {
			if err := f.mayShow(ctx, place.Conversation, through); err != nil {
				return nil, err
			}
			shown[place.Conversation] = true
		}
		q, err := place.Text.Cut(s)
		if err != nil {
			return nil, err
		}
		quotes = append(quotes, q)
	}
	return quotes, nil
}

// Report gives a study's mirror with its conversations, written out with the
// words. Denied before the reveal.
func (f *Flow) Report(ctx context.Context, study headway.StudyID, ch mirror.Choices) (mirror.Report, error) {
	m, _, err := f.Mirror(ctx, study, ch)
	if err != nil {
		return mirror.Report{}, err
	}
	parts, err := f.Parts(ctx, study)
	if err != nil {
		return mirror.Report{}, err
	}
	at := m.Spans()
	for _, p := range parts {
		at = append(at, p.Spans()...)
	}
	texts, err := f.texts(ctx, at)
	return mirror.NewReport(m, parts, texts), err
}
