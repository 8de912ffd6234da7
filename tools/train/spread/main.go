// Command spread measures how invented customers of one job differ, and the jobs
// of one product, and writes the file by which Headway weighs how many jobs there
// are. Run it whenever what aims or kinds of progress are read by has changed.
//
//	go run ./tools/train/spread -writers T
package main

import (
	"flag"
	"log"
	"os"
	"strings"

	"github.com/headway-oss/headway/internal/eval"
	"github.com/headway-oss/headway/internal/job"
)

func main() {
	stories := flag.String("stories", "internal/eval/data/jobs/stories", "folder of invented customers")
	writers := flag.String("writers", "T", "whose to measure on, parted by commas: nobody's from whom a weight was learned")
	out := flag.String("o", "internal/job/spread.json", "file to write")
	flag.Parse()
	studies, err := eval.LabelledStories(os.DirFS(*stories), strings.Split(*writers, ","))
	if err != nil {
		log.Fatal(err)
	}
	spread, err := job.FitSpread(studies)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, append(spread, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
}
