package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// dealtView is what was promised in a conversation, and what went wrong there or
// is told of there.
type dealtView struct {
	Promises []promiseView
	Wrong    []wrongHere
	// To are the customers who speak here, of whom one can be promised something.
	To []personLine
}

type promiseView struct {
	Quote    quoteView
	To, Href string // "" where who it was is not to be shown
	Person   headway.PersonID
}

// wrongHere is both halves of a repair; one that may not be shown is not said.
type wrongHere struct {
	Told, Ours        quoteView
	ToldPlace, OursAt string
}

func (s *server) dealt(r *http.Request, c *headway.Conversation) (v dealtView, err error) {
	d, err := s.hw.Dealt(r.Context(), c.ID)
	if err != nil {
		return v, err
	}
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return v, err
	}
	v.To = personLines(speakingIn(everybody, c.ID))
	for _, p := range d.Promises {
		one := promiseView{Quote: quoteIn(c, p.Span), Person: p.To}
		if to, err := everybody.Person(p.To); err == nil {
			one.To, one.Href = calledBy(to), customerPath(to.ID)
		}
		v.Promises = append(v.Promises, one)
	}
	for _, both := range d.Repairs {
		v.Wrong = append(v.Wrong, wrongHere{
			Told: half(both, both.Told, both.ToldIn), Ours: half(both, both.Wrong, both.WrongIn),
			ToldPlace: formatSpan(both.Told), OursAt: formatSpan(both.Wrong),
		})
	}
	return v, nil
}

func half(r flow.Repaired, s headway.Span, in headway.ConversationID) quoteView {
	if in == "" {
		return quoteView{}
	}
	return quoteView{Words: r.Quote(s), Href: placePath("", in, s), Place: formatSpan(s)}
}

// quoteIn cuts words of a conversation that is shown.
func quoteIn(c *headway.Conversation, s headway.Span) quoteView {
	for i := range c.Turns {
		if q, err := c.Turns[i].Text.Cut(s); err == nil {
			return quoteView{Words: q, Href: placePath("", c.ID, s), Place: formatSpan(s)}
		}
	}
	return quoteView{}
}
