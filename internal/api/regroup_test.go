package api

import (
	"net/http"
	"testing"

	"github.com/headway-oss/headway"
)

func TestAStudyOfChosenConversationsIsHeldBesideTheFirst(t *testing.T) {
	w := open(t)
	var s headway.Study
	w.do("POST", "/studies", map[string]any{"name": "Again", "about": "all", "conversations": []headway.ConversationID{w.talk.ID}}).want(http.StatusCreated).into(&s)
	w.do("GET", path("/studies/%s/compare/%s", w.study, s.ID), nil).want(http.StatusForbidden)
	w.do("POST", path("/studies/%s/skip", s.ID), nil)
	var c struct {
		Schema        string
		Changed       bool
		Before, After struct{ N int }
		Guesses       []struct{ Before, After *struct{ N int } }
		Slots         []any
	}
	w.do("GET", path("/studies/%s/compare/%s", w.study, s.ID), nil).want(http.StatusOK).into(&c)
	if c.Schema != "headway.change/1" || !c.Changed || c.Before.N != 1 || c.After.N != 1 || len(c.Guesses) != 1 || c.Guesses[0].After != nil || len(c.Slots) != 11 {
		t.Errorf("compared %+v", c)
	}
	w.do("GET", path("/studies/%s/compare/%s", w.study, w.study), nil).want(http.StatusUnprocessableEntity)

	var n regrouped
	body := map[string]any{"conversations": []headway.ConversationID{w.talk.ID}}
	w.do("POST", path("/studies/%s/conversations/leave", s.ID), body).want(http.StatusOK).into(&n)
	if n.Conversations != 1 {
		t.Errorf("%d left", n.Conversations)
	}
	w.do("POST", path("/studies/%s/conversations", s.ID), body).want(http.StatusOK).into(&n)
	if n.Conversations != 1 {
		t.Errorf("%d came", n.Conversations)
	}
	w.do("POST", path("/studies/%s/conversations", s.ID), map[string]any{"conversations": []string{"nowhere"}}).want(http.StatusNotFound)
}

func TestWhatChangedIsToldSinceADay(t *testing.T) {
	w := open(t)
	var c struct {
		Changed bool
		Came    []struct{ Name string }
		Lines   []struct {
			Line          struct{ Quote struct{ Text string } }
			Before, After struct{ People, N int }
		}
	}
	w.do("GET", path("/studies/%s/changes?since=2026-11-01", w.study), nil).want(http.StatusOK).into(&c)
	if !c.Changed || len(c.Came) != 1 || c.Came[0].Name != "Petra Möller" || len(c.Lines) == 0 || c.Lines[0].Line.Quote.Text == "" || c.Lines[0].After.N != 1 {
		t.Errorf("changed %+v", c)
	}
	w.do("GET", path("/studies/%s/changes?since=2026-11-22", w.study), nil).want(http.StatusOK).into(&c)
	if c.Changed || len(c.Came) != 0 {
		t.Errorf("since tomorrow changed %+v", c)
	}
	w.do("GET", path("/studies/%s/changes?since=soon", w.study), nil).want(http.StatusUnprocessableEntity)
}
