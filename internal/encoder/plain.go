package encoder

import "math"

// The float32 arithmetic in plain Go. It is the definition: the assembly gives
// the same bits. Every product stands in a conversion of its own, which forbids
// the compiler to fuse it with a sum (it would on arm64, and for GOAMD64=v3), and
// sums run in eight lanes that are folded in one order, as a vector register's do.

// exp gives e to the x to within 1e-7 of its value, for x up to 88; below -87 it
// gives what it gives at -87, which is nothing. The polynomial is ours, fitted
// to a half of ln 2 on either side of zero.
func exp(x float32) float32 {
	if x < expFloor {
		x = expFloor
	}
	n := round(float32(x * expPerBit))
	r := x - float32(n*expHigh) - float32(n*expLow)
	p := float32(expPoly4*r) + expPoly3
	p = float32(p*r) + expPoly2
	p = float32(p*r) + expPoly1
	p = float32(p*r) + expPoly0
	p = float32(p*float32(r*r)) + r + 1
	return float32(p * math.Float32frombits(uint32(int32(n)+127)<<23))
}

const (
	expFloor  = -87
	expPerBit = 1.4426950408889634
	expHigh   = 0.693359375 // ln 2 in two parts, the first short enough for n*expHigh to be exact
	expLow    = -2.12194440e-4
	expPoly0  = 0.49999994
	expPoly1  = 0.16666521
	expPoly2  = 0.04166839
	expPoly3  = 0.008368736
	expPoly4  = 0.0013814574
)

// round gives the nearest whole number, the even one of two, for |x| < 2^22:
// beyond 1.5*2^23 a float32 has no room for halves.
func round(x float32) float32 {
	return float32(x+roundShift) - roundShift
}

const roundShift = 3 << 22

// The rational approximation of erf(x/sqrt 2) = x*P(x*x)/Q(x*x), ours, fitted on
// [0, 5.6] to within 6e-8; beyond that erf is 1 in float32.
const (
	geluBound = 5.6
	geluP0    = 0.7978838
	geluP1    = 0.071694925
	geluP2    = 0.0096108755
	geluP3    = 0.0003803167
	geluP4    = 1.3181238e-05
	geluP5    = 4.3420954e-08
	geluQ1    = 0.25651902
	geluQ2    = 0.029804122
	geluQ3    = 0.0020033712
	geluQ4    = 8.1012084e-05
	geluQ5    = 1.1851533e-06
)

// plainGelu replaces each x by x/2*(1+erf(x/sqrt 2)), to within 1e-6.
func plainGelu(xs []float32) {
	for i, x := range xs {
		b := max(min(x, geluBound), -geluBound)
		s := float32(b * b)
		p := float32(s*geluP5) + geluP4
		p = float32(p*s) + geluP3
		p = float32(p*s) + geluP2
		p = float32(p*s) + geluP1
		p = float32(p*s) + geluP0
		q := float32(s*geluQ5) + geluQ4
		q = float32(q*s) + geluQ3
		q = float32(q*s) + geluQ2
		q = float32(q*s) + geluQ1
		q = float32(q*s) + 1
		erf := max(min(float32(b*p)/q, 1), -1)
		half := float32(x * 0.5)
		xs[i] = float32(half*erf) + half
	}
}

// eight is the lanes of one vector register.
type eight [8]float32

// sum folds the lanes: the upper half upon the lower, thrice.
func (e *eight) sum() float32 {
	a, b, c, d := e[0]+e[4], e[1]+e[5], e[2]+e[6], e[3]+e[7]
	return (a + c) + (b + d)
}

// dot multiplies and adds, in eight lanes.
func dot(a, b []float32) float32 {
	var e eight
	for i := range a {
		e[i&7] += float32(a[i] * b[i])
	}
	return e.sum()
}

// plainNorm brings x to mean 0 and variance 1, then stretches and shifts it.
func plainNorm(x []float32, n norm) {
	var e eight
	for i, v := range x {
		e[i&7] += v
	}
	mean := e.sum() / float32(len(x))
	e = eight{}
	for i, v := range x {
		v -= mean
		x[i] = v
		e[i&7] += float32(v * v)
	}
	inverse := 1 / float32(math.Sqrt(float64(e.sum()/float32(len(x))+normFloor)))
	for i, v := range x {
		x[i] = float32(float32(v*inverse)*n.gain[i]) + n.shift[i]
	}
}

// normFloor keeps a constant row from dividing by zero; it is BERT's.
const normFloor = 1e-12

// plainAdd adds y to x.
func plainAdd(x, y []float32) {
	for i, v := range y {
		x[i] += v
	}
}

// plainExtent gives the least and the greatest of xs and zero.
func plainExtent(xs []float32) (low, high float32) {
	for _, x := range xs {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

// plainBytes writes round(x*perUnit)+zero, held between 0 and 255.
func plainBytes(dst []uint8, xs []float32, perUnit float32, zero int32) {
	for i, x := range xs {
		dst[i] = uint8(max(0, min(255, int32(round(float32(x*perUnit)))+zero)))
	}
}

// plainScores multiplies four queries, stride numbers apart, with all keys,
// which stand turned: [headWidth][n]. dst is [4][n].
func plainScores(dst, queries []float32, stride int, keys []float32, n int) {
	for q := range 4 {
		query, row := queries[q*stride:][:headWidth], dst[q*n:][:n]
		clear(row)
		for i, x := range query {
			for j, k := range keys[i*n:][:n] {
				row[j] += float32(x * k)
			}
		}
	}
}

// plainSoften turns scores into shares of their sum, which it gives: softmax
// without its division.
func plainSoften(scores []float32) float32 {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	var e eight
	for j, s := range scores {
		scores[j] = exp(s - top)
		e[j&7] += scores[j]
	}
	return e.sum()
}

// plainWeigh adds up values, stride numbers apart, each times its share, and
// divides by the shares' sum, for four queries: dst rows are dstStride apart,
// shares is [4][n], of which count are real.
func plainWeigh(dst []float32, dstStride int, shares []float32, n, count int, values []float32, stride int, totals *[4]float32) {
	for q := range 4 {
		row := dst[q*dstStride:][:headWidth]
		clear(row)
		for j, share := range shares[q*n:][:count] {
			for i, v := range values[j*stride:][:headWidth] {
				row[i] += float32(share * v)
			}
		}
		for i := range row {
			row[i] /= totals[q]
		}
	}
}
