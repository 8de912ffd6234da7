// Package weights is the encoder that comes with the program: that of the
// careful pass. Smaller ones, which read something else, stand on its embeddings
// and first layers (see [encoder.ReadAbove]), so it lies beside none of them.
//
//	logits := weights.Careful().Logits(nil, rows)
//	aims := weights.Above(weightsOfAims)
package weights

import (
	_ "embed"
	"sync"

	"github.com/headway-oss/headway/internal/encoder"
)

//go:embed careful.encoder
var ofCareful []byte

var careful = sync.OnceValue(func() *encoder.Model { return mustRead(nil, ofCareful) })

// Careful is the encoder of the careful pass. It is read when it is first asked for.
func Careful() *encoder.Model { return careful() }

// Above reads weights that are part of the program, too, and stand on [Careful].
func Above(weights []byte) *encoder.Model { return mustRead(Careful(), weights) }

// Mark tells one encoder of the careful pass from another: the sum at the end of
// its file.
func Mark() []byte { return ofCareful[len(ofCareful)-4:] }

func mustRead(below *encoder.Model, weights []byte) *encoder.Model {
	model, err := encoder.ReadAbove(below, weights)
	if err != nil {
		panic(err) // part of the program, and a test reads it
	}
	return model
}
