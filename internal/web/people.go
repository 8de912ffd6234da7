package web

import (
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// peopleView is who spoke, on which side, and what settled it.
type peopleView struct {
	ToPlace []speakerView // nobody has settled these; they count for nobody
	Placed  speakersView
	Unnamed speakersView // placed, and without a name: a survey's, mostly
	N       int          // people who count now
}

// speakersView lists speakers, at most peopleShown of them.
type speakersView struct {
	Shown []speakerView
	All   int
}

// Left counts those that are not shown.
func (v speakersView) Left() int { return v.All - len(v.Shown) }

func newSpeakers(all []speakerView) speakersView {
	return speakersView{all[:min(len(all), peopleShown)], len(all)}
}

// speakerView is one speaker of one conversation.
type speakerView struct {
	headway.Speaker
	Conversation headway.ConversationID
	Source, Href string
	Why          string // what settled the side
	Study        headway.StudyID
	Rows         int    // further rows of the same table in which the same one of us asks
	Mails        int    // further conversations in which the same address writes, to be placed with it
	Effect       string // what placing does to the counts; "" where it is placed
	// Other is the second of the only two who speak, where neither is placed and
	// this one is more likely ours: one key then places both.
	Other *headway.Speaker
}

// peopleShown bounds the list of those who need nothing; those to place are all shown.
const peopleShown = 400

func (s *server) showPeople(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	heads, err := s.hw.Conversations(r.Context(), study.ID)
	if err != nil {
		return err
	}
	m, _, err := s.hw.Mirror(r.Context(), study.ID, mirrorShown) // whose n is told here, merged people once
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("people", "People and sides").of(study, "people"), viewPeople(study.ID, heads, m.N))
}

func viewPeople(study headway.StudyID, heads []flow.Head, n int) peopleView {
	v := peopleView{N: n}
	var named, unnamed []speakerView
	known := knownPeople(heads)
	asking := map[asker]int{}
	mailing := map[string]int{} // by address, how many there are to place up to who writes from it
	for _, h := range heads {
		for _, speaker := range h.Speakers {
			one := speakerView{
				Speaker: speaker, Conversation: h.ID, Source: title(h), Why: settledBy(speaker.Settled), Study: study,
				Href: "/conversation/" + string(h.ID) + "?study=" + string(study),
			}
			switch {
			case speaker.Side == headway.Unknown && mailing[strings.ToLower(speaker.Email)] > 0:
				v.ToPlace[mailing[strings.ToLower(speaker.Email)]-1].Mails++
			case speaker.Side == headway.Unknown:
				one.Effect, one.Other = effect(known[speaker.Person()], n), otherOf(h.Speakers, speaker)
				v.ToPlace = append(v.ToPlace, one)
				if speaker.Email != "" {
					mailing[strings.ToLower(speaker.Email)] = len(v.ToPlace)
				}
			case speaker.Name == "" && speaker.Email == "":
				unnamed = append(unnamed, one)
			case asking[askerOf(h, speaker)] > 0:
				named[asking[askerOf(h, speaker)]-1].Rows++
			default:
				named = append(named, one)
				if askerOf(h, speaker) != (asker{}) {
					asking[askerOf(h, speaker)] = len(named)
				}
			}
		}
	}
	sort.SliceStable(named, func(i, j int) bool {
		return strings.ToLower(named[i].Name) < strings.ToLower(named[j].Name)
	})
	v.Placed, v.Unnamed = newSpeakers(named), newSpeakers(unnamed)
	return v
}

// asker is who asks in the rows of one table: its header, mostly. It is one line
// however many rows there are.
type asker struct{ file, name string }

// askerOf gives the zero asker for whoever is none.
func askerOf(h flow.Head, s headway.Speaker) asker {
	if h.Row == 0 || s.Side != headway.Ours || s.Settled != headway.SettledFormat {
		return asker{}
	}
	return asker{h.File, s.Name}
}

// otherOf gives whom a customer is then, when this speaker is one of us.
func otherOf(speakers []headway.Speaker, ours headway.Speaker) *headway.Speaker {
	if len(speakers) != 2 || ours.Guess == headway.Theirs {
		return nil
	}
	for _, s := range speakers {
		if s.ID != ours.ID && s.Side == headway.Unknown && s.Guess != headway.Ours {
			return &s
		}
	}
	return nil
}

// Customers are those who can be said to be one person.
func (v peopleView) Customers() []speakerView {
	return slices.DeleteFunc(slices.Clone(v.Placed.Shown), func(s speakerView) bool { return s.Side != headway.Theirs })
}

// knownPeople are those of whom a speaker stands on their side already.
func knownPeople(heads []flow.Head) map[headway.PersonID]bool {
	known := map[headway.PersonID]bool{}
	for _, h := range heads {
		for _, s := range h.Speakers {
			if s.Side == headway.Theirs {
				known[s.Person()] = true
			}
		}
	}
	return known
}

// effect says what placing a speaker does to the n people who count, one of
// whom they may be already.
func effect(known bool, n int) string {
	if known {
		return "as a customer, one of the " + thousand(n) + " who count already; as one of us, their questions count as asked"
	}
	return fmt.Sprintf("as a customer, people go from %d to %d; as one of us, their questions count as asked", n, n+1)
}

// Called names a speaker in a list of choices, with the conversation they are from.
func (v speakerView) Called() string { return speakerName(v.Name) + ", " + v.Source }

// settledBy says in words what settled a side.
func settledBy(settled headway.Settled) string {
	switch settled {
	case headway.SettledFormat:
		return "the file says so"
	case headway.SettledRole:
		return "a role word in the name"
	case headway.SettledRest:
		return "the only one left in the conversation"
	case headway.SettledFlag:
		return "named when the file came in"
	case headway.SettledMember:
		return "placed by one of us"
	}
	return "not settled"
}
