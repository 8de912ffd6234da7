// Package realdata finds the folder of real conversations and labels that tests
// read in place: beside the repository as shared/data, or where HEADWAY_DATA
// says. Only tests import it.
//
//	path := realdata.Path(t, "labels", "survey.tsv")
package realdata

import (
	"os"
	"path/filepath"
	"testing"
)

// Path gives a file or folder of the data. Where it is missing the test fails in
// CI, and elsewhere is skipped aloud.
func Path(tb testing.TB, elem ...string) string {
	tb.Helper()
	path := filepath.Join(append([]string{root()}, elem...)...)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if os.Getenv("CI") != "" {
		tb.Fatalf("real data is missing, and CI may not go without: no %s", path)
	}
	tb.Skipf("SKIPPED, NOTHING TESTED: no %s; put the data beside the repository as shared/data, or set HEADWAY_DATA", path)
	return ""
}

// root looks beside every folder above the package that is tested.
func root() string {
	if dir := os.Getenv("HEADWAY_DATA"); dir != "" {
		return dir
	}
	dir, _ := os.Getwd()
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		data := filepath.Join(dir, "shared", "data")
		if _, err := os.Stat(filepath.Join(data, "labels")); err == nil {
			return data
		}
	}
	return filepath.Join("shared", "data")
}
