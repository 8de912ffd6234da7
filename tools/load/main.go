// Load puts a running Headway under the work of a team: people who read and
// people who mark, each with pauses as people have them, each with the live
// stream of their page open. It prints how long answers took, what failed, and
// how the server's memory went.
//
//	headway serve --open=false --port 8080      # prints the address with its key
//	go run ./tools/load -url 'http://127.0.0.1:8080/?key=...' -study ID -for 10m -pid $(pgrep headway)
//
// It marks for good: give it a copy of a workspace.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"time"
)

type plan struct {
	url, study       string
	readers, writers int
	lasts, pause     time.Duration
	pid              int
}

func main() {
	var p plan
	flag.StringVar(&p.url, "url", "", "the address that `headway serve` printed, with its key")
	flag.StringVar(&p.study, "study", "", "a study that is sealed or skipped")
	flag.IntVar(&p.readers, "readers", 50, "people who read")
	flag.IntVar(&p.writers, "writers", 10, "people who mark")
	flag.DurationVar(&p.lasts, "for", time.Minute, "how long")
	flag.DurationVar(&p.pause, "pause", 3*time.Second, "mean pause of a person between two acts")
	flag.IntVar(&p.pid, "pid", 0, "the server's process, to watch its memory (Linux)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := p.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func (p plan) run(ctx context.Context) error {
	server, err := open(ctx, p.url, p.study)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, p.lasts)
	defer cancel()
	took := newTook()
	grown := make(chan memory, 1)
	go func() { grown <- watch(ctx, p.pid, p.lasts) }()
	var people sync.WaitGroup
	for n := range p.readers + p.writers {
		who := person{server: server, took: took, pause: p.pause, n: n, writes: n >= p.readers}
		people.Go(func() { who.work(ctx) })
		people.Go(func() { who.listen(ctx) })
	}
	people.Wait()
	took.print(os.Stdout, p)
	(<-grown).print(os.Stdout)
	if failed := took.failures(); failed > 0 {
		return fmt.Errorf("%d answers failed", failed)
	}
	return nil
}
