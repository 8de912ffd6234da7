// Command careful makes what the careful pass needs beside the encoder that
// tools/careful fitted: what encoders that had not seen them make of the
// labelled sentences, and how sure these opinions are. The same encoders and
// labels give the same bytes.
//
//	go run ./tools/train/careful -encoders DIR -data ../shared/data
//
// DIR holds fold0.encoder to fold4.encoder, each fitted without one fold of the
// labels, unseen.encoder, fitted without the survey and the podcast, and
// all.encoder, fitted on everything, which is shipped. Without -encoders only the
// second is made, from the opinions that are kept: after a change of the quick
// pass no more is needed.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/headway-oss/headway/internal/encoder"
	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/hear"
)

func main() {
	data := flag.String("data", "../shared/data", "folder that holds labels/")
	encoders := flag.String("encoders", "", "folder that holds the fitted encoders")
	flag.Parse()
	if err := train(*data, *encoders); err != nil {
		log.Fatal(err)
	}
}

func train(data, encoders string) error {
	opinions, err := eval.KeptOpinions()
	if encoders != "" {
		opinions, err = gather(data, encoders)
	}
	if err != nil {
		return err
	}
	examples, err := eval.CarefulExamples(data, opinions)
	if err != nil {
		return err
	}
	labels, err := hear.FitCareful(examples).Marshal()
	if err != nil {
		return err
	}
	return os.WriteFile("internal/hear/careful.json", labels, 0o644)
}

// gather writes the encoder that is shipped, and what the others make of the
// sentences they have not seen.
func gather(data, encoders string) (eval.Opinions, error) {
	fitted, err := read(encoders)
	if err != nil {
		return nil, err
	}
	shipped, err := os.ReadFile(filepath.Join(encoders, "all.encoder"))
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile("internal/encoder/weights/careful.encoder", shipped, 0o644); err != nil {
		return nil, err
	}
	opinions, err := eval.GatherOpinions(data, fitted)
	if err != nil {
		return nil, err
	}
	var kept bytes.Buffer
	if err := opinions.Write(&kept, data); err != nil {
		return nil, err
	}
	return opinions, os.WriteFile("internal/eval/data/careful.tsv.gz", kept.Bytes(), 0o644)
}

func read(dir string) (all eval.Encoders, err error) {
	for fold := range all.Folds {
		if all.Folds[fold], err = open(filepath.Join(dir, fmt.Sprintf("fold%d.encoder", fold))); err != nil {
			return all, err
		}
	}
	all.Unseen, err = open(filepath.Join(dir, "unseen.encoder"))
	if os.IsNotExist(err) {
		err = nil
	}
	return all, err
}

func open(path string) (*encoder.Model, error) {
	weights, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return encoder.Read(weights)
}
