// Command ours learns the weights of our side (questions, acts, what is asked
// for) from the label files, and writes them where they are embedded. The same
// labels give the same bytes.
//
//	go run ./tools/train/ours -data ../shared/data
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
	out := flag.String("o", "internal/hear", "folder to write asking.weights and ours.weights into")
	flag.Parse()
	if err := train(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func train(data, out string) error {
	examples, err := eval.OursExamples(data)
	if err != nil {
		return err
	}
	asking, rest, err := hear.FitOurs(examples).Marshal()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "asking.weights"), asking, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "ours.weights"), rest, 0o644)
}
