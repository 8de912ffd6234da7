package eval

import (
	_ "embed"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/segment"
)

// guessPairs are 300 pairs of a guess and a customer's sentence, labelled
// before any matching code was written; data/guess-pairs.md tells how.
//
//go:embed data/guess-pairs.tsv
var guessPairs string

// pair is one guess beside one sentence that may be about it.
type pair struct {
	guess    headway.Guess
	sentence Labelled
	about    bool // supports, partly or contradicts: a candidate either way
}

// tuned says whether nearness was set on the pairs of this guess. The others
// were looked at for their figures only.
func (p pair) tuned() bool { return crc32.ChecksumIEEE([]byte(p.guess.Text))%2 == 0 }

// finder says whether a sentence is a candidate for a guess.
type finder struct {
	name string
	find func(pair) bool
}

// Guesses prints how well sentences about a guess are found: precision and
// recall of candidates among the pairs, with intervals over guesses, for the
// guesses that nearness was set on and for those kept apart.
func Guesses(w io.Writer, dataDir string) error {
	pairs, err := readPairs(dataDir)
	if err != nil {
		return err
	}
	halves := []struct {
		name string
		in   func(pair) bool
	}{
		{"kept apart", func(p pair) bool { return !p.tuned() }},
		{"set on", pair.tuned},
		{"all", func(pair) bool { return true }},
	}
	finders := []finder{
		{"near, kinds as heard closely", nearAsHeardBy(hear.Carefully)},
		{"by words alone", wordsNearAsHeardBy(hear.Carefully)},
		{"near, kinds as heard at once", nearAsHeardBy(hear.Conversation)},
		{"by words alone", wordsNearAsHeardBy(hear.Conversation)},
		{"near, kinds as labelled", nearAsLabelled},
		{"shares two content words", sharesWords},
		{"every pair", func(pair) bool { return true }},
	}
	fmt.Fprintln(w, "| guesses | candidates by | precision | recall | n about / pairs |")
	fmt.Fprintln(w, "|---|---|---|---|---|")
	for _, half := range halves {
		for _, f := range finders {
			t, n := Tally{}, 0
			for _, p := range pairs {
				if half.in(p) {
					t.Of(p.guess.Text).Add(f.find(p), p.about)
					n++
				}
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s | %d / %d |\n", half.name, f.name, t.figure(Count.Precision), t.figure(Count.Recall), t.Sum().N(), n)
		}
	}
	return printUnrelated(w, dataDir)
}

// printUnrelated tells how much of what has nothing to do with a guess is near
// it all the same.
func printUnrelated(w io.Writer, dataDir string) error {
	apart, err := readUnrelated(dataDir, func(p pair) bool { return !p.tuned() })
	if err != nil {
		return err
	}
	by := mirror.Chosen()
	fmt.Fprintf(w, "\nOf %d pairs of a guess kept apart and a sentence of an interview about another product, %d are near; by words alone %d.\n",
		apart.pairs(), apart.near(by), apart.near(wordsAlone))
	return nil
}

func (t Tally) figure(of func(Count) float64) string {
	low, high := t.Interval(of)
	return fmt.Sprintf("%s (%s-%s)", Dot(of(t.Sum())), Dot(low), Dot(high))
}

func readPairs(dataDir string) ([]pair, error) {
	rows, err := ReadLabels(dataDir, "ai-*", "more-*", "survey")
	if err != nil {
		return nil, err
	}
	sentences := map[string]Labelled{}
	for _, row := range rows {
		sentences[row.ID] = row
	}
	var pairs []pair
	for line := range strings.Lines(guessPairs) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if f[0] == "slot" {
			continue
		}
		guess, err := headway.NewGuess("pairs", headway.Label(f[0]), f[1])
		if err != nil {
			return nil, err
		}
		sentence, known := sentences[f[2]]
		if !known {
			return nil, headway.Errorf(headway.NotFound, "no label file under %s has sentence %s of the guess pairs", dataDir, f[2])
		}
		pairs = append(pairs, pair{guess, sentence, f[3] != "not"})
	}
	return pairs, nil
}

// nearAsHeardBy lets a pass hear the sentence, in a conversation of the question,
// the sentence before and itself, and asks mirror.
func nearAsHeardBy(hearing func(*headway.Conversation) headway.Hearing) func(pair) bool {
	return func(p pair) bool {
		c, target := p.conversation()
		return isNear(c, hearing(c), p.guess, target)
	}
}

// wordsNearAsHeardBy is the same without meaning.
func wordsNearAsHeardBy(hearing func(*headway.Conversation) headway.Hearing) func(pair) bool {
	return func(p pair) bool {
		c, target := p.conversation()
		return heardPair{p, c, hearing(c), target}.score(wordsAlone) > 0
	}
}

// nearAsLabelled takes the kinds from the annotators: how much of what is
// missed is hearing, and how much is nearness.
func nearAsLabelled(p pair) bool {
	c, target := p.conversation()
	own := headway.Heard{Span: target, Turn: len(c.Turns) - 1, Side: headway.Theirs}
	for _, l := range p.sentence.Labels {
		own.Labels = append(own.Labels, headway.Scored{Label: l, Score: 1, Counted: true, By: "person"})
	}
	return isNear(c, headway.Hearing{Sentences: []headway.Heard{own}}, p.guess, target)
}

// conversation makes the smallest conversation that holds the sentence, and
// tells where it stands.
func (p pair) conversation() (*headway.Conversation, headway.Span) {
	d := headway.NewDraft("pair", p.sentence.ID)
	d.Conversation().Genre = headway.Interview
	if p.sentence.File == "survey" {
		d.Conversation().Genre = headway.Survey
	}
	d.Say("us", p.sentence.Row.Question)
	before := p.sentence.Row.Before
	if before != "" {
		before += " "
	}
	turn := d.Say("customer", before+p.sentence.Row.Sentence)
	d.Speaker("us").Side = headway.Ours
	d.Speaker("customer").Side = headway.Theirs
	ruler := headway.NewRuler(turn.Text.Text)
	return d.Conversation(), turn.Text.SpanOf(ruler, len(before), len(turn.Text.Text))
}

func isNear(c *headway.Conversation, h headway.Hearing, g headway.Guess, target headway.Span) bool {
	for _, n := range mirror.Look(c, h, []headway.Guess{g}).Near {
		if n.Span.Overlaps(target) {
			return true
		}
	}
	return false
}

// sharesWords is the baseline: two content words in common, by stem.
func sharesWords(p pair) bool {
	shared := 0
	own := contentStems(p.guess.Text)
	for stem := range contentStems(p.sentence.Row.Sentence) {
		if own[stem] {
			shared++
		}
	}
	return shared >= 2
}

func contentStems(text string) map[string]bool {
	stems := map[string]bool{}
	for _, piece := range segment.Words(text) {
		if word := piece.Of(text); !segment.IsStop(word) {
			stems[segment.Stem(word)] = true
		}
	}
	return stems
}
