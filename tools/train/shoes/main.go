// Command shoes fits what tells a sentence about customers from one about us, on
// the labelled texts of invented firms that are for developing.
//
//	go run ./tools/train/shoes
package main

import (
	"flag"
	"log"
	"os"

	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/shoes"
)

func main() {
	out := flag.String("o", "internal/shoes/weights.json", "file to write")
	flag.Parse()
	if err := train(*out); err != nil {
		log.Fatal(err)
	}
}

func train(out string) error {
	examples, err := eval.ShoesExamples()
	if err != nil {
		return err
	}
	written, err := shoes.Fit(examples)
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(written, '\n'), 0o644)
}
