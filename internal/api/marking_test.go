package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headway-oss/headway"
)

// BenchmarkMarking has 20 people mark in the same conversation of 10,000 turns at
// the same time, on SQLite. Each waits for an answer before the next mark.
func BenchmarkMarking(b *testing.B) {
	const people, turns = 20, 10_000
	w := empty(b)
	w.study, w.talk = w.bring("Long", long(turns))
	var theirs []headway.TextID
	for _, t := range w.talk.Turns {
		if w.talk.Speaker(t.Speaker).Side == headway.Theirs {
			theirs = append(theirs, t.Text.ID)
		}
	}
	var next atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	mark := func(by who) {
		n := int(next.Add(1))
		text := theirs[n%len(theirs)]
		label := headway.Kinds()[n/len(theirs)%len(headway.Kinds())]
		body := altered(marks(Place{Text: text, End: 5}), "label", label)
		began := time.Now()
		got := w.as(by, "POST", "/marks", body)
		lasted := time.Since(began)
		if got.status != http.StatusOK {
			b.Errorf("%d %s", got.status, got.body)
		}
		mu.Lock()
		took = append(took, lasted)
		mu.Unlock()
	}
	mark(who{}) // reads what was heard in it, which is held from then on
	took = nil
	b.ResetTimer()
	var all sync.WaitGroup
	left := atomic.Int64{}
	left.Store(int64(b.N))
	for p := range people {
		by := who{member: headway.Member{ID: headway.MemberID(fmt.Sprintf("member%d", p)), Access: headway.Editor}}
		all.Go(func() {
			for left.Add(-1) >= 0 {
				mark(by)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*50/100].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// long is an invented talk of so many turns.
func long(turns int) string {
	var b strings.Builder
	for i := range turns / 2 {
		fmt.Fprintf(&b, "Interviewer: What happened on day %d?\n\nPetra Möller: On day %d it took us three hours to count, and I want to be home at five.\n\n", i, i)
	}
	return b.String()
}
