package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// check is everything that needs neither a browser nor a database.
func check(ctx context.Context) error {
	if err := installPackages(ctx); err != nil {
		return err
	}
	return inOrder(ctx,
		task{name: "types", do: checkTypes},
		task{name: "unit tests of the interface", do: testUnits},
		task{name: "gofmt", do: checkFormat},
		task{name: "go vet", do: func(ctx context.Context) error { return shell(ctx, "go", "vet", "./...") }},
		task{name: "dependency rule", do: func(ctx context.Context) error { return shell(ctx, "go", "test", "./internal/archtest/...") }},
	)
}

// inOrder does all tasks and tells at the end which failed.
func inOrder(ctx context.Context, all ...task) error {
	var failed []error
	for _, t := range all {
		step(t.name)
		if err := t.do(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "dev:", err)
			failed = append(failed, fmt.Errorf("%s failed", t.name))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.Join(failed...)
}

func checkTypes(ctx context.Context) error {
	return shell(ctx, "node", "web/node_modules/typescript/bin/tsc", "--noEmit", "-p", "web")
}

// testUnits bundles nothing: each module becomes a file that node can import.
func testUnits(ctx context.Context) error {
	sources, err := filepath.Glob("web/src/*.ts")
	if err != nil {
		return err
	}
	sources = append(sources, "web/src/api/call.ts")
	result := api.Build(api.BuildOptions{
		EntryPoints: sources, Outdir: "build/unit", Format: api.FormatESModule, Bundle: true, Write: true, LogLevel: api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("the interface does not compile: %s", result.Errors[0].Text)
	}
	tests, err := filepath.Glob("web/test/unit/*.test.mjs")
	if err != nil {
		return err
	}
	return shell(ctx, "node", append([]string{"--test"}, tests...)...)
}

func checkFormat(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "gofmt", "-l", ".").Output()
	if err != nil {
		return fmt.Errorf("gofmt: %w", err)
	}
	var untidy []string
	for _, file := range strings.Fields(string(out)) {
		if !strings.HasPrefix(filepath.ToSlash(file), "web/node_modules/") {
			untidy = append(untidy, file)
		}
	}
	if len(untidy) > 0 {
		return fmt.Errorf("not formatted, run gofmt -w on: %s", strings.Join(untidy, " "))
	}
	return nil
}
