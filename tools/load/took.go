package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// took is how long answers took, by what was done.
type took struct {
	mu     sync.Mutex
	times  map[string][]time.Duration
	failed map[string]int
	first  map[string]error
}

func newTook() *took {
	return &took{times: map[string][]time.Duration{}, failed: map[string]int{}, first: map[string]error{}}
}

func (t *took) note(what string, d time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil {
		t.times[what] = append(t.times[what], d)
		return
	}
	t.failed[what]++
	if t.first[what] == nil {
		t.first[what] = err
	}
}

func (t *took) failures() (n int) {
	for _, f := range t.failed {
		n += f
	}
	return n
}

func (t *took) print(w io.Writer, p plan) {
	fmt.Fprintf(w, "%d read, %d write, mean pause %s, %s\n\n", p.readers, p.writers, p.pause, p.lasts)
	fmt.Fprintln(w, "| act | answers | p50 | p95 | p99 | longest | failed |\n|---|---|---|---|---|---|---|")
	var all []time.Duration
	names := slices.Sorted(maps.Keys(t.times))
	for _, name := range names {
		row(w, name, t.times[name], t.failed[name])
		all = append(all, t.times[name]...)
	}
	row(w, "all", all, t.failures())
	for _, name := range slices.Sorted(maps.Keys(t.first)) {
		fmt.Fprintf(w, "\n%s: %v", name, t.first[name])
	}
	fmt.Fprintln(w)
}

func row(w io.Writer, name string, d []time.Duration, failed int) {
	slices.Sort(d)
	at := func(share float64) time.Duration {
		if len(d) == 0 {
			return 0
		}
		return d[int(share*float64(len(d)-1))].Round(100 * time.Microsecond)
	}
	fmt.Fprintf(w, "| %s | %d | %v | %v | %v | %v | %d |\n", name, len(d), at(.5), at(.95), at(.99), at(1), failed)
}

// memory is what the server held, once warm and at the end, in MB.
type memory struct{ warm, end, most int }

// watch reads how much memory a process holds. The first fifth of the time is
// for warming up.
func watch(ctx context.Context, pid int, lasts time.Duration) (m memory) {
	if pid == 0 {
		return m
	}
	began := time.Now()
	for {
		now := resident(pid)
		if m.warm == 0 && time.Since(began) > lasts/5 {
			m.warm = now
		}
		m.end, m.most = now, max(m.most, now)
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return m
		}
	}
}

func resident(pid int) int {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(data)) {
		if rest, is := strings.CutPrefix(line, "VmRSS:"); is {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb / 1024
		}
	}
	return 0
}

func (m memory) print(w io.Writer) {
	if m.most > 0 {
		fmt.Fprintf(w, "\nmemory: %d MB when warm, %d MB at the end, %d MB at most\n", m.warm, m.end, m.most)
	}
}
