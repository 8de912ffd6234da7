package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// browsers the interface is written for; the oldest that know light-dark().
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "128"}, {Name: api.EngineSafari, Version: "17.5"},
}

// buildInterface makes web/dist: hashed files, the manifest that names them,
// and the licences of what others made.
func buildInterface(ctx context.Context) error {
	if err := installPackages(ctx); err != nil {
		return err
	}
	step("interface")
	if err := emptyDist(); err != nil {
		return err
	}
	built, err := bundle()
	if err != nil {
		return err
	}
	if err := checkBudgets(built); err != nil {
		return err
	}
	if err := writeManifest(built); err != nil {
		return err
	}
	return writeThirdParty(ctx)
}

// installPackages fetches the packages of the lock file, once for each lock.
// No script of a package is run.
func installPackages(ctx context.Context) error {
	lock, err := os.ReadFile("web/package-lock.json")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(lock)
	want := hex.EncodeToString(sum[:])
	stamp := "web/node_modules/.headway-lock"
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	if _, err := exec.LookPath("npm"); err != nil {
		return errors.New("the interface needs Node 20 or newer with npm: install them (Debian: apt-get install nodejs npm); `go build ./...` and the command line work without")
	}
	step("packages of the interface")
	if err := shell(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "web"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}

// emptyDist keeps .gitkeep, without which the Go package would not compile.
func emptyDist() error {
	entries, err := os.ReadDir("web/dist")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != ".gitkeep" {
			if err := os.RemoveAll(filepath.Join("web/dist", e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// bundle runs esbuild and gives its account of what it made.
func bundle() (metafile string, err error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: filepath.Join(here, "web"),
		EntryPoints:   []string{"src/app.ts", "src/reader/reader.ts", "styles/app.css", "styles/reader.css", "styles/icon.svg"},
		Outdir:        "dist",
		EntryNames:    "[name]-[hash]",
		AssetNames:    "[name]-[hash]",
		Bundle:        true,
		Format:        api.FormatESModule,
		Engines:       browsers,
		Loader:        map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderCopy},

		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		LegalComments: api.LegalCommentsNone,
		Metafile:      true,
		Write:         true,
		LogLevel:      api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("the interface does not build: %s", result.Errors[0].Text)
	}
	return result.Metafile, nil
}

// writeManifest maps the names that templates use to the names of the files.
func writeManifest(metafile string) error {
	var made struct {
		Outputs map[string]struct {
			EntryPoint string
			Inputs     map[string]struct{}
		}
	}
	if err := json.Unmarshal([]byte(metafile), &made); err != nil {
		return err
	}
	manifest := map[string]string{}
	for output, from := range made.Outputs {
		source := from.EntryPoint
		for input := range from.Inputs {
			if source == "" && len(from.Inputs) == 1 {
				source = input
			}
		}
		name := strings.Replace(path.Base(source), ".ts", ".js", 1)
		manifest[name] = path.Base(output)
	}
	for _, needed := range []string{"app.js", "app.css", "reader.js", "reader.css", "icon.svg"} {
		if manifest[needed] == "" {
			return fmt.Errorf("the interface was built without %s", needed)
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	if err := e.Encode(manifest); err != nil {
		return err
	}
	return os.WriteFile("web/dist/manifest.json", out.Bytes(), 0o644)
}
