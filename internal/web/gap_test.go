package web

import (
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/mirror"
)

func TestAGapShowsTheQuestionInDoubtOnlyWhereNothingElseAsksForIt(t *testing.T) {
	text := headway.NewDraft("by hand", "mug.txt").Say("Jan", "And was it worth it?").Text
	gap := mirror.Gap{Slot: headway.Measure, N: 2, Perhaps: 1, Doubtful: []mirror.Doubt{{
		Conversation: "c1", Question: text.SpanOf(headway.NewRuler(text.Text), 0, len(text.Text)),
	}}}
	texts := mirror.Texts{text.ID: text}
	if doubt := viewGap("study1", gap, texts, nil).Doubt; doubt.Words.String() != "And was it worth it?" || doubt.Href == "" {
		t.Errorf("the doubt is %q at %q", doubt.Words, doubt.Href)
	}
	gap.Asked = 1
	if doubt := viewGap("study1", gap, texts, nil).Doubt; doubt.Said() {
		t.Errorf("asked elsewhere, still in doubt: %q", doubt.Words)
	}
}
