package eval

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// wordsAlone is the mix that weighs no meaning, with the bar that was set before
// there was any. As many unrelated sentences as come over it may come over the
// bar of another mix.
var wordsAlone = mirror.Mix{Words: 1, Bar: .25}

// ChooseNear chooses how words and meaning are weighed for what is near a guess,
// on the guesses that nearness may be set on: the mix that ranks the sentences
// about a guess best among its pairs, as heard by either pass, and the lowest bar
// over which no more unrelated sentences come than by words alone. Unrelated are
// those of interviews about another product. It prints what it compared.
func ChooseNear(w io.Writer, dataDir string) (best mirror.Mix, err error) {
	talks, err := heardPairs(dataDir, pair.tuned)
	if err != nil {
		return best, err
	}
	unrelated, err := readUnrelated(dataDir, pair.tuned)
	if err != nil {
		return best, err
	}
	allowed := unrelated.near(wordsAlone)
	fmt.Fprintf(w, "by words alone from %.2f on: %d of %d unrelated pairs are near\n\n", wordsAlone.Bar, allowed, unrelated.pairs())
	fmt.Fprintln(w, "| words | average precision | bar | unrelated near |\n|---|---|---|---|")
	most := -1.0
	for tenth := range 11 {
		mix := mirror.Mix{Words: float64(tenth) / 10}
		ranked := 0.0
		for _, heard := range talks {
			ranked += rankedWell(heard, mix) / float64(len(talks))
		}
		mix.Bar = unrelated.bar(mix, allowed)
		fmt.Fprintf(w, "| %.1f | %.3f | %.2f | %d |\n", mix.Words, ranked, mix.Bar, unrelated.near(mix))
		if ranked > most {
			best, most = mix, ranked
		}
	}
	return best, nil
}

// heardPair is a pair with its sentence heard in the smallest conversation.
type heardPair struct {
	pair
	c      *headway.Conversation
	h      headway.Hearing
	target headway.Span
}

// heardPairs hears the pairs that are wanted by each pass.
func heardPairs(dataDir string, wanted func(pair) bool) (talks [][]heardPair, err error) {
	pairs, err := readPairs(dataDir)
	if err != nil {
		return nil, err
	}
	for _, hearing := range []func(*headway.Conversation) headway.Hearing{hear.Carefully, hear.Conversation} {
		var heard []heardPair
		for _, p := range pairs {
			if wanted(p) {
				c, target := p.conversation()
				heard = append(heard, heardPair{p, c, hearing(c), target})
			}
		}
		talks = append(talks, heard)
	}
	return talks, nil
}

// score is how near the sentence is to the guess by a mix.
func (p heardPair) score(by mirror.Mix) (most float64) {
	for _, n := range mirror.NearBy(by, p.c, p.h, []headway.Guess{p.guess})[0] {
		if n.Span.Overlaps(p.target) {
			most = max(most, n.Score)
		}
	}
	return most
}

// rankedWell is the average precision of pairs ranked by a mix: the mean, over
// those that are about their guess, of the share of such among all ranked as high.
func rankedWell(pairs []heardPair, by mirror.Mix) float64 {
	type ranked struct {
		score float64
		about bool
	}
	var all []ranked
	about := 0
	for _, p := range pairs {
		all = append(all, ranked{p.score(by), p.about})
		if p.about {
			about++
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	sum, met := 0.0, 0
	for i, r := range all {
		if r.about {
			met++
			sum += float64(met) / float64(i+1)
		}
	}
	return sum / float64(about)
}

// unrelated are guesses and conversations that have nothing to do with them.
type unrelated struct {
	guesses []headway.Guess
	talks   []*headway.Conversation
	heard   []headway.Hearing
}

// everyEighth interview is enough to tell how much is near by accident.
const everyEighth = 8

// readUnrelated holds the guesses about one product against interviews about
// another.
func readUnrelated(dataDir string, wanted func(pair) bool) (u unrelated, err error) {
	pairs, err := readPairs(dataDir)
	if err != nil {
		return u, err
	}
	known := map[string]bool{}
	for _, p := range pairs {
		if p.sentence.File == "survey" && wanted(p) && !known[p.guess.Text] {
			known[p.guess.Text] = true
			u.guesses = append(u.guesses, p.guess)
		}
	}
	names, err := filepath.Glob(filepath.Join(dataDir, "interviews", "transcripts", "*.md"))
	if err != nil {
		return u, err
	}
	for i := 0; i < len(names); i += everyEighth {
		data, err := os.ReadFile(names[i])
		if err != nil {
			return u, err
		}
		batch, err := source.Read(source.File{Name: filepath.Base(names[i]), Data: data}, source.Options{})
		if err != nil {
			return u, err
		}
		for i := range batch.Conversations {
			u.talks = append(u.talks, &batch.Conversations[i])
			u.heard = append(u.heard, hear.Conversation(&batch.Conversations[i]))
		}
	}
	return u, nil
}

// pairs counts the customers' sentences, once for each guess.
func (u unrelated) pairs() (n int) {
	for _, h := range u.heard {
		for _, s := range h.Sentences {
			if s.Side == headway.Theirs {
				n += len(u.guesses)
			}
		}
	}
	return n
}

func (u unrelated) scores(by mirror.Mix) (scores []float64) {
	for i, c := range u.talks {
		for _, near := range mirror.NearBy(by, c, u.heard[i], u.guesses) {
			for _, n := range near {
				scores = append(scores, n.Score)
			}
		}
	}
	return scores
}

func (u unrelated) near(by mirror.Mix) int { return len(u.scores(by)) }

// bar gives the lowest bar, in hundredths, over which no more than so many come.
func (u unrelated) bar(by mirror.Mix, allowed int) float64 {
	by.Bar = .1
	scores := u.scores(by)
	for hundredths := 10; ; hundredths++ {
		bar, over := float64(hundredths)/100, 0
		for _, s := range scores {
			if s >= bar {
				over++
			}
		}
		if over <= allowed {
			return bar
		}
	}
}
