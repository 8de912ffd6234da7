package encoder

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func available(t testing.TB) []lanes {
	t.Helper()
	all := []lanes{plain, avx2, avx512}[:widest()+1]
	if len(all) < 3 {
		t.Logf("this machine has only the first %d kinds of lanes", len(all))
	}
	return all
}

func TestATileIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, in := range []int{4, 8, 36, 252, 256, 260, 384, 1536} {
		rows, panel := anyBytes[uint8](r, rowsPerTile*in), anyBytes[int8](r, tileWidth*in)
		if in == 1536 { // as large as sums get
			for i := range rows {
				rows[i], panel[i%len(panel)] = 255, -128
			}
		}
		var want tile
		for i := range want {
			for k := range in {
				w := panel[k/quad*tileWidth*quad+i%tileWidth*quad+k%quad]
				want[i] += int32(rows[i/tileWidth*in+k]) * int32(w)
			}
		}
		for _, l := range available(t) {
			var got tile
			if l.tile(&got, rows, in, panel); got != want {
				t.Errorf("lanes %d, %d inputs: sums differ", l, in)
			}
		}
	}
}

func TestAProductIsTheSumOfItsParts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const in, out = 36, 64
	weights, scale, bias := anyBytes[int8](r, in*out), anyFloats(r, out), anyFloats(r, out)
	m := pack(in, out, weights, scale, bias)
	for _, tokens := range []int{1, 7, 8, 13} {
		d := &desk{tokens: tokens, bytes: make([]uint8, 16*in), scale: make([]float32, 16), zero: make([]int32, 16)}
		xs := anyFloats(r, tokens*in)
		for _, l := range available(t) {
			l.quantise(d, xs, in)
			dst := make([]float32, 16*out)
			l.multiply(dst, d, m)
			for i := range tokens * out {
				var want, size float64
				for k := range in {
					w := float64(weights[i%out*in+k]) * float64(scale[i%out])
					want += w * float64(xs[i/out*in+k])
					size += math.Abs(w)
				}
				slack := size*float64(d.scale[i/out])/2 + 1e-4*size
				if got := float64(dst[i]); math.Abs(got-want-float64(bias[i%out])) > slack+1e-4 {
					t.Fatalf("lanes %d, number %d of %d tokens: %v, want %v within %v", l, i, tokens, got, want, slack)
				}
			}
		}
	}
}

// Each step in float32 gives, by vector, the bits of plain Go, sizes included
// that are no whole number of registers' pairs.
func TestVectorsGiveThePlainBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, l := range available(t)[1:] {
		for _, n := range []int{20, 32, 48, 96, 384} {
			xs, ys := anyFloats(r, n), anyFloats(r, n)
			both(t, l, fmt.Sprint("gelu ", n), xs, func(l lanes, xs []float32) { l.gelu(xs) })
			both(t, l, fmt.Sprint("add ", n), xs, func(l lanes, xs []float32) { l.add(xs, ys) })
			both(t, l, fmt.Sprint("norm ", n), xs, func(l lanes, xs []float32) { l.norm(xs, norm{ys, ys}) })
			both(t, l, fmt.Sprint("soften ", n), xs, func(l lanes, xs []float32) { xs[0] = l.soften(xs) })
			both(t, l, fmt.Sprint("quantise ", n), xs, func(l lanes, xs []float32) {
				d := &desk{tokens: 1, bytes: make([]uint8, n), scale: make([]float32, 1), zero: make([]int32, 1)}
				l.quantise(d, xs, n)
				for i, b := range d.bytes {
					xs[i] = float32(b)
				}
				xs[0], xs[1] = d.scale[0], float32(d.zero[0])
			})
		}
		for _, count := range []int{1, 3, 16, 17, 60, 132} {
			wide := anyFloats(r, (count+3)*3*headWidth)
			both(t, l, fmt.Sprint("attend ", count), wide, func(l lanes, wide []float32) {
				n := padded(count)
				d := &desk{wide: wide, seen: make([]float32, (count+3)*headWidth),
					keys: make([]float32, headWidth*n), scores: make([]float32, 4*n)}
				l.attend(d, 0, count, 0, headWidth)
				copy(wide, d.seen[:count*headWidth])
			})
		}
	}
}

// both runs do by plain Go and by l on copies of xs, and compares.
func both(t *testing.T, l lanes, what string, xs []float32, do func(lanes, []float32)) {
	t.Helper()
	want, got := append([]float32{}, xs...), append([]float32{}, xs...)
	do(plain, want)
	do(l, got)
	for i := range want {
		if math.Float32bits(want[i]) != math.Float32bits(got[i]) {
			t.Fatalf("%s, lanes %d: number %d is %v, want %v", what, l, i, got[i], want[i])
		}
	}
}

func TestGeluIsThatOfTheBooks(t *testing.T) {
	for x := -12.0; x <= 12; x += 1.0 / 512 {
		got := []float32{float32(x)}
		plainGelu(got)
		want := x / 2 * (1 + math.Erf(x/math.Sqrt2))
		if math.Abs(float64(got[0])-want) > 1e-6 {
			t.Fatalf("gelu(%v) = %v, want %v", x, got[0], want)
		}
	}
}

func TestExpIsThatOfTheBooks(t *testing.T) {
	for x := -86.9; x <= 87; x += 1.0 / 256 {
		want := math.Exp(float64(float32(x)))
		if got := float64(exp(float32(x))); math.Abs(got/want-1) > 1.2e-7 {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	if exp(-1e30) > 1e-37 {
		t.Errorf("exp(-1e30) = %v", exp(-1e30))
	}
}

func anyBytes[T uint8 | int8](r *rand.Rand, n int) []T {
	bytes := make([]T, n)
	for i := range bytes {
		bytes[i] = T(r.Uint32())
	}
	return bytes
}

// anyFloats gives numbers of many sizes, both signs and some zeros.
func anyFloats(r *rand.Rand, n int) []float32 {
	xs := make([]float32, n)
	for i := range xs {
		xs[i] = float32(r.NormFloat64() * math.Exp(r.NormFloat64()))
		if r.IntN(10) == 0 {
			xs[i] = 0
		}
	}
	return xs
}
