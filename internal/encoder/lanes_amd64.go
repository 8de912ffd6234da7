package encoder

import "golang.org/x/sys/cpu"

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
	plainFinish(dst, stride, sums, m, c, scale, zero)
}

func (l lanes) gelu(xs []float32)                       { plainGelu(xs) }
func (l lanes) norm(x []float32, n norm)                { plainNorm(x, n) }
func (l lanes) add(x, y []float32)                      { plainAdd(x, y) }
func (l lanes) span(xs []float32) (low, high float32)   { return plainRange(xs) }
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
