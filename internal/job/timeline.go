package job

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/cue"
)

// Phase is one part of the way from a first thought to using something (the
// timeline of a switch, after Bob Moesta). It orders the record of one episode and
// nothing else: customers are not sorted by it.
type Phase string

// The phases, in order.
const (
	FirstThought   Phase = "first-thought"
	PassiveLooking Phase = "passive-looking"
	ActiveLooking  Phase = "active-looking"
	Deciding       Phase = "deciding"
	FirstUse       Phase = "first-use"
	OngoingUse     Phase = "ongoing-use"
)

// Phases lists the phases in order.
func Phases() []Phase {
	return []Phase{FirstThought, PassiveLooking, ActiveLooking, Deciding, FirstUse, OngoingUse}
}

// Then is what a customer told of one phase of an episode.
type Then struct {
	Phase Phase
	Told  []headway.Span // whole sentences, in the order in which they were said; never empty
}

// Timeline gives the phases of an episode of which its customer told, in order of
// the phases.
func Timeline(e Episode) (all []Then) {
	for _, phase := range Phases() {
		then := Then{Phase: phase}
		for i := range e.own {
			if phaseOf(&e.own[i]) == phase {
				then.Told = append(then.Told, e.own[i].Span)
			}
		}
		if len(then.Told) > 0 {
			all = append(all, then)
		}
	}
	return all
}

// phaseOf gives the phase of which a sentence tells, or "".
func phaseOf(s *sentence) Phase {
	var tags cue.Tags
	if s.Counts(headway.Decision) {
		tags = timelineCues().Tags("decision")
	}
	for _, c := range heard(timelineCues(), s.text, tags) {
		if c.Label != another {
			return Phase(c.Label)
		}
	}
	return ""
}

// leastBefore is how many sentences somebody has to have said of one purchase
// before "the other time" is heard to begin another.
const leastBefore = 3

// another is what a cue tells that begins another episode; all others tell phases.
const another = "another"

// hints are words of which one is in every sentence that begins another episode:
// they are looked for first because that is quick.
var hints = []string{"other", "time", "second", "third", "before that", "then for", "later for", "and for"}

// turnsToAnother says whether a sentence turns to another purchase. A wrong cut takes
// an episode's reasons from it, so cues are few.
func turnsToAnother(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(hints, func(hint string) bool { return strings.Contains(lower, hint) }) &&
		slices.ContainsFunc(heard(timelineCues(), text, 0), func(c cue.Cue) bool { return c.Label == another })
}

//go:embed cues/timeline.yaml
var timelineYAML embed.FS

var timelineCues = sync.OnceValue(func() *cue.Book { return bookOf(timelineYAML, "cues/timeline.yaml") })
