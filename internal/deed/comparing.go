package deed

import (
	"unicode"

	"github.com/headway-oss/headway"
)

// Comparing words a text anew where nobody recorded the edits: what was kept is
// found by comparing both.
func Comparing(old headway.TextVersion, words string) (headway.Correction, headway.TextVersion, error) {
	_, _, err := edited(old, []Edit{{0, old.Len(), words}})
	if err != nil {
		return headway.Correction{}, headway.TextVersion{}, err
	}
	now := headway.NewText(old.ID.Turn(), lines(words))
	c := between([]headway.TextVersion{old}, []headway.TextVersion{now})
	c.Kept, c.Compared = shared(old, now), true
	return c, now, nil
}

// shared finds which words two texts share. A word is kept only where all best
// ways to lay the texts side by side agree on where it went; of words that could
// have gone to either of two places, none is. Texts that differ in too much to be
// compared share nothing.
func shared(old, now headway.TextVersion) (kept []headway.Piece) {
	a, b := tokens(old.Text), tokens(now.Text)
	for _, pair := range agreed(a, b) {
		from, to := a[pair.from], b[pair.to]
		p := headway.Piece{From: headway.Span{Text: old.ID, Start: from.start, End: from.end}, To: headway.Span{Text: now.ID, Start: to.start, End: to.end}}
		if len(kept) > 0 && pair.follows && from.gap == to.gap {
			last := &kept[len(kept)-1]
			last.From.End, last.To.End = p.From.End, p.To.End
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// token is a word or a mark of a text, with the white space before it.
type token struct {
	words, gap string
	start, end int // code points
}

func tokens(text string) (all []token) {
	points := []rune(text)
	cuts := words(points)
	gap := ""
	for start := 0; start < len(points); {
		end := start + 1
		for !cuts[end] {
			end++
		}
		if piece := string(points[start:end]); unicode.IsSpace(points[start]) {
			gap += piece
		} else {
			all = append(all, token{words: piece, gap: gap, start: start, end: end})
			gap = ""
		}
		start = end
	}
	return all
}

// mostCells bounds the work and the memory of a comparison: 16 MB.
const mostCells = 2 << 20

// pair is a token of one text that is a token of another, by their indexes.
type pair struct {
	from, to int
	follows  bool // the tokens before both are a pair too
}

// agreed lists the pairs of tokens on which all longest common subsequences of a
// and b agree.
//
// A best alignment never leaves the diagonals that lie as far aside as there are
// tokens to drop or add, of which what is left between the common beginning and
// the common end is an upper bound; only those are reckoned.
func agreed(a, b []token) (pairs []pair) {
	g := newGrid(a, b)
	if g == nil {
		return nil
	}
	best := g.forth[g.at(len(a), len(b))]
	to := make([]int, len(a)) // 1 + where a token goes; 0 nowhere for sure
	for i := range a {
		for j := g.low(i); j <= g.high(i); j++ {
			if j < len(b) && a[i].words == b[j].words && g.near(i+1, j+1) && g.forth[g.at(i, j)]+1+g.back[g.at(i+1, j+1)] == best {
				if to[i] != 0 {
					to[i] = -1 // either of two
				} else {
					to[i] = j + 1
				}
			}
			if g.near(i+1, j) && g.forth[g.at(i, j)]+g.back[g.at(i+1, j)] == best {
				to[i] = -1 // or nowhere
			}
			if to[i] < 0 {
				break
			}
		}
	}
	for i, j := range to {
		if j <= 0 {
			continue
		}
		pairs = append(pairs, pair{from: i, to: j - 1, follows: i > 0 && j > 1 && to[i-1] == j-1})
	}
	return pairs
}

// grid holds the lengths of the longest common subsequences of all beginnings
// (forth) and of all endings (back), for pairs of places not further apart than
// some diagonals.
type grid struct {
	rows, columns int
	left, width   int
	forth, back   []int32
}

func newGrid(a, b []token) *grid {
	begin := 0
	for begin < min(len(a), len(b)) && a[begin].words == b[begin].words {
		begin++
	}
	end := 0
	for end < min(len(a), len(b))-begin && a[len(a)-1-end].words == b[len(b)-1-end].words {
		end++
	}
	dropped, added := len(a)-begin-end, len(b)-begin-end
	g := &grid{rows: len(a), columns: len(b), left: dropped, width: dropped + added + 1}
	cells := (len(a) + 1) * g.width
	if cells > mostCells {
		return nil
	}
	g.forth, g.back = make([]int32, cells), make([]int32, cells)
	for i := 0; i <= len(a); i++ {
		for j := g.low(i); j <= g.high(i); j++ {
			g.forth[g.at(i, j)] = g.step(g.forth, i, j, -1, i > 0 && j > 0 && a[i-1].words == b[j-1].words)
		}
	}
	for i := len(a); i >= 0; i-- {
		for j := g.high(i); j >= g.low(i); j-- {
			g.back[g.at(i, j)] = g.step(g.back, i, j, 1, i < len(a) && j < len(b) && a[i].words == b[j].words)
		}
	}
	return g
}

// step is the longest that leads to a pair of places from those before it.
func (g *grid) step(table []int32, i, j, by int, same bool) (longest int32) {
	if g.near(i+by, j) {
		longest = table[g.at(i+by, j)]
	}
	if g.near(i, j+by) {
		longest = max(longest, table[g.at(i, j+by)])
	}
	if same {
		longest = max(longest, table[g.at(i+by, j+by)]+1)
	}
	return longest
}

func (g *grid) low(i int) int      { return max(0, i-g.left) }
func (g *grid) high(i int) int     { return min(g.columns, i-g.left+g.width-1) }
func (g *grid) at(i, j int) int    { return i*g.width + j - i + g.left }
func (g *grid) near(i, j int) bool { return i >= 0 && i <= g.rows && j >= g.low(i) && j <= g.high(i) }
