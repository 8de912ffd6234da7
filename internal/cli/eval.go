package cli

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/eval"
)

func (p *program) evalCommand() *cobra.Command {
	var labels string
	var asJSON bool
	c := &cobra.Command{
		Use:   "eval [--data FOLDER] [--json]",
		Short: "Measure what is heard against labelled sentences",
		Long: `Prints every figure that the docs and the quality page show: per label
precision, recall and F1 with n and an interval over documents, beside baselines
and the annotators' ceiling. It needs the labelled sentences, which are not part
of the program.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := os.Stat(labels); err != nil {
				return headway.Errorf(headway.NotFound, "there is no folder %s: name the one that holds labels/ with --data", labels)
			}
			if !asJSON {
				return eval.Run(p.Out, labels)
			}
			measured, err := eval.Measure(labels)
			if err != nil {
				return err
			}
			written := json.NewEncoder(p.Out)
			written.SetIndent("", " ")
			return written.Encode(measured)
		},
	}
	c.AddCommand(p.evalStatementsCommand())
	c.Flags().BoolVar(&asJSON, "json", false, "only the figures of the pages, as internal/quality/measured.json holds them")
	c.Flags().StringVar(&labels, "data", "../shared/data", "`folder` that holds the labelled sentences")
	c.AddCommand(p.evalShoesCommand(), p.evalJobsCommand())
	return c
}

func (p *program) evalShoesCommand() *cobra.Command {
	var dev bool
	c := &cobra.Command{
		Use:   "shoes [--dev]",
		Short: "Measure whom a text is told to describe, against labelled texts of invented firms",
		Long: `Prints how far "headway shoes" agrees with a reader who labelled every sentence of
texts of invented firms: Cohen's kappa with its interval, each mark, what is taken
for what, and two baselines. With --dev on the firms that it was made with, each
marked by weights that have not seen it.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return eval.Shoes(p.Out, dev) },
	}
	c.Flags().BoolVar(&dev, "dev", false, "on the firms for developing")
	return c
}

func (p *program) evalStatementsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "statements",
		Short: "Measure the linter of job statements alone",
		Long: `Prints how many of 100 good job statements the linter leaves alone, and to how many
of 100 bad ones it objects, beside a plain list of words, in two sets. They are
invented, and part of the program.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return eval.Statements(p.Out) },
	}
}

func (p *program) evalJobsCommand() *cobra.Command {
	var data string
	c := &cobra.Command{
		Use:   "jobs [--data FOLDER] [STUDY...]",
		Short: "Measure how well the jobs that customers hire for are found",
		Long: `Prints for each study how many jobs were found, how well they agree with the
labels beside a clustering of sentence vectors and a topic model, and how surely
they come out again. Of labelled sentences it prints how well alternatives are told
apart, and finish lines about us from those in the customers' measure. All of ` + strings.Join(eval.JobStudies(), ", ") + `, or those that are named.
Only the interviews need --data.`,
		ValidArgs: eval.JobStudies(),
		Args:      cobra.OnlyValidArgs,
		RunE: func(_ *cobra.Command, studies []string) error {
			if len(studies) == 0 {
				studies = eval.JobStudies()
			}
			return eval.Jobs(p.Out, data, studies)
		},
	}
	c.Flags().StringVar(&data, "data", "../shared/data", "`folder` that holds the interviews")
	return c
}
