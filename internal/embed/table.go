package embed

import (
	_ "embed"
	"encoding/binary"
	"math"
	"sync"
)

// table.bin is what tools/distill fitted, all of it little-endian: the eight
// bytes of tableMark; the weight of each piece (16 bits, below 1,024), then for
// each piece Dim signed bytes, and a piece counts in a text as its weight times its
// row; then the layer: its rows up, their scales, biases and shares of the
// sum's length (float32), its rows down, part by part, their scales and biases.
//
//go:embed table.bin
var tableFile []byte

const tableMark = "embed\x002\n"

// tableSize is how long the file is.
const tableSize = len(tableMark) + Pieces*(2+Dim) + hidden*(Dim+3*4) + Dim*(hidden+2*4)

// pieceTable is read where it lies in the program; only the numbers of more than a
// byte are unpacked.
type pieceTable struct {
	weights [Pieces]int32
	rows    []byte
	layer   layer
}

var table = sync.OnceValue(func() *pieceTable {
	if len(tableFile) != tableSize || string(tableFile[:len(tableMark)]) != tableMark {
		panic("table.bin is not of this program") // a fault of the build
	}
	rest := tableFile[len(tableMark):]
	next := func(size int) (part []byte) {
		part, rest = rest[:size], rest[size:]
		return part
	}
	floats := func(to []float32) {
		part := next(4 * len(to))
		for i := range to {
			to[i] = math.Float32frombits(binary.LittleEndian.Uint32(part[4*i:]))
		}
	}
	t := &pieceTable{}
	weights := next(2 * Pieces)
	for i := range t.weights {
		t.weights[i] = int32(binary.LittleEndian.Uint16(weights[2*i:]))
	}
	t.rows = next(Pieces * Dim)
	l := &t.layer
	l.up = next(hidden * Dim)
	floats(l.upScale[:])
	floats(l.upBias[:])
	floats(l.upLength[:])
	for part := range l.down {
		l.down[part] = next(Dim * Dim)
	}
	floats(l.downScale[:])
	floats(l.downBias[:])
	return t
})

func (t *pieceTable) addRow(sum *[Dim]int32, piece int32) {
	add(sum, (*[Dim]byte)(t.rows[int(piece)*Dim:]), t.weights[piece])
}
