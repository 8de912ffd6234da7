package mirror

import (
	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
)

// Standing is a mirror as it stood at a time, and whose words it holds.
type Standing struct {
	Mirror
	People []Customer
}

// Customer is one person on their side, merged ones once.
type Customer struct {
	ID           headway.PersonID       `json:"id"`
	Name         string                 `json:"name"`
	Conversation headway.ConversationID `json:"conversation"` // the first that holds words of theirs
}

// Stand lays parts together as [Join] does, to be compared: every line is in it,
// and of each only the sentence that it stands for.
func Stand(study headway.Study, guesses []headway.Guess, parts []Part, j deed.Judgements, merged map[headway.PersonID]headway.PersonID) Standing {
	s := newSighting(study, guesses, parts, j, Choices{PerLine: 1, Pairs: 1, Listed: 1, Merged: merged})
	return Standing{s.mirror(), s.people()}
}

func (s *sighting) people() []Customer {
	people := make([]Customer, len(s.customers))
	for i, c := range s.customers {
		people[i] = Customer{ID: c.id, Name: c.name}
	}
	for _, part := range s.parts {
		for _, p := range part.People {
			if n := s.customer(p.ID); n >= 0 && p.Side == headway.Theirs && people[n].Conversation == "" {
				people[n].Conversation = part.Conversation
			}
		}
	}
	return people
}
