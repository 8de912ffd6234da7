package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/agree"
	"github.com/headway-oss/headway/internal/flow"
)

// agreeAsk is what was asked of one reckoning.
type agreeAsk struct {
	scale, round string
	labels, json bool
}

func (p *program) agreeCommand() *cobra.Command {
	var ask agreeAsk
	c := &cobra.Command{
		Use:   "agree [flags] [FILE]",
		Short: "Tell how far people agree who marked the same things apart",
		Long: `Without a file: how far members agree who marked a conversation in a round, none
seeing the others' marks; and where they do not. Without --round, the rounds.

With a file (- is standard input): a CSV of unit, coder, value, with a heading and
one row a rating. A value that is left empty is none. With --labels a coder may put
several values on a unit or, with an empty one, none of them; each value then has an
agreement of its own.

Alpha is Krippendorff's; kappa Cohen's of two coders and Fleiss' of more. Both are 1
where all always agree and 0 where as often as chance would. In brackets the 95 %
interval, by drawing units anew. What cannot show agreement is refused, and never 1.`,
		Example: `  headway agree codings.csv
  headway agree --scale ordinal ratings.csv
  headway agree --round t2k4`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("`%s` takes one file", c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return p.agreeOn(args[0], ask)
			}
			return p.with(c.Context(), func(e *engines) error { return p.agreeInRounds(c.Context(), e.flow, ask) })
		},
	}
	f := c.Flags()
	f.StringVar(&ask.scale, "scale", string(agree.Nominal), "what the file's values are: nominal, ordinal, interval or ratio")
	f.StringVar(&ask.round, "round", "", "the round of this `ID`, or the beginning of it")
	f.BoolVar(&ask.labels, "labels", false, "a coder may put several values on a unit, or none")
	f.BoolVar(&ask.json, "json", false, "print it as JSON")
	return c
}

// agreed is how far coders agree, for one question.
type agreed struct {
	Of      string             `json:"of,omitempty"` // the label, where each has its own
	Coders  int                `json:"coders"`
	Scale   agree.Scale        `json:"scale"`
	Same    *agree.Coefficient `json:"same,omitempty"`
	Alpha   *agree.Coefficient `json:"alpha,omitempty"`
	Kappa   *agree.Coefficient `json:"kappa,omitempty"`
	Refused string             `json:"refused,omitempty"`
}

func (p *program) agreeOn(path string, ask agreeAsk) error {
	if !slices.Contains(agree.Scales(), agree.Scale(ask.scale)) {
		return usagef("--scale %s: write nominal, ordinal, interval or ratio", shellWord(ask.scale))
	}
	from := p.In
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return headway.Errorf(headway.Invalid, "%s cannot be read: %w", path, err)
		}
		defer file.Close()
		from = file
	}
	c, err := readCodings(from, ask.labels)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var all []agreed
	if ask.labels {
		sets := c.sets()
		for _, label := range sets.Labels() {
			all = append(all, reckon(label, len(c.coders), sets.On(label), agree.Nominal))
		}
	} else {
		all = append(all, reckon("", len(c.coders), c.values(), agree.Scale(ask.scale)))
	}
	return p.printAgreed(all, ask)
}

// reckon tells how far coders agree, or why that cannot be told. Kappa knows
// nothing of scales, and stays away from others than the nominal one.
func reckon(of string, coders int, units agree.Units, scale agree.Scale) agreed {
	a := agreed{Of: of, Coders: coders, Scale: scale}
	take := func(c agree.Coefficient, err error) *agree.Coefficient {
		if err != nil {
			a.Refused = err.Error()
			return nil
		}
		return &c
	}
	a.Same = take(agree.Percent(units))
	if scale == agree.Nominal && coders == 2 {
		a.Kappa = take(agree.Cohen(units))
	} else if scale == agree.Nominal {
		a.Kappa = take(agree.Fleiss(units))
	}
	a.Refused = "" // where only kappa cannot be told, alpha still is
	a.Alpha = take(agree.Alpha(units, scale))
	return a
}

func (p *program) printAgreed(all []agreed, ask agreeAsk) error {
	if ask.json {
		return jsonTo(p.Out).Encode(all)
	}
	refused := 0
	for _, a := range all {
		if a.Of != "" {
			fmt.Fprintf(p.Out, "%s\n", tame(a.Of))
		}
		if a.Alpha == nil {
			refused++
			fmt.Fprintf(p.Out, "  no figure: %s\n", tame(a.Refused))
			continue
		}
		fmt.Fprintf(p.Out, "  alpha %s, %s scale; n = %s, %s by %s\n", coefficient(*a.Alpha), a.Scale, count(a.Alpha.Units, "unit"), count(a.Alpha.Ratings, "rating"), count(a.Coders, "coder"))
		if a.Kappa != nil {
			fmt.Fprintf(p.Out, "  kappa %s, of %s that all rated\n", coefficient(*a.Kappa), count(a.Kappa.Units, "unit"))
		}
		fmt.Fprintf(p.Out, "  said the same, chance included: %.2f\n", a.Same.Is)
	}
	if refused == len(all) {
		return headway.Errorf(headway.Invalid, "agreement cannot be told from this: at least two coders must rate two units in common, and not everything the same")
	}
	return nil
}

// coefficient writes a coefficient with its interval.
func coefficient(c agree.Coefficient) string {
	if !c.Bounded {
		return fmt.Sprintf("%.3f", c.Is)
	}
	return fmt.Sprintf("%.3f (%.3f to %.3f)", c.Is, c.Low, c.High)
}

// agreeInRounds lists the rounds, or tells of one.
func (p *program) agreeInRounds(ctx context.Context, f *flow.Flow, ask agreeAsk) error {
	rounds, err := f.Rounds(ctx, "")
	if err != nil {
		return err
	}
	if ask.round == "" {
		return p.listRounds(ctx, f, rounds)
	}
	i := slices.IndexFunc(rounds, func(r headway.Round) bool { return strings.HasPrefix(string(r.ID), ask.round) })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "there is no round %q: `headway agree` lists them", ask.round)
	}
	a, err := f.Agreement(ctx, rounds[i].ID, "")
	if err != nil {
		return err
	}
	if ask.json {
		return jsonTo(p.Out).Encode(a.Kinds)
	}
	p.printRound(a)
	return nil
}

func (p *program) listRounds(ctx context.Context, f *flow.Flow, rounds []headway.Round) error {
	if len(rounds) == 0 {
		fmt.Fprintln(p.Err, "nobody has marked a conversation apart yet: its page in the browser begins a round")
	}
	for _, r := range rounds {
		state := fmt.Sprintf("open, %d of %d done", len(r.Done), len(r.Members))
		if !r.Open() {
			state = "over"
		}
		name := string(r.Conversation)
		if c, _, err := f.Conversation(ctx, r.Conversation, ""); err == nil {
			name = c.File
		}
		fmt.Fprintf(p.Out, "%s  %s  %s\n", cutID(string(r.ID)), tame(name), state)
	}
	return nil
}

// cutID shortens an id as far as it is given back.
func cutID(id string) string { return id[:min(8, len(id))] }

func (p *program) printRound(a flow.Agreed) {
	fmt.Fprintf(p.Out, "%s: %s of the customer's, marked by %s apart\n", tame(a.Conversation.File), count(a.Sentences, "sentence"), count(len(a.Raters), "member"))
	if len(a.Raters) < 2 {
		fmt.Fprintln(p.Out, "  fewer than two marked all of it, so there is nothing to compare")
	}
	for _, k := range a.Kinds {
		if k.Refused != "" {
			fmt.Fprintf(p.Out, "  %-12s no figure: %s\n", k.Kind, k.Refused)
			continue
		}
		fmt.Fprintf(p.Out, "  %-12s alpha %s, kappa %s, the same %.2f, n = %d, marked %v\n", k.Kind, coefficient(k.Alpha), coefficient(k.Kappa), k.Same.Is, k.Same.Units, k.Marked)
	}
	fmt.Fprintf(p.Out, "  %s, %d open\n", count(len(a.Disputes), "disagreement"), a.Open())
}
