// Command kinds learns what the cues of the customer's side weigh, from the
// label files, and writes the weights where they are embedded. The same labels
// and the same rules give the same bytes.
//
//	go run ./tools/train/kinds -data ../shared/data
package main

import (
	"flag"
	"log"
	"os"

	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/hear"
)

func main() {
	data := flag.String("data", "../shared/data", "folder that holds labels/")
	out := flag.String("o", "internal/hear/kinds.weights", "file to write")
	flag.Parse()
	if err := train(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func train(data, out string) error {
	examples, err := eval.KindExamples(data)
	if err != nil {
		return err
	}
	weights, err := hear.FitTheirs(examples).Marshal()
	if err != nil {
		return err
	}
	return os.WriteFile(out, weights, 0o644)
}
