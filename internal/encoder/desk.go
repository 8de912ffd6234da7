package encoder

// Laying rows out on a desk: the memory of one goroutine at work, with the
// tokens of several rows one behind the other and no padding between them.

// desk holds the states of one batch. Every row of numbers is as wide as the
// step that wrote it, and there is room for rowsPerTile-1 rows beyond the last,
// because products are made for whole tiles.
type desk struct {
	spans  []span
	tokens int
	state  []float32 // [token][width]: the residual stream
	seen   []float32 // [token][width]: what attention brought
	side   []float32 // [token][width]: what is about to join the stream
	wide   []float32 // [token][3*width] or [token][feed]
	mean   []float32 // [width]

	bytes []uint8 // the quantised input of the next product
	scale []float32
	zero  []int32

	keys   []float32 // [headWidth][keys of one row, padded]
	scores []float32 // [4][keys of one row, padded]
}

// span is where one row lies on the desk: tokens from to to, of which own
// pieces behind the first are the sentence's.
type span struct{ from, to, own int }

func (m *Model) newDesk() *desk {
	h := m.header
	rows := batch + h.longest() + rowsPerTile
	widest := max(3*h.Width, h.Feed)
	return &desk{
		state:  make([]float32, rows*h.Width),
		seen:   make([]float32, rows*h.Width),
		side:   make([]float32, rows*h.Width),
		wide:   make([]float32, rows*widest),
		mean:   make([]float32, h.Width),
		bytes:  make([]uint8, rows*max(h.Width, h.Feed)),
		scale:  make([]float32, rows),
		zero:   make([]int32, rows),
		keys:   make([]float32, headWidth*padded(h.longest())),
		scores: make([]float32, 4*padded(h.longest())),
	}
}

// lay puts the embeddings of the first rows on the desk, as many as make a
// batch, and tells how many they are.
func (d *desk) lay(m *Model, rows []Row) int {
	d.spans, d.tokens = d.spans[:0], 0
	for _, r := range rows {
		if d.tokens >= batch {
			break
		}
		d.layRow(m, r)
	}
	for _, s := range d.spans {
		for t := s.from; t < s.to; t++ {
			m.lanes.norm(d.state[t*m.header.Width:][:m.header.Width], m.first)
		}
	}
	return len(d.spans)
}

func (d *desk) layRow(m *Model, r Row) {
	h := m.header
	sentence := r.Sentence[:min(len(r.Sentence), h.Sentence)]
	before := r.Before[max(0, len(r.Before)-h.Before):]
	question := r.Question[max(0, len(r.Question)-h.Question):]
	from := d.tokens
	put := func(id int32, kind int) {
		m.embed(d.state[d.tokens*h.Width:][:h.Width], id, d.tokens-from, kind)
		d.tokens++
	}
	put(h.CLS, 0)
	for _, id := range sentence {
		put(id, 0)
	}
	put(h.SEP, 0)
	for _, part := range [2][]int32{before, question} {
		for _, id := range part {
			put(id, 1)
		}
		put(h.SEP, 1)
	}
	d.spans = append(d.spans, span{from, d.tokens, len(sentence)})
}

// embed writes the sum of a piece's word, position and type embeddings.
func (m *Model) embed(dst []float32, id int32, place, kind int) {
	width := m.header.Width
	row := m.row(id)
	scale := m.words.scale[row]
	word := m.words.bytes[row*width:][:width]
	position := m.places[place*width:][:width]
	kinds := m.places[(m.header.Positions+kind)*width:][:width]
	for i := range dst {
		dst[i] = float32(float32(word[i])*scale) + position[i] + kinds[i]
	}
}

// row finds a piece in the word table; a piece that is not there is [UNK].
func (m *Model) row(id int32) int {
	if id < 0 || int(id) >= m.header.Pieces {
		id = m.header.UNK
	}
	if m.known == nil {
		return int(id)
	}
	return int(m.known[id])
}

// keepOwn drops every token but [CLS] and the sentence's own pieces: behind the
// last attention nothing looks at the others any more.
func (d *desk) keepOwn(width int) {
	to := 0
	for i, s := range d.spans {
		n := 1 + s.own
		copy(d.state[to*width:], d.state[s.from*width:][:n*width])
		copy(d.seen[to*width:], d.seen[s.from*width:][:n*width])
		d.spans[i] = span{to, to + n, s.own}
		to += n
	}
	d.tokens = to
}
