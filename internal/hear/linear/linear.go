// Package linear weighs the signs of a sentence: one weight for each sign and
// label, summed and read as a probability (logistic regression). It knows no
// language; hear gives it signs and reads its scores.
//
// Signs are 32-bit hashes, folded into a fixed number of buckets: no word
// list is shipped, and a word never seen weighs nothing or what its neighbour
// in the bucket weighs, which is little.
package linear

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"

	"github.com/headway-oss/headway"
)

// Buckets is the number of weights of each label; a power of two.
const Buckets = 1 << 15

// Label is what a model knows of a label beside its weights.
type Label struct {
	Name string  `json:"name"`
	Bias float64 `json:"bias"`
	// Slope and Shift make the score a probability on sentences not learned
	// from (Platt's calibration).
	Slope float64 `json:"slope"`
	Shift float64 `json:"shift"`
	// Act is the probability from which the label may count unchecked, over 1
	// where it never may; Suggest the one from which it is worth showing.
	Act     float64 `json:"act"`
	Suggest float64 `json:"suggest"`
}

// Model holds the weights of all labels, bucket by bucket.
type Model struct {
	Labels []Label   // in the order of their scores
	weight []float32 // weight[bucket*len(Labels)+label]
}

// Scores appends to dst the probability of each label, 0 to 1, for a sentence
// with these signs. Every sign counts once; signs may repeat.
func (m *Model) Scores(dst []float64, signs []uint32) []float64 {
	n := len(m.Labels)
	base := len(dst)
	for _, l := range m.Labels {
		dst = append(dst, l.Bias)
	}
	sums := dst[base:]
	for _, s := range signs {
		row := m.weight[int(s%Buckets)*n:][:n]
		for i, w := range row {
			sums[i] += float64(w)
		}
	}
	for i, sum := range sums {
		sums[i] = sigmoid(sum*m.Labels[i].Slope + m.Labels[i].Shift)
	}
	return dst
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// step is the weight of one count in a stored model.
const step = 1.0 / 32

// Marshal writes the model: gzip over a line of JSON and one signed byte a weight.
func (m *Model) Marshal() ([]byte, error) {
	head, err := json.Marshal(m.Labels)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	size := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	for _, part := range [][]byte{size, head, m.counts()} {
		if _, err := zip.Write(part); err != nil {
			return nil, err
		}
	}
	err = zip.Close()
	return out.Bytes(), err
}

func (m *Model) counts() []byte {
	counts := make([]byte, len(m.weight))
	for i, w := range m.weight {
		counts[i] = byte(int8(math.Round(float64(max(-127*step, min(127*step, w))) / step)))
	}
	return counts
}

// Rounded gives the model as it is after storing, so that what is measured is
// what is shipped.
func (m *Model) Rounded() *Model {
	return &Model{m.Labels, weightsOf(m.counts())}
}

func weightsOf(counts []byte) []float32 {
	weight := make([]float32, len(counts))
	for i, c := range counts {
		weight[i] = float32(int8(c)) * step
	}
	return weight
}

// Unmarshal reads a stored model; Invalid where the bytes are none.
func Unmarshal(data []byte) (*Model, error) {
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "stored weights cannot be opened: %w", err)
	}
	raw, err := io.ReadAll(zip)
	if err != nil || len(raw) < 4 {
		return nil, headway.Errorf(headway.Invalid, "stored weights cannot be read: %v", err)
	}
	end := 4 + int(binary.BigEndian.Uint32(raw))
	var head []Label
	if end > len(raw) || json.Unmarshal(raw[4:end], &head) != nil {
		return nil, headway.Errorf(headway.Invalid, "stored weights have no header")
	}
	if len(raw)-end != Buckets*len(head) {
		return nil, headway.Errorf(headway.Invalid, "stored weights are cut short: %d bytes", len(raw)-end)
	}
	return &Model{head, weightsOf(raw[end:])}, nil
}
