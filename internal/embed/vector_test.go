package embed_test

import (
	"hash/crc32"
	"math"
	"strings"
	"testing"

	"github.com/headway-oss/headway/internal/embed"
)

func TestATextWithoutAWordIsNearNothing(t *testing.T) {
	for _, text := range []string{"", " \t\n", "\u0301", "\x00"} {
		v := embed.Of(text)
		if v != (embed.Vector{}) || embed.Cosine(v, v) != 0 {
			t.Errorf("%q has the vector %v", text, v)
		}
	}
}

func TestEveryVectorHasTheSameLength(t *testing.T) {
	texts := drawSentences(t, 2_000)
	texts = append(texts, strings.Fields(strings.Join(texts, " "))...)
	texts = append(texts, strings.Repeat("We count by hand. ", 100_000))
	for _, text := range texts {
		v, squares := embed.Of(text), 0
		for _, n := range v {
			squares += int(n) * int(n)
		}
		if length := math.Sqrt(float64(squares)); math.Abs(length-embed.Length) > embed.Length/100 {
			t.Errorf("%.60q has a vector %.1f long", text, length)
		}
	}
}

func TestCaseAndSpacesDoNotMatterAndWordsDo(t *testing.T) {
	v := embed.Of("We count by hand.")
	if same := embed.Of("  WE COUNT\tby hand . "); same != v {
		t.Error("the same words have another vector")
	}
	if c := embed.Cosine(v, v); math.Abs(float64(c)-1) > .02 {
		t.Errorf("a text is at %v to itself", c)
	}
	if c := embed.Cosine(v, embed.Of("My sister lives in Spain.")); c > .4 {
		t.Errorf("texts that have nothing in common are at %v", c)
	}
}

// Invented sentences; the two of a line mean the same, and but for small words
// share none.
var sameMeaning = [][2]string{
	{"It was far too expensive.", "The price was more than we could pay."},
	{"We count the stock by hand every Friday.", "Each week somebody walks through the warehouse and writes the numbers on paper."},
	{"I was afraid of making a mistake.", "She worries that she will get it wrong."},
	{"The form was so confusing that I went away.", "They gave up because it was hard to fill in."},
	{"My boss decided that we would switch.", "It was the manager who chose the new system."},
}

func TestSentencesThatMeanTheSameAreNearestToEachOther(t *testing.T) {
	for i, same := range sameMeaning {
		near := embed.Cosine(embed.Of(same[0]), embed.Of(same[1]))
		for j, other := range sameMeaning {
			if far := embed.Cosine(embed.Of(same[0]), embed.Of(other[1])); i != j && far >= near {
				t.Errorf("%q is at %.2f to %q and at %.2f to %q", same[0], near, same[1], far, other[1])
			}
		}
	}
}

// A new table changes this number; another machine must not.
func TestVectorsAreTheSameOnEveryMachine(t *testing.T) {
	const want = 0x2e2d6939
	var rows []byte
	for _, same := range sameMeaning {
		rows = embed.AppendOf(embed.AppendOf(rows, same[0]), same[1])
	}
	if got := crc32.ChecksumIEEE(rows); got != want {
		t.Errorf("the vectors have the checksum %#x, want %#x", got, want)
	}
}

func TestAppendedBytesAreTheVector(t *testing.T) {
	v := embed.Of("We count by hand.")
	rows := embed.AppendOf(embed.AppendOf(nil, "Something else."), "We count by hand.")
	if len(rows) != 2*embed.Dim {
		t.Fatalf("%d bytes for two vectors", len(rows))
	}
	for i, n := range v {
		if int8(rows[embed.Dim+i]) != n {
			t.Fatalf("number %d is %d, want %d", i, int8(rows[embed.Dim+i]), n)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	sentences := drawSentences(b, 10_000)
	words := 0
	for _, s := range sentences {
		words += len(strings.Fields(s))
	}
	var rows []byte
	for b.Loop() {
		rows = rows[:0]
		for _, s := range sentences {
			rows = embed.AppendOf(rows, s)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}
