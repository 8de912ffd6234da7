package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

func (p *program) importCommand() *cobra.Command {
	var ask importAsk
	c := &cobra.Command{
		Use:   "import [flags] FILE|FOLDER|- ...",
		Short: "Keep what was said, in a study",
		Long: `Reads files as ` + "`headway mirror`" + ` does and keeps them, with their bytes as they
came, in a study. The same file again adds nothing; a table with ten new rows
adds ten. A folder that ` + "`headway export`" + ` wrote is taken back whole, into an
empty store.

Evidence is shown once guesses are sealed (--guess, or in the browser) or
guessing was skipped (--skip); either needs no files where the study is there.`,
		Example: `  headway import --study "Spring calls" --ours @example.com calls/ reviews.csv
  headway import --guess measure="it saves them time" call.vtt`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && (ask.skip || len(ask.guesses) > 0) {
				return nil // what was imported before is revealed
			}
			return atLeastOne("the files to import")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			guesses, err := readGuesses(ask.guesses)
			if err != nil {
				return err
			}
			options, err := ask.reading.options()
			if err != nil {
				return err
			}
			return p.with(c.Context(), func(e *engines) error {
				if folder, is := exportFolder(args); is {
					return p.adopt(c.Context(), e, folder)
				}
				if len(args) == 0 {
					return p.reveal(c.Context(), e.flow, ask, guesses)
				}
				study, err := p.studyFor(c.Context(), e.flow, ask, guesses)
				if err != nil {
					return err
				}
				return p.importFiles(c.Context(), e, study, args, options, ask.mask)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&ask.study, "study", "Our customers", "`name` of the study, opened if there is none")
	f.StringArrayVar(&ask.guesses, "guess", nil, "what you believe, sealed before anything is read, as `SLOT=\"text\"` (repeatable)")
	f.BoolVar(&ask.mask, "mask", false, "mask what tells who somebody is, as far as it is found")
	f.BoolVar(&ask.skip, "skip", false, "look without guessing first")
	ask.reading.bind(f)
	return c
}

// importAsk is what was asked of one import.
type importAsk struct {
	study   string
	guesses []string
	skip    bool
	mask    bool
	reading readingFlags
}

// reveal seals or skips the guesses of a study that is there.
func (p *program) reveal(ctx context.Context, f *flow.Flow, ask importAsk, guesses []headway.Guess) error {
	if _, err := studyCalled(ctx, f, ask.study); err != nil {
		return err
	}
	study, err := p.studyFor(ctx, f, ask, guesses)
	if err == nil && ask.skip {
		fmt.Fprintf(p.Out, "%s: what was said is shown, with no guess sealed before\n", study.Name)
	}
	return err
}

// studyFor gives the study to import into, with its guesses sealed or skipped
// as was asked.
func (p *program) studyFor(ctx context.Context, f *flow.Flow, ask importAsk, guesses []headway.Guess) (headway.Study, error) {
	if ask.skip && len(guesses) > 0 {
		return headway.Study{}, usagef("--guess and --skip do not go together")
	}
	study, err := studyNamed(ctx, f, ask.study)
	if err != nil {
		return study, err
	}
	switch {
	case len(guesses) > 0:
		late := ""
		if study.Phase.Revealed() {
			late = ", written after the reveal and marked so,"
		}
		seal, err := f.Seal(ctx, study.ID, guesses)
		if err != nil {
			return study, err
		}
		fmt.Fprintf(p.Out, "%s: %s%s sealed: %s\n", study.Name, sealedGuesses(len(guesses)), late, seal)
	case ask.skip && !study.Phase.Revealed():
		return study, f.Skip(ctx, study.ID)
	}
	return study, nil
}

func sealedGuesses(n int) string {
	if n == 1 {
		return "1 guess"
	}
	return fmt.Sprintf("%d guesses", n)
}

func (p *program) importFiles(ctx context.Context, e *engines, study headway.Study, paths []string, o source.Options, masked bool) error {
	files, meter := p.files(paths), newMeter(p.Err)
	bring := e.flow.ImportNow
	if masked {
		bring = e.flow.ImportMasked
	}
	done, err := bring(ctx, study.ID, files.feed(), o, meter.tell)
	meter.done()
	if err != nil {
		return err
	}
	outcome := p.outcome(done, files)
	switch {
	case done.Added+done.Known > 0:
		p.printImported(study, done)
		if err := p.tellMisnomers(ctx, e.flow, study, slices.Concat(o.Ours, o.Theirs)); err != nil {
			return err
		}
	case outcome == nil:
		fmt.Fprintf(p.Out, "%s: nothing new; %s read before\n", study.Name, count(files.given, "file"))
	}
	return outcome
}

func (p *program) printImported(study headway.Study, done flow.Progress) {
	fmt.Fprintf(p.Out, "%s: %s added, %s known before; %s\n", study.Name,
		count(done.Added, "conversation"), thousands(done.Known), count(done.Words, "word"))
	if done.Corrected > 0 {
		fmt.Fprintf(p.Out, "%s corrected here since: the file changes nothing in it\n", count(done.Corrected, "conversation"))
	}
	if done.Unplaced > 0 {
		fmt.Fprintf(p.Out, "%s to place: their words count for nobody; `headway serve` asks who they are\n", count(done.Unplaced, "speaker"))
	}
	if done.Added > 0 {
		fmt.Fprintln(p.Out, "heard quickly; `headway serve` listens more closely, while it runs")
	}
}

// tellMisnomers says which of the names given are nobody's in the study.
func (p *program) tellMisnomers(ctx context.Context, f *flow.Flow, study headway.Study, named []string) error {
	if len(named) == 0 {
		return nil
	}
	heads, err := f.Conversations(ctx, study.ID)
	if err != nil {
		return err
	}
	people := func(yield func(headway.Speaker) bool) {
		for _, h := range heads {
			for _, s := range h.Speakers {
				if !yield(s) {
					return
				}
			}
		}
	}
	for _, m := range misnomers(named, people) {
		fmt.Fprintf(p.Err, "nobody in %s is called %s\n", study.Name, tame(m.name))
		if m.meant != "" {
			fmt.Fprintf(p.Err, "  did you mean %s? Import again with it\n", shellWord(tame(m.meant)))
		}
	}
	return nil
}

// studyNamed finds a study by name or id, and opens one of that name where
// there is none.
func studyNamed(ctx context.Context, f *flow.Flow, name string) (headway.Study, error) {
	study, err := studyCalled(ctx, f, name)
	if headway.ErrorCode(err) == headway.NotFound {
		return f.OpenStudy(ctx, name, headway.OurCustomers)
	}
	return study, err
}

// studyCalled finds a study by name or id, or NotFound.
func studyCalled(ctx context.Context, f *flow.Flow, name string) (headway.Study, error) {
	studies, err := f.Studies(ctx)
	if err != nil {
		return headway.Study{}, err
	}
	for _, s := range studies {
		if s.Name == name || string(s.ID) == name {
			return s, nil
		}
	}
	return headway.Study{}, headway.Errorf(headway.NotFound, "there is no study %q", name)
}

// exportFolder says whether the only path named is a folder that export wrote.
func exportFolder(paths []string) (folder string, is bool) {
	if len(paths) != 1 {
		return "", false
	}
	_, err := os.Stat(filepath.Join(paths[0], flow.ManifestName))
	return paths[0], err == nil
}

func (p *program) adopt(ctx context.Context, e *engines, folder string) error {
	n, err := e.flow.Adopt(ctx, os.DirFS(folder))
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "took back %s from %s\n", count(n, "conversation"), folder)
	return nil
}
