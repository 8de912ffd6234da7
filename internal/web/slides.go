package web

import (
	"cmp"
	"html/template"
	"io"
	"io/fs"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// slidesView is jobs as slides: our words in one typeface, theirs in another and
// between quotation marks.
type slidesView struct {
	job.Report
	Style  template.CSS
	Slides []slide
	Matrix []matrixSlide
	Climbs [][]climb // what to ask for missing rungs, a slide each
}

// slide is one job, as much of it as can be read from the back of a room.
type slide struct {
	*job.ReportJob
	Name    string
	Quotes  []job.ReportWords
	Instead []job.ReportAlternative
	Arrows  []arrowView
	More    [][]row  // what follows, a slide each
	Climbed [][]rung // why it matters, a slide each
}

// arrowView is one force as an arrow whose thickness is people.
type arrowView struct {
	job.ReportForce
	Body, Solid string
}

// matrixSlide is some criteria beside some jobs.
type matrixSlide struct {
	Jobs []string
	Rows []matrixRow
}

type matrixRow struct {
	Words string
	Cells []job.ReportCell
}

// rung is one step of a ladder, or one that is missing.
type rung struct {
	*job.ReportLine
	Depth int
}

// climb is the question for the rung above another.
type climb struct {
	job.ReportLine
	Job string
}

// A slide holds so many at most, and of what may be long so many lines.
const slideQuotes, slideInstead, slideAcross, slideLines = 2, 3, 3, 14

func writeSlides(w io.Writer, r job.Report, a *assets) error {
	face, err := a.load()
	if err != nil {
		return err
	}
	t, err := face.template("slides")
	if err != nil {
		return err
	}
	style, err := fs.ReadFile(a.files, "styles/slides.css")
	if err != nil {
		return err
	}
	view := slidesView{Report: r, Style: template.CSS(string(style) + customersTypeface(a.files, face)), Matrix: matrix(&r), Climbs: slidesOf(climbs(&r), func(climb) int { return 2 })}
	for i := range r.Jobs {
		view.Slides = append(view.Slides, newSlide(&r, &r.Jobs[i]))
	}
	return t.ExecuteTemplate(w, "slides", view)
}

func newSlide(r *job.Report, j *job.ReportJob) slide {
	s := slide{ReportJob: j, Name: j.Called()}
	says := r.Says(j)
	s.Quotes = says[:min(len(says), slideQuotes)]
	s.Instead = j.Alternatives[:min(len(j.Alternatives), slideInstead)]
	s.More = slidesOf(rows(j), row.lines)
	s.Climbed = slidesOf(rungs(j.Ladder, 0), rung.lines)
	for _, f := range j.Forces {
		v := arrowView{ReportForce: f}
		if f.Customers.People > 0 {
			v.Body = arrow(thickness(f.Customers.People, f.Customers.Of), f.For)
		}
		if f.Checked.People > 0 {
			v.Solid = arrow(thickness(f.Checked.People, f.Checked.Of), f.For)
		}
		s.Arrows = append(s.Arrows, v)
	}
	return s
}

// slidesOf fills one slide after another, each with as many as it has lines for.
func slidesOf[T any](all []T, lines func(T) int) (slides [][]T) {
	left := 0
	for _, one := range all {
		n := lines(one)
		if len(slides) == 0 || n > left {
			slides, left = append(slides, nil), slideLines
		}
		last := len(slides) - 1
		slides[last] = append(slides[last], one)
		left -= n
	}
	return slides
}

// linesOf is about how many lines words take, so many characters each.
func linesOf(words string, wide int) int { return (len([]rune(words)) + wide - 1) / wide }

// row is a line of what follows.
type row struct {
	Label, Choice string
	Words         string // ours
	Rests         string
	AboutUs       bool
	Notes         []string
	Quotes        []job.ReportWords
}

func (r row) lines() int {
	n := max(1, linesOf(r.Words, 52)) + len(r.Notes)
	if len(r.Quotes) > 0 {
		n += linesOf(r.Quotes[0].String()+r.Quotes[0].Credit(), 60)
	}
	return n
}

// rows are what follows from a job, in order.
func rows(j *job.ReportJob) (all []row) {
	for _, l := range slices.Concat(j.Issues, j.Finish, j.Price, j.Describe, j.Sell) {
		r := row{Label: partName(l.Part), Words: l.Words, Rests: l.Rests(), AboutUs: l.AboutUs != "", Quotes: l.For}
		if l.Choice != "" {
			r.Choice = choiceName(l.Choice)
		}
		for _, plan := range l.Parts {
			r.Notes = append(r.Notes, "plan: "+plan.Words+" ("+cmp.Or(choiceName(plan.Choice), "not settled")+")")
		}
		if l.Part == headway.PartIssue && len(l.Parts) == 0 && l.Choice != headway.We {
			r.Notes = append(r.Notes, "Not ours, but is there a plan? None is written.")
		}
		all = append(all, r)
	}
	return all
}

// matrix lays what may matter beside the jobs that members named.
func matrix(r *job.Report) (all []matrixSlide) {
	var names []string
	for i := range r.Jobs {
		if j := &r.Jobs[i]; !j.Proposed {
			names = append(names, j.Claim.Words)
		}
	}
	for from := 0; from < len(names); from += slideAcross {
		to := min(from+slideAcross, len(names))
		var rows []matrixRow
		for _, c := range r.Criteria {
			rows = append(rows, matrixRow{c.Words, c.Cells[from:to]})
		}
		for _, some := range slidesOf(rows, matrixRow.lines) {
			all = append(all, matrixSlide{names[from:to], some})
		}
	}
	return all
}

// lines is that of the fullest cell. Fewer jobs have wider cells; lines are lower
// than elsewhere.
func (r matrixRow) lines() int {
	most := linesOf(r.Words, 22)
	for _, c := range r.Cells {
		n := 1
		for _, said := range slices.Concat(firstOf(c.On), firstOf(c.Against)) {
			n += linesOf(said.String()+said.Credit(), 100/len(r.Cells))
		}
		n += len(firstOf(c.Against))
		most = max(most, n)
	}
	return (2*most + 2) / 3
}

// firstOf gives the first words of some, as many as a cell has room for.
func firstOf(all []job.ReportWords) []job.ReportWords { return all[:min(len(all), 1)] }

// rungs lays a ladder out, each rung before those above it.
func rungs(lines []job.ReportLine, depth int) (all []rung) {
	for i := range lines {
		all = append(all, rung{&lines[i], depth})
		all = append(all, rungs(lines[i].Parts, depth+1)...)
	}
	return all
}

func (r rung) lines() int {
	n := max(1, linesOf(r.Words, 50))
	if len(r.For) > 0 {
		n += linesOf(r.For[0].String()+r.For[0].Credit(), 60)
	}
	if r.Missing != "" {
		n++
	}
	return n
}

// Step is how far in a rung stands; further ones stand no further.
func (r rung) Step() int { return min(r.Depth, 3) }

// climbs are the questions for all rungs that are missing.
func climbs(r *job.Report) (all []climb) {
	for i := range r.Jobs {
		for _, l := range r.Jobs[i].Unclimbed() {
			all = append(all, climb{l, r.Jobs[i].Called()})
		}
	}
	return all
}

// slideLength is how a text is set, so that a slide holds it: "", "long" or "longest".
func slideLength(words string) string {
	switch n := len([]rune(words)); {
	case n > 320:
		return "longest"
	case n > 140:
		return "long"
	}
	return ""
}

// forceShort says a force in a word, beside its arrow.
func forceShort(kind headway.Label) string {
	switch kind {
	case headway.Struggle:
		return "Push"
	case headway.Pull:
		return "Pull"
	case headway.Habit:
		return "Habit"
	}
	return "Fear"
}
