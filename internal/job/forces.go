package job

import (
	"github.com/headway-oss/headway"
)

// Force is one of the four that work on whoever might change: the push of what
// they have and the pull of the new, against the fear of it and the habit of
// staying. They are people, never a sum: nobody knows what a fear weighs.
type Force struct {
	Kind    headway.Label // struggle is the push
	Checked int           // people of whom a member kept such words
	People  int           // those, and who was heard so and nobody checked
	Told    []Told        // in the order of the job's episodes
}

// For says whether a force works for a change, as push and pull do.
func (f Force) For() bool { return f.Kind == headway.Struggle || f.Kind == headway.Pull }

// forces counts the people on whom each force works, push and pull first.
func forces(placed []Placed, episodes []Episode) []Force {
	all := make([]Force, 0, 4)
	for _, kind := range []headway.Label{headway.Struggle, headway.Pull, headway.Anxiety, headway.Habit} {
		f := Force{Kind: kind}
		people, checked := map[headway.PersonID]bool{}, map[headway.PersonID]bool{}
		for _, p := range placed {
			e := &episodes[p.Episode]
			for _, told := range e.Slot(kind).Told {
				f.Told = append(f.Told, told)
				people[e.Person] = true
				if told.Kept {
					checked[e.Person] = true
				}
			}
		}
		f.People, f.Checked = len(people), len(checked)
		all = append(all, f)
	}
	return all
}
