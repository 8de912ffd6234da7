package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func (p *program) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Cut every quote again and compare it with what is kept",
		Long: `Reads every text that is kept, compares it with the digest taken when it came,
and cuts every quote from it again. It prints what it checked; a mismatch is
named and the exit status is 1.`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.verify(c, e) })
		},
	}
}

func (p *program) verify(c *cobra.Command, e *engines) error {
	meter := newMeter(p.Err)
	v, err := e.flow.Verify(c.Context(), func(v flow.Verified) {
		if meter.due() {
			meter.show(count(v.Texts, "text"))
		}
	})
	meter.done()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "%s, %s, %s\n", count(v.Texts, "text"), count(v.Spans, "quote"), mismatches(v.Mismatches))
	for _, wrong := range v.Wrong {
		fmt.Fprintln(p.Out, wrong)
	}
	if v.Mismatches > 0 || len(v.Wrong) > 0 {
		return headway.Errorf(headway.Internal, "what is kept is damaged: restore a backup into a new folder (`headway restore FILE --data FOLDER`) and import what came since")
	}
	return nil
}

func mismatches(n int) string {
	if n == 1 {
		return "1 mismatch"
	}
	return thousands(n) + " mismatches"
}
