package eval

import (
	"math"
	"math/rand/v2"

	"github.com/headway-oss/headway/internal/job"
)

// kMeans is Lloyd's k-means begun by k-means++, the best of ten starts: the plainest
// way to group people by what their words mean.
func kMeans(rows [][]float64, k int, seed uint64) []int {
	in := make([]int, len(rows))
	for i := range in {
		in[i] = i
	}
	return kMeansOf(rows, in, k, seed)
}

// kMeansOf finds centres among some rows and gives where these fall.
func kMeansOf(rows [][]float64, in []int, k int, seed uint64) (best []int) {
	by := rand.New(rand.NewPCG(seed, 1))
	least := math.Inf(1)
	for range 10 {
		centres := [][]float64{append([]float64(nil), rows[in[by.IntN(len(in))]]...)}
		for len(centres) < k {
			far := make([]float64, len(in))
			total := 0.0
			for i, row := range in {
				_, far[i] = nearestOf(centres, rows[row])
				total += far[i]
			}
			at, left := 0, by.Float64()*total
			for at < len(in)-1 && left >= far[at] {
				left -= far[at]
				at++
			}
			centres = append(centres, append([]float64(nil), rows[in[at]]...))
		}
		fell, cost := make([]int, len(in)), 0.0
		for range 30 {
			cost = 0
			sums, counts := make([][]float64, k), make([]float64, k)
			for i := range sums {
				sums[i] = make([]float64, len(rows[0]))
			}
			for i, row := range in {
				at, d := nearestOf(centres, rows[row])
				fell[i], cost = at, cost+d
				counts[at]++
				for d, x := range rows[row] {
					sums[at][d] += x
				}
			}
			for at := range centres {
				for d := range sums[at] {
					if counts[at] > 0 {
						centres[at][d] = sums[at][d] / counts[at]
					}
				}
			}
		}
		if cost < least {
			least, best = cost, fell
		}
	}
	return best
}

func nearestOf(centres [][]float64, row []float64) (at int, least float64) {
	least = math.Inf(1)
	for i, centre := range centres {
		sum := 0.0
		for d, x := range row {
			sum += (x - centre[d]) * (x - centre[d])
		}
		if sum < least {
			at, least = i, sum
		}
	}
	return at, least
}

// topics is texts as numbers of words, for a topic model.
type topics struct {
	words [][]int
	known int
}

// newTopics keeps the words that at least two texts have and at most half of them.
func newTopics(texts []string) topics {
	in := map[string]int{}
	stems := make([][]string, len(texts))
	for i, text := range texts {
		stems[i] = stemsOf(text)
		seen := map[string]bool{}
		for _, stem := range stems[i] {
			if !seen[stem] {
				seen[stem] = true
				in[stem]++
			}
		}
	}
	t := topics{words: make([][]int, len(texts))}
	number := map[string]int{}
	for i := range texts {
		for _, stem := range stems[i] {
			if in[stem] < 2 || 2*in[stem] > len(texts) {
				continue
			}
			n, known := number[stem]
			if !known {
				n = len(number)
				number[stem] = n
			}
			t.words[i] = append(t.words[i], n)
		}
	}
	t.known = len(number)
	return t
}

func (t topics) of(in []int) topics {
	part := topics{known: t.known}
	for _, i := range in {
		part.words = append(part.words, t.words[i])
	}
	return part
}

// fit is latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths and
// Steyvers, 2004) with priors of 1/k and .01; each text falls where most of it lies,
// on average over the second half of the rounds.
func (t topics) fit(k, rounds int, seed uint64) []int {
	by := rand.New(rand.NewPCG(seed, 2))
	alpha, beta := 1/float64(k), .01
	of := make([][]int, len(t.words))
	inText, inTopic, total := grid(len(t.words), k), grid(t.known, k), make([]float64, k)
	for d, words := range t.words {
		of[d] = make([]int, len(words))
		for i, word := range words {
			z := by.IntN(k)
			of[d][i] = z
			inText[d][z]++
			inTopic[word][z]++
			total[z]++
		}
	}
	sums := grid(len(t.words), k)
	weights := make([]float64, k)
	for round := range rounds {
		for d, words := range t.words {
			for i, word := range words {
				z := of[d][i]
				inText[d][z]--
				inTopic[word][z]--
				total[z]--
				sum := 0.0
				for j := range weights {
					sum += (inText[d][j] + alpha) * (inTopic[word][j] + beta) / (total[j] + beta*float64(t.known))
					weights[j] = sum
				}
				z = 0
				for u := by.Float64() * sum; z < k-1 && u >= weights[z]; z++ {
				}
				of[d][i] = z
				inText[d][z]++
				inTopic[word][z]++
				total[z]++
			}
			if 2*round >= rounds {
				for j, n := range inText[d] {
					sums[d][j] += n
				}
			}
		}
	}
	fell := make([]int, len(t.words))
	for d := range fell {
		for j := range k {
			if sums[d][j] > sums[d][fell[d]] {
				fell[d] = j
			}
		}
	}
	return fell
}

func grid(n, k int) [][]float64 {
	all := make([][]float64, n)
	for i := range all {
		all[i] = make([]float64, k)
	}
	return all
}

// steadiness is the mean agreement of groupings of resamples, four fifths of all
// each, over those that both hold.
func steadiness(of, times int, group func(in []int, seed uint64) []int) float64 {
	by := rand.New(rand.NewPCG(7, 3))
	fell := make([]map[int]int, times)
	for n := range fell {
		in := by.Perm(of)[:of*4/5]
		fell[n] = map[int]int{}
		for i, at := range group(in, uint64(n)) {
			fell[n][in[i]] = at
		}
	}
	sum, pairs := 0.0, 0.0
	for i := range fell {
		for j := range i {
			var a, b []int
			for row := range of {
				x, inX := fell[i][row]
				y, inY := fell[j][row]
				if inX && inY {
					a, b = append(a, x), append(b, y)
				}
			}
			sum += job.Agreement(a, b)
			pairs++
		}
	}
	return sum / pairs
}
