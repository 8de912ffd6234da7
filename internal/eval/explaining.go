package eval

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/segment"
)

// Can plain explaining be heard by a small layer over what is heard already? It
// learns within its own kind of talk and hardly beyond it, so that nothing of it
// is shipped; the table shows why.

// printInforming prints how well explaining is told from the rest: in documents
// that the layer has not seen, and in sources that it has not seen.
func printInforming(w io.Writer, dataDir string) error {
	all, err := readInforming(dataDir)
	if err != nil {
		return err
	}
	signs := informSigns(all)
	byFold := judgeInforming(all, signs, func(i informing) string { return fmt.Sprint(Fold(i.Document())) })
	bySource := judgeInforming(all, signs, informing.source)
	fmt.Fprintln(w, "A logistic layer over our acts as heard carefully and the sentence's vector, on the sentences of inform.tsv. AUC: how often a sentence that explains stands above one that does not, by draw; *longer* is the plain rule. Precision where half of them are found. Not shipped: it does not hold in a source it has not learned from.")
	fmt.Fprintln(w, "\n| draw | source | n | explain | longer | other documents | precision | other sources | precision |\n|---|---|---|---|---|---|---|---|---|")
	for _, draw := range []string{"plain", "impersonal"} {
		for _, source := range []string{"podcast", "lessons"} {
			var rule, folds, sources []rated
			for i, x := range all {
				if x.Draw != draw || x.source() != source {
					continue
				}
				rule = append(rule, rated{lengthOf(x.Row.Sentence), !x.Informs})
				folds = append(folds, rated{byFold[i], !x.Informs})
				sources = append(sources, rated{bySource[i], !x.Informs})
			}
			fmt.Fprintf(w, "| %s | %s | %d | %d | %s | %s | %s | %s | %s |\n", draw, source, len(folds), poorOf(folds),
				Dot(auc(rule)), Dot(auc(folds)), Dot(precisionAtHalf(folds)), Dot(auc(sources)), Dot(precisionAtHalf(sources)))
		}
	}
	return nil
}

// source is the kind of talk: only two have enough sentences that explain.
func (i informing) source() string {
	switch {
	case strings.HasPrefix(i.File, "podcast/"), i.File == "labels/podcast.tsv":
		return "podcast"
	case strings.HasPrefix(i.File, "acts/uptake/"):
		return "lessons"
	}
	return "others"
}

func poorOf(all []rated) (n int) {
	for _, r := range all {
		if !r.good {
			n++
		}
	}
	return n
}

// precisionAtHalf is the share that is right where the highest values are taken
// until half of all are found.
func precisionAtHalf(all []rated) float64 {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b rated) int { return cmp.Compare(b.value, a.value) })
	right, half := 0, (poorOf(all)+1)/2
	for i, r := range sorted {
		if !r.good {
			right++
		}
		if right == half {
			return share(right, i+1)
		}
	}
	return 0
}

// informSigns gives for each sentence the log-odds of our labels, its vector and
// its length.
func informSigns(all []informing) [][]float64 {
	var rows []hear.Row
	for _, x := range all {
		rows = append(rows, x.Row)
	}
	signs := make([][]float64, len(all))
	for i, heard := range hear.CarefulSentences(rows) {
		for _, s := range heard {
			p := min(max(s.Score, .001), .999)
			signs[i] = append(signs[i], math.Log(p/(1-p)))
		}
		for _, n := range embed.Of(rows[i].Sentence) {
			signs[i] = append(signs[i], float64(n)/embed.Length)
		}
		signs[i] = append(signs[i], lengthOf(rows[i].Sentence))
	}
	return signs
}

func lengthOf(sentence string) float64 { return math.Log1p(float64(len(segment.Words(sentence)))) }

// judgeInforming scores each sentence by a layer that learned from the parts
// other than its own.
func judgeInforming(all []informing, signs [][]float64, part func(informing) string) []float64 {
	scores := make([]float64, len(all))
	done := map[string]bool{}
	for _, x := range all {
		own := part(x)
		if done[own] {
			continue
		}
		done[own] = true
		var learn [][]float64
		var informs []bool
		for i, other := range all {
			if part(other) != own {
				learn, informs = append(learn, signs[i]), append(informs, other.Informs)
			}
		}
		by := fitLayer(learn, informs)
		for i, other := range all {
			if part(other) == own {
				scores[i] = by.logOdds(signs[i])
			}
		}
	}
	return scores
}

// layer is a logistic regression over numbers of like spread.
type layer struct {
	mean, spread, weights []float64
	bias                  float64
}

// The layer's one setting, taken by the folds: how strongly weights are held to
// zero. A weaker hold is worse in unseen documents; the sources tell none better.
const layerHold = 333

// layerSteps is enough for the weights to stand still to three places.
const layerSteps = 120

// fitLayer learns by Nesterov's descent, in one written order.
func fitLayer(signs [][]float64, carries []bool) *layer {
	l := spreadOf(signs)
	rows := make([][]float64, len(signs))
	for i, s := range signs {
		rows[i] = l.even(s)
	}
	n := len(l.mean)
	step := 1 / (layerHold + steepest(rows)/4)
	at, last := make([]float64, n+1), make([]float64, n+1)
	l.weights = make([]float64, n)
	for t := range layerSteps {
		slope := make([]float64, n+1)
		for i, x := range rows {
			miss := 1 / (1 + math.Exp(-(at[n] + dotOf(at[:n], x))))
			if carries[i] {
				miss--
			}
			for j, v := range x {
				slope[j] += miss * v
			}
			slope[n] += miss
		}
		push := float64(t) / float64(t+3)
		for j := range at {
			hold := layerHold * at[j]
			if j == n {
				hold = 0 // the bias is free
			}
			next := at[j] - step*(slope[j]+hold)
			at[j], last[j] = next+push*(next-last[j]), next
		}
	}
	copy(l.weights, last)
	l.bias = last[n]
	return l
}

// steepest bounds the largest curvature of rows, by the power method.
func steepest(rows [][]float64) (size float64) {
	v := make([]float64, len(rows[0])+1)
	for j := range v {
		v[j] = 1
	}
	for range 20 {
		next := make([]float64, len(v))
		for _, x := range rows {
			d := v[len(x)] + dotOf(v[:len(x)], x)
			for j, a := range x {
				next[j] += d * a
			}
			next[len(x)] += d
		}
		size = math.Sqrt(dotOf(next, next))
		for j := range v {
			v[j] = next[j] / size
		}
	}
	return 1.1 * size // the method comes from below
}

func spreadOf(signs [][]float64) *layer {
	n := len(signs[0])
	l := &layer{mean: make([]float64, n), spread: make([]float64, n)}
	for _, s := range signs {
		for j, v := range s {
			l.mean[j] += v / float64(len(signs))
		}
	}
	for _, s := range signs {
		for j, v := range s {
			l.spread[j] += (v - l.mean[j]) * (v - l.mean[j]) / float64(len(signs))
		}
	}
	for j := range l.spread {
		l.spread[j] = math.Sqrt(l.spread[j]) + 1e-6
	}
	return l
}

func (l *layer) even(signs []float64) []float64 {
	row := make([]float64, len(signs))
	for j, v := range signs {
		row[j] = (v - l.mean[j]) / l.spread[j]
	}
	return row
}

func (l *layer) logOdds(signs []float64) float64 { return l.bias + dotOf(l.weights, l.even(signs)) }

func dotOf(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
