package job

import "github.com/headway-oss/headway"

// Asks has the questions that ask for each slot.
type Asks struct {
	After map[headway.Label]string // of somebody who hired something
	First map[headway.Label]string // of somebody who did not, or not yet
}

// Of gives the questions for somebody.
func (a Asks) Of(hired bool) map[headway.Label]string {
	if hired {
		return a.After
	}
	return a.First
}

// Hired says whether most people of some episodes hired something, so that they can
// be asked how it went.
func (p *Picture) Hired(placed []Placed) bool {
	hired := map[headway.PersonID]bool{}
	for _, one := range placed {
		e := &p.Episodes[one.Episode]
		hired[e.Person] = hired[e.Person] || e.Hired
	}
	return mostOf(hired)
}

// mostOf says whether something is so of more than half of the people.
func mostOf(people map[headway.PersonID]bool) bool {
	so := 0
	for _, is := range people {
		if is {
			so++
		}
	}
	return 2*so > len(people)
}

// tellHiring sets which episodes tell what came of something that was hired: that a
// member kept, or that was heard beside how they chose it, or of most of several
// people. One sentence that was wrongly heard must not ask a prospect how it went.
func tellHiring(episodes []Episode) {
	told := map[headway.PersonID]bool{}
	for i := range episodes {
		e := &episodes[i]
		told[e.Person] = told[e.Person] || len(e.Slot(headway.Result).Told) > 0
	}
	most := len(told) > 1 && mostOf(told)
	for i := range episodes {
		e := &episodes[i]
		if result := e.Slot(headway.Result); len(result.Told) > 0 {
			e.Hired = e.Hired || !result.Unchecked || most || len(e.Slot(headway.Decision).Told) > 0
		}
	}
}
