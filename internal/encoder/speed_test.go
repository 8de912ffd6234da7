package encoder

import (
	"fmt"
	"testing"
)

var kindOfLanes = [...]string{plain: "plain", avx2: "avx2", avx512: "avx512"}

// BenchmarkLogits reads sixty-four rows of one length with the weights that
// hear ships, on one core.
func BenchmarkLogits(b *testing.B) {
	m, _ := realModel(b)
	for _, l := range available(b) {
		for _, tokens := range []int{25, 60} {
			b.Run(fmt.Sprintf("%s/%d", kindOfLanes[l], tokens), func(b *testing.B) {
				m.lanes = l
				rows := rowsOfLength(64, tokens)
				dst := m.Logits(nil, rows)
				b.ReportAllocs()
				for b.Loop() {
					dst = m.Logits(dst[:0], rows)
				}
				b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "sentences/s")
			})
		}
	}
}

// rowsOfLength makes rows of which a third is the sentence.
func rowsOfLength(n, tokens int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		pieces := make([]int32, tokens-4)
		for j := range pieces {
			pieces[j] = int32(1000 + (i*131+j*17)%20000)
		}
		third := len(pieces) / 3
		rows[i] = Row{Sentence: pieces[:third], Before: pieces[third : 2*third], Question: pieces[2*third:]}
	}
	return rows
}

// BenchmarkTile is one product of 64 tokens: 384 inputs, 1536 outputs.
func BenchmarkTile(b *testing.B) {
	const tokens, in, out = 64, 384, 1536
	m := pack(in, out, make([]int8, in*out), make([]float32, out), make([]float32, out))
	d := &desk{tokens: tokens, bytes: make([]uint8, tokens*in), scale: make([]float32, tokens), zero: make([]int32, tokens)}
	dst := make([]float32, tokens*out)
	for _, l := range available(b) {
		b.Run(kindOfLanes[l], func(b *testing.B) {
			for b.Loop() {
				l.multiply(dst, d, m)
			}
			b.ReportMetric(tokens*in*out*float64(b.N)/b.Elapsed().Seconds()/1e9, "G/s")
		})
	}
}
