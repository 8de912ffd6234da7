package embed

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProductsAreTheSameWithAndWithoutAssembly(t *testing.T) {
	rows := randomRows(301)
	for i := range Dim { // the outermost values, whose sum is the largest
		rows[i], rows[Dim+i] = 0x80, 0x7f
	}
	for n := range 300 {
		query := rowAt(rows, n)
		got, want := make([]int32, n), make([]int32, n)
		dots(got, &query, rows)
		dotsPortable(want, &query, rows)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%d rows, portable against this machine's:\n%s", n, diff)
		}
	}
}

func TestSumsAreTheSameWithAndWithoutAssembly(t *testing.T) {
	rows := randomRows(301)
	var got, want [Dim]int32
	for i := range int32(301) {
		row, weight := (*[Dim]byte)(rows[i*Dim:]), i*i%1024
		add(&got, row, weight)
		addPortable(&want, row, weight)
	}
	if got != want {
		t.Errorf("portable %v\nthis machine's %v", want, got)
	}
}

func TestSimilarGivesTheNearestRowsFirstAndOfEqualsTheEarlier(t *testing.T) {
	rows := randomRows(20_000)
	copy(rows[15_000*Dim:], rows[:5_000*Dim]) // every row of these has an equal
	query := rowAt(rows, 77)
	for _, k := range []int{0, 1, 2, 50, 30_000} {
		if diff := cmp.Diff(sortedByProduct(query, rows, k), Similar(query, rows, k)); diff != "" {
			t.Errorf("the first %d, sorted against found:\n%s", k, diff)
		}
	}
}

func TestSimilarLeavesOutAnIncompleteRow(t *testing.T) {
	rows := randomRows(3)
	if got := Similar(rowAt(rows, 0), rows[:2*Dim+5], 9); len(got) != 2 {
		t.Errorf("%d rows of 2 whole ones", len(got))
	}
	if got := Similar(Vector{}, nil, 9); len(got) != 0 {
		t.Errorf("%d rows of none", len(got))
	}
}

func TestSimilarInLooksAtItsStretchesOnlyAndNotBelowTheFloor(t *testing.T) {
	rows := randomRows(20_000)
	query := rowAt(rows, 77)
	in := []Stretch{{0, 0}, {10, 90}, {90, 90}, {5_000, 14_000}, {19_990, 20_000}}
	inside := func(row int) bool {
		return slices.ContainsFunc(in, func(s Stretch) bool { return s.From <= row && row < s.To })
	}
	all := sortedByProduct(query, rows, 20_000)
	for _, floor := range []float32{-1, 0, all[20].Cosine, 1} {
		want := slices.DeleteFunc(slices.Clone(all), func(h Hit) bool { return !inside(h.Row) || h.Cosine < floor })
		if len(want) == 0 {
			t.Fatalf("nothing lies above %v", floor)
		}
		want = want[:min(len(want), 50)]
		if diff := cmp.Diff(want, SimilarIn(query, rows, in, 50, floor)); diff != "" {
			t.Errorf("from %v on, sorted against found:\n%s", floor, diff)
		}
	}
}

func sortedByProduct(query Vector, rows []byte, k int) []Hit {
	var all nearest
	for i := range len(rows) / Dim {
		v := rowAt(rows, i)
		all.rows = append(all.rows, scored{i, dot(&query, &v)})
	}
	slices.SortStableFunc(all.rows, func(a, b scored) int { return int(b.product - a.product) })
	all.rows = all.rows[:min(k, len(all.rows))]
	return all.hits()
}

func BenchmarkSimilarOfAMillion(b *testing.B) {
	rows := randomRows(1_000_000)
	query := rowAt(rows, 77)
	for b.Loop() {
		Similar(query, rows, 50)
	}
}

func BenchmarkProductsOfAThousandRowsPortable(b *testing.B) {
	rows, out := randomRows(1000), make([]int32, 1000)
	query := rowAt(rows, 77)
	for b.Loop() {
		dotsPortable(out, &query, rows)
	}
}

func BenchmarkProductsOfAThousandRows(b *testing.B) {
	rows, out := randomRows(1000), make([]int32, 1000)
	query := rowAt(rows, 77)
	for b.Loop() {
		dots(out, &query, rows)
	}
}

func randomRows(n int) []byte {
	rows := make([]byte, n*Dim)
	source := rand.NewPCG(1, 2)
	for i := 0; i < len(rows); i += 8 {
		r := source.Uint64()
		for j := range 8 {
			rows[i+j] = byte(int8(r>>(8*j)) / 2)
		}
	}
	return rows
}

func rowAt(rows []byte, i int) (v Vector) {
	for j, b := range rows[i*Dim : (i+1)*Dim] {
		v[j] = int8(b)
	}
	return v
}
