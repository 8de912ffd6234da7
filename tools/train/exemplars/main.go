// Command exemplars chooses the examples that the careful pass names as its
// reasons, from sentences that we wrote and that weights which had not seen them
// heard surely and rightly. The same labels, opinions, encoder and table of word
// pieces give the same bytes.
//
//	go run ./tools/train/exemplars -data ../shared/data
//
// Run it whenever the encoder or internal/embed/table.bin has changed.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/hear"
)

func main() {
	data := flag.String("data", "../shared/data", "folder that holds labels/")
	out := flag.String("o", "internal/hear", "folder to write exemplars.tsv and exemplars.states into")
	flag.Parse()
	if err := choose(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func choose(data, out string) error {
	candidates, err := eval.Candidates(data)
	if err != nil {
		return err
	}
	lines, states := hear.ChooseExemplars(candidates)
	if err := os.WriteFile(filepath.Join(out, "exemplars.tsv"), lines, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "exemplars.states"), states, 0o644)
}
