package main

import "context"

// sampleData is where the workbench of a checkout keeps its data, apart from
// the person's own.
const sampleData = "build/data"

// run builds everything and serves it until interrupted.
func run(ctx context.Context) error {
	if err := build(ctx); err != nil {
		return err
	}
	step("workbench with the invented sample (Ctrl-C ends it)")
	err := shell(ctx, "./"+program(), "serve", "--data", sampleData, "--port", "0", "--sample")
	if ctx.Err() != nil {
		return nil // Ctrl-C is how it ends
	}
	return err
}
