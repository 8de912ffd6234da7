package sqlstore

import (
	"context"
	"fmt"
	"maps"
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
	c.Speakers[0].Email, c.Speakers[1].Email = "host@example.org", guestOf(n)+"@example.com"
	c.Date = headway.Date{Time: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n), From: headway.DateFromContent}
	return *c
}

// guests speak often, the first of them in every third conversation; the rest of
// the conversations each have a guest of their own.
var guests = []string{"anna", "bert", "carla"}

func guestOf(n int) string {
	switch {
	case n%3 == 0:
		return guests[0]
	case n%40 == 1:
		return guests[1]
	}
	return fmt.Sprint("guest", n)
}

// mark hears in every fifth turn of a guest one of the kinds.
func mark(b *testing.B, s store.Store, cs []headway.Conversation) {
	heard := map[headway.ConversationID][]store.Moment{}
	for _, c := range cs {
		for i := 1; i < len(c.Turns); i += 10 {
			text := c.Turns[i].Text.ID
			kind := headway.Kinds()[(i/10+len(c.File))%12]
			heard[c.ID] = append(heard[c.ID], store.Moment{Span: headway.Span{Text: text, End: 40}, Label: kind})
			heard[c.ID] = append(heard[c.ID], store.Moment{Span: headway.Span{Text: text, Start: 41, End: 44}, Label: headway.Struggle})
		}
	}
	if err := s.PutMoments(context.Background(), store.Home, heard); err != nil {
		b.Fatal(err)
	}
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
		mark(b, s, cs)
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

// sorts are what is searched for: the i-th query of each sort.
func sorts() map[string]func(i int) string {
	words := newArchive().words
	return map[string]func(i int) string{
		"rare":   func(i int) string { return words[30_000+i*97] },
		"medium": func(i int) string { return words[300+i] },
		"common": func(i int) string { return words[i%20] },
		"two":    func(i int) string { return words[i%20] + " " + words[100+i] },
		"phrase": func(i int) string { return `"` + words[i%20] + " " + words[(i+3)%20] + `"` },
		"begun":  func(i int) string { return words[200+i][:4] + "*" },
		"begun2": func(i int) string { return words[i%20][:min(2, len(words[i%20]))] + "*" },
		"none":   func(int) string { return "" },
	}
}

// narrowings are what searches are narrowed to.
func narrowings() map[string]store.SearchFilter {
	people := func(email string) []headway.PersonID {
		return []headway.PersonID{headway.Speaker{Email: email}.Person()}
	}
	return map[string]store.SearchFilter{
		"all":        {},
		"side":       {Side: headway.Theirs},
		"person-1":   {People: people("guest1001@example.com")},
		"person-52":  {People: people("bert@example.com")},
		"person-700": {People: people("anna@example.com")},
		"month":      {From: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2022, 2, 1, 0, 0, 0, 0, time.UTC)},
		"kind":       {Kinds: []headway.Label{headway.Anxiety}},
		"kind-side":  {Kinds: []headway.Label{headway.Struggle}, Side: headway.Theirs},
		"kind-anna":  {Kinds: []headway.Label{headway.Struggle}, People: people("anna@example.com")},
	}
}

// BenchmarkSearch asks for rare, medium and common words, two words, phrases,
// beginnings of words and nothing but filters, each narrowed in each way, and
// prints the middle and the slowest of twenty (p95) in milliseconds.
func BenchmarkSearch(b *testing.B) {
	benchmark(b, func(b *testing.B, d *DB, conversations int) {
		fill(b, d, conversations)
		if d.dialect.name == "postgres" {
			if _, err := d.write.Exec("ANALYZE"); err != nil { // as the engine does by itself, minutes later
				b.Fatal(err)
			}
		}
		var all []time.Duration
		for _, sort := range slices.Sorted(maps.Keys(sorts())) {
			table := strings.Builder{}
			fmt.Fprintf(&table, "%-7s", sort)
			for _, narrow := range slices.Sorted(maps.Keys(narrowings())) {
				took, capped := searchTimes(b, d, sorts()[sort], narrowings()[narrow])
				fmt.Fprintf(&table, " | %s %.0f %.0f", narrow, took[len(took)/2].Seconds()*1e3, took[len(took)*95/100].Seconds()*1e3)
				if capped > 0 {
					fmt.Fprintf(&table, " c%d", capped)
				}
				all = append(all, took...)
				if narrow == "all" || narrow == "side" {
					b.ReportMetric(took[len(took)*95/100].Seconds()*1e3, sort+"-"+narrow+"-p95-ms")
				}
			}
			fmt.Fprintln(os.Stderr, table.String()) // as it comes: all of it takes minutes
		}
		slices.Sort(all)
		b.ReportMetric(all[len(all)*95/100].Seconds()*1e3, "p95-ms")
	})
}

// searchTimes gives how long searches of one sort took, in order, and how many
// of them were capped.
func searchTimes(b *testing.B, d *DB, query func(i int) string, f store.SearchFilter) (took []time.Duration, capped int) {
	for i, began := 0, time.Now(); i < 40 && (i < 10 || time.Since(began) < 2*time.Second); i++ {
		start := time.Now()
		_, many, err := d.Search(context.Background(), store.Home, query(i), f, 50)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		if many {
			capped++
		}
	}
	slices.Sort(took)
	return took, capped
}
