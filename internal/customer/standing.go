package customer

import (
	"time"

	"github.com/headway-oss/headway"
)

// Standing is what members have said of a person.
type Standing struct {
	Account headway.AccountID `json:"account,omitempty"`
	Role    headway.Role      `json:"role,omitempty"`
	Consent headway.Consent   `json:"consent,omitempty"`
	Until   time.Time         `json:"until,omitzero"` // how long their words may be kept; zero is without end
}

// Lapsed says whether their words may be kept no longer: the day is over, or they
// took back what they allowed.
func (s Standing) Lapsed(now time.Time) bool {
	return s.Consent == headway.ConsentWithdrawn || s.Consent == headway.ConsentRefused || !s.Until.IsZero() && !now.Before(s.Until)
}

// Standings replays operations into what holds of each person, the newest first
// of whoever they were merged from. merged is as the store gives it.
func Standings(operations []headway.Operation, merged map[headway.PersonID]headway.PersonID) map[headway.PersonID]Standing {
	all := map[headway.PersonID]Standing{}
	for _, op := range operations {
		who := op.Person
		if into, moved := merged[who]; moved {
			who = into
		}
		s := all[who]
		switch op.Deed {
		case headway.DeedRole:
			s.Role = op.Role
		case headway.DeedAccount:
			s.Account = op.Account
		case headway.DeedConsent:
			s.Consent, s.Until = op.Consent, op.Until
		default:
			continue
		}
		all[who] = s
	}
	return all
}
