//go:build !amd64

package encoder

// Machines other than amd64 do it in plain Go.

func widest() lanes { return plain }

func (l lanes) tile(sums *tile, rows []uint8, in int, panel []int8) {
	plainTile(sums, rows, in, panel)
}

func (l lanes) finish(dst []float32, stride int, sums *tile, m *matrix, c int, scale []float32, zero []int32) {
	plainFinish(dst, stride, sums, m, c, scale, zero)
}

func (l lanes) gelu(xs []float32)                       { plainGelu(xs) }
func (l lanes) norm(x []float32, n norm)                { plainNorm(x, n) }
func (l lanes) add(x, y []float32)                      { plainAdd(x, y) }
func (l lanes) extent(xs []float32) (low, high float32) { return plainExtent(xs) }
func (l lanes) soften(scores []float32) (total float32) { return plainSoften(scores) }

func (l lanes) bytes(dst []uint8, xs []float32, perUnit float32, zero int32) {
	plainBytes(dst, xs, perUnit, zero)
}

func (l lanes) scores(dst, queries []float32, stride int, keys []float32, n int) {
	plainScores(dst, queries, stride, keys, n)
}

func (l lanes) weigh(dst []float32, dstStride int, shares []float32, n, count int, values []float32, stride int, totals *[4]float32) {
	plainWeigh(dst, dstStride, shares, n, count, values, stride, totals)
}
