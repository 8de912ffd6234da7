package job

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headway-oss/headway"
)

func TestTheSpreadFitsTheProfilesOfItsGround(t *testing.T) {
	for on, wide := range map[ground]int{byKinds: len(progress()), byAims: waysOfAims + len(progress())} {
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
		if gain := s.evidence(laid, nil, in); gain < 10 {
			t.Errorf("%d people, three jobs far apart: evidence %v", people, gain)
		}
		halves := make([]int, people)
		for i := range halves {
			halves[i] = i * 2 / people
		}
		if gain := s.evidence(laid, nil, halves); gain > 0 {
			t.Errorf("%d people in groups that have nothing in common: evidence %v", people, gain)
		}
		one, in := cloud(people, 2, 0)
		if gain := s.evidence(one, nil, in); gain > 0 {
			t.Errorf("%d people of one job in two: evidence %v", people, gain)
		}
	}
	laid, in := cloud(61, 3, 6)
	if less, more := s.evidence(laid[:60], nil, in[:60]), s.evidence(laid, nil, in); math.Abs(more-less) > less/10 {
		t.Errorf("evidence of 60 people is %v, of one more %v", less, more)
	}
	twice, people := append(slices.Clone(laid[:24]), laid[:24]...), []int{}
	for i := range twice {
		people = append(people, i%24)
	}
	if once, again := s.evidence(laid[:24], nil, in[:24]), s.evidence(twice, people, append(slices.Clone(in[:24]), in[:24]...)); once != again {
		t.Errorf("24 people who tell everything twice are weighed %v, once %v", again, once)
	}
	if gain := s.evidence(nil, nil, nil); gain != 0 {
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

func TestTheNumberIsTheFewestJobsThatTellAboutAsWellAsAny(t *testing.T) {
	for name, c := range map[string]struct {
		tried         []Tried
		aims, onKinds int
	}{
		"the best by far":             {[]Tried{{2, .9, .5, 8}, {3, .9, .5, 20}, {4, .8, .5, 18}}, 3, 3},
		"fewer that do about as well": {[]Tried{{2, .9, .5, 18}, {3, .9, .5, 20}}, 2, 2},
		"nothing above one job":       {[]Tried{{2, .9, .5, 2.9}, {3, .9, .5, 1}}, 1, 1},
		"none comes out again":        {[]Tried{{2, .5, .5, 30}, {3, .5, .4, 30}}, 1, 1},
		"the best does not":           {[]Tried{{2, .9, .5, 8}, {3, .5, .4, 30}}, 2, 2},
		"too unsteady for kinds":      {[]Tried{{2, .55, .3, 8}}, 2, 1},
		"nothing tried":               {nil, 1, 1},
	} {
		if got := (Grouping{Tried: c.tried, Closely: true}).Anew(); got != c.aims {
			t.Errorf("%s: %d jobs by aims, want %d", name, got, c.aims)
		}
		if got := (Grouping{Tried: c.tried}).Anew(); got != c.onKinds {
			t.Errorf("%s: %d jobs by kinds, want %d", name, got, c.onKinds)
		}
	}
}

func TestKeptJobsWaitWhileAllIsReadAnew(t *testing.T) {
	var talks []Talk
	for i := range 24 {
		talks = append(talks, pointing(told(fmt.Sprint("anew", i), wantsTimeToo, trades[i%len(trades)], 5), i%2))
	}
	before := Propose(Episodes(Study{Talks: talks}), nil)
	read := make([][]headway.Aim, len(talks))
	for i := range talks {
		read[i], talks[i].Hearing.Aims = talks[i].Hearing.Aims, nil
	}
	waiting := Propose(Episodes(Study{Talks: talks}), before.Proposals())
	if diff := cmp.Diff(before.Proposals(), waiting.Proposals()); diff != "" {
		t.Fatalf("what was kept is not, while nothing is read:\n%s", diff)
	}
	if len(waiting.Alone) != len(talks) {
		t.Errorf("%d wait, want all %d", len(waiting.Alone), len(talks))
	}
	for i := range talks {
		talks[i].Hearing.Aims = read[i]
	}
	after := Propose(Episodes(Study{Talks: talks}), waiting.Proposals())
	for i := range before.Groups {
		if diff := cmp.Diff(before.Groups[i].Episodes, after.Groups[i].Episodes); diff != "" {
			t.Errorf("what was grouped moved: %s", diff)
		}
	}
}

func TestAKeptJobOfWhomNothingCanBeReadAnyMoreKeepsNobodyWaiting(t *testing.T) {
	var talks []Talk
	for i := range 24 {
		talks = append(talks, pointing(told(fmt.Sprint("mute", i), wantsTimeToo, trades[i%len(trades)], 5), i%2))
	}
	before := Propose(Episodes(Study{Talks: talks}), nil)
	hung := map[headway.EpisodeID]bool{}
	for _, id := range before.Groups[0].Anchors {
		hung[id] = true
	}
	for i := range talks {
		if !hung[Episodes(Study{Talks: talks[i : i+1]})[0].ID] {
			continue
		}
		talks[i].Hearing.Aims = nil
		for j := range talks[i].Hearing.Sentences {
			talks[i].Hearing.Sentences[j].Unheard = "not English"
		}
	}
	after := Propose(Episodes(Study{Talks: talks}), before.Proposals())
	if len(after.Groups) == 0 || len(after.Alone) == len(talks) {
		t.Errorf("%d jobs, %d of %d of none: all wait for what is never read", len(after.Groups), len(after.Alone), len(talks))
	}
}

func TestNewJobsThatNobodyIsOfTellNothingMore(t *testing.T) {
	talks, _ := threeJobs()
	f := newField(Episodes(Study{Talks: talks}), byKinds)
	old := f.generations(Propose(Episodes(Study{Talks: talks}), nil).Proposals())
	far := make(profile, len(f.profiles[0]))
	far[0] = 100
	if f.tellsMore(old, generation{jobs: make([]headway.Proposal, 1), middle: far, ways: rows{far}, at: []profile{far}, reach: 0}) {
		t.Error("a job that nobody is near is said to tell more than those that are there")
	}
}

var update = flag.Bool("update", false, "write what the numbers of a version are")

func TestTheNumbersDoNotChangeWithoutTheirVersion(t *testing.T) {
	sum := sha256.New()
	sum.Write(spreadJSON)
	sum.Write([]byte(kindsFile))
	got := fmt.Sprintf("%s %x\n", Version, sum.Sum(nil))
	if *update {
		if err := os.WriteFile("testdata/versions.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("raise job.Version, then -args -update:\n%s", diff)
	}
}
