package job

import (
	_ "embed"
	"math"
	"strings"
	"sync"

	"github.com/headway-oss/headway/internal/embed"
)

// kindsFile names kinds of progress that people make, whatever they buy, and how
// some would tell of each.
//
//go:embed progress/en.txt
var kindsFile string

// meaning is an embed.Vector in float32, of length 1, or sums of such.
type meaning [embed.Dim]float32

// profile tells how near somebody's words are to each kind of progress. Two
// customers of one trade whose progress differs have other profiles; a word that
// only their trade has hardly shows in it.
type profile []float32

// space is the kinds of progress as directions among meanings.
type space []meaning

// progress is the space of the kinds in the file: where the examples of each lie,
// less where all do.
var progress = sync.OnceValue(func() (s space) {
	var all meaning
	var counts []int
	total := 0
	for line := range strings.Lines(kindsFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "= "):
			s, counts = append(s, meaning{}), append(counts, 0)
		default:
			m := meaningOf(line)
			s[len(s)-1].add(&m)
			all.add(&m)
			counts[len(counts)-1]++
			total++
		}
	}
	for i := range s {
		for d := range s[i] {
			s[i][d] = s[i][d]/float32(counts[i]) - all[d]/float32(total)
		}
		unit(s[i][:])
	}
	return s
})

func meaningOf(text string) (m meaning) {
	for i, n := range embed.Of(text) {
		m[i] = float32(n) / embed.Length
	}
	return m
}

func (m *meaning) add(o *meaning) {
	for i := range m {
		m[i] += o[i]
	}
}

// leastSaid is how many words an episode needs to be grouped, blanks between them
// counted: fewer say nothing of what somebody is after.
const leastSaid = 8

// saysEnough tells whether an episode can be grouped.
func (e *Episode) saysEnough() bool {
	words := 0
	for i := range e.own {
		words += strings.Count(e.own[i].text, " ") + 1
	}
	return words >= leastSaid
}

// profileOf gives an episode's profile, or nil where none of its words is known.
func (s space) profileOf(e *Episode) profile {
	var sum meaning
	said := 0
	for i := range e.own {
		if m := meaningOf(e.own[i].text); m != (meaning{}) {
			sum.add(&m)
			said++
		}
	}
	if said == 0 {
		return nil
	}
	p := make(profile, len(s))
	for i := range s {
		p[i] = dot(s[i][:], sum[:]) / float32(said)
	}
	return p
}

// dot is the product of two rows, rounded after each step so that it is the same
// on every machine.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += float32(a[i] * b[i])
		s1 += float32(a[i+1] * b[i+1])
		s2 += float32(a[i+2] * b[i+2])
		s3 += float32(a[i+3] * b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += float32(a[i] * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// unit sets a row to length 1; a row of zeros stays.
func unit(row []float32) {
	length := float32(math.Sqrt(float64(dot(row, row))))
	if length == 0 {
		return
	}
	for i := range row {
		row[i] /= length
	}
}
