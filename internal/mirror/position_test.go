package mirror

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

func TestALineKnowsWhereItsTurnBegins(t *testing.T) {
	draft := headway.NewDraft("timed")
	c := draft.Conversation()
	c.Genre = headway.Call
	words := "It takes me three hours every Friday."
	turn := draft.Say("Keller", words)
	turn.Times = []headway.TimeMark{{MS: 34_000}}
	turn.Lines = []headway.LineMark{{Line: 18}}
	draft.Speaker("Keller").Side = headway.Theirs
	h := headway.Hearing{Conversation: c.ID, Sentences: []headway.Heard{{
		Span: headway.Span{Text: c.Turns[0].Text.ID, End: len(words)}, Side: headway.Theirs,
		Labels: []headway.Scored{{Label: headway.Struggle, Score: .9, Counted: true, By: "rule"}},
	}}}
	stored, err := json.Marshal(Look(c, h, nil))
	if err != nil {
		t.Fatal(err)
	}
	var part Part
	if err := json.Unmarshal(stored, &part); err != nil {
		t.Fatal(err)
	}
	m := Join(headway.Study{}, nil, []Part{part}, deed.NewJudgements(nil), Choices{})
	if len(m.TheySaid.Slots) != 1 {
		t.Fatalf("heard %+v", m.TheySaid)
	}
	want := Position{MS: 34_000, Timed: true, Line: 18}
	if diff := cmp.Diff(want, m.TheySaid.Slots[0].Lines[0].At); diff != "" {
		t.Errorf("where the turn begins (-want +got):\n%s", diff)
	}
}
