package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/source"
)

func (p *program) importCommand() *cobra.Command {
	var study string
	var reading readingFlags
	c := &cobra.Command{
		Use:   "import [flags] FILE|FOLDER|- ...",
		Short: "Keep what was said, in a study",
		Long: `Reads files as ` + "`headway mirror`" + ` does and keeps them, with their bytes as they
came, in a study. The same file again adds nothing; a table with ten new rows
adds ten. A folder that ` + "`headway export`" + ` wrote is taken back whole, into an
empty store.`,
		Example: `  headway import --study "Spring calls" --ours @example.com calls/ reviews.csv`,
		Args:    atLeastOne("the files to import"),
		RunE: func(c *cobra.Command, args []string) error {
			options, err := reading.options()
			if err != nil {
				return err
			}
			return p.with(c.Context(), func(e *engines) error {
				if folder, is := exportFolder(args); is {
					return p.adopt(c.Context(), e, folder)
				}
				return p.importFiles(c.Context(), e, study, args, options)
			})
		},
	}
	c.Flags().StringVar(&study, "study", "Our customers", "`name` of the study, opened if there is none")
	reading.bind(c.Flags())
	return c
}

func (p *program) importFiles(ctx context.Context, e *engines, name string, paths []string, o source.Options) error {
	study, err := studyNamed(ctx, e.flow, name)
	if err != nil {
		return err
	}
	files, meter := p.files(paths), newMeter(p.Err)
	done, err := e.flow.ImportNow(ctx, study.ID, files.feed(), o, meter.tell)
	meter.done()
	if err != nil {
		return err
	}
	outcome := p.outcome(done, files)
	if done.Added+done.Known > 0 {
		p.printImported(study, done)
	}
	return outcome
}

func (p *program) printImported(study headway.Study, done flow.Progress) {
	fmt.Fprintf(p.Out, "%s: %s added, %s known before; %s\n", study.Name,
		count(done.Added, "conversation"), thousands(done.Known), count(done.Words, "word"))
	if done.Unplaced > 0 {
		fmt.Fprintf(p.Out, "%s to place: their words count for nobody; `headway serve` asks who they are\n", count(done.Unplaced, "speaker"))
	}
}

// studyNamed finds a study by name or id, and opens one of that name where
// there is none.
func studyNamed(ctx context.Context, f *flow.Flow, name string) (headway.Study, error) {
	studies, err := f.Studies(ctx)
	if err != nil {
		return headway.Study{}, err
	}
	for _, s := range studies {
		if s.Name == name || string(s.ID) == name {
			return s, nil
		}
	}
	return f.OpenStudy(ctx, name, headway.OurCustomers)
}

// exportFolder says whether the only path named is a folder that export wrote.
func exportFolder(paths []string) (folder string, is bool) {
	if len(paths) != 1 {
		return "", false
	}
	_, err := os.Stat(filepath.Join(paths[0], exportMark))
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
