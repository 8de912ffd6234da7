package encoder

import (
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"math"
	"unsafe"

	"github.com/headway-oss/headway"
)

// Header is the part of a weights file that names things.
type Header struct {
	Name      string  `json:"name"`      // of these weights, with their version
	Layers    int     `json:"layers"`    // at least 1
	Width     int     `json:"width"`     // of a state; a multiple of 32
	Heads     int     `json:"heads"`     // of attention, each 32 wide
	Feed      int     `json:"feed"`      // inner width of the feed-forward; a multiple of 32
	Pieces    int     `json:"pieces"`    // ids run below this
	Kept      int     `json:"kept"`      // pieces with a row of their own; the same as Pieces if all
	Positions int     `json:"positions"` // at least as many as the longest row has tokens
	CLS       int32   `json:"cls"`
	SEP       int32   `json:"sep"`
	UNK       int32   `json:"unk"`
	Sentence  int     `json:"sentence"` // most pieces of the sentence, the first
	Before    int     `json:"before"`   // most pieces of what stood before, the last
	Question  int     `json:"question"` // most pieces of the question, the last
	Labels    []Label `json:"labels"`
	// Above is how many layers, with the embeddings below them, are not in the file
	// but those of another model, named On: both learned from the same beginning,
	// which stayed as it was in both.
	Above int    `json:"above,omitempty"`
	On    string `json:"on,omitempty"`
}

// longest is the number of tokens of a row that reaches every limit.
func (h Header) longest() int { return h.Sentence + h.Before + h.Question + 4 }

const magic = "HWENC001"

// Read makes a model of a weights file. The word embedding stays where it is in
// weights, which must not change afterwards. A file that is cut off, damaged or
// of another kind is an Invalid error.
func Read(weights []byte) (*Model, error) { return ReadAbove(nil, weights) }

// ReadAbove makes a model of a weights file that holds only what stands above the
// embeddings and first layers of another model. Invalid where it is not made for
// that one.
func ReadAbove(below *Model, weights []byte) (_ *Model, err error) {
	defer headway.Wrap(&err, "read the encoder's weights")
	if len(weights) < len(magic)+8 || string(weights[:len(magic)]) != magic {
		return nil, headway.Errorf(headway.Invalid, "these bytes are no encoder: write them with tools/distill/export_encoder.py")
	}
	body, sum := weights[:len(weights)-4], binary.LittleEndian.Uint32(weights[len(weights)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return nil, headway.Errorf(headway.Invalid, "the file is damaged: fetch it again")
	}
	r := &reader{rest: body[len(magic):]}
	m := &Model{lanes: widest()}
	if err := json.Unmarshal(r.take(int(r.uint32())), &m.header); err != nil {
		return nil, headway.Errorf(headway.Invalid, "the header is not as expected: %w", err)
	}
	if err := m.header.check(); err != nil {
		return nil, err
	}
	if err := m.stand(below); err != nil {
		return nil, err
	}
	m.fill(r)
	if r.short || len(r.rest) > 0 {
		return nil, headway.Errorf(headway.Invalid, "the file is not as long as its header says: export it again")
	}
	m.desks.New = func() any { return m.newDesk() }
	return m, nil
}

// check refuses what the arithmetic cannot do.
func (h Header) check() error {
	isId := func(id int32) bool { return id >= 0 && int(id) < h.Pieces }
	switch {
	case h.Layers < 1 || h.Layers > 48, h.Width < tileWidth || h.Width > 4096 || h.Width%tileWidth != 0,
		h.Feed < tileWidth || h.Feed > 16384 || h.Feed%tileWidth != 0:
		return headway.Errorf(headway.Invalid, "%d layers of width %d and %d: widths must be multiples of %d", h.Layers, h.Width, h.Feed, tileWidth)
	case h.Heads != h.Width/headWidth:
		return headway.Errorf(headway.Invalid, "%d heads in a width of %d: each must be %d wide", h.Heads, h.Width, headWidth)
	case h.Sentence < 1 || h.Before < 0 || h.Question < 0 || h.Positions > 4096 ||
		max(h.Sentence, h.Before, h.Question) > h.Positions || h.longest() > h.Positions:
		return headway.Errorf(headway.Invalid, "rows of up to %d tokens, but %d positions", h.longest(), h.Positions)
	case h.Pieces > 1<<18 || h.Kept < 1 || h.Kept > h.Pieces || !isId(h.CLS) || !isId(h.SEP) || !isId(h.UNK):
		return headway.Errorf(headway.Invalid, "%d of %d pieces kept, or a special piece is not among them", h.Kept, h.Pieces)
	case len(h.Labels) < 1 || len(h.Labels) > 4096:
		return headway.Errorf(headway.Invalid, "%d labels", len(h.Labels))
	}
	return nil
}

// stand takes the embeddings and first layers of another model where the file
// leaves them out.
func (m *Model) stand(below *Model) error {
	h := m.header
	if h.Above == 0 {
		return nil
	}
	if below == nil || below.Name() != h.On {
		return headway.Errorf(headway.Invalid, "these weights stand on those named %q: read them with that model", h.On)
	}
	b := below.header
	if h.Above < 0 || h.Above > min(h.Layers, b.Layers) || h.Width != b.Width || h.Feed != b.Feed || h.Pieces != b.Pieces || h.Positions != b.Positions {
		return headway.Errorf(headway.Invalid, "these weights do not fit %q: export both again", b.Name)
	}
	m.known, m.words, m.places, m.first = below.known, below.words, below.places, below.first
	m.layers = below.layers[:h.Above:h.Above]
	return nil
}

// fill takes the numbers in the order of the file.
func (m *Model) fill(r *reader) {
	h := m.header
	if h.Above == 0 {
		if h.Kept < h.Pieces {
			m.known = r.known(h)
		}
		m.words = table{r.floats(h.Kept), r.ints(h.Kept * h.Width)}
		m.places = r.floats((h.Positions + 2) * h.Width)
		m.first = r.norm(h.Width)
	}
	for range h.Layers - h.Above {
		var l layer
		l.look = r.matrix(h.Width, 3*h.Width)
		l.join, l.joined = r.matrix(h.Width, h.Width), r.norm(h.Width)
		l.up = r.matrix(h.Width, h.Feed)
		l.down, l.out = r.matrix(h.Feed, h.Width), r.norm(h.Width)
		if r.short {
			return
		}
		l.scaleQueries(h.Width)
		m.layers = append(m.layers, l)
	}
	m.head = head{r.floats(len(h.Labels) * 2 * h.Width), r.floats(len(h.Labels))}
}

// scaleQueries divides queries by the root of a head's width once and for all.
func (l *layer) scaleQueries(width int) {
	root := float32(1 / math.Sqrt(headWidth))
	for i := range width {
		l.look.scale[i] *= root
		l.look.bias[i] *= root
	}
}

// reader takes numbers off the front of a file. Once the file has proved too
// short it gives nothing more.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) || r.short {
		r.short = true
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) uint32() uint32 {
	b := r.take(4)
	if r.short {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

func (r *reader) floats(n int) []float32 {
	b := r.take(4 * n)
	if r.short {
		return nil
	}
	xs := make([]float32, n)
	for i := range xs {
		xs[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return xs
}

func (r *reader) norm(width int) norm { return norm{r.floats(width), r.floats(width)} }

func (r *reader) matrix(in, out int) *matrix {
	scale, bias, rows := r.floats(out), r.floats(out), r.ints(out*in)
	if r.short {
		return nil
	}
	return pack(in, out, rows, scale, bias)
}

// known reads which pieces have a row, and gives every piece its own or that of
// [UNK].
func (r *reader) known(h Header) []int32 {
	known := make([]int32, h.Pieces)
	for i := range known {
		known[i] = -1
	}
	for row := range h.Kept {
		if id := r.uint32(); id < uint32(h.Pieces) {
			known[id] = int32(row)
		}
	}
	unknown := max(0, known[h.UNK])
	for i, row := range known {
		if row < 0 {
			known[i] = unknown
		}
	}
	return known
}

// ints gives n bytes as they lie in the file, seen as int8: the word embedding
// is twelve megabytes that need not stand in memory twice.
func (r *reader) ints(n int) []int8 {
	b := r.take(n)
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), n)
}
