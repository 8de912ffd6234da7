// Package archtest keeps the dependency rule of docs/ARCHITECTURE.md true. It
// asks the go command what imports what, and has no code but its tests.
package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/headway-oss/headway"

// The packages of the data's way. A step speaks the vocabulary, uses the text
// helpers and its own sub-packages, and knows no other step.
var (
	steps   = []string{"internal/source", "internal/hear", "internal/mirror", "internal/shoes", "internal/customer", "internal/mask", "internal/job"}
	helpers = []string{"internal/segment", "internal/embed", "internal/encoder", "internal/encoder/weights", "internal/alike", "internal/agree", "internal/deed", "internal/naming", "internal/cue"}
	faces   = []string{"internal/web", "internal/api", "internal/cli"}
	engines = []string{"internal/store/sqlstore", "internal/blob/fileblob", "internal/meaning/vectorfile"}
)

// pkg is what the go command says of one package.
type pkg struct {
	ImportPath   string
	Dir          string
	Standard     bool
	Module       *struct{ Path string }
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// world is every package that this module uses.
type world map[string]*pkg

func TestTheVocabularyImportsTheStandardLibraryOnly(t *testing.T) {
	w := load(t)
	for _, path := range w[module].Imports {
		if !w[path].Standard {
			t.Errorf("the root package imports %s", path)
		}
		if slices.Contains([]string{"database/sql", "net/http", "os"}, path) {
			t.Errorf("the root package imports %s: it only names things", path)
		}
	}
}

func TestAStepKnowsNoOtherStep(t *testing.T) {
	w := load(t)
	for _, step := range append(slices.Clone(steps), helpers...) {
		for _, p := range w.under(step) {
			for _, path := range w.ownImports(p) {
				if path != "" && !isUnder(path, step) && !slices.Contains(helpers, path) {
					t.Errorf("%s imports %s: values pass between steps as root types, and flow joins them", p.ImportPath, path)
				}
			}
		}
	}
}

func TestAStepIsPure(t *testing.T) {
	w := load(t)
	for _, step := range append(slices.Clone(steps), helpers...) {
		for _, p := range w.under(step) {
			for _, path := range p.Imports {
				if slices.Contains([]string{"os", "os/exec", "net", "net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand"}, path) {
					t.Errorf("%s imports %s: the same input must give the same bytes", p.ImportPath, path)
				}
			}
			for _, at := range asksTheClock(t, p) {
				t.Errorf("%s asks the clock: the same input must give the same bytes", at)
			}
		}
	}
}

func TestOnlyTheWiringNamesEngines(t *testing.T) {
	w := load(t)
	for _, p := range w.own() {
		if p.ImportPath == module+"/internal/cli" {
			continue
		}
		for _, path := range w.ownImports(p) {
			for _, engine := range engines {
				if isUnder(path, engine) && !isUnder(w.short(p), engine) {
					t.Errorf("%s imports %s: only internal/cli names an engine", p.ImportPath, path)
				}
			}
		}
	}
}

func TestNothingImportsAFaceButMain(t *testing.T) {
	w := load(t)
	for _, p := range w.own() {
		for _, path := range w.ownImports(p) {
			wired := isUnder(w.short(p), "cmd") || isUnder(w.short(p), "tools") || isUnder(w.short(p), "internal/cli")
			for _, face := range faces {
				if isUnder(path, face) && !isUnder(w.short(p), face) && !wired {
					t.Errorf("%s imports the face %s", p.ImportPath, path)
				}
			}
		}
	}
}

func TestPagesKnowNoSQLAndTheStoreNoPages(t *testing.T) {
	w := load(t)
	for _, rule := range []struct{ under, never string }{
		{"internal/web", "database/sql"},
		{"internal/api", "database/sql"},
		{"internal/cli", "database/sql"},
		{"internal/flow", "database/sql"},
		{"internal/flow", "net/http"},
		{"internal/store", "net/http"},
		{"internal/blob", "net/http"},
	} {
		for _, p := range w.under(rule.under) {
			if slices.Contains(p.Imports, rule.never) {
				t.Errorf("%s imports %s", p.ImportPath, rule.never)
			}
		}
	}
}

func TestTheLongestChainOfImportsIsShort(t *testing.T) {
	w := load(t)
	known := map[string][]string{}
	var chain func(path string) []string
	chain = func(path string) []string {
		if c, done := known[path]; done {
			return c
		}
		var longest []string
		for _, next := range w[path].Imports {
			if isOwn(next) {
				if c := chain(next); len(c) > len(longest) {
					longest = c
				}
			}
		}
		known[path] = append([]string{path}, longest...)
		return known[path]
	}
	for _, p := range w.own() {
		if c := chain(p.ImportPath); len(c) > 8 {
			t.Errorf("a chain of %d packages, at most 8 are wanted:\n%s", len(c), strings.Join(c, "\n"))
		}
	}
}

func TestTheProgramDoesNotContainTheBuildDriver(t *testing.T) {
	for _, p := range list(t, "-deps", module+"/cmd/...") {
		if strings.HasPrefix(p.ImportPath, "github.com/evanw/esbuild") {
			t.Errorf("cmd needs %s: esbuild belongs to tools/dev", p.ImportPath)
		}
	}
}

// own lists this module's packages in order of path.
func (w world) own() []*pkg {
	var own []*pkg
	for _, p := range w {
		if isOwn(p.ImportPath) {
			own = append(own, p)
		}
	}
	slices.SortFunc(own, func(a, b *pkg) int { return strings.Compare(a.ImportPath, b.ImportPath) })
	return own
}

func (w world) under(short string) []*pkg {
	return slices.DeleteFunc(w.own(), func(p *pkg) bool { return !isUnder(w.short(p), short) })
}

// ownImports lists what p imports of this module, as paths below its root; the
// root itself is "".
func (w world) ownImports(p *pkg) []string {
	var own []string
	for _, path := range p.Imports {
		if isOwn(path) {
			own = append(own, w.short(w[path]))
		}
	}
	return own
}

func (w world) short(p *pkg) string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

func isOwn(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

func isUnder(short, folder string) bool {
	return short == folder || strings.HasPrefix(short, folder+"/")
}

// load asks the go command for this module's packages and all they need.
func load(t *testing.T) world {
	t.Helper()
	w := world{}
	for _, p := range list(t, "-deps", module+"/...") {
		w[p.ImportPath] = p
	}
	return w
}

func list(t *testing.T, args ...string) []*pkg {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Standard,Module,GoFiles,Imports,TestImports,XTestImports"}, args...)...)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, complaint.String())
	}
	var all []*pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(pkg)
		err := d.Decode(p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// asksTheClock names the places where a package calls time.Now or its kin.
func asksTheClock(t *testing.T, p *pkg) (places []string) {
	t.Helper()
	files := token.NewFileSet()
	for _, name := range p.GoFiles {
		tree, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, isSelector := n.(*ast.SelectorExpr)
			if !isSelector {
				return true
			}
			from, isName := call.X.(*ast.Ident)
			if isName && from.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Local"}, call.Sel.Name) {
				places = append(places, files.Position(call.Pos()).String())
			}
			return true
		})
	}
	return places
}
