package embed

import "math"

// hidden is how many numbers the layer has between its two halves, and
// hiddenParts how many vectors they fill.
const (
	hidden      = 512
	hiddenParts = hidden / Dim
)

// layer adds to a sum of pieces what the sum alone cannot tell: that two pieces
// together mean another thing than each. It multiplies bytes, and scales what comes out, so
// that it gives the same on every machine.
type layer struct {
	up                        []byte // hidden rows of Dim
	upScale, upBias, upLength [hidden]float32
	down                      [hiddenParts][]byte // Dim rows of Dim each
	downScale, downBias       [Dim]float32
}

// addTo adds to x, of length Length, what the layer makes of it and of how long
// the sum was: a long text's, or one of weighty pieces, is longer.
func (l *layer) addTo(x *[Dim]float64, length float64) {
	v := rounded(x)
	var products [hidden]int32
	dots(products[:], &v, l.up)
	var mid [hiddenParts]Vector
	for i, product := range products {
		n := scaled(product, l.upScale[i], l.upBias[i]) + float64(length*float64(l.upLength[i]))
		mid[i/Dim][i%Dim] = int8(math.RoundToEven(max(0, min(127, n))))
	}
	var sums [Dim]int32
	for part, down := range l.down {
		dots(products[:Dim], &mid[part], down)
		for i, product := range products[:Dim] {
			sums[i] += product
		}
	}
	for i, sum := range sums {
		x[i] += scaled(sum, l.downScale[i], l.downBias[i])
	}
}

// scaled converts the product before it adds, which forbids a fused,
// differently rounded multiplication and addition.
func scaled(n int32, scale, bias float32) float64 {
	return float64(float64(n)*float64(scale)) + float64(bias)
}
