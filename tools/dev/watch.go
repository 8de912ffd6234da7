package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// watchPort stays the same over restarts. The key does not: after one, the
// address that is printed has to be opened again.
const watchPort = "8437"

// watch serves, and builds and starts again whenever a source file changes.
func watch(ctx context.Context) error {
	for ctx.Err() == nil {
		seen := newest()
		if err := build(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "dev:", err)
			awaitChange(ctx, seen)
			continue
		}
		serving, stop := context.WithCancel(ctx)
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = shell(serving, "./"+program(), "serve", "--data", sampleData, "--port", watchPort, "--sample", "--open=false")
		}()
		awaitChange(ctx, seen)
		stop()
		<-done
	}
	return nil
}

func awaitChange(ctx context.Context, seen time.Time) {
	tick := time.NewTicker(400 * time.Millisecond)
	defer tick.Stop()
	for newest().Equal(seen) {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// newest is when the last source file changed.
func newest() time.Time {
	var last time.Time
	_ = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		switch path {
		case ".git", "build", "docs", filepath.Join("web", "dist"), filepath.Join("web", "node_modules"):
			return fs.SkipDir
		}
		if info, err := d.Info(); err == nil && !d.IsDir() && info.ModTime().After(last) {
			last = info.ModTime()
		}
		return nil
	})
	return last
}
