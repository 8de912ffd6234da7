package job

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/headway-oss/headway"
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
	for _, c := range english().phases {
		if c.says.MatchString(s.text) {
			return c.phase
		}
	}
	if s.Counts(headway.Decision) && english().past.MatchString(s.text) {
		return Deciding
	}
	return ""
}

// leastBefore is how many sentences somebody has to have said of one purchase
// before "the other time" is heard to begin another.
const leastBefore = 3

// beginsAnother says whether a sentence turns to another purchase after those
// before. A wrong cut takes an episode's reasons from it, so cues are few.
func beginsAnother(before []sentence, s sentence) bool {
	if len(before) < leastBefore {
		return false
	}
	cues := english()
	lower := strings.ToLower(s.text)
	return slices.ContainsFunc(cues.hints, func(hint string) bool { return strings.Contains(lower, hint) }) && cues.another.MatchString(lower)
}

//go:embed cues/en.yaml
var cuesYAML []byte

// cues are what tells where in an episode a sentence stands.
type cues struct {
	hints   []string // one of them is in every sentence that another matches
	another *regexp.Regexp
	past    *regexp.Regexp
	phases  []phaseCues
}

type phaseCues struct {
	phase Phase
	says  *regexp.Regexp
}

var english = sync.OnceValue(func() (c cues) {
	var file struct {
		Hints   []string
		Another []string
		Past    []string
		Phases  []struct {
			Phase Phase
			Says  []string
		}
	}
	if err := yaml.Unmarshal(cuesYAML, &file); err != nil {
		panic("job: cues/en.yaml: " + err.Error())
	}
	c.hints, c.another, c.past = file.Hints, anyOf(file.Another), anyOf(file.Past)
	for _, p := range file.Phases {
		c.phases = append(c.phases, phaseCues{p.Phase, anyOf(p.Says)})
	}
	return c
})

// anyOf makes one expression of several, each between word borders.
func anyOf(all []string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(all, "|") + `)\b`)
}
