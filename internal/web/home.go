package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// homeView is the first page: the question that stays until customers' own
// words answer it, and the studies.
type homeView struct {
	Studies []studyView
	Samples []headway.Study // the invented ones, where they are loaded
	Closely flow.Closeness  // of all conversations
	// Answer is the progress that customers named themselves; empty while the
	// question is open.
	Answer *answerView
	// Hired is a job that a customer's words say; nil while there is none.
	Hired *hiredForView
	// Customers are those who spoke last, each with a page of their own; All
	// counts everybody.
	Customers []personLine
	All       int
	Lapsed    []flow.Lapse // whose words may be kept no longer
}

// studyView is a study, and the imports into it that go on.
type studyView struct {
	headway.Study
	Running []running
}

// answerView is one customer's own words for the progress they are after.
type answerView struct {
	lineView
	Study headway.Study
	With  int // people of N whose motivation was heard or kept
	N     int
}

// home is the first run, too: without a study it asks for the three guesses.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return err
	}
	view := homeView{}
	for _, study := range studies {
		if study.Sample {
			view.Samples = append(view.Samples, study)
			continue
		}
		view.Studies = append(view.Studies, studyView{study, s.running(study.ID)})
	}
	if len(studies) == 0 {
		return s.showStart(w, r)
	}
	view.Answer, err = s.answer(r, studies)
	if err != nil {
		return err
	}
	if view.Hired, err = s.hiredFor(r, studies); err != nil {
		return err
	}
	if view.Closely, err = s.hw.Closeness(r.Context(), ""); err != nil {
		return err
	}
	everybody, err := s.hw.Everybody(r.Context())
	if err != nil {
		return err
	}
	view.Customers, view.All = recentCustomers(everybody), len(everybody.People)
	if view.Lapsed, err = s.hw.Lapsed(r.Context()); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("home", "What progress are they hiring us to help them make?"), view)
}

// answer looks for a motivation that a person kept as one: what a detector
// heard is not yet an answer. The sample's customers are invented and answer nothing.
func (s *server) answer(r *http.Request, studies []headway.Study) (*answerView, error) {
	for _, study := range studies {
		if !study.Phase.Revealed() || study.About == headway.Myself || study.Sample {
			continue
		}
		m, texts, err := s.hw.Mirror(r.Context(), study.ID, mirror.Choices{PerSlot: answers, Pairs: 1, Listed: 1})
		if err != nil {
			return nil, err
		}
		if found := kept(m, texts, study); found != nil {
			return found, nil
		}
	}
	return nil, nil
}

// hiredForView is a job by the name that a member gave it, and a customer's words
// that say it.
type hiredForView struct {
	Words, Href string
	Says        headway.Quote
	Study       headway.Study
}

// hiredFor looks for a job that a customer's words say.
func (s *server) hiredFor(r *http.Request, studies []headway.Study) (*hiredForView, error) {
	for _, study := range studies {
		if !study.Phase.Revealed() || study.About == headway.Myself || study.Sample {
			continue
		}
		held, err := s.hw.Held(r.Context(), study.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range held.Standing() {
			if held.Words[one.Claim].Part != headway.PartJob || held.Status(one.Claim) != headway.StatusSaid {
				continue
			}
			for _, b := range held.Bearing(one.Claim) {
				if says := held.Texts.Quote(b.On.First()); b.Verdict == headway.Supports && !says.IsZero() {
					return &hiredForView{held.Words[one.Claim].Words, jobPath(study.ID, one.Claim), says, study}, nil
				}
			}
		}
	}
	return nil, nil
}

// answers is how many sentences of a kind are looked through for a kept one;
// kept ones stand in front of their rank.
const answers = 200

func kept(m mirror.Mirror, texts mirror.Texts, study headway.Study) *answerView {
	for _, said := range m.TheySaid.Slots {
		if said.Kind != headway.Motivation {
			continue
		}
		for _, l := range said.Lines {
			if l.Verdict == headway.Kept {
				return &answerView{lineView: viewLine(study.ID, l, texts), Study: study, With: said.People, N: m.N}
			}
		}
	}
	return nil
}
