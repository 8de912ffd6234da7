package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway/internal/flow"
	"github.com/headway-oss/headway/internal/mirror"
)

// changesAsk is what was asked of one study.
type changesAsk struct {
	since, with string
	json        bool
}

func (p *program) changesCommand() *cobra.Command {
	var ask changesAsk
	c := &cobra.Command{
		Use:   "changes [flags] STUDY",
		Short: "Tell what changed in a study since a day, or how another differs from it",
		Long: `Holds the mirror of a study as it stood against the mirror as it stands: who came,
what became of our guesses, what was said for the first time or by more people, what
was newly asked and what nobody asked still. It counts when a conversation came into
the study, not when it took place. With --with, another study is held beside it.

STUDY is a name or an id.`,
		Example: `  headway changes "Spring calls"
  headway changes --since 2026-11-15 "Spring calls"
  headway changes --with "Autumn calls" "Spring calls"`,
		Args: exactlyOne("the study, by name or id"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.changes(c.Context(), e.flow, args[0], ask) })
		},
	}
	f := c.Flags()
	f.StringVar(&ask.since, "since", "week", "a `DAY` such as 2026-11-15 (in UTC), or week, month or seal")
	f.StringVar(&ask.with, "with", "", "hold the study of this `NAME` beside it instead")
	f.BoolVar(&ask.json, "json", false, "print it as JSON (docs/command-line.md)")
	c.MarkFlagsMutuallyExclusive("since", "with")
	return c
}

func (p *program) changes(ctx context.Context, f *flow.Flow, name string, ask changesAsk) error {
	change, texts, err := changeAsked(ctx, f, name, ask)
	if err != nil {
		return err
	}
	if ask.json {
		return jsonTo(p.Out).Encode(mirror.NewReportChange(change, texts))
	}
	p.printChange(change, texts)
	return nil
}

func changeAsked(ctx context.Context, f *flow.Flow, name string, ask changesAsk) (c mirror.Change, texts mirror.Texts, err error) {
	study, err := studyCalled(ctx, f, name)
	if err != nil {
		return c, nil, err
	}
	if ask.with != "" {
		other, err := studyCalled(ctx, f, ask.with)
		if err != nil {
			return c, nil, err
		}
		return f.Beside(ctx, study.ID, other.ID)
	}
	since, err := flow.ReadSince(ask.since, time.Now(), func() (time.Time, error) { return f.RevealedAt(ctx, study.ID) })
	if err != nil {
		return c, nil, usagef("--since %w", err)
	}
	return f.ChangedSince(ctx, study.ID, since)
}

func (p *program) printChange(c mirror.Change, texts mirror.Texts) {
	if c.Nothing() {
		fmt.Fprintf(p.Out, "nothing changed: %s in %s\n", count(c.After.N, "person"), count(c.After.Conversations, "conversation"))
	} else {
		fmt.Fprintf(p.Out, "people %d, were %d; conversations %d, were %d\n", c.After.N, c.Before.N, c.After.Conversations, c.Before.Conversations)
	}
	for _, g := range c.Guesses {
		fmt.Fprintf(p.Out, "\nguess: %s\n  %s\n  was %s\n", tame(g.Guess.Text), tallied(g.After), tallied(g.Before))
	}
	for i, l := range c.Lines {
		if i == 0 {
			fmt.Fprintln(p.Out, "\nsaid by more, or fewer")
		}
		surprise := ""
		if l.Surprise {
			surprise = ", no guess came near"
		}
		fmt.Fprintf(p.Out, "  “%s” (%s: %s; was %s%s)\n", tame(texts.Quote(l.Line.Span).String()), l.Line.Kind, ofPeople(l.After), ofPeople(l.Before), surprise)
	}
	fmt.Fprintln(p.Out)
	for _, s := range c.Slots {
		switch {
		case s.NewlyAsked():
			fmt.Fprintf(p.Out, "newly asked: %s, in %d of %s\n", s.Slot, s.After.Asked, count(s.After.N, "conversation"))
		case s.After.Never():
			fmt.Fprintf(p.Out, "still never asked: %s, in 0 of %s\n", s.Slot, count(s.After.N, "conversation"))
		}
	}
}

func tallied(t *mirror.Tally) string {
	if t == nil {
		return "not written"
	}
	return fmt.Sprintf("%d confirmed, %d contradicted, %s, of %d people", t.Confirmed, t.Contradicted, count(t.Candidates, "candidate"), t.N)
}

func ofPeople(o mirror.Of) string {
	if o.N == 0 {
		return "nobody"
	}
	return fmt.Sprintf("%d of %d", o.People, o.N)
}
