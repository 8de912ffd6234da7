package hear_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

func TestTheCarefulPassHearsTheSameSentencesAsTheQuickOne(t *testing.T) {
	c := said(bakery...)
	quick, careful := hear.Conversation(c), hear.Carefully(c)
	if careful.Version != hear.CarefulVersion || careful.Conversation != c.ID {
		t.Errorf("heard %s by %q, want %s by %q", careful.Conversation, careful.Version, c.ID, hear.CarefulVersion)
	}
	bare := func(h headway.Hearing) (all []headway.Heard) {
		for _, s := range h.Sentences {
			s.Labels = nil
			all = append(all, s)
		}
		return all
	}
	if diff := cmp.Diff(bare(quick), bare(careful)); diff != "" {
		t.Errorf("the passes cut or place sentences differently:\n%s", diff)
	}
}

func TestBesideOtherWorkTheSameIsHeard(t *testing.T) {
	c := said(bakery...)
	if diff := cmp.Diff(hear.Carefully(c), hear.CarefullyBehind(c)); diff != "" {
		t.Errorf("with a processor left free it hears otherwise:\n%s", diff)
	}
}

func TestManyRowsAreHeardAsEachAlone(t *testing.T) {
	var rows []hear.Row
	for i := range 70 { // more than one goroutine reads at a time
		side := headway.Theirs
		if i%3 == 0 {
			side = headway.Ours
		}
		sentence := bakery[i%len(bakery)]
		rows = append(rows, hear.Row{Side: side, Sentence: sentence[7:], Question: bakery[(i+1)%len(bakery)][:i%15]})
	}
	together := hear.CarefulSentences(rows)
	for i, r := range rows {
		if diff := cmp.Diff(hear.CarefulSentences([]hear.Row{r})[0], together[i]); diff != "" {
			t.Fatalf("row %d is heard otherwise among others:\n%s", i, diff)
		}
	}
}

func TestTheCarefulPassScoresEveryLabelOfASideInCodebookOrder(t *testing.T) {
	for _, side := range []headway.Side{headway.Ours, headway.Theirs, headway.Unknown} {
		var got []headway.Label
		for _, s := range hear.CarefulSentences([]hear.Row{{Side: side, Sentence: "How do you do that today?"}})[0] {
			got = append(got, s.Label)
			if !(s.Score >= 0 && s.Score <= 1) {
				t.Errorf("%s scores %v, want 0 to 1", s.Label, s.Score)
			}
		}
		if diff := cmp.Diff(headway.Labels(side), got); diff != "" {
			t.Errorf("labels of side %s:\n%s", side, diff)
		}
	}
}

func TestEveryTextIsHeardCarefullyWithoutFault(t *testing.T) {
	for _, sentence := range []string{"", " ", "?", "\x00", "אני רוצה לישון", "👍👍👍", "ok", string(make([]byte, 5000))} {
		for _, side := range []headway.Side{headway.Theirs, headway.Ours} {
			hear.CarefulSentences([]hear.Row{{Side: side, Sentence: sentence, Before: sentence, Question: sentence}})
		}
	}
}
