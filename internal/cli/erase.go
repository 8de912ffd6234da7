package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/flow"
)

func (p *program) eraseCommand() *cobra.Command {
	var dryRun, keepMentions bool
	c := &cobra.Command{
		Use:   "erase PERSON",
		Short: "Forget a person: first with --dry-run, the list of what goes and what loses its support",
		Long: `Forgets a person, named by their name, e-mail address or id: every version of
their words, their names, notes on their words, what was made of them, the files
they came in, and what the disk still holds. "[erased]" stands where they spoke.
Exports, links and backups handed out before are not reached.`,
		Args: exactlyOne("the person: a name, an e-mail address or an id"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				person, err := personOf(c.Context(), e.flow, args[0])
				if err != nil {
					return err
				}
				if dryRun {
					l, err := e.flow.Loss(c.Context(), person)
					if err == nil {
						p.printLoss(l, "would go")
					}
					return err
				}
				l, err := e.flow.Erase(c.Context(), person, !keepMentions)
				if err == nil {
					p.printLoss(l, "are gone")
				}
				return err
			})
		},
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "list what would go, and erase nothing")
	c.Flags().BoolVar(&keepMentions, "keep-mentions", false, "leave their name in what others said")
	return c
}

// personOf finds the one person who is called so.
func personOf(ctx context.Context, f *flow.Flow, called string) (headway.PersonID, error) {
	all, err := f.Everybody(ctx)
	if err != nil {
		return "", err
	}
	var found []headway.PersonID
	for _, person := range all.People {
		names := slices.Concat(person.Names, person.Emails, person.Keys, []string{string(person.ID)})
		if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, called) }) {
			found = append(found, person.ID)
		}
	}
	switch len(found) {
	case 0:
		return "", headway.Errorf(headway.NotFound, "nobody here is called %q", called)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, id := range found {
		ids = append(ids, string(id))
	}
	return "", headway.Errorf(headway.Conflict, "%d people are called %q: name one by id (%s)", len(found), called, strings.Join(ids, ", "))
}

func (p *program) printLoss(l flow.Loss, become string) {
	fmt.Fprintf(p.Out, "%s, %s and %s on them %s\n", count(l.Turns, "turn"), count(l.Words, "word"), count(l.Notes, "note"), become)
	fmt.Fprintf(p.Out, "%s of others hold their name\n", count(l.Mentions, "turn"))
	for _, s := range l.Sources {
		fmt.Fprintf(p.Out, "the bytes of a file of %s %s\n", count(int(s.Size), "byte"), become)
	}
	if l.Rewritten > 0 {
		fmt.Fprintf(p.Out, "%s written anew with the records of others\n", count(l.Rewritten, "file"))
	}
	for _, c := range l.Claims {
		left := "0, lost support"
		if c.Left > 0 {
			left = fmt.Sprint(c.Left)
		}
		fmt.Fprintf(p.Out, "%-10s %-14s %d people, without them %s\n", c.On, c.Label, c.People, left)
	}
	if n := len(l.Sealed); n > 0 {
		fmt.Fprintf(p.Out, "%s hold their name and stay as they were sealed\n", count(n, "sealed guess"))
	}
	if n := len(l.Namesakes); n > 0 {
		fmt.Fprintf(p.Out, "%s of the same name stay: if they are one, merge them first\n", count(n, "other"))
	}
}

func (p *program) vacuumCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "vacuum",
		Short: "Leave nothing on the disk of what was erased or removed",
		Long: `Finishes what erasing and removing left to do, writes the database anew without
what is no longer in it, and drops the copies made before migrations. Nothing else
should use the database meanwhile. On PostgreSQL it runs VACUUM FULL.`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error {
				if err := e.flow.FinishErasing(c.Context()); err != nil {
					return err
				}
				return e.store.Vacuum(c.Context())
			})
		},
	}
}

func (p *program) maskCommand() *cobra.Command {
	var all, lift bool
	var person, incoming string
	c := &cobra.Command{
		Use:   "mask CONVERSATION",
		Short: "List what in a conversation tells who somebody is, and with --all mask it",
		Long: `Looks for names, addresses, phone, card, account and customer numbers in the
conversation of this id or file. With --all each of them is masked: "[name]" stands
there from then on, wherever it was shown or could be found. An owner can lift that.

With --person it masks what somebody is called instead: "Customer 3" or the like
stands for their name and address everywhere. With --incoming yes what is listed
is masked in whatever is imported from then on.`,
		Args: func(c *cobra.Command, args []string) error {
			if person != "" || incoming != "" {
				return noArgs(c, args)
			}
			return exactlyOne("the conversation: its id, or the name of its file")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case incoming != "" && incoming != "yes" && incoming != "no":
				return usagef("--incoming is yes or no")
			case incoming != "":
				return p.with(c.Context(), func(e *engines) error { return e.flow.SetMaskAtImport(c.Context(), incoming == "yes") })
			case person != "":
				return p.with(c.Context(), func(e *engines) error { return p.maskPerson(c.Context(), e.flow, person, lift) })
			}
			return p.with(c.Context(), func(e *engines) error { return p.mask(c.Context(), e.flow, args[0], all) })
		},
	}
	c.Flags().BoolVar(&all, "all", false, "mask all that is listed")
	c.Flags().StringVar(&person, "person", "", "mask what this person is called: a `name`, an e-mail address or an id")
	c.Flags().BoolVar(&lift, "lift", false, "with --person: show it again")
	c.Flags().StringVar(&incoming, "incoming", "", "mask what is listed in whatever is imported from now on: `yes` or no")
	return c
}

func (p *program) maskPerson(ctx context.Context, f *flow.Flow, called string, lift bool) error {
	person, err := personOf(ctx, f, called)
	if err != nil {
		return err
	}
	if lift {
		return f.LiftPerson(ctx, person)
	}
	hidden, err := f.MaskPerson(ctx, person)
	if err == nil {
		fmt.Fprintf(p.Out, "masked what they are called, and where it is said: %s\n", count(hidden, "place"))
	}
	return err
}

func (p *program) mask(ctx context.Context, f *flow.Flow, called string, all bool) error {
	heads, err := f.Conversations(ctx, "")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(heads, func(h flow.Head) bool { return string(h.ID) == called || h.File == called })
	if i < 0 {
		return headway.Errorf(headway.NotFound, "there is no conversation %q", called)
	}
	found, err := f.Suggestions(ctx, heads[i].ID, "")
	if err != nil {
		return err
	}
	for _, s := range found {
		fmt.Fprintf(p.Out, "turn %d: %s %q (%s)\n", s.Turn+1, s.What, s.Quote, s.Why)
	}
	if !all {
		return nil
	}
	hidden, err := f.MaskSuggested(ctx, heads[i].ID, "")
	if err == nil {
		fmt.Fprintf(p.Out, "masked %s\n", count(hidden, "place"))
	}
	return err
}
