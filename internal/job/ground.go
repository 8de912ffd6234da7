package job

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
)

// ground is what episodes are compared by. The jobs of a study are found on one.
type ground string

// Grounds, by what the names of jobs that were found on them are digested with.
const (
	byKinds ground = "proposed job"               // kinds of progress that their words are near
	byAims  ground = "proposed job, read closely" // what their customers are after, see headway.Aim
)

// name is how the ground is called in spread.json.
func (g ground) name() string {
	if g == byAims {
		return "aims"
	}
	return "kinds"
}

// groundFor gives the better ground where all can stand on it or some jobs were found
// on it: what is not yet read closely waits then.
func groundFor(episodes []Episode, kept []headway.Proposal) ground {
	if slices.ContainsFunc(kept, byAims.heads) {
		return byAims
	}
	read := 0
	for i := range episodes {
		switch e := &episodes[i]; {
		case slices.ContainsFunc(e.own, func(s sentence) bool { return s.aim != nil }):
			read++
		case e.canBeRead():
			return byKinds
		}
	}
	if read == 0 {
		return byKinds
	}
	return byAims
}

// waysOfAims is how many numbers tell where an aim points.
const waysOfAims = 16

// canBeRead says whether a close reading gives an episode a profile. A customer of
// whom it never will keeps nobody waiting.
func (e *Episode) canBeRead() bool {
	return e.saysEnough() && slices.ContainsFunc(e.own, sentence.isRead)
}

// isRead says whether a close reading makes an aim of a sentence: not of one in
// another language, nor of a word or two.
func (s sentence) isRead() bool { return s.Unheard == "" && len(strings.Fields(s.text)) > 2 }

// id names a job by the first anchors of the first job of its generation and of
// its own, so that its generation is known from it, and the ground.
func (g ground) id(head, first headway.EpisodeID) headway.GroupID {
	return headway.GroupID(headway.Digest(string(g), string(head), string(first)))
}

// heads says whether a kept job is the first of a generation on this ground.
func (g ground) heads(k headway.Proposal) bool {
	return len(k.Anchors) > 0 && g.id(k.Anchors[0], k.Anchors[0]) == k.Group
}

// comparable leaves kept jobs out that were found on another ground.
func (g ground) comparable(kept []headway.Proposal) []headway.Proposal {
	other := byAims
	if g == byAims {
		other = byKinds
	}
	if slices.ContainsFunc(kept, other.heads) {
		return nil
	}
	return kept
}

// profiles gives the profiles of episodes, on all cores; nil for those that say
// too little or are not read yet.
func (g ground) profiles(episodes []*Episode) []profile {
	of := profileOfAims
	if g == byKinds {
		of = progress().profileOf
	}
	all := make([]profile, len(episodes))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(episodes); i += workers {
				if episodes[i].saysEnough() {
					all[i] = of(episodes[i])
				}
			}
		})
	}
	wait.Wait()
	return all
}

// profileOfAims gives where all that somebody told points, as a unit row, each
// stretch of it weighed by how much it tells, and behind it the profile by kinds;
// nil where none was read.
func profileOfAims(e *Episode) (sum profile) {
	for i := range e.own {
		aim := e.own[i].aim
		if aim == nil {
			continue
		}
		if sum == nil {
			sum = make(profile, len(aim.Toward))
		}
		for d, n := range aim.Toward {
			sum[d] += float32(aim.Weight * float32(n)) // rounded as dot is
		}
	}
	if sum == nil {
		return nil
	}
	unit(sum)
	for _, x := range progress().profileOf(e) {
		sum = append(sum, kindsShare*x)
	}
	return sum
}

// kindsShare is how much the kinds of progress count beside aims: aims tell more,
// but have learned from few writers.
const kindsShare = 1.5

// along gives what tells how far the words that begin with a sentence lie along a
// way between two profiles, and which words these are.
func (g ground) along(way profile) func(*sentence) (headway.Span, float32) {
	if g == byAims {
		return func(s *sentence) (headway.Span, float32) {
			if s.aim == nil {
				return s.Span, 0
			}
			toward := make(profile, len(s.aim.Toward))
			for d, n := range s.aim.Toward {
				toward[d] = float32(n)
			}
			unit(toward)
			return s.aim.Span, dot(toward, way)
		}
	}
	kinds := progress()
	var sum meaning
	for i, n := range way {
		for d := range sum {
			sum[d] += float32(n * kinds[i][d]) // rounded as dot is
		}
	}
	return func(s *sentence) (headway.Span, float32) {
		m := meaningOf(s.text)
		return s.Span, dot(sum[:], m[:])
	}
}
