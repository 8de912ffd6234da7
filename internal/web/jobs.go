package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/job"
)

// jobsView is what customers hire for, by people, and what was only proposed.
type jobsView struct {
	N, Talks int // people who told of an episode, and conversations
	Named    []jobLine
	Proposed []jobLine
	Apart    []episodeLine
	Open     bool // no job is said by a customer, so that the question stays
	One, Few bool // only one was found; among too few people to be a finding
	Asks     []asks
	Back     string
	Writes   bool
	Tried    []triedView
	Of       int  // people on whom numbers of jobs were tried
	Aimed    bool // they were compared by what their people were after, read closely
	Anew     int  // how many would be found anew; 0 where it is as many as there are
	Closely  flow.Closeness
}

// triedView is how stable a number of jobs is, and how stable it would be of people
// who all have one.
type triedView struct {
	Jobs          int
	Holds, Chance string
	Likelier      string
	Taken         bool
}

// likelier puts evidence for so many jobs against one, a natural logarithm, into words.
func likelier(evidence float64) string {
	switch factor := math.Exp(evidence); {
	case factor <= 1:
		return "no"
	case factor < 20:
		return "hardly"
	case factor < 1000:
		return fmt.Sprintf("%.0f times", factor)
	}
	return "over 1,000 times"
}

// jobLine is one job among others.
type jobLine struct {
	Job       claimLine // the zero value of one that is only proposed
	Group     headway.GroupID
	Called    string // how it is called among the others
	Href      string
	People, N int
	Episodes  int
	Stability string // "" where it is not known
	Typical   []episodeLine
	Tells     []spoken
	Words     []wordView // that its people say and others do not
	Others    []otherJob // it could be joined with
	Joined    []otherJob // that were joined into it
	Anchors   []headway.EpisodeID
	Name      writing
}

// wordView is a word with how many people of a job say it, and how many of others.
type wordView struct {
	quoteView
	People, Elsewhere int
}

// otherJob is a job in a list of choices.
type otherJob struct {
	ID     headway.ClaimID
	Called string
}

// episodeLine is one episode in a list.
type episodeLine struct {
	ID      headway.EpisodeID
	Href    string
	Who     string
	Product string
	Says    []spoken // the most telling first
	Put     string   // who put it where it is; "" where it was proposed
	Typical bool
}

// What an episode says for itself in a list: what they were after, else what led
// them there.
var telling = []headway.Label{headway.Motivation, headway.Struggle, headway.Situation, headway.Measure, headway.Result, headway.Request}

// Among fewer people that only one job was seen is no finding: counts under ten
// are counts.
const fewPeople = 10

// Of each job so many episodes and sentences stand on the page of all jobs; the
// episodes are the first that say something among the most typical.
const typicalShown, tellsShown, wordsShown, typicalAmong = 3, 3, 6, 12

// namingShown is how many sentences are offered to name a proposed job by.
const namingShown = 8

func (s *server) showJobs(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	v := sheet.jobs()
	if v.Closely, err = s.hw.Closeness(r.Context(), sheet.Study.ID); err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("jobs", "What customers hire us for").of(sheet.Study, "jobs"), v)
}

func (w *worksheet) jobs() jobsView {
	v := jobsView{N: w.People, Talks: w.Talks, Open: true, Back: w.path, Writes: w.writes}
	placed := slices.Clone(w.Apart)
	for i := range w.Jobs.Jobs {
		j := &w.Jobs.Jobs[i]
		placed = append(placed, j.Placed...)
		one := w.jobLine(j)
		if j.IsProposed() {
			v.Proposed = append(v.Proposed, one)
			continue
		}
		v.Open = v.Open && j.Status != headway.StatusSaid
		v.Named = append(v.Named, one)
	}
	v.Of, v.Aimed = w.Grouping.Of, w.Grouping.Closely
	if anew := w.Grouping.Anew(); anew != len(w.Grouping.Groups) {
		v.Anew = anew
	}
	for _, t := range w.Grouping.Tried {
		v.Tried = append(v.Tried, triedView{t.Groups, decimal(t.Stability), decimal(t.One), likelier(t.Evidence), t.Groups == w.Grouping.Anew()})
	}
	v.One = len(w.Grouping.Groups) == 1 && len(w.Jobs.Jobs) == 1 && w.People > 1
	v.Few = w.People < fewPeople
	for _, p := range w.Apart {
		v.Apart = append(v.Apart, w.episodeLine(p))
	}
	for _, slot := range []headway.Label{headway.Situation, headway.Struggle, headway.Motivation, headway.Measure, headway.Alternative} {
		if w.untold(slot) {
			v.Asks = append(v.Asks, asks{slot, w.Asks.Of(w.Hired(placed))[slot], v.Talks})
		}
	}
	return v
}

// typical are the most typical episodes of a job that say what they were about:
// where hardly any does, those that say nothing fill the places.
func (w *worksheet) typical(j *job.Job) (says []episodeLine) {
	var silent []episodeLine
	for _, p := range j.Placed[:min(len(j.Placed), typicalAmong)] {
		if one := w.episodeLine(p); len(one.Says) > 0 {
			says = append(says, one)
		} else {
			silent = append(silent, one)
		}
		if len(says) == typicalShown {
			return says
		}
	}
	return append(says, silent[:min(len(silent), typicalShown-len(says))]...)
}

// untold says whether no customer told of a slot.
func (w *worksheet) untold(slot headway.Label) bool {
	return !slices.ContainsFunc(w.Episodes, func(e job.Episode) bool { return len(e.Slot(slot).Told) > 0 })
}

func (w *worksheet) jobLine(j *job.Job) jobLine {
	v := jobLine{People: j.People, N: w.People, Episodes: len(j.Placed), Called: j.Called()}
	v.Typical = w.typical(j)
	for _, g := range w.Grouping.Groups {
		if !slices.Contains(j.Groups, g.ID) {
			continue
		}
		for _, span := range g.Tells[:min(len(g.Tells), tellsShown)] {
			if one := w.spokenAt(span); one.Said() {
				v.Tells = append(v.Tells, one)
			}
		}
		for _, word := range g.Words[:min(len(g.Words), wordsShown)] {
			if at, here := w.Where(word.Span); here {
				v.Words = append(v.Words, wordView{w.quote(at.Conversation, word.Span), word.People, word.Elsewhere})
			}
		}
		if len(w.Grouping.Groups) > 1 && len(j.Groups) == 1 {
			v.Stability = decimal(g.Stability)
		}
		v.Anchors = append(v.Anchors, g.Anchors...)
	}
	v.Href = w.cardPath(j)
	if j.IsProposed() {
		v.Group = j.Groups[0]
		name := writing{Study: w.Study.ID, Part: headway.PartJob, Back: studyPath(w.Study.ID, "jobs"), Writes: w.writes, Episodes: v.Anchors}
		v.Name = w.offer(name, w.toldOf(j, headway.PartJob), 0, namingShown)
		return v
	}
	v.Job = w.line(&j.Line, nil, 0)
	v.Others, v.Joined = w.others(j), w.joinedInto(j)
	return v
}

// others are the named jobs beside one.
func (w *worksheet) others(j *job.Job) (all []otherJob) {
	for i := range w.Jobs.Jobs {
		if other := &w.Jobs.Jobs[i]; !other.IsProposed() && other.ID != j.ID {
			all = append(all, otherJob{other.Root, other.Claim.Words})
		}
	}
	return all
}

// joinedInto are jobs that members joined into one, to be parted again.
func (w *worksheet) joinedInto(j *job.Job) (all []otherJob) {
	seen := map[headway.ClaimID]bool{j.Root: true}
	for id, c := range w.Held.Words {
		versions := w.Held.Versions(id)
		if c.Part != headway.PartJob || len(versions) == 0 || seen[versions[0].Claim] || w.Held.Root(id) != j.Root {
			continue
		}
		seen[versions[0].Claim] = true
		all = append(all, otherJob{versions[0].Claim, w.Held.Words[versions[len(versions)-1].Claim].Words})
	}
	slices.SortFunc(all, func(a, b otherJob) int { return cmp.Compare(a.Called, b.Called) })
	return all
}

// spokenAt gives a sentence of which only the place is known.
func (w *worksheet) spokenAt(s headway.Span) spoken {
	at, _ := w.Where(s)
	return w.spoken(headway.Passage{s}, at.Person)
}

func (w *worksheet) episodeLine(p job.Placed) episodeLine {
	e := &w.Episodes[p.Episode]
	v := episodeLine{ID: e.ID, Href: studyPath(w.Study.ID, "episode/"+string(e.ID)), Who: w.whose(e), Product: e.Product, Typical: p.Anchor}
	if p.Settled {
		v.Put = cmp.Or(w.called(p.By), "one of us")
	}
	for _, kind := range telling {
		if told := e.Slot(kind).Told; len(told) > 0 && len(v.Says) < 2 {
			v.Says = append(v.Says, w.told(e, told[0]))
		}
	}
	return v
}

// whose names an episode by its customer, or by the row of the table in which
// nobody gave a name.
func (w *worksheet) whose(e *job.Episode) string {
	name := w.Names[e.Person]
	at, here := w.Where(e.Pieces[0].Begins)
	if c := at.Conversation; name == "" && here && c.Row > 0 {
		return title(flow.Head{Title: c.Title, File: c.File, Row: c.Row})
	}
	return speakerName(name)
}

// told gives what an episode tells at one place.
func (w *worksheet) told(e *job.Episode, t job.Told) spoken {
	v := w.toldFrom(t, e.Person)
	v.Episode = e.ID
	return v
}

// toldFrom gives what somebody tells at one place.
func (w *worksheet) toldFrom(t job.Told, person headway.PersonID) spoken {
	v := w.spoken(passageOf(t), person)
	v.Kept = t.Kept
	return v
}
