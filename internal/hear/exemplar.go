package hear

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/encoder/weights"
)

// The careful pass has no cue to name as its reason. Where a sentence is near
// one that we wrote as an example of the same label, it names that: "close to
// our example 'Ten minutes against eleven hours'". Near is a matter of both
// readings: the states of the encoder, which lie together where sentences show
// alike things, and the vectors, which do where they speak of alike things.

// exemplars.tsv holds the examples, a label and a sentence a line. All are
// invented; tools/train/exemplars chose them. exemplars.states holds, in the
// same order, the state of each as the encoder of the same program reads it,
// behind the last four bytes of that encoder's file.
var (
	//go:embed exemplars.tsv
	exemplarLines string
	//go:embed exemplars.states
	exemplarStates []byte
)

// stateStep is the size of one count of a kept state, and mostState the most
// that is kept of a number: none of five million lay beyond.
const stateStep, mostState = 1.0 / 32, 127

// state is what the encoder makes of a sentence, in counts of stateStep.
type state []int8

func stateOf(numbers []float32) state {
	s := make(state, len(numbers))
	for i, x := range numbers {
		s[i] = int8(math.RoundToEven(float64(max(-mostState, min(mostState, x/stateStep)))))
	}
	return s
}

// exemplar is one example of a label.
type exemplar struct {
	sentence string
	state    state
	vector   embed.Vector
}

// exampleSet is the examples of one label and the middle of their states: what
// they share tells nothing of which is nearest.
type exampleSet struct {
	all    []exemplar
	middle []int32
}

func newExampleSet(all []exemplar) *exampleSet {
	set := &exampleSet{all: all, middle: make([]int32, len(all[0].state))}
	for _, e := range all {
		for i, n := range e.state {
			set.middle[i] += int32(n)
		}
	}
	for i := range set.middle {
		set.middle[i] /= int32(len(all))
	}
	return set
}

// nearness is how near two readings of sentences are in what they show and in
// what they speak of, 1 the same. States are counted in whole numbers, so that no
// machine finds another nearest.
type nearness struct{ shows, speaks float64 }

func (set *exampleSet) nearness(a, b exemplar) nearness {
	return nearness{set.shows(a, b), speaks(a, b)}
}

func speaks(a, b exemplar) float64 { return float64(embed.Cosine(a.vector, b.vector)) }

func (set *exampleSet) shows(a, b exemplar) float64 {
	var product, ofA, ofB int64
	for i, middle := range set.middle {
		x, y := int32(a.state[i])-middle, int32(b.state[i])-middle
		product += int64(x * y)
		ofA += int64(x * x)
		ofB += int64(y * y)
	}
	if ofA == 0 || ofB == 0 {
		return 0
	}
	return float64(product) / math.Sqrt(float64(ofA)*float64(ofB))
}

// all lays both together.
func (n nearness) all() float64 { return (n.shows + n.speaks) / 2 }

// enough says whether an example may be named. Below, a reader mostly sees no
// likeness, or none but the topic's: the floors were set by reading pairs, and go
// with table.bin (docs/decisions/0006-hearing-has-two-passes.md).
func (n nearness) enough() bool {
	return n.shows >= .45 && n.speaks >= leastSpeaks && n.all() >= .46
}

const leastSpeaks = .34

// nearest gives the nearest example to a sentence that is near enough; "" where
// none is.
func (set *exampleSet) nearest(to exemplar) (sentence string, near nearness) {
	for _, e := range set.all {
		if speaks(to, e) < leastSpeaks {
			continue // as most are
		}
		if n := set.nearness(to, e); n.enough() && n.all() > near.all() {
			sentence, near = e.sentence, n
		}
	}
	return sentence, near
}

// shippedExamples are the examples by label; none where they were made for
// another encoder than the program's.
var shippedExamples = sync.OnceValue(func() map[headway.Label]*exampleSet {
	if !bytes.HasPrefix(exemplarStates, weights.Mark()) {
		return nil // until tools/train/exemplars has run; a test says so
	}
	lines := exampleLines()
	states := exemplarStates[len(weights.Mark()):]
	width := len(states) / max(1, len(lines))
	of := map[headway.Label][]exemplar{}
	for i, line := range lines {
		label, sentence, _ := strings.Cut(line, "\t")
		e := exemplar{sentence: sentence, vector: embed.Of(sentence)}
		for _, b := range states[i*width:][:width] {
			e.state = append(e.state, int8(b))
		}
		of[headway.Label(label)] = append(of[headway.Label(label)], e)
	}
	sets := map[headway.Label]*exampleSet{}
	for label, all := range of {
		sets[label] = newExampleSet(all)
	}
	return sets
})

// exampleLines gives the lines of the file that are no comment.
func exampleLines() (lines []string) {
	for line := range strings.Lines(exemplarLines) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// The reasons that name nothing in particular.
const (
	bySentence = "by the sentence as a whole, and what it follows"
	byHow      = "by what was asked and by how it is said"
)

// exemplify names the nearest example where a label's reason names nothing in
// particular.
func exemplify(all []headway.Scored, sentence string, read []float32) {
	var own exemplar
	for i := range all {
		set := shippedExamples()[all[i].Label]
		if set == nil || all[i].Why != bySentence && all[i].Why != byHow {
			continue
		}
		if own.state == nil {
			own = exemplar{state: stateOf(read), vector: embed.Of(sentence)}
		}
		if example, _ := set.nearest(own); example != "" {
			all[i].Why = fmt.Sprintf("close to our example '%s'", example)
		}
	}
}
