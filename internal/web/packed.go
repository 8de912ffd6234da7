package web

import (
	"bytes"
	"compress/flate"
	recent "container/list"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"strings"
	"sync"
)

// A long page is sent in pieces, each compressed by itself and kept: of a
// transcript that is opened again only what changed is compressed again. The
// pieces laid end to end are one gzip stream (RFC 1952), because each ends on a
// byte (a flush, RFC 1951 3.2.4) and refers to nothing before it.

// packed is one piece.
type packed struct {
	deflated []byte
	crc      uint32
	size     int // before it was compressed
}

func pack(piece []byte) packed {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, 5) // fails for levels that there are not
	_, _ = w.Write(piece)            // into memory
	_ = w.Flush()
	return packed{out.Bytes(), crc32.ChecksumIEEE(piece), len(piece)}
}

// packing remembers pieces by what they hold, so that none is ever out of date.
type packing struct {
	mu    sync.Mutex
	known map[[sha256.Size]byte]*recent.Element
	order recent.List // of *kept, last used first
	bytes int
}

type keptPiece struct {
	key [sha256.Size]byte
	packed
}

// maxPacked is how many bytes of pieces are remembered: about thirty
// transcripts of ten thousand turns.
const maxPacked = 24 << 20

func newPacking() *packing { return &packing{known: map[[sha256.Size]byte]*recent.Element{}} }

func (p *packing) pack(piece []byte) packed {
	key := sha256.Sum256(piece)
	p.mu.Lock()
	if e := p.known[key]; e != nil {
		p.order.MoveToFront(e)
		defer p.mu.Unlock()
		return e.Value.(*keptPiece).packed
	}
	p.mu.Unlock()
	made := pack(piece)
	p.keep(key, made)
	return made
}

func (p *packing) keep(key [sha256.Size]byte, made packed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known[key] != nil {
		return // another was as quick
	}
	p.known[key] = p.order.PushFront(&keptPiece{key, made})
	p.bytes += len(made.deflated)
	for p.bytes > maxPacked {
		last := p.order.Remove(p.order.Back()).(*keptPiece)
		delete(p.known, last.key)
		p.bytes -= len(last.deflated)
	}
}

// stream sends pieces to a browser.
type stream struct {
	w       http.ResponseWriter
	packing *packing // nil where the browser takes no gzip
	crc     uint32
	size    uint32
	err     error // why nothing more is sent: the reader has left
}

// newStream begins an answer.
func (s *server) newStream(w http.ResponseWriter, r *http.Request) *stream {
	out := &stream{w: w}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Vary", "Accept-Encoding")
	if takesGzip(r) {
		out.packing = s.packing
		w.Header().Set("Content-Encoding", "gzip")
		out.write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255})
	}
	return out
}

func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}

func (s *stream) write(b []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(b)
	}
}

// send sends a piece that is there once.
func (s *stream) send(piece []byte) { s.sendAs(piece, pack) }

// sendKept sends a piece that is likely to be sent again.
func (s *stream) sendKept(piece []byte) {
	if s.packing == nil {
		s.write(piece)
		return
	}
	s.sendAs(piece, s.packing.pack)
}

func (s *stream) sendAs(piece []byte, pack func([]byte) packed) {
	if s.packing == nil {
		s.write(piece)
		return
	}
	p := pack(piece)
	s.crc = joinCRC(s.crc, p.crc, p.size)
	s.size += uint32(p.size)
	s.write(p.deflated)
}

// flush lets the browser show what it has.
func (s *stream) flush() {
	if s.err == nil {
		s.err = http.NewResponseController(s.w).Flush()
	}
}

// end closes the gzip stream: an empty last block, and what it all adds up to.
func (s *stream) end() {
	if s.packing == nil {
		return
	}
	tail := binary.LittleEndian.AppendUint32([]byte{3, 0}, s.crc)
	s.write(binary.LittleEndian.AppendUint32(tail, s.size))
}

// joinCRC gives the checksum of two pieces laid end to end, of theirs and the
// second's length: the first, moved on by so many zero bytes (by squaring a
// matrix over GF(2), as zlib does), and the second.
func joinCRC(first, second uint32, size int) uint32 {
	step := zeroBit()
	for range 3 {
		step = step.times(step) // of one byte
	}
	for ; size > 0; size >>= 1 {
		if size&1 == 1 {
			first = step.of(first)
		}
		step = step.times(step)
	}
	return first ^ second
}

// bits is a matrix over GF(2), by columns.
type bits [32]uint32

// zeroBit is what one more zero bit does to a checksum.
func zeroBit() (m bits) {
	m[0] = crc32.IEEE
	for i := 1; i < 32; i++ {
		m[i] = 1 << (i - 1)
	}
	return m
}

func (m bits) of(v uint32) (sum uint32) {
	for i := range m {
		sum ^= m[i] & -(v >> i & 1)
	}
	return sum
}

func (m bits) times(o bits) (product bits) {
	for i := range product {
		product[i] = m.of(o[i])
	}
	return product
}
