package embed

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// table.bin is what tools/distill fitted: the eight bytes of tableMark, the
// weight of each piece (16 bits, little-endian, below 1,024), then for each
// piece Dim signed bytes. A piece counts in a text as its weight times its row.
//
//go:embed table.bin
var tableFile []byte

const tableMark = "embed\x001\n"

// pieceTable is read where it lies in the program; only the weights are unpacked.
type pieceTable struct {
	weights [Pieces]int32
	rows    []byte
}

var table = sync.OnceValue(func() *pieceTable {
	const head = len(tableMark) + 2*Pieces
	if len(tableFile) != head+Pieces*Dim || string(tableFile[:len(tableMark)]) != tableMark {
		panic("table.bin is not of this program") // a fault of the build
	}
	t := &pieceTable{rows: tableFile[head:]}
	weights := tableFile[len(tableMark):head]
	for i := range t.weights {
		t.weights[i] = int32(binary.LittleEndian.Uint16(weights[2*i:]))
	}
	return t
})

func (t *pieceTable) addRow(sum *[Dim]int32, piece int32) {
	add(sum, (*[Dim]byte)(t.rows[int(piece)*Dim:]), t.weights[piece])
}
