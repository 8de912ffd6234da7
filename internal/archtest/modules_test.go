package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// decisions is the table of third-party modules with why each is here.
const decisions = "../../docs/decisions/0002-dependencies.md"

func TestEveryThirdPartyModuleHasItsReason(t *testing.T) {
	reasons := moduleTable(t)
	used := map[string]bool{}
	w := world{}
	for _, p := range list(t, "-deps", "-test", module+"/...") {
		w[p.ImportPath] = p
	}
	for _, p := range w.own() {
		for _, path := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if name := w.moduleOf(path); name != "" {
				used[name] = true
				if !slices.Contains(reasons, name) {
					t.Errorf("%s imports %s, and %s has no line for %s", p.ImportPath, path, filepath.Base(decisions), name)
				}
			}
		}
	}
	for _, name := range reasons {
		if !used[name] {
			t.Errorf("%s has a line for %s, which nothing imports", filepath.Base(decisions), name)
		}
	}
}

// moduleOf gives the third-party module of a package, "" for ours and the
// standard library.
func (w world) moduleOf(path string) string {
	p := w[path]
	if p == nil || p.Standard || p.Module == nil || p.Module.Path == module {
		return ""
	}
	return p.Module.Path
}

var moduleRow = regexp.MustCompile("^\\| `([^`]+)` \\|")

// moduleTable reads the modules from the rows "| `module` | why | ... |".
func moduleTable(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(decisions)
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for line := range strings.Lines(string(text)) {
		if row := moduleRow.FindStringSubmatch(line); row != nil {
			modules = append(modules, row[1])
		}
	}
	if len(modules) == 0 {
		t.Fatalf("%s has no rows of the form \"| `module` | ...\"", decisions)
	}
	return modules
}
