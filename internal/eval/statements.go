package eval

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job/lint"
)

// Three sets of 200 invented job statements, 100 of them bad, kept apart: they only
// measure the linter. What they are stands beside them. The first two were scored
// three times each while the rules were written, so rules do better on them than on
// the third; the ear has learned from none.
var (
	//go:embed data/jobs/statements.tsv
	firstStatements string
	//go:embed data/jobs/statements-two.tsv
	secondStatements string
	//go:embed data/jobs/statements-three.tsv
	thirdStatements string
)

// judgedStatement is a job statement and what its author thought of it.
type judgedStatement struct {
	bad                bool
	trade, fault, text string
	words              []string // what the firm calls itself and its products
}

// statementReader is a way to tell bad statements; it gives the codes it warns of.
type statementReader struct {
	name  string
	warns func(judgedStatement) []lint.Code
}

// Statements prints how well bad job statements are told from good ones.
func Statements(w io.Writer) error {
	for _, set := range []struct{ title, table string }{{"Third set", thirdStatements}, {"Second set, used up", secondStatements}, {"First set, used up", firstStatements}} {
		all, err := readStatements(set.table)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "**%s**\n\n", set.title)
		printSet(w, all)
	}
	return nil
}

func printSet(w io.Writer, all []judgedStatement) {
	readers := []statementReader{{"linter", lintStatement}, {"its rules alone", byRules}, {"word list", byWordList}}
	fmt.Fprintln(w, "| reader | good left alone | bad objected to | precision | recall | F1 |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|")
	for _, r := range readers {
		printStatements(w, r, all)
	}
	fmt.Fprintln(w, "\n| fault | n | objected to by the linter | and named so | by the word list |")
	fmt.Fprintln(w, "|---|---|---|---|---|")
	for _, fault := range lint.Codes() {
		of := keep(all, func(s judgedStatement) bool { return s.fault == string(fault) })
		if len(of) > 0 {
			fmt.Fprintf(w, "| %s | %d | %d | %d | %d |\n", fault, len(of), warned(of, lintStatement), named(of, fault), warned(of, byWordList))
		}
	}
	fmt.Fprintln(w)
}

func printStatements(w io.Writer, r statementReader, all []judgedStatement) {
	t := Tally{}
	for _, s := range all {
		t.Of(s.trade).Add(len(r.warns(s)) > 0, s.bad)
	}
	good := keep(all, func(s judgedStatement) bool { return !s.bad })
	sum := t.Sum()
	leftAlone := Tally{}
	for _, s := range good {
		leftAlone.Of(s.trade).Add(len(r.warns(s)) == 0, true)
	}
	fmt.Fprintf(w, "| %s | %d of %d, %s | %d of %d, %s | %s | %s | %s |\n", r.name,
		leftAlone.Sum().Hit, len(good), withInterval(leftAlone, Count.Recall), sum.Hit, sum.N(), withInterval(t, Count.Recall),
		withInterval(t, Count.Precision), withInterval(t, Count.Recall), t.F1())
}

// withInterval writes a figure with its interval over trades.
func withInterval(t Tally, figure func(Count) float64) string {
	low, high := t.Interval(figure)
	return fmt.Sprintf("%s (%s-%s)", Dot(figure(t.Sum())), Dot(low), Dot(high))
}

func warned(of []judgedStatement, by func(judgedStatement) []lint.Code) (n int) {
	for _, s := range of {
		if len(by(s)) > 0 {
			n++
		}
	}
	return n
}

func named(of []judgedStatement, fault lint.Code) (n int) {
	for _, s := range of {
		if slices.Contains(lintStatement(s), fault) {
			n++
		}
	}
	return n
}

func lintStatement(s judgedStatement) []lint.Code {
	return speakAgainst(lint.Statement(s.text, s.words))
}

func byRules(s judgedStatement) []lint.Code { return speakAgainst(lint.ByRules(s.text, s.words)) }

func speakAgainst(all []lint.Warning) (codes []lint.Code) {
	for _, w := range all {
		if w.Counts() {
			codes = append(codes, w.Code)
		}
	}
	return codes
}

// badWords is the baseline: what somebody would write down in five minutes.
var badWords = strings.Fields(`app software platform tool dashboard system crm ai solution leverage seamless synergy stakeholder
	productive productivity efficient efficiency improve grow success successful happy better buy subscribe upgrade renew purchase
	click export login upload download button feature things stuff everything`)

func byWordList(s judgedStatement) (codes []lint.Code) {
	has := allWords(s.text)
	for _, word := range badWords {
		if has[word] {
			codes = append(codes, lint.Vague)
		}
	}
	for _, own := range s.words {
		if strings.Contains(strings.ToLower(s.text), strings.ToLower(own)) {
			codes = append(codes, lint.Product)
		}
	}
	return codes
}

func readStatements(table string) (all []judgedStatement, err error) {
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 || f[0] != "good" && f[0] != "bad" && f[0] != "verdict" {
			return nil, headway.Errorf(headway.Invalid, "a row of the statements has not the five columns that data/jobs/statements.md names")
		}
		if f[0] != "verdict" {
			all = append(all, judgedStatement{f[0] == "bad", f[1], f[2], f[3], strings.Split(f[4], ";")})
		}
	}
	return all, nil
}
