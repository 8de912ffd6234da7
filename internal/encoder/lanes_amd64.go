package encoder

import (
	"math"

	"golang.org/x/sys/cpu"
)

// widest is the best this machine can do.
func widest() lanes {
	x := &cpu.X86
	switch {
	case x.HasAVX2 && x.HasAVX512F && x.HasAVX512BW && x.HasAVX512VL && x.HasAVX512VNNI:
		return avx512
	case x.HasAVX2:
		return avx2
	}
	return plain
}

// fit says whether vectors can do xs: they know no remainders.
func (l lanes) fit(xs []float32) bool {
	return l != plain && len(xs) > 0 && len(xs)%16 == 0
}

func (l lanes) tile(sums *tile, rows []uint8, in int, panel []int8) {
	_, _ = rows[:rowsPerTile*in], panel[:tileWidth*in]
	switch l {
	case avx512:
		tileAVX512(sums, &rows[0], in, &panel[0])
	case avx2:
		for r := 0; r < rowsPerTile; r += 4 {
			for c := 0; c < tileWidth; c += 16 {
				quarterAVX2(&sums[r*tileWidth+c], &rows[r*in], in, &panel[c*quad])
			}
		}
	default:
		plainTile(sums, rows, in, panel)
	}
}

// tileAVX512 makes a tile of the rows of in bytes that begin at rows.
//
//go:noescape
func tileAVX512(sums *tile, rows *uint8, in int, panel *int8)

// quarterAVX2 makes four rows and sixteen outputs of a tile.
//
//go:noescape
func quarterAVX2(sums *int32, rows *uint8, in int, panel *int8)

func (l lanes) finish(dst []float32, stride int, sums *tile, m *matrix, c int, scale []float32, zero []int32) {
	if l == plain {
		plainFinish(dst, stride, sums, m, c, scale, zero)
		return
	}
	_, _, _ = dst[:(rowsPerTile-1)*stride+tileWidth], scale[:rowsPerTile], zero[:rowsPerTile]
	of, scales, bias := m.sums[c:][:tileWidth], m.scale[c:][:tileWidth], m.bias[c:][:tileWidth]
	finishAVX2(&dst[0], stride, sums, &of[0], &scales[0], &bias[0], &scale[0], &zero[0])
}

//go:noescape
func finishAVX2(dst *float32, stride int, sums *tile, of *int32, scales, bias, scale *float32, zero *int32)

func (l lanes) gelu(xs []float32) {
	if !l.fit(xs) {
		plainGelu(xs)
		return
	}
	geluAVX2(&xs[0], len(xs))
}

//go:noescape
func geluAVX2(xs *float32, n int)

func (l lanes) add(x, y []float32) {
	if !l.fit(x) {
		plainAdd(x, y)
		return
	}
	addAVX2(&x[0], &y[:len(x)][0], len(x))
}

//go:noescape
func addAVX2(x, y *float32, n int)

func (l lanes) norm(x []float32, n norm) {
	if !l.fit(x) {
		plainNorm(x, n)
		return
	}
	length := float32(len(x))
	mean := sumAVX2(&x[0], len(x)) / length
	variance := centreAVX2(&x[0], len(x), mean) / length
	inverse := 1 / float32(math.Sqrt(float64(variance+normFloor)))
	stretchAVX2(&x[0], &n.gain[:len(x)][0], &n.shift[:len(x)][0], len(x), inverse)
}

//go:noescape
func sumAVX2(x *float32, n int) float32

//go:noescape
func centreAVX2(x *float32, n int, mean float32) float32

//go:noescape
func stretchAVX2(x, gain, shift *float32, n int, inverse float32)

func (l lanes) extent(xs []float32) (low, high float32) {
	if !l.fit(xs) {
		return plainExtent(xs)
	}
	return extentAVX2(&xs[0], len(xs))
}

//go:noescape
func extentAVX2(xs *float32, n int) (low, high float32)

func (l lanes) bytes(dst []uint8, xs []float32, perUnit float32, zero int32) {
	if !l.fit(xs) || len(xs)%32 != 0 {
		plainBytes(dst, xs, perUnit, zero)
		return
	}
	bytesAVX2(&dst[:len(xs)][0], &xs[0], len(xs), perUnit, zero)
}

//go:noescape
func bytesAVX2(dst *uint8, xs *float32, n int, perUnit float32, zero int32)

func (l lanes) scores(dst, queries []float32, stride int, keys []float32, n int) {
	if l == plain {
		plainScores(dst, queries, stride, keys, n)
		return
	}
	_, _, _ = dst[:4*n], queries[:3*stride+headWidth], keys[:headWidth*n]
	scoresAVX2(&dst[0], &queries[0], stride, &keys[0], n)
}

//go:noescape
func scoresAVX2(dst, queries *float32, stride int, keys *float32, n int)

func (l lanes) soften(scores []float32) (total float32) {
	if !l.fit(scores) {
		return plainSoften(scores)
	}
	return softenAVX2(&scores[0], len(scores))
}

//go:noescape
func softenAVX2(scores *float32, n int) float32

func (l lanes) weigh(dst []float32, dstStride int, shares []float32, n, count int, values []float32, stride int, totals *[4]float32) {
	if l == plain {
		plainWeigh(dst, dstStride, shares, n, count, values, stride, totals)
		return
	}
	_, _, _ = dst[:3*dstStride+headWidth], shares[:4*n], values[:(count-1)*stride+headWidth]
	weighAVX2(&dst[0], dstStride, &shares[0], n, count, &values[0], stride, totals)
}

//go:noescape
func weighAVX2(dst *float32, dstStride int, shares *float32, n, count int, values *float32, stride int, totals *[4]float32)

// spread is the constants of plain.go as the vectors read them, eight times
// each, in the order of the names in vector_amd64.s.
var spread = [...]eight{
	all(expFloor), all(expPerBit), all(expHigh), all(expLow),
	all(expPoly0), all(expPoly1), all(expPoly2), all(expPoly3), all(expPoly4),
	all(roundShift), all(1), all(-1), all(0.5),
	all(geluBound), all(-geluBound),
	all(geluP0), all(geluP1), all(geluP2), all(geluP3), all(geluP4), all(geluP5),
	all(geluQ1), all(geluQ2), all(geluQ3), all(geluQ4), all(geluQ5),
}

func all(x float32) eight { return eight{x, x, x, x, x, x, x, x} }
