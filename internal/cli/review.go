package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

func (p *program) reviewCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "review",
		Short: "List what lost its words when they were corrected",
		Long: `Lists marks, notes and verdicts whose words a correction took away or tore apart:
the words as they stood, and what stands in their stead. They count nowhere until
somebody says where they belong: headway serve, then /review.`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.review(c.Context(), e) })
		},
	}
}

func (p *program) review(ctx context.Context, e *engines) error {
	list, err := e.flow.ReviewList(ctx, "")
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(p.Out, "nothing waits: all that was marked, noted and judged hangs on words that stand")
		return nil
	}
	for _, one := range list {
		var words []string
		for _, q := range one.Words {
			words = append(words, q.String())
		}
		fmt.Fprintf(p.Out, "%s, turn %d: %q\n", cmp.Or(one.Conversation.Title, one.Conversation.File), one.Turn+1, strings.Join(words, " "))
		if !one.Near.IsZero() {
			fmt.Fprintf(p.Out, "  now %q\n", one.Near.String())
		}
		for _, op := range one.On {
			fmt.Fprintf(p.Out, "  %s\n", strings.TrimSpace(fmt.Sprintf("%s %s %s", op.Deed, op.Label, op.Verdict)))
		}
	}
	return nil
}
