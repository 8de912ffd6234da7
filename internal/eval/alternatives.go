package eval

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/job"
)

// alternativesTable is sentences of invented customers that tell what they would have
// done otherwise, each with what that is. What they are stands beside them.
//
//go:embed data/jobs/alternatives.tsv
var alternativesTable string

// toldAlternative is a sentence that tells an alternative.
type toldAlternative struct {
	half, from           string
	is                   []headway.Choice // any of them is right
	asked, before, words string
}

// sorts tells what an alternative is; "" where it cannot.
type sorts func(toldAlternative) headway.Choice

// measureAlternatives prints how well what customers would have done otherwise is told
// apart: products, own work, asking someone and doing nothing.
func measureAlternatives(w io.Writer) error {
	all, err := readAlternatives(alternativesTable)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\n## Jobs: what an alternative is")
	for _, half := range []string{"dev", "kept"} {
		printAlternatives(w, half, keep(all, func(t toldAlternative) bool { return t.half == half }))
	}
	return printUnsorted(w)
}

func printAlternatives(w io.Writer, half string, all []toldAlternative) {
	quick, careful := heardAsAlternative(all)
	fmt.Fprintf(w, "\n%s: %d sentences, of which the quick pass hears %d as an alternative and the careful pass %d.\n\n", half, len(all), quick, careful)
	fmt.Fprint(w, "| is | n | precision | recall |\n|---|---|---|---|\n")
	byCues := func(t toldAlternative) headway.Choice { return job.SortOf(t.words, t.asked) }
	for _, sort := range headway.PartAlternative.Choices() {
		printSorted(w, string(sort), all, byCues, sort)
	}
	printSorted(w, "all", all, byCues, headway.PartAlternative.Choices()...)
	printSorted(w, "all, were each someone", all, func(toldAlternative) headway.Choice { return headway.Someone }, headway.PartAlternative.Choices()...)
}

// printSorted prints how well some sorts are told from others.
func printSorted(w io.Writer, name string, all []toldAlternative, by sorts, of ...headway.Choice) {
	t := Tally{}
	for _, a := range all {
		got, is := by(a), a.is[0]
		if slices.Contains(a.is, got) {
			is = got
		}
		for _, sort := range of {
			t.Of(a.from).Add(got == sort, is == sort)
		}
	}
	fmt.Fprintf(w, "| %s | %d | %s | %s |\n", name, t.Sum().N(), withInterval(t, Count.Precision), withInterval(t, Count.Recall))
}

// heardAsAlternative counts the sentences that either pass hears as one.
func heardAsAlternative(all []toldAlternative) (quick, careful int) {
	rows := make([]hear.Row, len(all))
	for i, a := range all {
		rows[i] = hear.Row{Side: headway.Theirs, Question: a.asked, Before: a.before, Sentence: a.words, Genre: string(headway.Interview)}
	}
	for i, heard := range hear.CarefulSentences(rows) {
		if counted(hear.Sentence(rows[i]), headway.Alternative) {
			quick++
		}
		if counted(heard, headway.Alternative) {
			careful++
		}
	}
	return quick, careful
}

// printUnsorted prints of how many customers of a study an alternative is heard
// that nothing is known of.
func printUnsorted(w io.Writer) error {
	s, err := readJobStudy("dev-four")
	if err != nil {
		return err
	}
	heard, unsorted := map[headway.PersonID]bool{}, map[headway.PersonID]bool{}
	for _, e := range s.episodes {
		for _, told := range e.Slot(headway.Alternative).Told {
			quote, err := s.words[told.Span.Text].Cut(told.Span)
			if err != nil {
				return err
			}
			heard[e.Person] = true
			if job.SortOf(quote.String(), "") == "" {
				unsorted[e.Person] = true
			}
		}
	}
	fmt.Fprintf(w, "\ndev-four: of %d of %d customers an alternative is heard by the quick pass, of %d one that is something else.\n", len(heard), people(s.episodes), len(unsorted))
	return nil
}

func readAlternatives(table string) (all []toldAlternative, err error) {
	rows, err := labelledRows(table, 6, "alternatives")
	for _, f := range rows {
		a := toldAlternative{half: f[0], from: f[1], asked: f[3], before: f[4], words: f[5]}
		for is := range strings.SplitSeq(f[2], ",") {
			a.is = append(a.is, headway.Choice(is))
		}
		all = append(all, a)
	}
	return all, err
}
