package eval

import (
	_ "embed"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/meaning"
	"github.com/headway-oss/headway/internal/source"
)

// judgedHits are sentences that were found for 40 searches in the interviews,
// each judged right or wrong; data/searches.md tells how.
//
//go:embed data/searches.tsv
var judgedHits string

// Search is one search and what of its hits was judged.
type Search struct {
	Words string
	Right map[string]bool // by a sentence's place, see SentenceID; what is not in it was not judged
}

// Tuned says whether floors may be chosen on this search. The others were looked
// at for their figures only.
func (s Search) Tuned() bool { return crc32.ChecksumIEEE([]byte(s.Words))%2 == 0 }

// SentenceID names a sentence by its file, its turn and where in it the sentence
// starts, in code points.
func SentenceID(file string, turn, start int) string {
	return fmt.Sprintf("%s:%d:%d", strings.TrimSuffix(file, ".md"), turn, start)
}

// Searches gives the judged searches in order.
func Searches() (all []Search) {
	for line := range strings.Lines(judgedHits) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[0] == "search" {
			continue
		}
		if len(all) == 0 || all[len(all)-1].Words != f[0] {
			all = append(all, Search{f[0], map[string]bool{}})
		}
		if f[1] != "" {
			all[len(all)-1].Right[f[1]] = f[2] == "right"
		}
	}
	return all
}

// SharesWord says whether a sentence has a content word of the search, in any form.
func (s Search) SharesWord(sentence string) bool {
	own := contentStems(strings.ToLower(s.Words))
	for stem := range contentStems(strings.ToLower(sentence)) {
		if own[stem] {
			return true
		}
	}
	return false
}

// firstTen is how many hits of a search are judged.
const firstTen = 10

// enoughRight is how many in ten of the sentences that a search shows by meaning
// are to be right.
const enoughRight = .63

// ChooseSearch chooses the lowest cosine, in hundredths, from which on enough of
// the ten nearest sentences of a search are right, on the searches that floors may
// be chosen on. It prints what it compared.
func ChooseSearch(w io.Writer, dataDir string) (floor float32, err error) {
	hits, err := nearestTen(dataDir, Search.Tuned)
	if err != nil {
		return 0, err
	}
	fmt.Fprintln(w, "\n| floor | right | judged | not judged |\n|---|---|---|---|")
	floor = 1
	for hundredths := 90; hundredths >= 25; hundredths-- {
		at := float32(hundredths) / 100
		right, judged, unjudged := 0, 0, 0
		for _, h := range hits {
			switch {
			case h.cosine < at:
			case !h.known:
				unjudged++
			default:
				judged++
				if h.right {
					right++
				}
			}
		}
		if hundredths%5 == 0 {
			fmt.Fprintf(w, "| %.2f | %s | %d | %d |\n", at, Dot(share(right, judged)), judged, unjudged)
		}
		if judged > 0 && share(right, judged) >= enoughRight {
			floor = at
		}
	}
	return floor, nil
}

// nearHit is a sentence near a search in meaning.
type nearHit struct {
	cosine       float32
	right, known bool
}

// nearestTen finds the ten sentences of the interviews nearest to each search.
func nearestTen(dataDir string, wanted func(Search) bool) (hits []nearHit, err error) {
	names, err := filepath.Glob(filepath.Join(dataDir, "interviews", "transcripts", "*.md"))
	if err != nil {
		return nil, err
	}
	var ids []string
	var rows []byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		batch, err := source.Read(source.File{Name: filepath.Base(name), Data: data}, source.Options{})
		if err != nil {
			return nil, err
		}
		for i := range batch.Conversations {
			c := &batch.Conversations[i]
			said := meaning.Of(c)
			turns := map[string]int{}
			for t := range c.Turns {
				turns[string(c.Turns[t].Text.ID)] = t
			}
			for _, s := range said.Spans {
				ids = append(ids, SentenceID(c.File, turns[string(s.Text)], s.Start))
			}
			rows = append(rows, said.Rows...)
		}
	}
	for _, s := range slices.DeleteFunc(Searches(), func(s Search) bool { return !wanted(s) }) {
		for _, near := range embed.Similar(embed.Of(s.Words), rows, firstTen) {
			right, known := s.Right[ids[near.Row]]
			hits = append(hits, nearHit{near.Cosine, right, known})
		}
	}
	return hits, nil
}
