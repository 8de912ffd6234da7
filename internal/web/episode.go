package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// episodeView is one time that a customer hired something, as they told of it.
type episodeView struct {
	ID       headway.EpisodeID
	Who      string
	Product  string
	Href     string // of the product's page
	Action   string
	Pieces   []pieceView
	Slots    []slotView
	Timeline []thenView
	Job      otherJob // the zero value where it is of none
	JobHref  string
	Put      string
	Settled  bool
	Jobs     []otherJob // it could be moved to
	Study    headway.StudyID
	Back     string
	Writes   bool
	Forces   []forceView
}

// pieceView is a stretch of one conversation that tells of the episode.
type pieceView struct {
	spoken
	Said headway.Verdict
}

// slotView is what the episode tells of one kind.
type slotView struct {
	Kind      headway.Label
	Status    headway.Status
	Unchecked bool
	Told      []spoken
	Asks      string
}

// thenView is one phase of the record of a switch.
type thenView struct {
	Phase string
	Told  []spoken
}

var phaseNames = map[job.Phase]string{
	job.FirstThought: "First thought", job.PassiveLooking: "Looking in passing", job.ActiveLooking: "Looking in earnest",
	job.Deciding: "Deciding", job.FirstUse: "First use", job.OngoingUse: "Using it since",
}

func (s *server) showEpisode(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	id := headway.EpisodeID(r.PathValue("episode"))
	i := slices.IndexFunc(sheet.Episodes, func(e job.Episode) bool { return e.Is(id) })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "there is no such episode any more: its words were corrected, forgotten, or put with another")
	}
	v := sheet.episode(i)
	return s.render(w, r, http.StatusOK, newPage("episode", "One time they hired something").of(sheet.Study, "jobs"), v)
}

func (w *worksheet) episode(i int) episodeView {
	e := &w.Episodes[i]
	v := episodeView{
		ID: e.ID, Who: w.name(e.Person), Product: e.Product, Action: studyPath(w.Study.ID, "episode/"+url.PathEscape(string(e.ID))+"/begins"),
		Study: w.Study.ID, Back: w.path, Writes: w.writes, Href: productPath(w.Study.ID, e.Product),
	}
	for _, p := range e.Pieces {
		v.Pieces = append(v.Pieces, pieceView{w.spoken(headway.Passage{p.Begins}, e.Person), w.Held.Begins()[p.Begins]})
	}
	for _, slot := range e.Slots {
		one := slotView{Kind: slot.Kind, Status: slot.Status, Unchecked: slot.Unchecked, Asks: w.Asks.Of(e.Hired)[slot.Kind]}
		for _, t := range slot.Told {
			one.Told = append(one.Told, w.told(e, t))
		}
		v.Slots = append(v.Slots, one)
	}
	for _, then := range job.Timeline(*e) {
		one := thenView{Phase: cmp.Or(phaseNames[then.Phase], string(then.Phase))}
		for _, span := range then.Told {
			one.Told = append(one.Told, w.spoken(headway.Passage{span}, e.Person))
		}
		v.Timeline = append(v.Timeline, one)
	}
	w.whereItIs(&v, i)
	return v
}

// whereItIs says of which job an episode is, and where else it could go.
func (w *worksheet) whereItIs(v *episodeView, i int) {
	isIt := func(p job.Placed) bool { return p.Episode == i }
	placed := slices.Clone(w.Apart)
	for n := range w.Jobs.Jobs {
		j := &w.Jobs.Jobs[n]
		here := slices.ContainsFunc(j.Placed, isIt)
		placed = append(placed, j.Placed...)
		switch {
		case j.IsProposed() && here:
			v.Job, v.JobHref = otherJob{Called: j.Called()}, w.cardPath(j)
		case here:
			v.Job, v.JobHref = otherJob{j.Root, j.Called()}, w.cardPath(j)
		case !j.IsProposed():
			v.Jobs = append(v.Jobs, otherJob{j.Root, j.Claim.Words})
		}
	}
	if n := slices.IndexFunc(placed, isIt); n >= 0 && placed[n].Settled {
		v.Settled, v.Put = true, cmp.Or(w.called(placed[n].By), "one of us")
	}
}

// beginEpisode says that another episode begins with a sentence, or that none does.
func (s *server) beginEpisode(w http.ResponseWriter, r *http.Request) error {
	study, err := s.revealed(r)
	if err != nil {
		return err
	}
	at, verdict, err := judged(r, headway.Kept, headway.Dismissed)
	if err != nil {
		return err
	}
	if err := s.hw.BeginEpisode(r.Context(), at, verdict); err != nil {
		return err
	}
	return back(w, r, studyPath(study.ID, "jobs"))
}
