package embed

import (
	"cmp"
	"runtime"
	"slices"
	"sync"
)

// Hit is a row near the one asked for.
type Hit struct {
	Row    int // counted from 0
	Cosine float32
}

// Similar gives the k rows nearest to query, nearest first and of equals the
// earlier first. Rows are vectors end to end, Dim bytes each as AppendOf lays
// them, in memory or mapped from a file; an incomplete last one is left out. It
// looks at every row, on all cores: a million take some tens of milliseconds.
func Similar(query Vector, rows []byte, k int) []Hit {
	return SimilarIn(query, rows, []Stretch{{0, len(rows) / Dim}}, k, -1)
}

// Stretch is the rows from From up to To.
type Stretch struct{ From, To int }

// SimilarIn is Similar among the rows of some stretches, in rising order, and
// gives only rows whose cosine is floor at least.
func SimilarIn(query Vector, rows []byte, in []Stretch, k int, floor float32) []Hit {
	n := 0
	for _, s := range in {
		n += s.To - s.From
	}
	workers := min(runtime.GOMAXPROCS(0), n/leastRows+1)
	found := make([]nearest, workers)
	var all sync.WaitGroup
	for w := range found {
		all.Go(func() {
			found[w] = nearest{k: k, floor: below(floor)}
			found[w].lookIn(&query, rows, in, n*w/workers, n*(w+1)/workers)
		})
	}
	all.Wait()
	joined := found[0]
	for _, f := range found[1:] {
		joined.rows = append(joined.rows, f.rows...)
	}
	joined.cut()
	return joined.hits()
}

// leastRows are worth a goroutine of their own.
const leastRows = 4096

// Cosines sets dst[i] to the cosine of v with the i-th of rows.
func Cosines(dst []float32, v Vector, rows []byte) {
	var products [16]int32
	for at := 0; at < len(dst); at += len(products) {
		block := products[:min(len(products), len(dst)-at)]
		dots(block, &v, rows[at*Dim:])
		for i, product := range block {
			dst[at+i] = cosine(product)
		}
	}
}

// nearest keeps the k nearest rows met so far, and for speed some more.
type nearest struct {
	k     int
	floor int32 // what a row must pass to be kept
	rows  []scored
}

type scored struct {
	row     int
	product int32
}

// below gives the greatest product whose cosine is under floor.
func below(floor float32) int32 {
	if floor <= -1 {
		return -1 << 31 // products may lie a little beyond what a cosine is
	}
	product := int32(floor*Length*Length) + 1
	for cosine(product) >= floor {
		product--
	}
	return product
}

// lookIn looks at the rows from up to to, counted along the stretches.
func (n *nearest) lookIn(query *Vector, rows []byte, in []Stretch, from, to int) {
	for _, s := range in {
		size := s.To - s.From
		if first, last := max(from, 0), min(to, size); first < last {
			n.look(query, rows, s.From+first, s.From+last)
		}
		from, to = from-size, to-size
	}
	n.cut()
}

func (n *nearest) look(query *Vector, rows []byte, from, to int) {
	var products [256]int32
	for at := from; at < to; at += len(products) {
		block := products[:min(len(products), to-at)]
		dots(block, query, rows[at*Dim:to*Dim])
		for i, product := range block {
			if product > n.floor {
				n.keep(scored{at + i, product})
			}
		}
	}
}

func (n *nearest) keep(s scored) {
	if n.rows = append(n.rows, s); len(n.rows) >= 2*n.k+64 {
		n.cut()
	}
}

// cut leaves the k nearest. A later row must pass the last of them, since of
// equals the earlier is nearer.
func (n *nearest) cut() {
	slices.SortFunc(n.rows, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.product, a.product), cmp.Compare(a.row, b.row))
	})
	if len(n.rows) >= n.k {
		n.rows = n.rows[:max(0, n.k)]
		if n.k > 0 {
			n.floor = n.rows[n.k-1].product
		}
	}
}

func (n *nearest) hits() []Hit {
	hits := make([]Hit, len(n.rows))
	for i, s := range n.rows {
		hits[i] = Hit{s.row, cosine(s.product)}
	}
	return hits
}
