package hear

import (
	_ "embed"
	"math"
	"runtime"
	"sync"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/encoder"
	"github.com/headway-oss/headway/internal/encoder/weights"
)

// The careful pass also reads what customers are after. A second encoder, which
// shares the embeddings and first layers of the other, has learned from stories
// that we invented, in which one product is hired for unlike progress and unlike
// products for the same, to lay together what was told for the same reason. It
// reads each sentence by itself, and says how much it tells; what is kept is the
// sum over some sentences that follow each other.

//go:embed aims.encoder
var aimWeights []byte

var aimReader = sync.OnceValue(func() *encoder.Model { return weights.Above(aimWeights) })

// A sentence of fewer pieces tells nothing; so many sentences make one aim.
const (
	leastAimed  = 3
	aimedAtOnce = 4
)

// aims reads what customers are after.
func (s *script) aims(processors int) []headway.Aim {
	all, rows, of := s.stretches()
	sums := make([][]float32, len(all))
	for i, read := range readRows(aimReader(), rows, processors) {
		if len(embed.AppendPieces(nil, rows[i].Sentence)) < leastAimed {
			continue
		}
		last := len(read.either) - 1
		weight := weightOf(read.either[last])
		all[of[i]].Weight += weight
		sum := sums[of[i]]
		if sum == nil {
			sum = make([]float32, last)
			sums[of[i]] = sum
		}
		for d, x := range read.either[:last] {
			sum[d] += float32(weight * x)
		}
	}
	told := all[:0]
	for i, sum := range sums {
		if sum != nil {
			all[i].Toward = toward(sum, all[i].Weight)
			told = append(told, all[i])
		}
	}
	return told
}

// stretches gives the aims that are to be read, with their places only, the rows of
// customers' sentences, and the aim of each row.
func (s *script) stretches() (all []headway.Aim, rows []Row, of []int) {
	sentences, turn := 0, -1
	for i, h := range s.heard {
		if h.Side != headway.Theirs || h.Unheard != "" {
			continue
		}
		if h.Turn != turn || sentences == aimedAtOnce {
			all, sentences, turn = append(all, headway.Aim{Span: h.Span}), 0, h.Turn
		}
		sentences++
		all[len(all)-1].Span.End = h.Span.End
		rows, of = append(rows, Row{Side: headway.Theirs, Sentence: s.rows[i].Sentence}), append(of, len(all)-1)
	}
	return all, rows, of
}

// heaviest is the logarithm of how much more than the middle one, or less, a sentence
// may count.
const heaviest = 6.0

// aimStep is the size of one count of a direction's number.
const aimStep = 1.0 / 16

// weightOf tells how much a sentence counts, of the logarithm that the encoder gives.
func weightOf(gate float32) float32 {
	return float32(math.Exp(max(-heaviest, min(heaviest, float64(gate)))))
}

// toward gives the direction of a sum of so much weight.
func toward(sum []float32, weight float32) headway.Direction {
	d := make(headway.Direction, len(sum))
	for i, x := range sum {
		d[i] = int8(math.RoundToEven(float64(max(-127, min(127, x/weight/aimStep)))))
	}
	return d
}

// Aims reads what customers are after in a conversation, and nothing else.
func Aims(c *headway.Conversation) []headway.Aim {
	if !english(c) {
		return nil
	}
	s := written(c)
	s.leaveForeign(c)
	return s.aims(runtime.GOMAXPROCS(0))
}
