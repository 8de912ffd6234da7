package eval

import (
	"fmt"
	"io"
)

// Run prints every table, measured on the labels under dataDir. It fails with
// NotFound where the data is not there.
func Run(w io.Writer, dataDir string) error {
	judged, err := judgeOurs(dataDir)
	if err != nil {
		return err
	}
	for _, table := range []struct {
		title string
		print func() error
	}{
		{"Kinds: what customers say", func() error { return printKinds(w, dataDir) }},
		{"Guess against sentence", func() error { return Guesses(w, dataDir) }},
		{"Asked or not", func() error { printAsked(w, judged); return nil }},
		{"Our acts, and what questions ask for", func() error { printActs(w, judged); return nil }},
		{"Questions present", func() error { return printQuestions(w, judged, dataDir) }},
	} {
		fmt.Fprintf(w, "\n## %s\n\n", table.title)
		if err := table.print(); err != nil {
			return err
		}
	}
	return nil
}
