package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/deed"
	"github.com/headway-oss/headway/internal/job"
)

// criteriaView is what matters to which job. Every cell that says something leads
// to the words that it rests on.
type criteriaView struct {
	Jobs  []otherJob
	Rows  []criterionRow
	Write writing
}

type criterionRow struct {
	claimLine
	Cells []cellView
}

// cellView is how much a criterion matters to one job.
type cellView struct {
	Job          string // what the job is called
	Criterion    string
	Href         string
	Choice       headway.Choice
	Contradicted bool
	On, Against  []spoken
	Lost         string // since when it has nothing to rest on
	People       int    // of the job
}

// Says is the cell in a word.
func (c cellView) Says() string {
	switch {
	case c.Contradicted && c.Choice != "":
		return choiceName(c.Choice) + ", contradicted"
	case c.Contradicted:
		return "contradicted"
	case c.Choice != "":
		return choiceName(c.Choice)
	case c.Lost != "":
		return "lost support"
	}
	return "unknown"
}

// Class is the word by which a cell is drawn.
func (c cellView) Class() string {
	if c.Contradicted {
		return "contradicted"
	}
	return string(c.Choice)
}

// Rests says what a choice rests on.
func (c cellView) Rests() string {
	switch {
	case c.Choice == "":
		return ""
	case len(c.On) > 0:
		return count(peopleOf(c.On), "person", "people") + " of " + thousand(c.People)
	}
	return "ours"
}

func (s *server) showCriteria(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, newPage("criteria", "What matters, and what does not").of(sheet.Study, "jobs"), sheet.criteria())
}

func (w *worksheet) criteria() criteriaView {
	v := criteriaView{Write: writing{Study: w.Study.ID, Part: headway.PartCriterion, Back: w.path, Writes: w.writes}}
	for i := range w.Jobs.Jobs {
		if j := &w.Jobs.Jobs[i]; !j.IsProposed() {
			v.Jobs = append(v.Jobs, otherJob{j.Root, j.Claim.Words})
		}
	}
	for i := range w.Criteria {
		c := &w.Criteria[i]
		row := criterionRow{claimLine: w.line(&c.Line, nil, 0)}
		for n := range w.Jobs.Jobs {
			if j := &w.Jobs.Jobs[n]; !j.IsProposed() {
				row.Cells = append(row.Cells, w.cell(c, n, j))
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func (w *worksheet) cell(c *job.Criterion, n int, j *job.Job) cellView {
	cell := c.Cells[n]
	v := cellView{
		Job: j.Claim.Words, Criterion: c.Claim.Words, Href: cellPath(w.Study.ID, c.Root, j.Root), Choice: cell.Choice,
		Contradicted: len(cell.Against) > 0, On: w.allSpoken(cell.On), Against: w.allSpoken(cell.Against), People: w.People,
	}
	if !cell.Gone.IsZero() {
		v.Lost = deed.Forgotten(cell.Gone)
	}
	return v
}

func cellPath(study headway.StudyID, criterion, job headway.ClaimID) string {
	return studyPath(study, "criterion/"+url.PathEscape(string(criterion))+"/"+url.PathEscape(string(job)))
}

// cardCriteria are all criteria, as they stand for a job.
func (w *worksheet) cardCriteria(j *job.Job) (all []cellView) {
	n := slices.IndexFunc(w.Jobs.Jobs, func(other job.Job) bool { return other.ID == j.ID })
	for i := range w.Criteria {
		all = append(all, w.cell(&w.Criteria[i], n, j))
	}
	return all
}

// cellPage is one cell, with its words and the form that settles it.
type cellPage struct {
	cellView
	Claim   headway.ClaimID // the criterion, as it stands
	Up      string
	Maybe   []spoken
	Asked   headway.Choice // what was chosen, where it was refused
	Chosen  string         // the place of the words that were chosen
	Problem string
	Writes  bool
}

func (s *server) showCell(w http.ResponseWriter, r *http.Request) error {
	return s.cellPage(w, r, http.StatusOK, nil)
}

func (s *server) cellPage(w http.ResponseWriter, r *http.Request, status int, why error) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	j, err := sheet.Job(headway.ClaimID(r.PathValue("job")))
	if err != nil {
		return err
	}
	root := sheet.Held.Root(headway.ClaimID(r.PathValue("claim")))
	i := slices.IndexFunc(sheet.Criteria, func(c job.Criterion) bool { return c.Root == root })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "this criterion is not held any more")
	}
	n := slices.IndexFunc(sheet.Jobs.Jobs, func(other job.Job) bool { return other.ID == j.ID })
	v := cellPage{cellView: sheet.cell(&sheet.Criteria[i], n, j), Claim: sheet.Criteria[i].ID, Up: studyPath(sheet.Study.ID, "criteria"), Writes: sheet.writes}
	v.Asked, v.Chosen = v.Choice, r.FormValue("span") // another page may have asked with words
	if v.Chosen == "" && why == nil && len(v.On) > 0 {
		v.Chosen = v.On[0].Place
	}
	if why != nil {
		v.Asked, v.Problem = headway.Choice(r.PostFormValue("choice")), sentence(why.Error())
	}
	v.Maybe = sheet.offer(writing{Chosen: []string{v.Chosen}}, sheet.toldOf(j, headway.PartCriterion), 0, maybeListed).Maybe
	return s.render(w, r, status, newPage("cell", v.Criterion).of(sheet.Study, "jobs"), v)
}

// settleCell says how much a criterion matters to a job, or that a customer of the
// job says otherwise. What is refused is shown with the sentences to choose from.
func (s *server) settleCell(w http.ResponseWriter, r *http.Request) error {
	study, claim, err := s.claimInPath(r)
	if err != nil {
		return err
	}
	var on headway.Passage
	if place := r.PostFormValue("span"); place != "" {
		on, err = parsePassage(place)
	} else if link := r.PostFormValue("link"); link != "" {
		on, err = linked(link)
	}
	if err != nil {
		return s.cellPage(w, r, http.StatusUnprocessableEntity, err)
	}
	j := headway.ClaimID(r.PathValue("job"))
	switch choice := r.PostFormValue("choice"); {
	case choice == "against" && len(on) == 0:
		err = headway.Errorf(headway.Invalid, "choose the sentence in which a customer says otherwise")
	case choice == "against":
		err = s.hw.Bear(r.Context(), study, claim, on, headway.Contradicts)
	default:
		err = s.hw.Choose(r.Context(), study, claim, j, headway.Choice(choice), on)
	}
	if headway.ErrorCode(err) == headway.Invalid {
		return s.cellPage(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return back(w, r, cellPath(study, claim, j))
}

// Settles are the choices of the form.
func (cellPage) Settles() []headway.Choice { return headway.PartCriterion.Choices() }
