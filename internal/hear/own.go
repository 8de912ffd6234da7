package hear

import (
	"fmt"
	"math"
	"runtime"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
)

// Own is what a team's verdicts have taught: a small correction of how likely
// the careful pass holds each kind, in sentences like theirs and after
// questions like theirs. The zero Own corrects nothing. It is fitted by
// [FitOwn], and never leaves the workspace whose verdicts it has learned from.
type Own struct {
	// Strength says how freely it was fitted: 0 learned nothing, 1 as freely as
	// is allowed.
	Strength float64 `json:"strength"`
	// Shift is added to a kind's log-odds, in codebook order.
	Shift []float64 `json:"shift,omitempty"`
	// Asked holds for each kind what the meaning of the question before adds.
	Asked [][]float64 `json:"asked,omitempty"`
}

// IsZero says whether it corrects nothing.
func (o Own) IsZero() bool { return o.Strength == 0 }

// OwnVersion names the careful pass as corrected by own labels of a number.
func OwnVersion(number int) string { return CarefulVersion + ownNumber(number) }

func ownNumber(number int) string { return fmt.Sprintf(", own %d", number) }

// CarefullyOwn hears a conversation as [Carefully] does, corrected by own labels.
func CarefullyOwn(c *headway.Conversation, number int, own Own) headway.Hearing {
	return carefullyOwn(c, number, own, runtime.GOMAXPROCS(0))
}

// CarefullyOwnBehind hears the same as [CarefullyBehind] does, beside other work.
func CarefullyOwnBehind(c *headway.Conversation, number int, own Own) headway.Hearing {
	return carefullyOwn(c, number, own, behind())
}

func carefullyOwn(c *headway.Conversation, number int, own Own, processors int) headway.Hearing {
	h, s := hearing(c, OwnVersion(number), func(rows []Row) [][]headway.Scored {
		heard := carefulSentences(rows, processors)
		for i, r := range rows {
			heard[i] = shippedCareful().Suggested(own.Corrected(r, heard[i]))
			if r.Side == headway.Theirs {
				for j := range heard[i] {
					heard[i][j].By = byCareful + ownNumber(number)
				}
			}
		}
		return heard
	})
	h.Aims = s.aims(processors)
	return h
}

// Corrected gives the labels of a row, all of its side, as they are with what
// was learned. Labels of our own side stay as they are.
func (o Own) Corrected(r Row, all []headway.Scored) []headway.Scored {
	if r.Side != headway.Theirs || len(all) != len(kindLabels) {
		return all
	}
	all = slices.Clone(all)
	asked := o.meaning(r.Question)
	for i := range all {
		s, known := &all[i], shippedCareful().labels[all[i].Label]
		if !o.IsZero() { // else even the last bit stays
			s.Score = chance(odds(s.Score) + o.shift(i, asked))
		}
		s.Counted = s.Score >= known.Act
		if s.Why == "" && (s.Counted || s.Score >= known.Suggest) {
			s.Why = "by what you kept and dismissed"
		}
	}
	return all
}

// Judge gives the kind that a verdict is on as it is heard with what was learned.
func (o Own) Judge(j Judged) headway.Scored {
	all := make([]headway.Scored, len(kindLabels))
	for i, kind := range kindLabels {
		all[i] = headway.Scored{Label: kind, Score: j.Score}
	}
	return o.Corrected(j.Row, all)[j.Kind]
}

// shift is what is added to a kind's log-odds after a question of this meaning.
func (o Own) shift(kind int, asked []float64) float64 {
	if o.IsZero() {
		return 0
	}
	sum := o.Shift[kind]
	for at, x := range asked {
		sum += x * o.Asked[kind][at]
	}
	return sum
}

// meaning is a question's as numbers about a length of 1; nil where none was
// asked, or where it is not looked at.
func (o Own) meaning(question string) []float64 {
	if len(o.Asked) == 0 {
		return nil
	}
	return meaning(question)
}

func meaning(question string) []float64 {
	if question == "" {
		return nil
	}
	v := embed.Of(question)
	numbers := make([]float64, len(v))
	for i, n := range v {
		numbers[i] = float64(n) / embed.Length
	}
	return numbers
}

func chance(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// Rows gives what each sentence of a conversation is heard from, and where it
// stands, with nothing heard yet.
func Rows(c *headway.Conversation) ([]Row, []headway.Heard) {
	s := written(c)
	return s.rows, s.heard
}
