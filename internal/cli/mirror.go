package cli

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
	"github.com/headway-oss/headway/internal/source"
)

// mirrorAsk is what was asked of one mirror.
type mirrorAsk struct {
	guesses    []string
	reading    readingFlags
	pass       passFlag
	html, docx string
	json       bool
	perSlot    int
	notes      bool
}

func (p *program) mirrorCommand() *cobra.Command {
	var ask mirrorAsk
	c := &cobra.Command{
		Use:   "mirror [flags] FILE|FOLDER|- ...",
		Short: "Print what you said beside what they said and what nobody asked, without keeping anything",
		Long: `Reads transcripts, tables, mail and archives of them and prints the mirror:
You said / They said / Nobody asked. Nothing is kept and nothing was judged by a
person, so every line is a candidate, and guesses given here are not sealed.
Folders are walked. "-" reads one file from standard input.

A guess is about one of: ` + slotList() + `.`,
		Example: `  headway mirror interviews/
  headway mirror --guess alternative="they would have hired somebody" --ours Marta call.vtt
  headway mirror --column text=Review --column who=Author reviews.csv
  headway mirror --json calls/ > mirror.json`,
		Args: atLeastOne("the files to look at"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.mirror(c, ask, args)
		},
	}
	f := c.Flags()
	f.StringArrayVar(&ask.guesses, "guess", nil, "what you believe, before you look, as `SLOT=\"text\"` (repeatable)")
	ask.reading.bind(f)
	ask.pass.bind(f, "quick")
	f.StringVar(&ask.html, "html", "", "write the mirror as one HTML `file` that needs nothing else")
	f.StringVar(&ask.docx, "docx", "", "write the mirror as a DOCX `file`")
	f.BoolVar(&ask.json, "json", false, "print it as JSON (docs/mirror-json.md)")
	f.IntVar(&ask.perSlot, "per-slot", 0, "print all of it, with up to `N` sentences a kind")
	f.BoolVar(&ask.notes, "notes", false, "print what was noticed while reading the files")
	return c
}

func (p *program) mirror(c *cobra.Command, ask mirrorAsk, paths []string) error {
	guesses, err := readGuesses(ask.guesses)
	if err != nil {
		return err
	}
	options, err := ask.reading.options()
	if err != nil {
		return err
	}
	by, err := ask.pass.pass()
	if err != nil {
		return err
	}
	files, meter := p.files(paths), newMeter(p.Err)
	glance, err := flow.Look(c.Context(), files.feed(), options, by.Pass, guesses, ask.choices(), meter.tell)
	meter.done()
	if err != nil {
		return err
	}
	outcome := p.outcome(glance.Progress, files)
	if len(glance.Parts) == 0 {
		return outcome
	}
	if err := p.saveMirror(ask, glance); err != nil {
		return err
	}
	if err := p.printMirror(ask, glance, paths); err != nil {
		return err
	}
	if by.Version == quick.Version && !ask.json {
		fmt.Fprintf(p.Err, "heard quickly; --pass careful listens more closely, which takes %s here\n", listening(glance.Sentences))
	}
	return outcome
}

// choices gives the report a handful of lines a kind, and JSON all of them
// unless a number was asked for.
func (ask mirrorAsk) choices() mirror.Choices {
	switch {
	case ask.json:
		return mirror.Choices{PerSlot: ask.perSlot}
	case ask.perSlot > 0:
		return mirror.Choices{PerSlot: ask.perSlot, PerLine: 12, Pairs: 20, Listed: 20}
	}
	return mirror.Choices{PerSlot: 3, PerLine: 12, Pairs: 3, Listed: 3}
}

func (p *program) printMirror(ask mirrorAsk, g flow.Glance, paths []string) error {
	if ask.json {
		return p.printJSON(measuredReport{mirror.NewReport(g.Mirror, g.Parts, g.Texts), measuredOf(g.Mirror)})
	}
	var page bytes.Buffer
	paper := newPaper(p.Out, p.config.Color)
	paper.w = &page
	r := &report{paper: paper, Glance: g, places: newPlaces(g.Conversations), paths: paths, perSlot: ask.perSlot, guessed: ask.guesses,
		named: slices.Concat(ask.reading.ours, ask.reading.theirs), given: ask.reading.again()}
	r.write()
	if ask.notes {
		r.notes()
	}
	_, err := p.Out.Write(page.Bytes())
	return err
}

// saveMirror writes the files that were asked for.
func (p *program) saveMirror(ask mirrorAsk, g flow.Glance) error {
	for _, out := range []struct {
		path  string
		write func(io.Writer, flow.Glance) error
	}{{ask.html, writeHTML}, {ask.docx, writeDOCX}} {
		if out.path == "" {
			continue
		}
		if err := writeFile(out.path, func(w io.Writer) error { return out.write(w, g) }); err != nil {
			return err
		}
		fmt.Fprintf(p.Err, "wrote %s\n", out.path)
	}
	return nil
}

// readGuesses reads SLOT="text" pairs.
func readGuesses(pairs []string) ([]headway.Guess, error) {
	var guesses []headway.Guess
	for _, pair := range pairs {
		slot, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usagef("--guess %s: write it as SLOT=\"text\", for instance --guess measure=\"it saves them time\"", shellWord(pair))
		}
		g, err := headway.NewGuess("", headway.Label(strings.ToLower(strings.TrimSpace(slot))), text)
		if err != nil {
			return nil, usagef("--guess %s: %w", shellWord(pair), err)
		}
		guesses = append(guesses, g)
	}
	return guesses, nil
}

func slotList() string {
	var names []string
	for _, s := range headway.Slots() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

// readingFlags say what a person knows of the files.
type readingFlags struct {
	ours, theirs, columns []string
}

func (r *readingFlags) bind(f *pflag.FlagSet) {
	f.StringArrayVar(&r.ours, "ours", nil, "`name`, e-mail address or @domain of one of us (repeatable; \"*\" is everybody not named)")
	f.StringArrayVar(&r.theirs, "theirs", nil, "`name`, e-mail address or @domain of a customer (repeatable)")
	f.StringArrayVar(&r.columns, "column", nil, "what a table's column holds, as `ROLE=header`: text, who, when, product, id, rating, ours (repeatable)")
}

// again writes the flags as they were given, each with a space behind it.
func (r *readingFlags) again() string {
	var b strings.Builder
	for _, f := range []struct {
		name  string
		words []string
	}{{"ours", r.ours}, {"theirs", r.theirs}, {"column", r.columns}} {
		for _, word := range f.words {
			b.WriteString("--" + f.name + " " + shellWord(word) + " ")
		}
	}
	return b.String()
}

var columnRole = regexp.MustCompile(`^(text[0-9]*|who|when|product|id|rating|ours)$`)

func (r *readingFlags) options() (source.Options, error) {
	o := source.Options{Ours: r.ours, Theirs: r.theirs, Columns: map[string]string{}}
	for _, pair := range r.columns {
		role, header, ok := strings.Cut(pair, "=")
		role, header = strings.TrimSpace(role), strings.TrimSpace(header)
		if !ok || header == "" || !columnRole.MatchString(role) {
			return o, usagef("--column %s: write it as ROLE=header, where ROLE is text, who, when, product, id, rating or ours", shellWord(pair))
		}
		if had, twice := o.Columns[role]; twice {
			header = had + "|" + header
		}
		o.Columns[role] = header
	}
	return o, nil
}

// shellWord quotes a word so that a person can paste it into a shell.
func shellWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

var plainWord = regexp.MustCompile(`^[\pL\pN@%+=:,./_-]+$`)
