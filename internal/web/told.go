package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
)

// toldView is a sentence on a customer's page.
type toldView struct {
	quoteView
	More      []quoteView // the passage's other turns
	Kind      headway.Label
	Credit    string // "Ute Lind, first-call.txt, 05:34, 2 March 2026"
	Kept      bool
	By        string // who heard it, where nobody checked
	Confirmed string // the day on which they said it is right; "" is never
	Tell      bool   // its kind is told: it stands among others
	Aside     bool   // there is no room for it on the printed page
}

// teller lays a customer's lines out for a page.
type teller struct {
	*flow.Customer
	talks map[headway.ConversationID]*headway.Conversation
	names map[headway.PersonID]string
	all   bool // every line is shown, however many there are
}

func newTeller(c *flow.Customer) *teller {
	t := &teller{Customer: c, talks: map[headway.ConversationID]*headway.Conversation{}, names: map[headway.PersonID]string{}}
	for i := range c.Talks {
		t.talks[c.Talks[i].ID] = c.Talks[i].Conversation
	}
	for _, p := range c.People {
		t.names[p.ID] = calledBy(p)
	}
	return t
}

func (t *teller) lines(lines []customer.Line) (views []toldView) {
	for _, l := range lines {
		views = append(views, t.line(l))
	}
	return views
}

func (t *teller) line(l customer.Line) toldView {
	v := toldView{quoteView: t.quote(l.Conversation, l.Span), Kind: l.Kind, Kept: l.Kept, By: l.By, Credit: t.credit(l), Confirmed: dayOf(l.Confirmed)}
	for _, s := range l.More {
		v.More = append(v.More, t.quote(l.Conversation, s))
	}
	return v
}

func (t *teller) quote(c headway.ConversationID, s headway.Span) quoteView {
	if s == (headway.Span{}) {
		return quoteView{}
	}
	return quoteView{Words: t.Words(s), Href: placePath("", c, s), Place: formatSpan(s)}
}

// credit names who said a line, where there are several, and where it stands.
func (t *teller) credit(l customer.Line) string {
	c := t.talks[l.Conversation]
	if c == nil {
		return ""
	}
	who := ""
	if len(t.People) > 1 || l.Person == "" {
		who = speakerName(c.Speaker(c.Turns[l.Turn].Speaker).Name)
	}
	at := ""
	if ms, known := c.Turns[l.Turn].Started(); known {
		at = clock(ms)
	}
	parts := []string{who, title(flow.Head{Title: c.Title, File: c.File, Row: c.Row}), at, dayOf(c.Date.Time)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func countsOf(kept, heard int) string {
	switch {
	case kept > 0 && heard > 0:
		return fmt.Sprintf("%s kept, %s heard and unchecked", thousand(kept), thousand(heard))
	case kept > 0:
		return thousand(kept) + " kept"
	case heard > 0:
		return thousand(heard) + " heard and unchecked"
	}
	return ""
}
