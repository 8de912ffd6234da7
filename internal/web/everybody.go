package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

// Knowing tells of customers across conversations. Nobody is shown whose study
// still guesses.
type Knowing interface {
	Everybody(ctx context.Context) (flow.Everybody, error)
	// Lapsed lists those whose words may be kept no longer, and what would be lost.
	Lapsed(ctx context.Context) ([]flow.Lapse, error)
	Customer(ctx context.Context, id headway.PersonID) (*flow.Customer, error)
	Account(ctx context.Context, id headway.AccountID) (*flow.Customer, error)
	// Dealt gives what was promised and what went wrong in a conversation.
	Dealt(ctx context.Context, id headway.ConversationID) (flow.Dealt, error)
}

// customerActs are the pages of customers, and what is noted of them.
func (s *server) customerActs() map[string]handler {
	return map[string]handler{
		"GET /people":                 s.showEverybody,
		"GET /person/{person}":        s.showPerson,
		"POST /person/{person}":       s.keepPerson,
		"POST /person/{person}/merge": s.mergePerson,
		"POST /person/{person}/split": s.splitPerson,
		"GET /customer/{person}":      s.showCustomer,
		"GET /account/{account}":      s.showFirm,
		"POST /promise":               s.promise,
		"POST /playback":              s.sendBack,
		"POST /reply":                 s.reply,
		"GET /wrong":                  s.showWrong,
		"POST /wrong":                 s.repair,
	}
}

// everybodyView is all customers of the workspace.
type everybodyView struct {
	Words    string // what names are looked for
	People   []personLine
	Left     int // how many more there are
	All      int
	Unnamed  int // of All
	Accounts []headway.Account
	Perhaps  []flow.Perhaps
	Lapsed   []flow.Lapse
	Guessing []headway.Study
}

// personLine is one customer in a list.
type personLine struct {
	flow.Person
	Called string
	Href   string // their page
}

// listed bounds the list of people; the rest is found by name.
const (
	listed    = 200
	suggested = 30
)

func (s *server) showEverybody(w http.ResponseWriter, r *http.Request) error {
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return err
	}
	lapsed, err := s.hw.Lapsed(r.Context())
	if err != nil {
		return err
	}
	view := everybodyView{
		Words: strings.TrimSpace(r.FormValue("name")), All: len(everybody.People), Accounts: everybody.Accounts,
		Perhaps: everybody.Perhaps(suggested), Lapsed: lapsed, Guessing: everybody.Guessing,
	}
	found := everybody.Named(view.Words)
	named := slices.DeleteFunc(slices.Clone(found), func(p flow.Person) bool { return p.Name() == "" })
	view.Unnamed = len(found) - len(named)
	view.Left = max(0, len(named)-listed)
	view.People = personLines(named[:min(len(named), listed)])
	return s.render(w, r, http.StatusOK, newPage("everybody", "Customers"), view)
}

func personLines(people []flow.Person) (lines []personLine) {
	for _, p := range people {
		lines = append(lines, personLine{p, calledBy(p), customerPath(p.ID)})
	}
	return lines
}

// calledBy is what pages call a person: where their name says only what they
// are, as "User", with the conversation that tells them apart.
func calledBy(p flow.Person) string {
	name := p.Name()
	if name != "" && !source.NamesNobody(name) {
		return name
	}
	name = cmp.Or(name, "somebody without a name")
	if len(p.Conversations) > 0 {
		name += ", in " + title(p.Conversations[0])
	}
	return name
}

func customerPath(id headway.PersonID) string { return "/customer/" + string(id) }
func personPath(id headway.PersonID) string   { return "/person/" + string(id) }

// Spoke says when a person last spoke, as far as is known: "4 May 2026".
func (l personLine) Spoke() string {
	for _, h := range l.Conversations {
		if !h.Date.Time.IsZero() {
			return dayOf(h.Date.Time)
		}
	}
	return ""
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}

// Where says in how many conversations they spoke, or in which.
func (l personLine) Where() string {
	if len(l.Conversations) == 1 && l.Called == l.Name() { // else it stands in what they are called
		return lastIn(l.Person)
	}
	return count(len(l.Conversations), "conversation", "conversations")
}

// About says who a person is, in a line: "buyer at Zenith Boxes".
func (l personLine) About() string { return roleAt(l.Role, l.Firm.Name) }

func roleAt(role headway.Role, firm string) string {
	words := roleName(role)
	switch {
	case words == "":
		return firm
	case firm == "":
		return words
	}
	return words + " at " + firm
}

func roleName(r headway.Role) string {
	if r == headway.OtherRole {
		return "another role"
	}
	return string(r)
}

// lastIn names the conversation in which somebody spoke last.
func lastIn(p flow.Person) string {
	if len(p.Conversations) == 0 {
		return ""
	}
	return title(p.Conversations[0])
}

// recentCustomers are the customers whom the first page leads to: an account in the place
// of its people.
func recentCustomers(everybody flow.Everybody) (lines []personLine) {
	for _, l := range personLines(everybody.Recent(recentShown)) {
		if l.Firm.ID != "" {
			l.Called, l.Href = l.Firm.Name, "/account/"+string(l.Firm.ID)
			l.Role, l.Firm.Name = "", ""
		}
		lines = append(lines, l)
	}
	return lines
}

const recentShown = 10
