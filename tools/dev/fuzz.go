package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// fuzzRuns is how many inputs each target is given in a test run, and fuzzMinimize
// how many tries Go has to shorten one that fails; the target's seeds run with
// the ordinary tests. Both are counts and not times: a run limited by time may
// report "context deadline exceeded" for the limit itself, on a target that
// never failed. Longer runs are started by hand:
//
//	go test ./internal/source -run '^$' -fuzz '^FuzzCSV$' -fuzztime 10m
const (
	fuzzRuns     = "10000x"
	fuzzMinimize = "1000x"
)

// fuzz gives every fuzz target there is some thousand inputs, one after another.
func fuzz(ctx context.Context) error {
	targets, err := fuzzTargets(ctx)
	if err != nil {
		return err
	}
	for _, t := range targets {
		err := shell(ctx, "go", "test", t.pkg, "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", fuzzRuns, "-fuzzminimizetime", fuzzMinimize)
		if err != nil {
			return fmt.Errorf("%s in %s: %w", t.name, t.pkg, err)
		}
	}
	return nil
}

type fuzzTarget struct{ pkg, name string }

// fuzzTargets asks the Go tool which targets each package has. It names them
// first and says "ok" and the package after them.
func fuzzTargets(ctx context.Context) ([]fuzzTarget, error) {
	out, err := exec.CommandContext(ctx, "go", "test", "-list", "^Fuzz", "./...").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("list the fuzz targets: %w\n%s", err, out)
	}
	var targets []fuzzTarget
	var names []string
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) > 1 && fields[0] == "ok":
			for _, name := range names {
				targets = append(targets, fuzzTarget{fields[1], name})
			}
			names = nil
		case len(fields) == 1 && strings.HasPrefix(fields[0], "Fuzz"):
			names = append(names, fields[0])
		}
	}
	if len(targets) == 0 {
		return nil, fmt.Errorf("no fuzz target was found")
	}
	return targets, nil
}
