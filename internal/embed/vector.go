package embed

import "math"

const (
	// Dim is how many numbers a vector has.
	Dim = 256

	// Length is how long every vector is, to a hundredth of it, but that of a
	// text without a word, which is zero. The cosine of two is so their product
	// over Length squared. Their numbers are spread evenly by a turn of the
	// table; at this length hardly one in a million has to be cut to a byte.
	Length = 400
)

// Vector says what a text means: texts that mean the same have vectors that
// point the same way. The same text has the same vector on every machine.
type Vector [Dim]int8

// Of gives the vector of a text, best of one sentence. Only the first 16,384
// word pieces count.
func Of(text string) Vector {
	var room [192]int32 // most sentences fit
	return ofPieces(AppendPieces(room[:0], text))
}

// AppendOf appends the vector of text to rows, Dim bytes, as Similar reads them.
func AppendOf(rows []byte, text string) []byte {
	v := Of(text)
	for _, n := range v {
		rows = append(rows, byte(n))
	}
	return rows
}

// Cosine says how near two texts are in meaning: 1 the same, 0 nothing to do
// with each other; below it is rare. A text without a word is near nothing.
func Cosine(a, b Vector) float32 { return cosine(dot(&a, &b)) }

func cosine(product int32) float32 {
	return max(-1, min(1, float32(product)/(Length*Length)))
}

// mostPieces keeps a sum below 2^31: a weight is under 2^10, a number under 2^7.
const mostPieces = 1 << 14

// ofPieces sums in whole numbers, so that no order and no machine matters, lets
// the layer add to the sum, and sets it to Length.
func ofPieces(pieces []int32) Vector {
	var sum [Dim]int32
	known := table()
	for _, piece := range pieces[:min(len(pieces), mostPieces)] {
		known.addRow(&sum, piece)
	}
	var x [Dim]float64
	for i, n := range sum {
		x[i] = float64(n)
	}
	length := lengthen(&x)
	if length == 0 {
		return Vector{}
	}
	known.layer.addTo(&x, length)
	lengthen(&x)
	return rounded(&x)
}

// lengthen sets x to Length, and gives the length it had; 0 stays 0.
func lengthen(x *[Dim]float64) float64 {
	squares := 0.0
	for _, n := range x {
		squares += float64(n * n) // the conversion forbids a fused, differently rounded add
	}
	length := math.Sqrt(squares)
	if length == 0 {
		return 0
	}
	for i := range x {
		x[i] *= Length / length
	}
	return length
}

func rounded(x *[Dim]float64) (v Vector) {
	for i, n := range x {
		v[i] = int8(math.RoundToEven(max(-127, min(127, n))))
	}
	return v
}
