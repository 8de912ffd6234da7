package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/hear"
	"github.com/headway-oss/headway/internal/mirror"
)

// teaching lets verdicts correct the careful pass.
var teaching = flow.Teaching{Rows: hear.CarefulSentences, Version: hear.OwnVersion, Hear: hear.CarefullyOwn}

func (p *program) trainCommand() *cobra.Command {
	var use int
	var back, list bool
	c := &cobra.Command{
		Use:   "train [--use N | --back | --list]",
		Short: "Learn from what you kept and dismissed",
		Long: `Learns a small correction of what is heard from the suggestions that members
kept ("yes, this") and dismissed ("not this"), and prints how customers' sentences
would be heard before and after, in a quarter of the conversations that it never
learns from. Nothing is heard differently until it is put to use with --use;
--back goes back to how Headway hears as it comes. What was learned stays in this
workspace: no export holds it. If a conversation that taught it is removed, it is
dropped, and hearing goes back.`,
		Example: `  headway train
  headway train --use 1
  headway train --back`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			uses := c.Flags().Changed("use")
			if uses && back || uses && list || back && list {
				return usagef("`headway train` takes one of --use, --back and --list")
			}
			if uses && use < 1 {
				return usagef("--use takes a number from 1 on, which `headway train --list` shows; --back goes back")
			}
			return p.with(c.Context(), func(e *engines) error {
				switch {
				case list:
					return p.listTaught(c.Context(), e)
				case uses || back:
					return p.useTaught(c.Context(), e.flow, use)
				}
				return p.train(c.Context(), e.flow)
			})
		},
	}
	c.Flags().IntVar(&use, "use", 0, "hear with own labels of this `number` from now on")
	c.Flags().BoolVar(&back, "back", false, "hear as Headway comes again")
	c.Flags().BoolVar(&list, "list", false, "list what was learned, and which is in use")
	return c
}

func (p *program) train(ctx context.Context, f *flow.Flow) error {
	o, err := f.Train(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "own %d: learned from %s of %s; measured on %s held back\n", o.Number,
		count(o.Learned, "verdict"), count(len(o.From), "conversation"), count(o.HeldBack, "verdict"))
	var unmeasured []string
	for _, figure := range o.Figures {
		if figure.HeldBack > 0 {
			p.printFigure(figure)
		} else {
			unmeasured = append(unmeasured, fmt.Sprintf("%s %d", figure.Kind, figure.Judged))
		}
	}
	if len(unmeasured) > 0 {
		fmt.Fprintf(p.Out, "\njudged, but none of it held back: %s\n", strings.Join(unmeasured, ", "))
	}
	if o.Better {
		fmt.Fprintf(p.Out, "\nIt hears more as you judge. Put it to use: headway train --use %d\n", o.Number)
		return nil
	}
	fmt.Fprintf(p.Out, "\nIt hears no better on what was held back: leave it, and train again when more is judged.\nheadway train --use %d would use it all the same.\n", o.Number)
	return nil
}

func (p *program) printFigure(f flow.OwnFigure) {
	kind := string(f.Kind)
	if kind == "" {
		kind = "all kinds"
	}
	fmt.Fprintf(p.Out, "\n%s: %d judged, %d of them held back\n", kind, f.Judged, f.HeldBack)
	fmt.Fprintf(p.Out, "  right of those counted, before  %s\n", mirror.ShareOf(f.Before.Right, f.Before.Counted))
	fmt.Fprintf(p.Out, "                           after  %s\n", mirror.ShareOf(f.After.Right, f.After.Counted))
	fmt.Fprintf(p.Out, "  counted of those kept, before   %s\n", mirror.ShareOf(f.Before.Right, f.Kept))
	fmt.Fprintf(p.Out, "                          after   %s\n", mirror.ShareOf(f.After.Right, f.Kept))
}

func (p *program) useTaught(ctx context.Context, f *flow.Flow, number int) error {
	if err := f.UseOwn(ctx, number); err != nil {
		return err
	}
	heard := "as Headway comes"
	if number > 0 {
		heard = fmt.Sprintf("with your own %d", number)
	}
	c, err := f.Closeness(ctx, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "from now on conversations are heard %s\n", heard)
	if c.Open() {
		fmt.Fprintf(p.Out, "%d of %s so far; `headway serve` hears the rest while it runs\n", c.Heard, count(c.All, "conversation"))
	}
	return nil
}

func (p *program) listTaught(ctx context.Context, e *engines) error {
	t, err := e.flow.Taught(ctx)
	if err != nil {
		return err
	}
	names, err := p.memberNames(ctx, e)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "%s judged, %d of them held back", count(t.Judged(), "suggestion"), t.Apart)
	if t.More > 0 {
		fmt.Fprintf(p.Out, "; %d more and Headway can learn from them", t.More)
	}
	fmt.Fprintln(p.Out)
	for _, o := range t.All {
		fmt.Fprintf(p.Out, "own %d  %s  by %s  %s%s\n", o.Number, o.At.Format("2006-01-02 15:04"), cmp.Or(names[o.Member], string(o.Member)), count(o.Learned+o.HeldBack, "verdict"), inWords(o, t.InUse))
	}
	if t.Lost != "" {
		fmt.Fprintln(p.Out, t.Lost+"; conversations are heard as Headway comes")
	}
	return nil
}

func inWords(o flow.OwnLabels, inUse int) string {
	switch {
	case o.Gone != "":
		return "  " + o.Gone
	case o.Number == inUse:
		return "  in use"
	}
	return ""
}
