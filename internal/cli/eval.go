package cli

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/eval"
)

func (p *program) evalCommand() *cobra.Command {
	var labels string
	c := &cobra.Command{
		Use:   "eval [--data FOLDER]",
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
			return eval.Run(p.Out, labels)
		},
	}
	c.Flags().StringVar(&labels, "data", "../shared/data", "`folder` that holds the labelled sentences")
	return c
}
