package eval

import (
	"fmt"
	"io"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
)

// Own labels are measured by pretence: the labelled sentences of one genre are
// a team's. Half of its documents the team judges, as people do: only what is
// suggested to them, keeping what the annotators labelled. What that teaches is
// measured on the other half, all kinds, seen or not.

// team is whose verdicts are pretended.
type team struct {
	name string
	of   []heardKinds // by weights that do not know them
}

func teams(careful pass) []team {
	return []team{
		{"survey answers, no survey learned from", careful.unseen[0].of},
		{"whole interviews", ofFiles(careful.kinds, wholeInterviews...)},
		{"written by us, not real", ofFiles(careful.kinds, "inv*")},
	}
}

const ownDraws = 20

var verdictsGiven = []int{20, 50, 100, 200, 400}

func printOwn(w io.Writer, careful pass) {
	fmt.Fprintf(w, "Half of a genre's documents are judged as a team would judge them: so many verdicts, on what is suggested only. Means over %d draws of the half and of the verdicts, all measured on the other half, kinds laid together; in brackets the least and the most of them. Where nothing was learned nothing changes.\n\n", ownDraws)
	fmt.Fprint(w, "| team | verdicts | learned in | suggested F1 | change | counted precision | change | counted recall | change |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, t := range teams(careful) {
		for _, n := range verdictsGiven {
			if tried := t.try(n); len(tried) == ownDraws {
				printTried(w, t, n, tried)
			}
		}
	}
}

// trial is what one draw gave.
type trial struct {
	learned       bool
	before, after ownFigures
}

type ownFigures struct{ suggested, counted Count }

// try lets a team give n verdicts; fewer trials come back where a half of its
// documents has fewer suggestions.
func (t team) try(n int) (all []trial) {
	for draw := range uint64(ownDraws) {
		chance := lottery{draw + 1}
		judging, apart := t.halves(&chance)
		judged := suggestionsIn(judging)
		chance.shuffle(len(judged), func(i, j int) { judged[i], judged[j] = judged[j], judged[i] })
		if len(judged) < n {
			return all
		}
		own := hear.FitOwn(judged[:n])
		r := trial{learned: !own.IsZero(), before: heardWith(hear.Own{}, apart)}
		if r.after = r.before; r.learned {
			r.after = heardWith(own, apart)
		}
		all = append(all, r)
	}
	return all
}

// halves parts a team's sentences by document.
func (t team) halves(chance *lottery) (judging, apart []heardKinds) {
	var documents []string
	for _, h := range t.of {
		documents = append(documents, h.Document())
	}
	slices.Sort(documents)
	documents = slices.Compact(documents)
	chance.shuffle(len(documents), func(i, j int) { documents[i], documents[j] = documents[j], documents[i] })
	first := map[string]bool{}
	for _, d := range documents[:len(documents)/2] {
		first[d] = true
	}
	for _, h := range t.of {
		if first[h.Document()] {
			judging = append(judging, h)
		} else {
			apart = append(apart, h)
		}
	}
	return judging, apart
}

// suggestionsIn gives what a team would be shown, and what it would say.
func suggestionsIn(all []heardKinds) (judged []hear.Judged) {
	for _, h := range all {
		for _, s := range hear.CarefulSuggested(h.scores) {
			judged = append(judged, hear.Judged{
				Row: h.Row, Kind: slices.Index(headway.Kinds(), s.Label), Score: s.Score, Kept: h.Has(s.Label), Part: Fold(h.Document()),
			})
		}
	}
	return judged
}

// heardWith counts what is heard with own labels, by the shipped thresholds.
func heardWith(own hear.Own, all []heardKinds) (f ownFigures) {
	for _, h := range all {
		suggested := hear.CarefulSuggested(own.Corrected(h.Row, h.scores))
		for _, kind := range headway.Kinds() {
			f.suggested.Add(holds(suggested, kind), h.Has(kind))
			f.counted.Add(counted(suggested, kind), h.Has(kind))
		}
	}
	return f
}

func printTried(w io.Writer, t team, n int, tried []trial) {
	learned := 0
	for _, r := range tried {
		if r.learned {
			learned++
		}
	}
	fmt.Fprintf(w, "| %s | %d | %d of %d |", t.name, n, learned, len(tried))
	for _, figure := range []func(ownFigures) float64{
		func(f ownFigures) float64 { return f.suggested.F1() },
		func(f ownFigures) float64 { return f.counted.Precision() },
		func(f ownFigures) float64 { return f.counted.Recall() },
	} {
		var before, change []float64
		for _, r := range tried {
			before = append(before, figure(r.before))
			change = append(change, figure(r.after)-figure(r.before))
		}
		fmt.Fprintf(w, " %s | %+.3f (%+.3f to %+.3f) |", Dot(mean(before)), mean(change), slices.Min(change), slices.Max(change))
	}
	fmt.Fprintln(w)
}
