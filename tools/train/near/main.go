// Command near chooses how words and meaning are weighed for what is near a
// guess, and from which cosine on a search shows what means about the same, for
// the table of word pieces as it is. It writes both beside the table.
//
//	go run ./tools/train/near -data ../shared/data
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/eval"
)

func main() {
	data := flag.String("data", "../shared/data", "folder that holds labels/ and interviews/")
	out := flag.String("o", "internal/embed/floors.json", "file to write")
	flag.Parse()
	if err := choose(*data, *out); err != nil {
		log.Fatal(err)
	}
}

func choose(data, out string) error {
	floors := embed.Near()
	mix, err := eval.ChooseNear(os.Stdout, data)
	if err != nil {
		return err
	}
	floors.GuessWords, floors.Guess = mix.Words, mix.Bar
	if floors.Search, err = eval.ChooseSearch(os.Stdout, data); err != nil {
		return err
	}
	written, err := json.Marshal(floors)
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(written, '\n'), 0o644)
}
