package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/shoes"
)

func TestATextIsToldWhomItDescribesAndViewersMayAsk(t *testing.T) {
	w := open(t)
	before := len(w.deeds())
	var got struct {
		Against   int
		Counts    describedCounts
		Sentences []struct {
			From  int
			Words string
			Mark  shoes.Mark
			Why   []describedReason
			Near  []struct {
				Words        Quote
				Conversation headway.ConversationID
			}
		}
	}
	path := "/studies/" + string(w.study) + "/shoes"
	w.as(somebody["a viewer"], "POST", path, map[string]any{"text": "Book a free demo of our platform today.\n\nIt went from three hours to ten minutes."}).want(http.StatusOK).into(&got)
	if got.Counts.N != 2 || len(got.Sentences) != 2 || got.Against == 0 {
		t.Fatalf("%+v", got)
	}
	if first := got.Sentences[0]; first.Mark != "ours" || first.Why[0].Code != "names-us" || first.Why[0].Words[0] != "our" {
		t.Errorf("%+v", first)
	}
	second := got.Sentences[1]
	if second.Mark != "theirs" || len(second.Near) == 0 || second.From != 41 || second.Near[0].Conversation != w.talk.ID || second.Near[0].Words.Text != second.Words {
		t.Errorf("%+v", second)
	}
	if after := len(w.deeds()); after != before {
		t.Errorf("%d deeds were done", after-before)
	}
}

func TestATextThatCannotBeToldSaysWhy(t *testing.T) {
	w := open(t)
	path := "/studies/" + string(w.study) + "/shoes"
	w.do("POST", path, map[string]any{"text": " \n # "}).problem(http.StatusUnprocessableEntity, headway.Invalid)
	w.do("POST", path, map[string]any{"text": strings.Repeat("We count. ", 6000)}).problem(http.StatusUnprocessableEntity, headway.Invalid)
	w.do("POST", "/studies/nobody/shoes", map[string]any{"text": "We count."}).problem(http.StatusNotFound, headway.NotFound)
	w.do("POST", path, map[string]any{"text": strings.Repeat("x", 5<<20)}).want(http.StatusRequestEntityTooLarge)
}
