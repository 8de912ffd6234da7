package hear

import (
	"github.com/headway-oss/headway/internal/hear/linear"
)

var fittingAsking = linear.Options{Epochs: 12, Rate: .25, Shrink: 3e-4}

// fitAsking learns whether a sentence asks anything: from sentences as they
// are written, and from whole turns run together without punctuation, in which
// questions stand somewhere.
func fitAsking(examples []Example) *linear.Model {
	a := &askingLessons{}
	e := ears.Get().(*ear)
	defer ears.Put(e)
	for _, x := range examples {
		a.write(e, x)
	}
	for _, turn := range turnsOf(examples) {
		a.runTogether(e, turn)
	}
	model, judged := leaveOut(askingNames, a.lessons, a.parts, fittingAsking)
	for at := range model.Labels {
		a.settle(&model.Labels[at], at, judged)
	}
	return model
}

// askingLessons gathers what there is to learn; text numbers the sentence or
// turn that a lesson is of, since a turn asks when any place in it does.
type askingLessons struct {
	lessons []linear.Example
	parts   []int
	text    []int
	asks    []bool // of each text
}

func (a *askingLessons) write(e *ear, x Example) {
	for _, row := range [...]Row{x.Row, Stripped(x.Row)} {
		e.words = e.read(e.words[:0], row.Sentence)
		how := howAsked(e.words, row.Sentence)
		if how == runOn || markOf(e.words, row.Sentence) != noMark {
			continue
		}
		e.listenFor(how, row, 0)
		a.add(e, how, x, x.asks())
		a.asks = append(a.asks, x.asks())
	}
}

func (a *askingLessons) add(e *ear, name int, x Example, asks bool) {
	a.lessons = append(a.lessons, linear.Example{
		Signs:  append([]uint32(nil), e.signs...),
		Labels: map[string]bool{askingNames[name]: asks},
		Asked:  map[string]bool{askingNames[name]: true},
		Weight: x.Weight,
	})
	a.parts = append(a.parts, x.Part)
	a.text = append(a.text, len(a.asks))
}

// runTogether learns from every place where a question may start. Inside a
// question only its first such place teaches: what follows may be either.
func (a *askingLessons) runTogether(e *ear, sentences []Example) {
	e.words = e.words[:0]
	var of []int
	any := false
	for i, x := range sentences {
		e.words = e.read(e.words, strip(x.Row.Sentence))
		for len(of) < len(e.words) {
			of = append(of, i)
		}
		any = any || x.asks()
	}
	if len(e.words) <= breath {
		return
	}
	taught := map[int]bool{}
	for i := range e.words {
		x := sentences[of[i]]
		if !mayStart(e.words, i) || x.asks() && taught[of[i]] {
			continue
		}
		if e.words[i].is&filler == 0 {
			taught[of[i]] = true
		}
		e.listenFor(runOn, Row{}, i)
		a.add(e, runOn, x, x.asks())
	}
	a.asks = append(a.asks, any)
}

// settle calibrates a set of weights on its lessons and chooses the threshold
// on texts, each as sure as its surest place.
func (a *askingLessons) settle(l *linear.Label, at int, judged [][]float64) {
	calibrate(l, at, a.lessons, judged)
	surest := make([]float64, len(a.asks))
	taught := make([]bool, len(a.asks))
	for i, x := range a.lessons {
		if x.Asked[l.Name] {
			surest[a.text[i]] = max(surest[a.text[i]], l.Probability(judged[i][at]))
			taught[a.text[i]] = true
		}
	}
	var scores []float64
	var asks []bool
	for i, t := range taught {
		if t {
			scores, asks = append(scores, surest[i]), append(asks, a.asks[i])
		}
	}
	l.Act = max(bestCut(scores, asks), leastPrecision)
	l.Suggest = l.Act
}

func turnsOf(examples []Example) (turns [][]Example) {
	for i, x := range examples {
		if i == 0 || x.Turn == "" || x.Turn != examples[i-1].Turn {
			turns = append(turns, nil)
		}
		turns[len(turns)-1] = append(turns[len(turns)-1], x)
	}
	return turns
}
