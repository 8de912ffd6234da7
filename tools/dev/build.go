package main

import (
	"context"
	"path/filepath"
	"runtime"
)

const isWindows = runtime.GOOS == "windows"

// build makes the interface and then the program that carries it.
func build(ctx context.Context) error {
	if err := buildInterface(ctx); err != nil {
		return err
	}
	step("headway")
	return shell(ctx, "go", "build", "-o", program(), "./cmd/headway")
}

// program is where build puts headway.
func program() string {
	name := "headway"
	if isWindows {
		name += ".exe"
	}
	return filepath.Join("build", name)
}
