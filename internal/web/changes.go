package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// Regrouping tells what changed in studies, and puts conversations into them.
type Regrouping interface {
	// RevealedAt gives when a study was sealed or skipped.
	RevealedAt(ctx context.Context, study headway.StudyID) (time.Time, error)
	ChangedSince(ctx context.Context, study headway.StudyID, since time.Time) (mirror.Change, mirror.Texts, error)
	Beside(ctx context.Context, first, second headway.StudyID) (mirror.Change, mirror.Texts, error)
	AddTo(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (added int, err error)
	LeaveOut(ctx context.Context, study headway.StudyID, ids []headway.ConversationID) (left int, err error)
	StudyOf(ctx context.Context, name string, about headway.About, ids []headway.ConversationID) (headway.Study, error)
	Chosen(ctx context.Context, ids []headway.ConversationID) ([]flow.Head, error)
}

// regroupActs are the acts that compare studies and put conversations into them.
func (s *server) regroupActs() map[string]handler {
	return map[string]handler{
		"GET /study/{study}/changes":        s.showChanges,
		"GET /compare":                      s.showCompared,
		"GET /study/{study}/conversations":  s.showRegroup,
		"POST /study/{study}/conversations": s.regroup,
		"GET /chosen":                       s.showChosen,
		"POST /chosen":                      s.startChosen,
	}
}

// changesView is what differs between two times of a study, or two studies.
type changesView struct {
	mirror.Change
	First, Second string // what the two sides are called, within a sentence
	Since         string // the day, for its field; "" where two studies are compared
	Fast          []fastChoice
	Studies       []headway.Study // to choose two of
	A, B          headway.StudyID
	Guessed       []guessChangeView
	Lists         []lineChangesView
	NewlyAsked    []mirror.SlotChange
	Never         []mirror.SlotChange
	Mirror        string // where all of it stands
}

// fastChoice is a link to changes since another time.
type fastChoice struct {
	Name, Href string
	Now        bool
}

type guessChangeView struct {
	mirror.GuessChange
	Near []lineView
}

// lineChangesView lists lines that changed in the same way.
type lineChangesView struct {
	ID, Heading, Lead string
	Lines             []lineChangeView
	Left              int // that are not shown
}

type lineChangeView struct {
	Line          lineView
	Before, After mirror.Of
}

// changedShown bounds each list of lines.
const changedShown = 12

// showChanges tells what changed in a study since a day.
func (s *server) showChanges(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	asked := r.FormValue("since")
	since, err := flow.ReadSince(asked, time.Now(), func() (time.Time, error) { return s.hw.RevealedAt(r.Context(), study.ID) })
	if err != nil {
		return err
	}
	change, texts, err := s.hw.ChangedSince(r.Context(), study.ID, since)
	if err != nil {
		return err
	}
	titles, err := s.titles(r, study.ID)
	if err != nil {
		return err
	}
	view := viewChange(change, texts, titles, study.ID, study.ID)
	view.First, view.Second = "before "+day(since.UTC()), "now"
	view.Since, view.Fast = since.UTC().Format(time.DateOnly), fastChoices(study, asked)
	return s.render(w, r, http.StatusOK, newPage("changes", "What changed").of(study, "mirror"), view)
}

func fastChoices(study headway.Study, asked string) (all []fastChoice) {
	sealed := "since the seal"
	if study.Phase == headway.Skipped {
		sealed = "since we looked"
	}
	for _, c := range [][2]string{{"week", "a week"}, {"month", "a month"}, {"seal", sealed}} {
		all = append(all, fastChoice{c[1], studyPath(study.ID, "changes?since="+c[0]), asked == c[0] || asked == "" && c[0] == "week"})
	}
	return all
}

// showCompared holds two studies beside each other; without two it asks which.
func (s *server) showCompared(w http.ResponseWriter, r *http.Request) error {
	studies, err := s.hw.Studies(r.Context())
	if err != nil {
		return err
	}
	view := changesView{A: headway.StudyID(r.FormValue("a")), B: headway.StudyID(r.FormValue("b"))}
	if view.A != "" && view.B != "" {
		if view, err = s.compared(r, view.A, view.B); err != nil {
			return err
		}
	}
	for _, study := range studies {
		if study.Phase.Revealed() {
			view.Studies = append(view.Studies, study)
		}
	}
	return s.render(w, r, http.StatusOK, newPage("changes", "Two studies beside each other"), view)
}

func (s *server) compared(r *http.Request, a, b headway.StudyID) (view changesView, err error) {
	names, all := [2]string{}, titles{}
	for i, id := range []headway.StudyID{a, b} {
		study, err := s.hw.Study(r.Context(), id)
		if err != nil {
			return view, err
		}
		titles, err := s.titles(r, id)
		if err != nil {
			return view, err
		}
		for c, title := range titles {
			all[c] = title
		}
		names[i] = study.Name
	}
	change, texts, err := s.hw.Beside(r.Context(), a, b)
	if err != nil {
		return view, err
	}
	view = viewChange(change, texts, all, a, b)
	view.First, view.Second, view.A, view.B = "in "+names[0], "in "+names[1], a, b
	for i, heading := range []string{"No guess came near", "Said in the second only", "Said by more people in the second", "Said by fewer people in the second, or by nobody"} {
		view.Lists[i].Heading = heading
	}
	return view, nil
}

// viewChange lays a change out. What only the first side has leads there through
// the first study, all else through the second.
func viewChange(c mirror.Change, texts mirror.Texts, titles titles, first, second headway.StudyID) changesView {
	v := changesView{Change: c, Mirror: studyPath(second, "mirror")}
	for _, g := range c.Guesses {
		v.Guessed = append(v.Guessed, guessChangeView{g, viewLines(second, g.Near[:min(nearest, len(g.Near))], texts, titles)})
	}
	v.Lists = []lineChangesView{
		{ID: "surprises", Heading: "No guess came near", Lead: "Surprises that were none before, or were not there."},
		{ID: "new", Heading: "Said for the first time"},
		{ID: "grew", Heading: "Said by more people"},
		{ID: "shrank", Heading: "Said by fewer people, or no more"},
	}
	for _, l := range c.Lines {
		list, through := &v.Lists[howChanged(l)], second
		if l.After.People == 0 {
			through = first
		}
		if len(list.Lines) == changedShown {
			list.Left++
			continue
		}
		line := viewLines(through, []mirror.Line{l.Line}, texts, titles)[0]
		line.Surprise = false // its heading says so
		list.Lines = append(list.Lines, lineChangeView{line, l.Before, l.After})
	}
	for _, s := range c.Slots {
		if s.NewlyAsked() {
			v.NewlyAsked = append(v.NewlyAsked, s)
		}
		if s.After.Never() {
			v.Never = append(v.Never, s)
		}
	}
	return v
}

// howChanged gives the list that a line stands in.
func howChanged(l mirror.LineChange) int {
	switch {
	case l.Surprise:
		return 0
	case l.Before.People == 0:
		return 1
	case l.After.People > l.Before.People:
		return 2
	}
	return 3
}

// Compares says whether two studies are held beside each other, and not two times.
func (v changesView) Compares() bool { return v.Since == "" }

// Chosen says whether there is anything to tell of yet.
func (v changesView) Chosen() bool { return v.First != "" }

// Tally says what became of a guess on one side, in people of n.
func (v changesView) Tally(t *mirror.Tally) string {
	if t == nil {
		return "not written"
	}
	return fmt.Sprintf("%d confirmed, %d contradicted, %s, of %s", t.Confirmed, t.Contradicted, count(t.Candidates, "candidate", "candidates"), count(t.N, "person", "people"))
}
