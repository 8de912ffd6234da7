package eval

import (
	_ "embed"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/alike"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/segment"
)

// samePairs are 500 labelled pairs of customers' sentences that only measure;
// alikePairs are 300 others, on half of which likeness was chosen. What they are
// stands beside them.
var (
	//go:embed data/same-pairs.tsv
	samePairs string
	//go:embed data/alike-pairs.tsv
	alikePairs string
)

// twoSaid is a pair of customers' sentences that may mean the same.
type twoSaid struct {
	a, b     string // ids
	one, two string // their words
	same     bool
	origin   string
}

// chose says whether likeness was chosen on this pair of alikePairs.
func (p twoSaid) chose() bool { return crc32.ChecksumIEEE([]byte(p.a+" "+p.b))%2 == 0 }

// likeness is a way to say how alike two sentences are.
type likeness struct {
	name string
	of   func(one, two string) float64
}

func likenesses() []likeness {
	reader := alike.NewReader()
	return []likeness{
		{"shared words over all words", sharedWords},
		{"vectors alone", func(one, two string) float64 { return float64(embed.Cosine(embed.Of(one), embed.Of(two))) }},
		{"alike", func(one, two string) float64 {
			a, b := reader.Read(one), reader.Read(two)
			return alike.Likeness(&a, &b)
		}},
	}
}

// Same prints how well sentences that mean the same are told from those that
// only touch the same topic: average precision with an interval over pairs.
func Same(w io.Writer, dataDir string) error {
	words, err := wordsOf(dataDir)
	if err != nil {
		return err
	}
	measured, err := readTwoSaid(samePairs, words)
	if err != nil {
		return err
	}
	drawn, err := readTwoSaid(alikePairs, words)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "| pairs | origin | n same / pairs | chance | likeness | average precision | of shared words |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|")
	printSame(w, "same-pairs, measured only", measured, "near", "words", "kind", "random")
	printSame(w, "alike-pairs, kept apart", keep(drawn, func(p twoSaid) bool { return !p.chose() }), "words", "vectors", "both", "random")
	printSame(w, "alike-pairs, chosen on", keep(drawn, twoSaid.chose))
	fmt.Fprintln(w)
	printThresholds(w, drawn)
	return printGroups(w, dataDir)
}

// printGroups prints how many lines of several people the labelled customers'
// sentences make, each under the kinds that annotators gave it.
func printGroups(w io.Writer, dataDir string) error {
	rows, err := ReadLabels(dataDir, "ai-*", "more-*", "survey", "podcast")
	if err != nil {
		return err
	}
	groups, sentences := alike.NewGroups(), 0
	documents := map[headway.GroupID]map[string]bool{}
	for _, row := range OfSide(rows, headway.Theirs) {
		for _, kind := range row.Labels {
			sentences++
			group, _ := groups.Join(kind, headway.Span{Text: headway.TextID(row.ID)}, row.Row.Sentence)
			if documents[group] == nil {
				documents[group] = map[string]bool{}
			}
			documents[group][row.Document()] = true
		}
	}
	delete(documents, "")
	several, most := 0, 0
	for _, of := range documents {
		if len(of) > 1 {
			several++
		}
		most = max(most, len(of))
	}
	fmt.Fprintf(w, "\n%d labels on customers' sentences make %d lines of several people, the largest of %d.\n", sentences, several, most)
	return nil
}

// printSame prints a set of pairs, all of them and then by origin.
func printSame(w io.Writer, title string, pairs []twoSaid, origins ...string) {
	for _, origin := range append([]string{""}, origins...) {
		of := keep(pairs, func(p twoSaid) bool { return origin == "" || p.origin == origin })
		same := len(keep(of, func(p twoSaid) bool { return p.same }))
		if same == 0 {
			continue // nothing can be ranked first
		}
		var base float64
		for i, l := range likenesses() {
			scored := score(of, l)
			ap := averagePrecision(scored)
			if i == 0 {
				base = ap
			}
			low, high := redrawn(scored, averagePrecision)
			fmt.Fprintf(w, "| %s | %s | %d / %d | %s | %s | %s (%s-%s) | %.2f |\n", title, orAll(origin), same, len(of),
				Dot(share(same, len(of))), l.name, Dot(ap), Dot(low), Dot(high), ap/base)
		}
	}
}

func orAll(origin string) string {
	if origin == "" {
		return "all"
	}
	return origin
}

// printThresholds prints what each threshold gives, on the pairs it may be
// chosen on and on those kept apart.
func printThresholds(w io.Writer, drawn []twoSaid) {
	fmt.Fprintln(w, "| likeness from | chosen on: right / joined | of same | kept apart: right / joined | of same |")
	fmt.Fprintln(w, "|---|---|---|---|---|")
	how := likenesses()[2]
	chosen, apart := score(keep(drawn, twoSaid.chose), how), score(keep(drawn, func(p twoSaid) bool { return !p.chose() }), how)
	for t := .40; t < .80; t += .05 {
		c, a := joinedFrom(chosen, t), joinedFrom(apart, t)
		fmt.Fprintf(w, "| %.2f | %d / %d | %d | %d / %d | %d |\n", t, c.Hit, c.Hit+c.False, c.N(), a.Hit, a.Hit+a.False, a.N())
	}
	fmt.Fprintf(w, "\nThe threshold in use is %.2f.\n", alike.Threshold)
}

func joinedFrom(pairs []scoredPair, threshold float64) (c Count) {
	for _, p := range pairs {
		c.Add(p.score >= threshold, p.same)
	}
	return c
}

type scoredPair struct {
	score float64
	same  bool
}

func score(pairs []twoSaid, by likeness) []scoredPair {
	scored := make([]scoredPair, len(pairs))
	for i, p := range pairs {
		scored[i] = scoredPair{by.of(p.one, p.two), p.same}
	}
	return scored
}

// averagePrecision is the mean, over the pairs that mean the same, of the share
// that does so among those ranked at least as high. Of equals those that do not
// come first.
func averagePrecision(pairs []scoredPair) float64 {
	ranked := slices.Clone(pairs)
	sort.SliceStable(ranked, func(i, j int) bool {
		if ranked[i].score != ranked[j].score {
			return ranked[i].score > ranked[j].score
		}
		return !ranked[i].same && ranked[j].same
	})
	same, sum := 0, 0.0
	for i, p := range ranked {
		if p.same {
			same++
			sum += share(same, i+1)
		}
	}
	if same == 0 {
		return 0
	}
	return sum / float64(same)
}

// sharedWords is the baseline: the words that both have, of those that either has.
func sharedWords(one, two string) float64 {
	a, b := allWords(one), allWords(two)
	shared := 0
	for word := range a {
		if b[word] {
			shared++
		}
	}
	return share(shared, len(a)+len(b)-shared)
}

func allWords(text string) map[string]bool {
	words := map[string]bool{}
	for _, piece := range segment.Words(text) {
		words[strings.ToLower(piece.Of(text))] = true
	}
	return words
}

// wordsOf gives the words of every labelled customer's sentence by its id.
func wordsOf(dataDir string) (map[string]string, error) {
	rows, err := ReadLabels(dataDir, "ai-*", "more-*", "rare-*", "survey", "podcast")
	if err != nil {
		return nil, err
	}
	words := map[string]string{}
	for _, row := range OfSide(rows, headway.Theirs) {
		words[row.ID] = row.Row.Sentence
	}
	return words, nil
}

func readTwoSaid(table string, words map[string]string) (pairs []twoSaid, err error) {
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[0] == "sentence_a" {
			continue
		}
		p := twoSaid{a: f[0], b: f[1], one: words[f[0]], two: words[f[1]], same: f[2] == "same", origin: f[3]}
		if p.one == "" || p.two == "" {
			return nil, headway.Errorf(headway.NotFound, "no label file has the sentences %s and %s of the pairs", p.a, p.b)
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

func keep[T any](all []T, wanted func(T) bool) (kept []T) {
	for _, one := range all {
		if wanted(one) {
			kept = append(kept, one)
		}
	}
	return kept
}
