package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAMissingToolFailsWhereCIIsSetAndIsOnlySaidElsewhere(t *testing.T) {
	t.Setenv("CI", "")
	if err := missing("no browser"); err != nil {
		t.Errorf("without CI: %v", err)
	}
	t.Setenv("CI", "true")
	if err := missing("no browser"); err == nil {
		t.Error("with CI a missing tool passes")
	}
}

func TestNothingIsShippedWithoutItsLicence(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	if err := addLicence(&b, "somebody/something", dir); err == nil {
		t.Error("a module without a licence passes")
	}
	if err := os.WriteFile(filepath.Join(dir, "LICENSE.md"), []byte("do as you like"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := addLicence(&b, "somebody/something", dir); err != nil || !strings.Contains(b.String(), "do as you like") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func TestTheManifestMapsTheNamesOfTheSources(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.MkdirAll("web/dist", 0o755); err != nil {
		t.Fatal(err)
	}
	whole := `{"outputs": {
		"dist/app-1.js": {"entryPoint": "src/app.ts", "inputs": {"src/app.ts": {}, "src/keys.ts": {}}},
		"dist/app-2.css": {"entryPoint": "styles/app.css", "inputs": {"styles/app.css": {}, "styles/base.css": {}}},
		"dist/reader-5.js": {"entryPoint": "src/reader/reader.ts", "inputs": {"src/reader/reader.ts": {}}},
		"dist/reader-6.css": {"entryPoint": "styles/reader.css", "inputs": {"styles/reader.css": {}}},
		"dist/icon-3.svg": {"entryPoint": "styles/icon.svg", "inputs": {"styles/icon.svg": {}}},
		"dist/serif-4.woff2": {"inputs": {"node_modules/font/serif.woff2": {}}}}}`
	if err := writeManifest(whole); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("web/dist/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"app.js": "app-1.js", "app.css": "app-2.css", "icon.svg": "icon-3.svg", "serif.woff2": "serif-4.woff2"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if err := writeManifest(`{"outputs": {}}`); err == nil {
		t.Error("an interface without its parts passes")
	}
}
