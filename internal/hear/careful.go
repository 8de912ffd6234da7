package hear

import (
	_ "embed"
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/encoder"
	"github.com/headway-oss/headway/internal/encoder/weights"
	"github.com/headway-oss/headway/internal/hear/linear"
)

// The careful pass hears a row a second time. The quick pass knows wordings;
// a small encoder has learned from much reading which sentences mean alike,
// and from our labels what they show. It takes some hundred times as long,
// so it comes after: what was heard quickly stands until then. Both opinions
// are laid together, since each knows what the other does not.

// CarefulVersion names the rules and weights of the careful pass. It changes
// whenever the same sentence may be heard differently.
const CarefulVersion = Version + ", careful 2, aims 2"

// byCareful names who heard a label.
const byCareful = "detector careful 2"

// Carefully hears a conversation as [Conversation] does, by the careful pass.
func Carefully(c *headway.Conversation) headway.Hearing {
	return carefully(c, runtime.GOMAXPROCS(0))
}

// CarefullyBehind hears the same and leaves a processor free, where there are two,
// for whoever waits for a page.
func CarefullyBehind(c *headway.Conversation) headway.Hearing { return carefully(c, behind()) }

func behind() int { return max(1, runtime.GOMAXPROCS(0)-1) }

// CarefullyIsSlow says whether the careful pass takes so long on this machine,
// which has no vectors that it knows, that it should not listen to much unasked.
func CarefullyIsSlow() bool { return !encoder.Vectors() }

func carefully(c *headway.Conversation, processors int) headway.Hearing {
	h, s := hearing(c, CarefulVersion, func(rows []Row) [][]headway.Scored {
		heard := carefulSentences(rows, processors)
		for i := range heard {
			heard[i] = shippedCareful().Suggested(heard[i])
		}
		return heard
	})
	h.Aims = s.aims(processors)
	return h
}

// CarefulSentences hears rows as [Sentence] does, by the careful pass. Many rows
// together take less time than one by one, and are heard the same.
func CarefulSentences(rows []Row) [][]headway.Scored {
	return carefulSentences(rows, runtime.GOMAXPROCS(0))
}

func carefulSentences(rows []Row, processors int) [][]headway.Scored {
	heard := make([][]headway.Scored, len(rows))
	for i, read := range readRows(weights.Careful(), rows, processors) {
		heard[i] = shippedCareful().Weigh(OpinionsOf(rows[i], Sentence(rows[i]), read.opinion))
		exemplify(heard[i], rows[i].Sentence, read.state)
	}
	return heard
}

// CarefulSuggested keeps the labels of the careful pass at or above their
// suggesting threshold.
func CarefulSuggested(all []headway.Scored) []headway.Scored { return shippedCareful().Suggested(all) }

//go:embed careful.json
var carefulJSON []byte

var shippedCareful = sync.OnceValue(func() *Careful {
	var labels []linear.Label
	if err := json.Unmarshal(carefulJSON, &labels); err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return newCareful(labels)
})

// Opinions are what two hearers make of one row, label by label of its side in
// codebook order.
type Opinions struct {
	Quick []headway.Scored // by the quick pass
	Read  []float32        // log-odds, by the encoder
	// ShapeAsks is set where the quick pass hears a question and knows better: by
	// a question mark, or because the sentence runs on past what is read.
	ShapeAsks bool
}

// OpinionsOf lays what was made of a row together.
func OpinionsOf(r Row, quick []headway.Scored, read []float32) Opinions {
	o := Opinions{Quick: quick, Read: read}
	if r.Side == headway.Ours && asksAny(quick) {
		o.ShapeAsks = strings.Contains(r.Sentence, "?") || len(embed.AppendPieces(nil, r.Sentence)) > mostRead
	}
	return o
}

// mostRead is how many pieces of a sentence the encoder reads.
const mostRead = 72

// asksAny says whether a row's labels count it as a question.
func asksAny(all []headway.Scored) bool { return (headway.Heard{Labels: all}).IsQuestion() }

// encoderShare is how much of a label's log-odds is the encoder's; the rest is
// the quick pass's. Anything from .5 to .8 serves about as well.
const encoderShare = .6

// mixed lays both opinions of a label together, uncalibrated.
func (o Opinions) mixed(label int) float64 {
	logOdds := encoderShare*float64(o.Read[label]) + (1-encoderShare)*odds(o.Quick[label].Score)
	return 1 / (1 + math.Exp(-logOdds))
}

// Careful makes labels of opinions.
type Careful struct {
	labels map[headway.Label]linear.Label
}

func newCareful(labels []linear.Label) *Careful {
	c := &Careful{map[headway.Label]linear.Label{}}
	for _, l := range labels {
		c.labels[headway.Label(l.Name)] = l
	}
	return c
}

// Weigh gives every label of a row in codebook order.
func (c *Careful) Weigh(o Opinions) []headway.Scored {
	all := slices.Clone(o.Quick)
	for i := range all {
		s := &all[i]
		known := c.labels[s.Label]
		s.Score = known.Probability(o.mixed(i))
		s.Counted = s.Score >= known.Act
		s.By = byCareful
		if s.Why == "" && (s.Counted || s.Score >= known.Suggest) {
			s.Why = bySentence
		}
	}
	if o.ShapeAsks && !asksAny(all) {
		countLikelier(all, headway.QOpen, headway.QClosed)
	}
	asks := asksAny(all)
	for i := range all {
		all[i].Counted = all[i].Counted && (asks || !hangsOnQuestion(all[i].Label))
	}
	return all
}

// countLikelier counts one of two labels, the first where both are as likely.
func countLikelier(all []headway.Scored, a, b headway.Label) {
	at := func(l headway.Label) int {
		return slices.IndexFunc(all, func(s headway.Scored) bool { return s.Label == l })
	}
	if i, j := at(a), at(b); all[i].Score >= all[j].Score {
		all[i].Counted = true
	} else {
		all[j].Counted = true
	}
}

// Suggested keeps the labels at or above their suggesting threshold.
func (c *Careful) Suggested(all []headway.Scored) []headway.Scored {
	return suggested(all, func(l headway.Label) float64 { return c.labels[l].Suggest })
}

// rowsAtOnce is how many rows one goroutine reads at a time.
const rowsAtOnce = 32

// ReadRows gives an encoder's opinion of each row: the log-odds of the labels of
// its side, in codebook order. It works on all processors.
func ReadRows(by *encoder.Model, rows []Row) [][]float32 {
	opinions := make([][]float32, len(rows))
	for i, read := range readRows(by, rows, runtime.GOMAXPROCS(0)) {
		opinions[i] = read.opinion
	}
	return opinions
}

// reading is what an encoder makes of a row.
type reading struct {
	opinion []float32 // log-odds of the labels of its side
	either  []float32 // of those of both sides, theirs first
	state   []float32 // see exemplify
}

func readRows(by *encoder.Model, rows []Row, processors int) []reading {
	read := make([]reading, len(rows))
	var readers sync.WaitGroup
	next := make(chan int)
	for range min(processors, len(rows)/rowsAtOnce+1) {
		readers.Go(func() {
			for at := range next {
				copy(read[at:], readSome(by, rows[at:min(at+rowsAtOnce, len(rows))]))
			}
		})
	}
	for at := 0; at < len(rows); at += rowsAtOnce {
		next <- at
	}
	close(next)
	readers.Wait()
	return read
}

func readSome(by *encoder.Model, rows []Row) []reading {
	pieces := make([]encoder.Row, len(rows))
	for i, r := range rows {
		r = withoutNames(r)
		pieces[i] = encoder.Row{
			Sentence: embed.AppendPieces(nil, r.Sentence),
			Before:   embed.AppendPieces(nil, r.Before),
			Question: embed.AppendPieces(nil, r.Question),
		}
	}
	logits, states := by.LogitsAndStates(nil, nil, pieces)
	all, width := len(logits)/len(rows), len(states)/len(rows)
	read := make([]reading, len(rows))
	for i, r := range rows {
		of := logits[i*all:][:all]
		read[i].either = of
		switch read[i].state = states[i*width:][:width]; r.Side {
		case headway.Theirs:
			read[i].opinion = of[:len(kindLabels)]
		case headway.Ours:
			read[i].opinion = of[len(kindLabels):]
		}
	}
	return read
}
