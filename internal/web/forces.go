package web

import (
	"fmt"
	"math"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// forceView is one force as an arrow whose thickness is people: solid as far as
// members checked, hatched where it was only heard. Forces are never added up.
type forceView struct {
	Name      string
	For       bool // it works for a change
	People, N int
	Checked   int
	Unchecked int    // people of whom it was only heard
	Body      string // points of the arrow as thick as all people
	Solid     string // of the part that members checked; "" where there is none
	Lines     []spoken
	Left      int
	Rest      string // where all of them are
}

// An arrow is so long and, for all people of a job, so thick, in units of its own.
const arrowLong, arrowThick, arrowHead = 220.0, 40.0, 26.0

// forceNames says the four in words.
var forceNames = map[headway.Label]string{
	headway.Struggle: "Push: what is wrong with what they have", headway.Pull: "Pull: what draws them",
	headway.Anxiety: "Fear of the new", headway.Habit: "Habit: what holds them",
}

func (w *worksheet) forces(j *job.Job) (all []forceView) {
	for _, f := range j.Forces {
		v := forceView{Name: forceNames[f.Kind], For: f.For(), People: f.People, N: j.People, Checked: f.Checked, Unchecked: f.People - f.Checked, Rest: toldPath(w.cardPath(j), f.Kind, "")}
		if f.People > 0 {
			v.Body = arrow(thickness(f.People, j.People), v.For)
		}
		if f.Checked > 0 {
			v.Solid = arrow(thickness(f.Checked, j.People), v.For)
		}
		for _, t := range f.Told[:min(len(f.Told), maybeShown)] {
			at, _ := w.Where(t.Span)
			v.Lines = append(v.Lines, w.toldFrom(t, at.Person))
		}
		v.Left = len(f.Told) - len(v.Lines)
		all = append(all, v)
	}
	return all
}

// thickness is as much of the most as people are of all; somebody is never nothing.
func thickness(people, of int) float64 {
	return math.Max(2, math.Round(arrowThick*float64(people)/float64(max(of, 1))))
}

// arrow gives the points of an arrow, to the right where it works for a change.
func arrow(thick float64, right bool) string {
	half, mid := thick/2, arrowThick/2+8
	tip, neck, tail, head := arrowLong, arrowLong-arrowHead, 0.0, half+6
	if !right {
		tip, neck, tail = 0, arrowHead, arrowLong
	}
	points := [][2]float64{{tail, mid - half}, {neck, mid - half}, {neck, mid - head}, {tip, mid}, {neck, mid + head}, {neck, mid + half}, {tail, mid + half}}
	return pointsOf(points)
}

func pointsOf(points [][2]float64) string {
	var b strings.Builder
	for _, p := range points {
		fmt.Fprintf(&b, "%g,%g ", p[0], p[1])
	}
	return strings.TrimSpace(b.String())
}

// alternativeView is something that customers would have got or done instead.
type alternativeView struct {
	Named     claimLine // the zero value where no member named it
	Sort      headway.Choice
	Called    string
	People, N int
	Lines     []spoken
	Left      int
	Rest      string // where all of them are
	Name      writing
}

// insteadShown is how many tellings of an alternative a card quotes.
const insteadShown = 3

func (w *worksheet) alternatives(j *job.Job) (all []alternativeView) {
	for _, a := range j.Alternatives {
		v := alternativeView{Sort: a.Sort, Called: w.alternativeName(a), People: a.People, N: j.People, Rest: toldPath(w.cardPath(j), headway.Alternative, asOf(a))}
		v.Name.Maybe = w.insteads(a.Told[:min(len(a.Told), maybeListed)])
		v.Lines = v.Name.Maybe[:min(len(a.Told), insteadShown)]
		v.Left = len(a.Told) - len(v.Lines)
		if l, stands := w.standing(a.Named); stands && a.Named != "" {
			v.Named = w.line(l, nil, 0)
		}
		v.Name.Study, v.Name.Part, v.Name.Choice, v.Name.Back, v.Name.Writes = w.Study.ID, headway.PartAlternative, a.Sort, w.path, w.writes
		all = append(all, v)
	}
	return all
}

// insteads gives tellings of an alternative, each after the question that brought it
// out.
func (w *worksheet) insteads(told []job.Instead) (all []spoken) {
	for _, t := range told {
		one := w.toldFrom(t.Told, t.Person)
		if at, here := w.Where(t.Asked); here {
			one.Asked = w.quote(at.Conversation, t.Asked)
		}
		all = append(all, one)
	}
	return all
}

// alternativeName says it as a member named it, else what it is to the customer.
func (w *worksheet) alternativeName(a job.Alternative) string {
	if l, stands := w.standing(a.Named); stands && a.Named != "" {
		return l.Claim.Words
	}
	if a.Sort == "" {
		return "something else"
	}
	return choiceName(a.Sort)
}
