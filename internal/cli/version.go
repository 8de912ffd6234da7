package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway/internal/mirror"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what this program is made of",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			printVersion(p.Out)
			return nil
		},
	}
}

func printVersion(w io.Writer) {
	version, revision := built()
	fmt.Fprintf(w, "headway %s\n", version)
	fmt.Fprintf(w, "revision: %s\n", revision)
	fmt.Fprintf(w, "hears: %s\n", quick.Version)
	fmt.Fprintf(w, "hears closely: %s\n", careful.Version)
	fmt.Fprintf(w, "mirrors: %s\n", mirror.Version)
	fmt.Fprintf(w, "ui: %s\n", interfaceVersion())
	fmt.Fprintf(w, "go: %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// built gives the module's version and the revision it was built from.
func built() (version, revision string) {
	version, revision = "(development)", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, revision
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		version = v
	}
	changed := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				changed = " (changed since)"
			}
		}
	}
	return version, revision + changed
}
