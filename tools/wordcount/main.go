// Command wordcount counts how common English words are, for mirror to know which
// shared words tell something. It writes the table of internal/segment:
//
//	go run ./tools/wordcount ../shared/data > internal/segment/common.txt
//
// It reads two collections of unlike speech, the interviews and the podcast,
// and takes the geometric mean of a stem's share in both, so that the matter
// of one alone does not pass for common English.
package main

import (
	"fmt"
	"io/fs"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/segment"
)

// rarest is the rarest class written: a share of 2^-15, one word in 32,768.
const rarest = 15

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: common DATA")
	}
	interviews, err := count(filepath.Join(os.Args[1], "interviews", "transcripts"))
	if err != nil {
		log.Fatal(err)
	}
	podcast, err := count(filepath.Join(os.Args[1], "podcast", "founderstalk"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("# How common English word stems are: class N holds those of a share near 2^-N.")
	fmt.Println("# Counted by tools/wordcount over 615 interviews (MIT) and 50 episodes of Founders Talk")
	fmt.Println("# (Changelog Media, CC BY-SA 4.0, https://changelog.com/founderstalk); figures only.")
	classes := classify(interviews, podcast)
	for bits, stems := range classes {
		if len(stems) > 0 {
			fmt.Println(bits, strings.Join(stems, " "))
		}
	}
}

type counted struct {
	stems map[string]int
	total int
}

func count(dir string) (counted, error) {
	c := counted{stems: map[string]int{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		c.add(string(text))
		return nil
	})
	return c, err
}

func (c *counted) add(text string) {
	for _, w := range segment.Words(text) {
		c.total++
		if word := w.Of(text); !segment.IsStop(word) && len(word) > 1 {
			c.stems[segment.Stem(word)]++
		}
	}
}

func (c counted) bits(stem string) float64 {
	return -math.Log2((float64(c.stems[stem]) + .5) / float64(c.total))
}

func classify(a, b counted) [rarest + 1][]string {
	var classes [rarest + 1][]string
	for _, stem := range slices.Sorted(maps.Keys(a.stems)) {
		bits := int(math.Round((a.bits(stem) + b.bits(stem)) / 2))
		if bits <= rarest && b.stems[stem] > 0 {
			classes[bits] = append(classes[bits], stem)
		}
	}
	return classes
}
