package hear

import (
	"bytes"
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/embed"
	"github.com/headway-oss/headway/internal/encoder/weights"
	"github.com/headway-oss/headway/internal/segment"
)

// Candidate is a sentence that we wrote and labelled, which weights that had not
// seen it heard rightly.
type Candidate struct {
	Label headway.Label
	Score float64 // how surely
	Row   Row
}

// How many examples a label has at most, and of how many it is chosen.
const examplesOfLabel, surest = 60, 300

// ChooseExemplars gives the two files of the examples: for each label, of the
// surest sentences those that stand nearest to all of them. The same candidates
// and encoder give the same bytes.
func ChooseExemplars(all []Candidate) (lines, states []byte) {
	var text bytes.Buffer
	fmt.Fprint(&text, "# Examples of each label that reasons may name. Every sentence is invented: written for\n# Headway in labels/invented, no real person, firm or product. Made by\n#   go run ./tools/train/exemplars\n")
	states = slices.Clone(weights.Mark())
	for _, label := range append(headway.Kinds(), headway.Acts()...) {
		if label == headway.QClosed || label == headway.QDouble {
			continue // two that are near share no more than that they ask
		}
		for _, e := range chosen(showable(all, label)) {
			fmt.Fprintf(&text, "%s\t%s\n", label, e.sentence)
			for _, n := range e.state {
				states = append(states, byte(n))
			}
		}
	}
	return text.Bytes(), states
}

// showable gives the surest candidates of a label that can stand alone.
func showable(all []Candidate, label headway.Label) (rows []Row) {
	var kept []Candidate
	known := map[string]bool{}
	for _, c := range all {
		if c.Label == label && standsAlone(c.Row.Sentence) && !known[c.Row.Sentence] {
			known[c.Row.Sentence] = true
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	for _, c := range kept[:min(surest, len(kept))] {
		rows = append(rows, c.Row)
	}
	return rows
}

// standsAlone says whether a sentence can be shown by itself: neither too short
// to say anything nor too long for a reason, and without a name, which would
// tell of nobody.
func standsAlone(sentence string) bool {
	words := segment.Words(sentence)
	if len(words) < 3 || len(sentence) > 110 || strings.ContainsAny(sentence, "\"'‘“\t") && strings.Count(sentence, "'") > 2 {
		return false
	}
	for _, w := range words[1:] {
		word := w.Of(sentence)
		if unicode.IsUpper([]rune(word)[0]) && word[0] != 'I' {
			return false
		}
	}
	return true
}

// chosen takes one after another the row that brings the rest nearest to what is
// taken.
func chosen(rows []Row) (taken []exemplar) {
	all := exemplarsOf(rows)
	near := nearnesses(all)
	best := make([]float64, len(all))
	for len(taken) < min(examplesOfLabel, len(all)) {
		pick, most := -1, -1.0
		for i := range all {
			gain := 0.0
			for j, n := range near[i] {
				gain += max(0, n-best[j])
			}
			if gain > most {
				pick, most = i, gain
			}
		}
		for j, n := range near[pick] {
			best[j] = max(best[j], n)
		}
		taken = append(taken, all[pick])
	}
	return taken
}

func exemplarsOf(rows []Row) (all []exemplar) {
	for i, read := range readRows(weights.Careful(), rows, runtime.GOMAXPROCS(0)) {
		all = append(all, exemplar{rows[i].Sentence, stateOf(read.state), embed.Of(rows[i].Sentence)})
	}
	return all
}

// nearnesses gives how near each is to each.
func nearnesses(all []exemplar) (near [][]float64) {
	if len(all) == 0 {
		return nil
	}
	set := newExampleSet(all)
	for _, a := range all {
		var row []float64
		for _, b := range all {
			row = append(row, set.nearness(a, b).all())
		}
		near = append(near, row)
	}
	return near
}
