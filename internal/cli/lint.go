package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job/lint"
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

With --file (- is standard input), every line is a statement. --own names what the
firm calls itself, its products and features; where such a name is also a common
word, it is only found where it is written as a name.

The exit status is 0 where no statement has a warning, and 3 where some have. A hint
is no warning. Only English is read.`,
		Example: `  headway lint "When the vet rings at night, help me decide whether to drive, so that I don't lose her."
  headway lint --own "Pawfield,VetPal" --file statements.txt`,
		Args: func(c *cobra.Command, args []string) error {
			if (len(args) == 1) == (ask.file != "") {
				return usagef("`%s` takes one statement between quotation marks, or --file", c.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if ask.file == "" {
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

func (p *program) statementsOf(path string) (all []string, err error) {
	from := io.Reader(p.In)
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, headway.Errorf(headway.Invalid, "%s cannot be read: %w", path, err)
		}
		defer file.Close()
		from = file
	}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, mostStatement)
	for lines.Scan() {
		if line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff")); line != "" {
			all = append(all, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, headway.Errorf(headway.Invalid, "%s cannot be read as one statement a line: %w", path, err)
	}
	if len(all) == 0 {
		return nil, headway.Errorf(headway.Invalid, "%s holds no statement: write one a line", path)
	}
	return all, nil
}

// linted is one statement as --json prints it.
type linted struct {
	Statement string         `json:"statement"`
	Warnings  []lint.Warning `json:"warnings"`
}

func (p *program) lint(statements []string, ask lintAsk) error {
	warned := 0
	for _, s := range statements {
		l := linted{s, append([]lint.Warning{}, lint.Statement(s, ask.own)...)}
		if lint.Counted(l.Warnings) {
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
	if warned == 0 {
		return nil
	}
	return warnedError{headway.Errorf(headway.Invalid, "%d of %s could be plainer", warned, count(len(statements), "statement"))}
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
	if len(l.Warnings) == 0 {
		fmt.Fprintln(p.Out, "  nothing stands in its way")
	}
}
