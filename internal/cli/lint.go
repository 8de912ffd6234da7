package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/job/lint"
	"github.com/headway-oss/headway/internal/source"
)

// lintAsk is what was asked of the linter.
type lintAsk struct {
	own  []string
	file string
	json bool
}

// warnedError says that statements were read and some have warnings.
type warnedError struct{ error }

func (w warnedError) Unwrap() error { return w.error }

func (p *program) lintCommand() *cobra.Command {
	var ask lintAsk
	c := &cobra.Command{
		Use:   "lint [flags] STATEMENT | lint --file FILE",
		Short: "Tell what stands in the way of a job statement being a customer's",
		Long: `Reads a job statement ("When ..., help me ..., so that ...") and says which of its
words are ours, a tool's, everybody's or nobody's, and what to write in their place.
A warning forbids nothing: where customers put it so themselves, leave it.

With --file (- is standard input), every line is a statement; the mark of a list
before it ("1. ", "- ") is not judged. --own names what the firm calls itself, its
products and features; where such a name is also a common word, it is only found
where it is written as a name.

Only English is read; of what is not, it says so. The exit status is 0 where no
statement has a warning, 3 where some have or are not English, and 1 where nothing
could be read. A hint is no warning.`,
		Example: `  headway lint "When the vet rings at night, help me decide whether to drive, so that I don't lose her."
  headway lint --own "Pawfield,VetPal" --file statements.txt`,
		Args: func(c *cobra.Command, args []string) error {
			if (len(args) == 1) == (ask.file != "") {
				return usagef("`%s` takes one statement between quotation marks, or --file", c.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case ask.file == "" && !hasLetter(args[0]):
				return headway.Errorf(headway.Invalid, "there is no statement between the quotation marks: write \"When ..., help me ..., so that ...\"")
			case ask.file == "":
				return p.lint(args, ask)
			}
			statements, err := p.statementsOf(ask.file)
			if err != nil {
				return err
			}
			return p.lint(statements, ask)
		},
	}
	f := c.Flags()
	f.StringSliceVar(&ask.own, "own", nil, "the firm's own `names`, its products' and features', between commas")
	f.StringVar(&ask.file, "file", "", "read statements from this `file`, one a line")
	f.BoolVar(&ask.json, "json", false, "print one JSON object a statement")
	return c
}

// mostStatement is how many bytes a line of a file of statements may have.
const mostStatement = 1 << 16

// statementsOf reads a file in which every line is a statement. A line without a
// letter, as a rule of dashes, is none.
func (p *program) statementsOf(path string) (all []string, err error) {
	file, err := p.oneFile(path)
	if err != nil {
		return nil, err
	}
	text := ""
	if len(bytes.TrimSpace(file.Data)) > 0 {
		if text, err = source.Text(file); err != nil {
			return nil, err
		}
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, mostStatement)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); hasLetter(line) {
			all = append(all, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, headway.Errorf(headway.Invalid, "%s cannot be read as one statement a line: %w", tame(file.Name), err)
	}
	if len(all) == 0 {
		return nil, headway.Errorf(headway.Invalid, "%s holds no statement: write one a line", tame(file.Name))
	}
	return all, nil
}

func hasLetter(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// linted is one statement as --json prints it.
type linted struct {
	Statement string         `json:"statement"`
	Unread    string         `json:"unread,omitempty"` // why it was not judged
	Warnings  []lint.Warning `json:"warnings"`
}

// lintOne lints what is English, and says of the rest that it is not.
func lintOne(statement string, own []string) linted {
	if !hear.English(hear.Row{Sentence: statement}) {
		return linted{statement, hear.NotEnglish, []lint.Warning{}}
	}
	return linted{statement, "", append([]lint.Warning{}, lint.Statement(statement, own)...)}
}

func (p *program) lint(statements []string, ask lintAsk) error {
	warned, unread := 0, 0
	for _, s := range statements {
		l := lintOne(s, ask.own)
		switch {
		case l.Unread != "":
			unread++
		case lint.Counted(l.Warnings):
			warned++
		}
		if ask.json {
			if err := jsonTo(p.Out).Encode(l); err != nil {
				return err
			}
			continue
		}
		p.printLinted(l)
	}
	return lintOutcome(len(statements)-unread, warned, unread)
}

// lintOutcome is nil where every statement was judged and none has a warning.
func lintOutcome(judged, warned, unread int) error {
	var told []string
	if warned > 0 {
		told = append(told, fmt.Sprintf("%d of %s could be plainer", warned, count(judged, "statement")))
	}
	if unread > 0 {
		told = append(told, count(unread, "statement")+" not read, since not English: put it in English")
	}
	if len(told) == 0 {
		return nil
	}
	err := headway.Errorf(headway.Invalid, "%s", strings.Join(told, "; "))
	if judged == 0 {
		return err // nothing was done
	}
	return warnedError{err}
}

func (p *program) printLinted(l linted) {
	fmt.Fprintln(p.Out, tame(l.Statement))
	text := []rune(l.Statement)
	for _, w := range l.Warnings {
		kind := string(w.Code)
		if w.Hint {
			kind += ", a hint"
		}
		fmt.Fprintf(p.Out, "  %s: %q\n    %s\n", kind, tame(string(text[w.Start:w.End])), w.Why)
	}
	switch {
	case l.Unread != "":
		fmt.Fprintf(p.Out, "  not read: %s\n", l.Unread)
	case len(l.Warnings) == 0:
		fmt.Fprintln(p.Out, "  nothing stands in its way")
	}
}
