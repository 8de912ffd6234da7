package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func (p *program) listenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "listen",
		Short: "Hear carefully what was only heard quickly",
		Long: `Hears carefully every conversation of the workspace that was only heard quickly,
on all processors. ` + "`headway serve`" + ` does the same by itself while it runs, beside
the pages; on a machine without the vector instructions that make it fast it does
so for ten minutes after an import, the newest conversations first, and leaves the
rest to this. What was heard is kept every few seconds: stop it and take it up
again as you like.`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.listen(c.Context(), e) })
		},
	}
}

func (p *program) listen(ctx context.Context, e *engines) error {
	if err := p.telling(ctx, e, e.flow.HearCarefully); err != nil {
		return err
	}
	line, err := closely(ctx, e)
	fmt.Fprintln(p.Out, line)
	return err
}

// telling does work and tells meanwhile how far it came.
func (p *program) telling(ctx context.Context, e *engines, work func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	meter, look := newMeter(p.Err), time.NewTicker(time.Second)
	defer look.Stop()
	defer meter.done()
	for {
		select {
		case err := <-done:
			return err
		case <-look.C:
			if line, err := closely(ctx, e); err == nil && meter.due() {
				meter.show(line)
			}
		}
	}
}

func closely(ctx context.Context, e *engines) (string, error) {
	c, err := e.flow.Closeness(ctx, "")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("heard closely: %s of %s", thousands(c.Heard), count(c.All, "conversation")), nil
}
