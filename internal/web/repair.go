package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// wrongPage lets a member say which earlier words of ours a customer's sentence
// puts right.
type wrongPage struct {
	Told    toldView
	Earlier []earlierView // the newest conversation first, in it the last turn first
}

// earlierView is what we said in one conversation.
type earlierView struct {
	Source string
	Turns  []toldView
}

// earlierShown bounds how many turns of ours are offered.
const earlierShown = 60

func (s *server) showWrong(w http.ResponseWriter, r *http.Request) error {
	if r.FormValue("theirs") == "" { // nobody has chosen a sentence yet: the page says how
		return s.render(w, r, http.StatusOK, newPage("wrong", "What did we get wrong?"), wrongPage{})
	}
	theirs, err := parseSpan(r.FormValue("theirs"))
	if err != nil {
		return err
	}
	id := headway.ConversationID(r.FormValue("conversation"))
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return err
	}
	for _, p := range speakingIn(everybody, id) {
		c, err := s.hw.Customer(r.Context(), p.ID)
		if err != nil {
			return err
		}
		if view, theirOwn := viewWrong(c, theirs); theirOwn {
			return s.render(w, r, http.StatusOK, newPage("wrong", "What did we get wrong?"), view)
		}
	}
	return headway.Errorf(headway.NotFound, "these are no words of a customer in this conversation: choose a sentence of theirs")
}

// viewWrong lists the turns of ours before a sentence of the customer's.
func viewWrong(c *flow.Customer, theirs headway.Span) (v wrongPage, theirOwn bool) {
	t := newTeller(c)
	at, turn, found := whereIs(c, theirs)
	if !found || c.Talks[at].Speaker(c.Talks[at].Turns[turn].Speaker).Side != headway.Theirs {
		return v, false
	}
	v.Told.quoteView = t.quote(c.Talks[at].ID, theirs)
	for i, talk := range c.Talks[:c.Own] {
		if i < at {
			continue // later
		}
		end := len(talk.Turns)
		if i == at {
			end = turn
		}
		if e := t.earlier(talk.Conversation, end); len(e.Turns) > 0 {
			v.Earlier = append(v.Earlier, e)
		}
	}
	return v, true
}

// earlier lists our turns of a conversation before one, the last first.
func (t *teller) earlier(c *headway.Conversation, end int) earlierView {
	e := earlierView{Source: title(flow.Head{Title: c.Title, File: c.File, Row: c.Row})}
	for _, turn := range slices.Backward(c.Turns[:end]) {
		if c.Speaker(turn.Speaker).Side != headway.Ours || len(e.Turns) == earlierShown {
			continue
		}
		span := headway.Span{Text: turn.Text.ID, End: headway.NewRuler(turn.Text.Text).Point(len(turn.Text.Text))}
		v := toldView{quoteView: t.quote(c.ID, span), Credit: speakerName(c.Speaker(turn.Speaker).Name)}
		if ms, known := turn.Started(); known {
			v.Credit += ", " + clock(ms)
		}
		e.Turns = append(e.Turns, v)
	}
	return e
}

// whereIs finds a place among the customer's own talks.
func whereIs(c *flow.Customer, s headway.Span) (talk, turn int, found bool) {
	for i := range c.Talks[:c.Own] {
		for k := range c.Talks[i].Turns {
			if c.Talks[i].Turns[k].Text.ID == s.Text {
				return i, k, true
			}
		}
	}
	return 0, 0, false
}

// repair ties a customer's words to what we got wrong before.
func (s *server) repair(w http.ResponseWriter, r *http.Request) error {
	theirs, err := parseSpan(r.PostFormValue("theirs"))
	if err != nil {
		return err
	}
	ours, err := parseSpan(r.PostFormValue("ours"))
	if err != nil {
		return err
	}
	verdict := headway.Verdict(r.PostFormValue("verdict"))
	if verdict != headway.Undecided {
		verdict = headway.Kept
	}
	if err := s.hw.Repair(r.Context(), theirs, ours, verdict); err != nil {
		return err
	}
	return back(w, r, "/people")
}

func playBackSeq(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, headway.Errorf(headway.Invalid, "%q is no number of a play-back; load the page again", cutRunes(s, 20))
	}
	return n, nil
}

// linkedSpan reads the place from the address of a sentence in a transcript, or
// a place written out.
func linkedSpan(link string) (headway.Span, error) {
	if to, err := url.Parse(link); err == nil && to.Query().Get("at") != "" {
		link = to.Query().Get("at")
	}
	return parseSpan(strings.TrimSpace(link))
}
