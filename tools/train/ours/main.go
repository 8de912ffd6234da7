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
	out := flag.String("o", "internal/hear", "folder to write asking.weights, ours.weights and asks.json into")
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
	asking, rest, aim, err := hear.FitOurs(examples).Marshal()
	if err != nil {
		return err
	}
	for _, file := range []struct {
		name  string
		holds []byte
	}{{"asking.weights", asking}, {"ours.weights", rest}, {"asks.json", aim}} {
		if err := os.WriteFile(filepath.Join(out, file.name), file.holds, 0o644); err != nil {
			return err
		}
	}
	return nil
}
