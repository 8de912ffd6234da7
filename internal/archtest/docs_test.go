package archtest

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"testing"
)

var (
	namedPath = regexp.MustCompile("`((?:internal|web|tools|docs|cmd)/[A-Za-z0-9_./-]+)`")
	linked    = regexp.MustCompile(`\]\(([A-Za-z0-9_./-]+)\)`)
)

// Nothing is described that does not exist.
func TestTheDocsNameOnlyWhatIsThere(t *testing.T) {
	const root = "../.."
	docs, err := filepath.Glob(root + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range append(docs, root+"/README.md") {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range namedPath.FindAllSubmatch(text, -1) {
			mustExist(t, doc, path.Join(root, string(found[1])))
		}
		for _, found := range linked.FindAllSubmatch(text, -1) {
			mustExist(t, doc, path.Join(filepath.ToSlash(filepath.Dir(doc)), string(found[1])))
		}
	}
}

func mustExist(t *testing.T, doc, file string) {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		t.Errorf("%s names %s, which is not there", doc, file)
	}
}
