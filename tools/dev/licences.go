package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// shipped are the packages of npm that reach a browser; the others only build
// and test.
var shipped = []string{"@fontsource/source-sans-3", "@fontsource/source-serif-4"}

// writeThirdParty gathers the licences of everything in the program that
// others made: Go modules and typefaces.
func writeThirdParty(ctx context.Context) error {
	var b strings.Builder
	b.WriteString("Headway is built on the work of others. Their licences follow.\n")
	for _, name := range shipped {
		if err := addLicence(&b, name, filepath.Join("web/node_modules", filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	modules, err := modulesOf(ctx, "./cmd/headway")
	if err != nil {
		return err
	}
	for _, m := range modules {
		if err := addLicence(&b, m.name, m.dir); err != nil {
			return err
		}
	}
	return os.WriteFile("web/dist/THIRD-PARTY.txt", []byte(b.String()), 0o644)
}

type module struct{ name, dir string }

// modulesOf lists the modules whose code is linked into a program.
func modulesOf(ctx context.Context, program string) ([]module, error) {
	format := "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"
	out, err := exec.CommandContext(ctx, "go", "list", "-deps", "-f", format, program).Output()
	if err != nil {
		return nil, fmt.Errorf("go list -deps %s: %w", program, err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	var all []module
	for _, line := range slices.Compact(lines) {
		if name, dir, ok := strings.Cut(line, "\t"); ok {
			all = append(all, module{name, dir})
		}
	}
	return all, nil
}

// addLicence copies the licence that lies in a folder; where there is none it
// fails, so that nothing is shipped without.
func addLicence(b *strings.Builder, name, dir string) error {
	found := 0
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*", "NOTICE*"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			found++
			fmt.Fprintf(b, "\n%s\n%s (%s)\n\n%s\n", strings.Repeat("=", 72), name, filepath.Base(file), strings.TrimSpace(string(text)))
		}
	}
	if found == 0 {
		return fmt.Errorf("%s has no licence in %s: find out before shipping it", name, dir)
	}
	return nil
}
