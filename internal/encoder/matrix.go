package encoder

// The integer product. Weights are packed so that a vector machine finds next
// to one another what it multiplies together: panels of 32 outputs, in each for
// every four inputs (a quad) 32 times four bytes. Products are made in tiles of
// 8 tokens by one panel.
const (
	rowsPerTile = 8
	tileWidth   = 32 // outputs in a panel
	quad        = 4  // inputs that stand together
	headWidth   = 32 // of one head of attention
)

// tile is the sums of one tile, [rowsPerTile][tileWidth].
type tile [rowsPerTile * tileWidth]int32

// matrix is a linear map with int8 weights, packed.
type matrix struct {
	in, out int
	weights []int8
	sums    []int32   // of an output's weights: what the zero point adds
	scale   []float32 // of an output
	bias    []float32
}

// pack makes a matrix from weights in rows, [out][in]. in must be a multiple of
// quad and out of tileWidth.
func pack(in, out int, rows []int8, scale, bias []float32) *matrix {
	m := &matrix{in: in, out: out, weights: make([]int8, in*out), sums: make([]int32, out), scale: scale, bias: bias}
	for o := range out {
		panel := m.weights[o/tileWidth*tileWidth*in:]
		at := o % tileWidth * quad
		for i, w := range rows[o*in:][:in] {
			panel[i/quad*tileWidth*quad+at+i%quad] = w
			m.sums[o] += int32(w)
		}
	}
	return m
}

// multiply maps the desk's quantised tokens through m into dst, [token][out].
func (l lanes) multiply(dst []float32, d *desk, m *matrix) {
	var sums tile
	for c := 0; c < m.out; c += tileWidth {
		panel := m.weights[c*m.in:][:tileWidth*m.in]
		for r := 0; r < d.tokens; r += rowsPerTile {
			l.tile(&sums, d.bytes[r*m.in:], m.in, panel)
			l.finish(dst[r*m.out+c:], m.out, &sums, m, c, d.scale[r:], d.zero[r:])
		}
	}
}

// together is how many inputs plainTile reads before it folds its sums.
const together = 256

// plainTile multiplies rowsPerTile rows of in bytes with one panel. Two rows
// ride in one 64-bit product, the second 32 bits higher: a sum of products
// stays below 2^31, so the upper half is only ever off by the lower one's sign.
func plainTile(sums *tile, rows []uint8, in int, panel []int8) {
	var pairs [together][rowsPerTile / 2]int64
	*sums = tile{}
	for from := 0; from < in; from += together {
		n := min(together, in-from)
		pair(&pairs, rows[from:], in, n)
		for c := range tileWidth {
			addColumn(sums, c, pairs[:n], panel[from*tileWidth+c*quad:])
		}
	}
}

// pair lays n bytes of rows 2p and 2p+1 into one number for each p.
func pair(pairs *[together][rowsPerTile / 2]int64, rows []uint8, in, n int) {
	for p := range rowsPerTile / 2 {
		low, high := rows[2*p*in:][:n], rows[(2*p+1)*in:][:n]
		for i := range low {
			pairs[i][p] = int64(low[i]) | int64(high[i])<<32
		}
	}
}

// addColumn adds the products of one output, whose weights begin the panel's
// rest, to its column of sums.
func addColumn(sums *tile, c int, pairs [][rowsPerTile / 2]int64, rest []int8) {
	var s0, s1, s2, s3 int64
	for q := 0; q+quad <= len(pairs); q += quad {
		weights := (*[quad]int8)(rest[q*tileWidth:])
		four := (*[quad][rowsPerTile / 2]int64)(pairs[q:])
		for i := range quad {
			w := int64(weights[i])
			s0 += w * four[i][0]
			s1 += w * four[i][1]
			s2 += w * four[i][2]
			s3 += w * four[i][3]
		}
	}
	for p, s := range [...]int64{s0, s1, s2, s3} {
		low := int32(s)
		sums[2*p*tileWidth+c] += low
		sums[(2*p+1)*tileWidth+c] += int32((s - int64(low)) >> 32)
	}
}

// plainFinish turns sums into numbers: takes off what the zero point added,
// scales by token and output, adds the bias.
func plainFinish(dst []float32, stride int, sums *tile, m *matrix, c int, scale []float32, zero []int32) {
	of, scales, bias := m.sums[c:][:tileWidth], m.scale[c:][:tileWidth], m.bias[c:][:tileWidth]
	for r := range rowsPerTile {
		row := dst[r*stride:][:tileWidth]
		for i := range row {
			sum := float32(sums[r*tileWidth+i] - zero[r]*of[i])
			row[i] = float32(sum*float32(scale[r]*scales[i])) + bias[i]
		}
	}
}
