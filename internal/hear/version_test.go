package hear

import (
	"crypto/sha256"
	"fmt"
	"github.com/headway-oss/headway/internal/encoder/weights"
	"io/fs"
	"os"
	"testing"
)

// What is heard is kept under a version. Rules or weights that change without
// it would leave old hearings standing as if they were new.
func TestRulesAndWeightsDoNotChangeWithoutTheirVersion(t *testing.T) {
	quick := sha256.New()
	for _, fsys := range []fs.FS{kindRules, oursRules} {
		err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(fsys, path)
			fmt.Fprintf(quick, "%s\n%s\n", path, text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, learned := range [][]byte{[]byte(foreignText), kindWeights, oursWeights, askingWeights, aimJSON} {
		quick.Write(learned)
	}
	careful := sha256.New()
	careful.Write(weights.Mark())
	careful.Write(carefulJSON)
	careful.Write([]byte(exemplarLines))
	careful.Write(exemplarStates)
	careful.Write(aimWeights)
	got := fmt.Sprintf("%s %x\n%s %x\n", Version, quick.Sum(nil), CarefulVersion, careful.Sum(nil))
	if *update {
		if err := os.WriteFile("testdata/versions.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("rules or weights are not those of their version: raise Version or CarefulVersion, then run go test ./internal/hear -run Version -args -update\ngot\n%s\nkept\n%s", got, want)
	}
}
