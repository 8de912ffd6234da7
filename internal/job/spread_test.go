package job

import (
	"fmt"
	"math"
	"testing"

	"github.com/headway-oss/headway"
)

func TestTheSpreadFitsTheProfilesOfItsGround(t *testing.T) {
	for on, wide := range map[ground]int{byKinds: len(progress()), byAims: waysOfAims() + len(progress())} {
		s := on.spread()
		if len(s.Ways) == 0 || len(s.Ways) != len(s.Between) || len(s.OneJob) == 0 {
			t.Fatalf("%s: %d ways, %d between, %d of one job", on, len(s.Ways), len(s.Between), len(s.OneJob))
		}
		for i, way := range s.Ways {
			if len(way) != wide || s.Between[i] < leastApart || i > 0 && s.Between[i] > s.Between[i-1] {
				t.Errorf("%s: way %d has %d numbers, want %d, and jobs lie %v apart", on, i, len(way), wide, s.Between[i])
			}
		}
	}
}

// cloud gives people around middles that lie so far from each other along the first way.
func cloud(people, jobs int, apart float32) (laid rows, in []int) {
	by := dice(7)
	for i := range people {
		row := []float32{float32(by.bell()) + apart*float32(i%jobs), float32(by.bell())}
		laid, in = append(laid, row), append(in, i%jobs)
	}
	for d := range 2 {
		mean := float32(0)
		for _, row := range laid {
			mean += row[d] / float32(people)
		}
		for _, row := range laid {
			row[d] -= mean
		}
	}
	return laid, in
}

func TestEvidenceIsForTheGroupsThatPeopleFallInto(t *testing.T) {
	s := spread{Ways: []profile{{1, 0}, {0, 1}}, Between: []float64{4, 1}}
	for _, people := range []int{24, 240} {
		laid, in := cloud(people, 3, 6)
		if gain := s.evidence(laid, in); gain < 10 {
			t.Errorf("%d people, three jobs far apart: evidence %v", people, gain)
		}
		halves := make([]int, people)
		for i := range halves {
			halves[i] = i * 2 / people
		}
		if gain := s.evidence(laid, halves); gain > 0 {
			t.Errorf("%d people in groups that have nothing in common: evidence %v", people, gain)
		}
		one, in := cloud(people, 2, 0)
		if gain := s.evidence(one, in); gain > 0 {
			t.Errorf("%d people of one job in two: evidence %v", people, gain)
		}
	}
	if gain := s.evidence(nil, nil); gain != 0 {
		t.Errorf("nobody: evidence %v", gain)
	}
}

func TestHowMuchPeopleSayIsEvenedOut(t *testing.T) {
	all := make([]profile, 12)
	for i := range all {
		all[i] = make(profile, len(byKinds.spread().Ways[0]))
		all[i][i%5] = 1
	}
	near := make([]profile, len(all))
	for i, p := range all {
		for _, x := range p {
			near[i] = append(near[i], x/4)
		}
	}
	far, close := byKinds.spread().lay(all), byKinds.spread().lay(near)
	for i := range far {
		for d := range far[i] {
			if math.Abs(float64(far[i][d]-close[i][d])) > 1e-4 {
				t.Fatalf("row %d lies %v along way %d, a quarter as far %v", i, far[i][d], d, close[i][d])
			}
		}
	}
	for _, row := range byKinds.spread().lay([]profile{all[0], all[0]}) {
		for _, x := range row {
			if x != 0 {
				t.Errorf("people who tell the same lie %v apart", x)
			}
		}
	}
}

func TestAxesAreThoseInWhichAMatrixStretches(t *testing.T) {
	m := square{{2, 1, 0}, {1, 2, 0}, {0, 0, 5}}
	sizes, axes := m.axes()
	for i, want := range []float64{5, 3, 1} {
		if math.Abs(sizes[i]-want) > 1e-9 {
			t.Errorf("size %d is %v, want %v", i, sizes[i], want)
		}
		for j, row := range m {
			along := 0.0
			for k, x := range row {
				along += x * axes[i][k]
			}
			if math.Abs(along-want*axes[i][j]) > 1e-9 {
				t.Errorf("axis %d is turned away: %v", i, axes[i])
			}
		}
	}
}

func TestAimsThatAnotherVersionReadCountAsNotReadYet(t *testing.T) {
	var talks []Talk
	for i := range 12 {
		talk := pointing(told(fmt.Sprint("older", i), wantsTimeToo, trades[i], 5), 0)
		for j := range talk.Hearing.Aims {
			talk.Hearing.Aims[j].Toward = make(headway.Direction, 384)
		}
		talks = append(talks, talk)
	}
	if g := Propose(Episodes(Study{Talks: talks}), nil); g.Closely {
		t.Error("directions of 384 numbers are compared with ways of sixteen")
	}
}

func TestTheSpreadIsMeasuredOnJobsThatPeopleFallInto(t *testing.T) {
	talks, jobs := threeJobs()
	episodes := Episodes(Study{Talks: talks})
	labelled := Labelled{Episodes: episodes, Jobs: map[headway.EpisodeID]string{}}
	of := map[headway.ConversationID]string{}
	for i, talk := range talks {
		of[talk.ID] = fmt.Sprint(jobs[i])
	}
	for _, e := range episodes {
		labelled.Jobs[e.ID] = of[e.Pieces[0].Conversation]
	}
	s := byKinds.measure([]Labelled{labelled})
	if len(s.Ways) == 0 || s.Between[0] < 1 {
		t.Errorf("jobs that differ plainly lie %v apart, beside people of one", s.Between)
	}
}
