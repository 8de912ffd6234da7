package encoder

// lanes says what does the arithmetic. All give the same bits.
type lanes int

const (
	plain  lanes = iota // Go alone
	avx2                // 256-bit vectors
	avx512              // and 512-bit vectors with VNNI for the integer products
)

// Vectors says whether this machine reads by vectors. Plain Go reads some six
// sentences a second on a processor, vectors fifty times as many.
func Vectors() bool { return widest() != plain }

// padded is n rounded up to whole vectors of attention's keys.
func padded(n int) int { return (n + 15) &^ 15 }

// quantise writes the desk's tokens, width numbers each, as bytes: every token
// has a scale of its own and the byte that stands for zero.
func (l lanes) quantise(d *desk, xs []float32, width int) {
	for t := range d.tokens {
		row := xs[t*width:][:width]
		low, high := l.extent(row)
		perUnit := float32(0)
		d.scale[t], d.zero[t] = (high-low)/255, 0
		if high > low {
			perUnit = 255 / (high - low)
			d.zero[t] = int32(round(float32(-low * perUnit)))
		}
		l.bytes(d.bytes[t*width:][:width], row, perUnit, d.zero[t])
	}
}

// settle adds what a step brought to the stream and normalises it.
func (l lanes) settle(d *desk, n norm, width int) {
	l.add(d.state[:d.tokens*width], d.side[:d.tokens*width])
	for t := range d.tokens {
		l.norm(d.state[t*width:][:width], n)
	}
}

// nowhere is the score of a key that is only padding.
const nowhere = -1e30

// attend lets tokens from to to look at one another through the head whose
// numbers begin at column. Four queries go at a time; the last may be beyond
// the row's end, where what they bring is overwritten or never read.
func (l lanes) attend(d *desk, from, to, column, width int) {
	count := to - from
	n, stride := padded(count), 3*width
	turn(d.keys, n, d.wide[from*stride+width+column:], stride, count)
	values := d.wide[from*stride+2*width+column:]
	for t := from; t < to; t += 4 {
		l.scores(d.scores, d.wide[t*stride+column:], stride, d.keys, n)
		var totals [4]float32
		for q := range totals {
			row := d.scores[q*n:][:n]
			for j := count; j < n; j++ {
				row[j] = nowhere
			}
			totals[q] = l.soften(row)
		}
		l.weigh(d.seen[t*width+column:], width, d.scores, n, count, values, stride, &totals)
	}
}

// turn lays the keys of count tokens on their side, [headWidth][n], with zeros
// behind the last.
func turn(dst []float32, n int, keys []float32, stride, count int) {
	for i := range headWidth {
		clear(dst[i*n+count : (i+1)*n])
	}
	for t := range count {
		for i, k := range keys[t*stride:][:headWidth] {
			dst[i*n+t] = k
		}
	}
}
