package web

import (
	"context"
	"net/http"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
)

// Naming says who people are.
type Naming interface {
	Merge(ctx context.Context, person, into headway.PersonID) error
	Split(ctx context.Context, person headway.PersonID) error
	SetRole(ctx context.Context, person headway.PersonID, r headway.Role) error
	SetAccount(ctx context.Context, person headway.PersonID, firm string) error
	SetConsent(ctx context.Context, person headway.PersonID, c headway.Consent, until time.Time) error
}

// personView is all that is known of one person.
type personView struct {
	personLine
	Roles    []headway.Role
	Consents []headway.Consent
	Accounts []headway.Account
	Said     []kindView
	Over     bool // their words may be kept no longer
	Others   []personLine
	Owner    bool
	Behind   []headway.Speaker // what they are called, for an owner who asked
}

// kindView is what they said of one kind.
type kindView struct {
	Kind  headway.Label
	Kept  int
	Heard int
	Lines []toldView
	Left  int
}

// Counts says how much of it a member kept: "2 kept, 5 heard and unchecked".
func (s kindView) Counts() string { return countsOf(s.Kept, s.Heard) }

// toldShown bounds what one kind lists on a person's page until all are asked for.
const toldShown = 100

func (s *server) showPerson(w http.ResponseWriter, r *http.Request) error {
	return s.person(w, r, nil)
}

func (s *server) person(w http.ResponseWriter, r *http.Request, behind []headway.Speaker) error {
	c, err := s.hw.Customer(r.Context(), headway.PersonID(r.PathValue("person")))
	if err != nil {
		return s.unlessForgotten(r, headway.PersonID(r.PathValue("person")), err)
	}
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return err
	}
	p := c.People[0]
	view := personView{
		personLine: personLines(c.People)[0], Roles: headway.Roles(), Accounts: everybody.Accounts,
		Consents: []headway.Consent{headway.ConsentGiven, headway.ConsentRefused, headway.ConsentWithdrawn},
		Over:     p.Standing.Lapsed(time.Now()),
		Owner:    caller(r).Scope.Holds(access.Admin), Behind: behind,
	}
	for _, maybe := range everybody.Perhaps(len(everybody.People)) {
		switch p.ID {
		case maybe.One.ID:
			view.Others = append(view.Others, personLines([]flow.Person{maybe.Two})...)
		case maybe.Two.ID:
			view.Others = append(view.Others, personLines([]flow.Person{maybe.One})...)
		}
	}
	t := newTeller(c)
	for _, said := range c.Said {
		first := said.Lines[:min(len(said.Lines), toldShown)]
		if r.FormValue("all") == string(said.Kind) {
			first = said.Lines
		}
		if len(first) > 0 {
			view.Said = append(view.Said, kindView{said.Kind, said.Kept, said.Heard(), t.lines(first), len(said.Lines) - len(first)})
		}
	}
	return s.render(w, r, http.StatusOK, newPage("person", view.Called), view)
}

// UntilDay is the day up to which their words may be kept, as a field holds it.
func (v personView) UntilDay() string {
	if v.Until.IsZero() {
		return ""
	}
	return v.Until.Format(time.DateOnly)
}

// keepPerson keeps what the form says anew of a person, and leaves the rest.
func (s *server) keepPerson(w http.ResponseWriter, r *http.Request) error {
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return err
	}
	p, err := everybody.Person(headway.PersonID(r.PathValue("person")))
	if err != nil {
		return err
	}
	said, err := standingOf(r)
	if err != nil {
		return err
	}
	if said.Role != p.Role {
		if err := s.hw.SetRole(r.Context(), p.ID, said.Role); err != nil {
			return err
		}
	}
	if firm := r.PostFormValue("firm"); firm != p.Firm.Name {
		if err := s.hw.SetAccount(r.Context(), p.ID, firm); err != nil {
			return err
		}
	}
	if said.Consent != p.Consent || !said.Until.Equal(p.Until) {
		if err := s.hw.SetConsent(r.Context(), p.ID, said.Consent, said.Until); err != nil {
			return err
		}
	}
	return back(w, r, personPath(p.ID))
}

// standingOf reads role, consent and the day from a form.
func standingOf(r *http.Request) (said customer.Standing, err error) {
	said.Role, said.Consent = headway.Role(r.PostFormValue("role")), headway.Consent(r.PostFormValue("consent"))
	if on := r.PostFormValue("until"); on != "" {
		if said.Until, err = time.Parse(time.DateOnly, on); err != nil {
			return said, headway.Errorf(headway.Invalid, "%q is no day: write it as 2027-03-31", cutRunes(on, 40))
		}
	}
	return said, nil
}

// mergePerson says that another is this person too.
func (s *server) mergePerson(w http.ResponseWriter, r *http.Request) error {
	into, other := headway.PersonID(r.PathValue("person")), headway.PersonID(r.PostFormValue("other"))
	if other == "" || other == into {
		return headway.Errorf(headway.Invalid, "choose somebody else to be the same person")
	}
	if err := s.hw.Merge(r.Context(), other, into); err != nil {
		return err
	}
	return back(w, r, personPath(into))
}

// splitPerson takes a merge back: the other is themselves again.
func (s *server) splitPerson(w http.ResponseWriter, r *http.Request) error {
	if err := s.hw.Split(r.Context(), headway.PersonID(r.PostFormValue("other"))); err != nil {
		return err
	}
	return back(w, r, personPath(headway.PersonID(r.PathValue("person"))))
}
