package web

import (
	"net/http"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

// evidenceView is where files come in, and what has come in already.
type evidenceView struct {
	Heads   []flow.Head
	LimitMB int
	Running []running
}

func (s *server) showEvidence(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	heads, err := s.hw.Conversations(r.Context(), study.ID)
	if err != nil {
		return err
	}
	view := evidenceView{Heads: heads, LimitMB: maxFile >> 20, Running: s.running(study.ID)}
	return s.render(w, r, http.StatusOK, newPage("evidence", "What was really said").of(study, "evidence"), view)
}

// running is an import that goes on while its page is left.
type running struct {
	Line, Href string
	Resumed    bool // an earlier start was given its files
}

func (s *server) running(study headway.StudyID) []running {
	var all []running
	for _, job := range s.hw.Imports(study) {
		if p, err := s.hw.Progress(job); err == nil && !p.Done {
			all = append(all, running{progressLine(p), studyPath(study, "import/"+job), p.Resumed})
		}
	}
	return all
}

// Shown are the conversations listed; Left counts the rest.
func (v evidenceView) Shown() []flow.Head { return v.Heads[:min(len(v.Heads), headsShown)] }

// Left counts the conversations that are not listed.
func (v evidenceView) Left() int { return max(0, len(v.Heads)-headsShown) }

const headsShown = 300

// title is what people call a conversation.
func title(h flow.Head) string {
	if h.Title != "" {
		return h.Title
	}
	if h.Row > 0 {
		return h.File + ", row " + thousand(h.Row)
	}
	return h.File
}

// titlesOf names the conversations of a study.
func titlesOf(heads []flow.Head) titles {
	names := titles{}
	for _, h := range heads {
		names[h.ID] = called{title(h), h.Title == "" && h.Row > 0}
	}
	return names
}

func (s *server) titles(r *http.Request, study headway.StudyID) (titles, error) {
	heads, err := s.hw.Conversations(r.Context(), study)
	return titlesOf(heads), err
}
