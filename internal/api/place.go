package api

import (
	"context"
	"fmt"

	"github.com/headway-oss/headway"
)

// Place is where words stand, as a program names it.
type Place struct {
	Text  headway.TextID `json:"text" maxLength:"200" doc:"id of the text version" example:"abcdefghijklmnopqrstuvwxyz.1"`
	Start int            `json:"start" minimum:"0" doc:"the first code point" example:"29"`
	End   int            `json:"end" minimum:"1" doc:"the code point after the last" example:"52"`
	// Exact lets a program make sure that it counted as Headway does.
	Exact string `json:"exact,omitempty" doc:"what you believe to stand there. It is only compared, and refused with conflict where one letter differs; the words that are kept are those of the text"`
}

func (p Place) span() headway.Span { return headway.Span{Text: p.Text, Start: p.Start, End: p.End} }

// passage gives the spans of places, after what was believed to stand there was
// compared with what does.
func (a *api) passage(ctx context.Context, places []Place, through headway.StudyID) (headway.Passage, error) {
	var passage headway.Passage
	for _, p := range places {
		if err := a.compare(ctx, p, through); err != nil {
			return nil, err
		}
		passage = append(passage, p.span())
	}
	return passage, nil
}

func (a *api) compare(ctx context.Context, p Place, through headway.StudyID) error {
	if p.Exact == "" {
		return nil // what does not lie in its text is refused as a deed
	}
	quotes, err := a.hw.Quotes(ctx, []headway.Span{p.span()}, through)
	if err != nil {
		return err
	}
	if stands := quotes[0].String(); stands != p.Exact {
		return headway.Errorf(headway.Conflict, "at %d-%d of text %s stands %q, and not what exact says: count Unicode code points, or read the conversation again", p.Start, p.End, p.Text, stands)
	}
	return nil
}

// nameOfSpan is a span as a cursor.
func nameOfSpan(s headway.Span) string { return fmt.Sprintf("%s-%d-%d", s.Text, s.Start, s.End) }
