package eval

import (
	"fmt"
	"io"
)

// Run prints every table, measured on the labels under dataDir. It fails with
// NotFound where the data is not there.
func Run(w io.Writer, dataDir string) error {
	for _, table := range []struct {
		title string
		print func(io.Writer, string) error
	}{} {
		fmt.Fprintf(w, "\n## %s\n\n", table.title)
		if err := table.print(w, dataDir); err != nil {
			return err
		}
	}
	return nil
}
