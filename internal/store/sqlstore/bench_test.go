package sqlstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/store"
)

// The benchmarks make an archive of conversations that are like a podcast's:
// 175 turns of 58 words each, words as frequent as in real text (Zipf over
// 60,000). Whole is 2,084 conversations, 364,000 turns, 21 million words.
//
//	go test ./internal/store/sqlstore -run '^$' -bench Fill -benchtime 1x
//	HEADWAY_BENCH_SCALE=1 go test ./internal/store/sqlstore -run '^$' -bench 'Fill/sqlite|Search/sqlite' -benchtime 1x
const wholeArchive = 2084

// scales are the shares of the whole archive that are filled.
func scales() []float64 {
	if s, err := strconv.ParseFloat(os.Getenv("HEADWAY_BENCH_SCALE"), 64); err == nil {
		return []float64{s}
	}
	return []float64{1.0 / 20, 1.0 / 2}
}

// archive invents conversations.
type archive struct {
	random *rand.Rand
	often  *rand.Zipf
	words  []string
}

func newArchive() *archive {
	random := rand.New(rand.NewPCG(1, 2))
	a := &archive{random: random, often: rand.NewZipf(random, 1.07, 1, 59_999)}
	a.words = strings.Fields("the and you it that to of a what we is was for do know they why how count box")
	for len(a.words) < 60_000 {
		a.words = append(a.words, a.word())
	}
	return a
}

func (a *archive) word() string {
	var b strings.Builder
	for range 2 + a.random.IntN(3) {
		b.WriteByte("bcdfghklmnprstvw"[a.random.IntN(16)])
		b.WriteByte("aeiou"[a.random.IntN(5)])
	}
	return b.String() + []string{"", "s", "ing", "ed"}[a.random.IntN(4)]
}

func (a *archive) conversation(n int) headway.Conversation {
	d := headway.NewDraft("bench", fmt.Sprint(n))
	for i := range 175 {
		var text []string
		for range 8 + a.random.IntN(100) {
			text = append(text, a.words[a.often.Uint64()])
		}
		t := d.Say([]string{"Host", "Guest"}[i%2], strings.Join(text, " ")+".")
		t.Times = []headway.TimeMark{{MS: int64(i) * 15_000}}
		t.Lines = []headway.LineMark{{Line: 2*i + 1}}
	}
	c := d.Conversation()
	c.File, c.Format, c.Genre = fmt.Sprintf("talk-%d.md", n), "markdown", headway.Interview
	c.Speakers[0].Side, c.Speakers[1].Side = headway.Ours, headway.Theirs
	return *c
}

// fill adds conversations in batches of about 20,000 turns and gives the time
// that the store took, and the number of words.
func fill(b *testing.B, s store.Store, conversations int) (took time.Duration, words int) {
	a := newArchive()
	const size = 115
	for first := 0; first < conversations; first += size {
		var cs []headway.Conversation
		for n := first; n < min(first+size, conversations); n++ {
			cs = append(cs, a.conversation(n))
		}
		for _, c := range cs {
			for _, t := range c.Turns {
				words += countWords(t.Text.Text)
			}
		}
		start := time.Now()
		if _, err := s.AddConversations(context.Background(), store.Home, cs); err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
	}
	return took, words
}

func benchmark(b *testing.B, each func(b *testing.B, d *DB, conversations int)) {
	for _, e := range []engine{sqliteEngine, postgresEngine} {
		for _, scale := range scales() {
			conversations := int(wholeArchive * scale)
			b.Run(fmt.Sprintf("%s/%d_conversations", e.name, conversations), func(b *testing.B) {
				for range b.N {
					each(b, e.open(b), conversations)
				}
			})
		}
	}
}

// BenchmarkFill adds an archive with its full text.
func BenchmarkFill(b *testing.B) {
	benchmark(b, func(b *testing.B, d *DB, conversations int) {
		took, words := fill(b, d, conversations)
		b.ReportMetric(took.Seconds(), "s/archive")
		b.ReportMetric(took.Seconds()*1e9/float64(words), "ns/word")
		b.ReportMetric(float64(words)/1e6, "Mwords")
	})
}

// BenchmarkSearch asks for rare, medium and common words, phrases and
// beginnings of words, and gives the slowest of 20 (p95) of each sort.
func BenchmarkSearch(b *testing.B) {
	benchmark(b, func(b *testing.B, d *DB, conversations int) {
		fill(b, d, conversations)
		words := newArchive().words
		for sort, query := range map[string]func(i int) string{
			"rare":   func(i int) string { return words[30_000+i*97] },
			"medium": func(i int) string { return words[300+i] },
			"common": func(i int) string { return words[i%20] },
			"and":    func(i int) string { return words[i%20] + " " + words[100+i] },
			"phrase": func(i int) string { return `"` + words[i%20] + " " + words[(i+3)%20] + `"` },
			"begun":  func(i int) string { return words[200+i][:4] + "*" },
		} {
			var took []time.Duration
			for i := range 100 {
				f := store.SearchFilter{Side: []headway.Side{"", headway.Theirs}[i%2]}
				start := time.Now()
				if _, _, err := d.Search(context.Background(), store.Home, query(i), f, 50); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(took[94].Seconds()*1e3, sort+"-p95-ms")
			b.ReportMetric(took[50].Seconds()*1e3, sort+"-p50-ms")
		}
	})
}
