// Package encoder reads a sentence as the careful pass does: a small
// transformer encoder in 8-bit integers, which gives every label of the
// codebook a number for one sentence and what stood around it.
//
// Its place in the data's way is inside hearing: embed cuts text into word
// pieces, encoder turns pieces into logits, hear turns logits into labels.
// Example: for the sentence "We went from three hours to ten minutes", said
// after the question "What changed?", the logit of measure is high.
//
//	model, err := encoder.Read(weights)
//	logits := model.Logits(nil, []encoder.Row{{Sentence: pieces, Question: asked}})
//	measure := model.Labels()[3].Chance(logits[3])
//
// # The model
//
// The network is that of BERT (Devlin and others, 2019) in the small shape of
// MiniLM (Wang and others, 2020): word, position and type embeddings, then
// layers of attention and feed-forward, each followed by a layer
// normalisation. A row is laid out as
//
//	[CLS] sentence [SEP] before [SEP] question [SEP]
//
// where the part up to the first [SEP] is of type 0 and the rest of type 1. The
// read-out is the state of [CLS] beside the mean state of the sentence's own
// pieces, then one linear head.
//
// # The same labels on every machine
//
// Weights are int8 with one scale an output, activations uint8 with one scale
// and zero point a token, and their products are summed in int32 without
// saturation, so the sums are exact whatever adds them: AVX-512 VNNI, AVX2 or
// plain Go. What is not integer is float32, added in one written order with no
// fused multiply-add, by vector and plain code alike. A logit is therefore the
// same bits on every machine; the tests hold assembly to the plain Go.
//
// # The file
//
// A weights file, written by tools/distill/export_encoder.py, is little-endian
// and without padding:
//
//	"HWENC001"                       8 bytes
//	length of the header             uint32
//	header                           JSON, see Header
//	pieces kept                      uint32 each, ascending; none if all are
//	word embedding                   float32 scale a piece, then int8 [piece][width]
//	position embedding               float32 [positions][width]
//	type embedding                   float32 [2][width]
//	normalisation                    float32 gain [width], float32 shift [width]
//	each layer
//	  query, key and value           matrix [3*width][width]
//	  attention's output             matrix [width][width], then normalisation
//	  feed-forward up                matrix [feed][width]
//	  feed-forward down              matrix [width][feed], then normalisation
//	head                             float32 [labels][2*width], float32 bias [labels]
//	sum of all before                uint32, CRC-32 (IEEE)
//
// where a matrix is float32 scale [out], float32 bias [out], int8 [out][in]. Where
// the header says that it stands above layers of another model, all from the
// pieces kept to the last of those layers is left out.
package encoder

import (
	"sync"
)

// Row is one sentence to be read, as ids of word pieces without [CLS] or
// [SEP]. What goes beyond the header's limits is left out: the end of the
// sentence, the beginning of the others. Ids the model does not know are read
// as [UNK].
type Row struct {
	Sentence []int32 // the sentence itself
	Before   []int32 // what was said before it in the same turn; may be empty
	Question []int32 // the question it answers; may be empty
}

// Label is one thing the model can hear.
type Label struct {
	Name string `json:"name"`
	// Slope and Shift calibrate: a chance is the logistic of Slope*logit+Shift.
	Slope float32 `json:"slope"`
	Shift float32 `json:"shift"`
	// Threshold is the chance from which the label is given, 0 to 1.
	Threshold float32 `json:"threshold"`
}

// Chance gives the calibrated probability of a logit of this label, 0 to 1.
func (l Label) Chance(logit float32) float32 {
	x := float32(l.Slope*logit) + l.Shift
	if x > 0 {
		return 1 / (1 + exp(-x))
	}
	e := exp(x)
	return e / (1 + e)
}

// Model is an encoder ready to read. It never changes once read and may be
// used from many goroutines at once.
type Model struct {
	header Header
	known  []int32 // row of the word table by piece id, when not all are kept
	words  table
	places []float32 // positions, then the two types: [positions+2][width]
	first  norm
	layers []layer
	head   head
	lanes  lanes
	desks  sync.Pool // of *desk: one for each goroutine at work
}

// table is the word embedding: one scale and width int8 a piece.
type table struct {
	scale []float32
	bytes []int8
}

// norm is a layer normalisation.
type norm struct{ gain, shift []float32 }

// layer is one step of attention and feed-forward.
type layer struct {
	look     *matrix // queries, keys and values in one; queries come scaled
	join     *matrix
	joined   norm
	up, down *matrix
	out      norm
}

// head is the linear read-out, in float32.
type head struct{ weights, bias []float32 }

// Name gives the header's name of these weights; a label says with it which
// pass heard it.
func (m *Model) Name() string { return m.header.Name }

// Labels lists what the model hears, in the order of its logits.
func (m *Model) Labels() []Label { return m.header.Labels }

// batch is how many tokens are read together: enough to use every weight many
// times while it is near, few enough for the states to stay in the cache.
const batch = 128

// Logits appends one logit for each label of each row to dst, row by row. It
// allocates nothing but dst once warm. Many rows in one call are read faster
// than one by one, with the same result.
func (m *Model) Logits(dst []float32, rows []Row) []float32 {
	m.readAll(rows, func(d *desk) { dst = m.judge(dst, d) })
	return dst
}

// LogitsAndStates appends as Logits does, and to states, row by row, the mean
// state of the sentence's own pieces, of the header's width: sentences that show
// alike things have states that point alike ways.
func (m *Model) LogitsAndStates(dst, states []float32, rows []Row) (_, _ []float32) {
	m.readAll(rows, func(d *desk) {
		dst = m.judge(dst, d)
		for _, s := range d.spans {
			states = append(states, m.meanState(d, s)...)
		}
	})
	return dst, states
}

// readAll reads rows, as many as fit a desk at once, and lets take what it needs
// of each desk.
func (m *Model) readAll(rows []Row, take func(*desk)) {
	d := m.desks.Get().(*desk)
	defer m.desks.Put(d)
	for len(rows) > 0 {
		n := d.lay(m, rows)
		m.read(d)
		take(d)
		rows = rows[n:]
	}
}

// read passes the laid rows through the layers.
func (m *Model) read(d *desk) {
	width, l := m.header.Width, m.lanes
	for i := range m.layers {
		step, last := &m.layers[i], i == len(m.layers)-1
		l.quantise(d, d.state, width)
		l.multiply(d.wide, d, step.look)
		m.attend(d)
		if last {
			d.keepOwn(width)
		}
		l.quantise(d, d.seen, width)
		l.multiply(d.side, d, step.join)
		l.settle(d, step.joined, width)
		l.quantise(d, d.state, width)
		l.multiply(d.wide, d, step.up)
		l.gelu(d.wide[:d.tokens*m.header.Feed])
		l.quantise(d, d.wide, m.header.Feed)
		l.multiply(d.side, d, step.down)
		l.settle(d, step.out, width)
	}
}

// attend lets every token look at the tokens of its own row, head by head.
func (m *Model) attend(d *desk) {
	width := m.header.Width
	for _, s := range d.spans {
		for h := range m.header.Heads {
			m.lanes.attend(d, s.from, s.to, h*headWidth, width)
		}
	}
}

// judge reads each row's labels off the state of [CLS] and the mean state of
// the sentence's own pieces.
func (m *Model) judge(dst []float32, d *desk) []float32 {
	width := m.header.Width
	for _, s := range d.spans {
		cls := d.state[s.from*width:][:width]
		mean := m.meanState(d, s)
		for k, bias := range m.head.bias {
			w := m.head.weights[k*2*width:][:2*width]
			dst = append(dst, dot(cls, w[:width])+dot(mean, w[width:])+bias)
		}
	}
	return dst
}

// meanState gives the mean state of a row's own pieces, until the next is asked for.
func (m *Model) meanState(d *desk, s span) []float32 {
	width := m.header.Width
	mean := d.mean
	clear(mean)
	own := max(1, s.own)
	start := s.from + min(1, s.own) // a row without pieces has only its [CLS]
	for t := range own {
		for i, x := range d.state[(start+t)*width:][:width] {
			mean[i] += x
		}
	}
	for i := range mean {
		mean[i] /= float32(own)
	}
	return mean
}
