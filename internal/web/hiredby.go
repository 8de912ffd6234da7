package web

import (
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/customer"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// hiredByView is a job that a customer hires for: their episodes that stand in it.
type hiredByView struct {
	Called, Href string
	Proposed     bool
	Status       headway.Status // of its name
	Study        string         // "" where the customer is in one alone
	Says         []spoken       // their words for its name
	Times        []episodeLine
	Left         int  // how many more there are
	Aside        bool // there is no room for it on the printed page
}

// timesShown is how many episodes of a customer stand under a job until all are
// asked for.
const timesShown = 3

// hiredBy lists the jobs in which a customer's episodes stand, study by study.
func (s *server) hiredBy(r *http.Request, c *flow.Customer, most int) (all []hiredByView, err error) {
	for _, study := range c.Studies {
		sheet, err := s.worksheetOf(r, study.ID)
		if err != nil {
			return nil, err
		}
		for _, hired := range sheet.hiredBy(c, most) {
			if len(c.Studies) > 1 {
				hired.Study = study.Name
			}
			all = append(all, hired)
		}
	}
	return all, nil
}

func (w *worksheet) hiredBy(c *flow.Customer, most int) (all []hiredByView) {
	for i := range w.Jobs.Jobs {
		j := &w.Jobs.Jobs[i]
		v := hiredByView{Called: j.Called(), Href: w.cardPath(j), Proposed: j.IsProposed(), Status: j.Status}
		for _, p := range j.Placed {
			if isOf(&w.Episodes[p.Episode], c) {
				v.Times = append(v.Times, w.episodeLine(p))
			}
		}
		for _, said := range j.For {
			if isTheirs(c, said.Person) && isShown(c, said.Conversation) {
				v.Says = append(v.Says, w.spoken(said.On, said.Person))
			}
		}
		if len(v.Times) > 0 {
			v.Left = max(0, len(v.Times)-most)
			v.Times = v.Times[:len(v.Times)-v.Left]
			all = append(all, v)
		}
	}
	return all
}

// isOf says whether an episode is a customer's, and all of it on their page.
func isOf(e *job.Episode, c *flow.Customer) bool {
	return isTheirs(c, e.Person) && !slices.ContainsFunc(e.Pieces, func(p job.Piece) bool { return !isShown(c, p.Conversation) })
}

func isTheirs(c *flow.Customer, person headway.PersonID) bool {
	return slices.ContainsFunc(c.People, func(p flow.Person) bool { return p.ID == person })
}

// isShown says whether a conversation is one of those on a customer's page: where it
// lies in a study that is guessing, too, it waits.
func isShown(c *flow.Customer, id headway.ConversationID) bool {
	return slices.ContainsFunc(c.Talks[:c.Own], func(talk customer.Talk) bool { return talk.ID == id })
}
