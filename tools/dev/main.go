// Command dev builds, checks and runs Headway from a checkout. It needs Go, and
// Node with npm for the interface; nothing else is asked to be installed.
//
//	go run ./tools/dev          builds everything and opens the workbench with the sample
//	go run ./tools/dev test     runs every test there is
//	go run ./tools/dev help     names the rest
//
// It is never part of the program: esbuild and npm end here.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
)

// task is one thing that dev can do.
type task struct {
	name, does string
	do         func(context.Context) error
}

func tasks() []task {
	return []task{
		{"run", "build everything and open the workbench with the invented sample", run},
		{"build", "build the interface, and headway into build/", build},
		{"watch", "run, and build and start again when a file changes", watch},
		{"gen", "write the typed client of the HTTP API into web/src/api", gen},
		{"check", "types, unit tests of the interface, gofmt, go vet, the dependency rule", check},
		{"e2e", "build, then the journeys in a real browser", e2e},
		{"fuzz", "some thousand inputs for each fuzz target", fuzz},
		{"test", "everything: Go with PostgreSQL, fuzzing, check, e2e", test},
		{"release", "single files for Linux, macOS and Windows into build/release", release},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name := "run"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	if err := perform(ctx, name); err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		stop()
		os.Exit(1)
	}
}

func perform(ctx context.Context, name string) error {
	if err := toRoot(); err != nil {
		return err
	}
	for _, t := range tasks() {
		if t.name == name {
			return t.do(ctx)
		}
	}
	fmt.Println("go run ./tools/dev [task]")
	for _, t := range tasks() {
		fmt.Printf("  %-8s %s\n", t.name, t.does)
	}
	if name == "help" {
		return nil
	}
	return fmt.Errorf("there is no task %q", name)
}

// toRoot goes to the folder that holds go.mod, from wherever dev was started.
func toRoot() error {
	for {
		if _, err := os.Stat("go.mod"); err == nil {
			return nil
		}
		here, err := os.Getwd()
		if err != nil {
			return err
		}
		if filepath.Dir(here) == here {
			return errors.New("start this inside the checkout of Headway")
		}
		if err := os.Chdir(".."); err != nil {
			return err
		}
	}
}

// shell runs a program with its output shown, and ends it when ctx ends.
func shell(ctx context.Context, name string, args ...string) error {
	return shellEnv(ctx, nil, name, args...)
}

func shellEnv(ctx context.Context, env []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.Env = append(os.Environ(), env...)
	c.Cancel = func() error { return c.Process.Signal(interrupt()) }
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s %v: %w", name, args, err)
	}
	return nil
}

// interrupt is how a program is asked to end; Windows knows only killing.
func interrupt() os.Signal {
	if isWindows {
		return os.Kill
	}
	return os.Interrupt
}

func step(what string) { fmt.Println("─", what) }
