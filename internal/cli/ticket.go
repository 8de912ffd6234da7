package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

func (p *program) tokenCommand() *cobra.Command {
	c := group("token", "Let programs in, each with a token of its own")
	c.AddCommand(p.tokenAdd(),
		p.ticketList("List tokens", func(ctx context.Context, e *engines) ([]access.Ticket, error) { return e.gate.Tokens(ctx) }),
		p.ticketEnd("token", func(ctx context.Context, e *engines, id access.TicketID) error { return e.gate.EndToken(ctx, id) }))
	return c
}

func (p *program) tokenAdd() *cobra.Command {
	scope, days := string(access.Read), 90
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a token that acts for the first owner, and print it this once",
		Args:  exactlyOne("a name: what will use it"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				secret, t, err := e.gate.MakeToken(c.Context(), args[0], access.Scope(scope), inDays(days))
				if err != nil {
					return err
				}
				fmt.Fprintln(p.Out, secret)
				fmt.Fprintf(p.Err, "may %s until %s; it is shown this once\n", t.Grants, t.Until.Format(time.DateOnly))
				return nil
			})
		},
	}
	c.Flags().StringVar(&scope, "scope", scope, "read, write or admin")
	c.Flags().IntVar(&days, "days", days, "how long it is good for")
	return c
}

// ticketList prints what was handed out and is open.
func (p *program) ticketList(short string, list func(context.Context, *engines) ([]access.Ticket, error)) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: short, Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error {
				all, err := list(c.Context(), e)
				for _, t := range all {
					fmt.Fprintf(p.Out, "%s\t%s\t%s\tuntil %s\tlast used %s\n", t.ID, t.Grants, t.Name, t.Until.Format(time.DateOnly), lastUsed(t))
				}
				if err == nil && len(all) == 0 {
					fmt.Fprintln(p.Out, "none")
				}
				return err
			})
		},
	}
}

func lastUsed(t access.Ticket) string {
	if t.Seen.IsZero() {
		return "never"
	}
	return t.Seen.Format("2006-01-02 15:04")
}

func (p *program) ticketEnd(what string, end func(context.Context, *engines, access.TicketID) error) *cobra.Command {
	return &cobra.Command{
		Use:   "end ID",
		Short: "End a " + what + " at once",
		Args:  exactlyOne("the ID that `list` prints"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				if err := end(c.Context(), e, access.TicketID(args[0])); err != nil {
					return err
				}
				fmt.Fprintf(p.Out, "this %s lets nobody in any more\n", what)
				return nil
			})
		},
	}
}

func (p *program) shareCommand() *cobra.Command {
	c := group("share", "Show one thing through a link, without account, for a time")
	c.AddCommand(
		p.shareAdd("mirror STUDY", "Share the mirror of a study", access.ShareMirror, 1),
		p.shareAdd("search STUDY WORDS", "Share what a search finds in a study", access.ShareSearch, 2),
		p.ticketList("List links", func(ctx context.Context, e *engines) ([]access.Ticket, error) { return e.gate.Shares(ctx) }),
		p.ticketEnd("link", func(ctx context.Context, e *engines, id access.TicketID) error { return e.gate.EndShare(ctx, id) }))
	return c
}

func (p *program) shareAdd(use, short string, kind access.ShareKind, takes int) *cobra.Command {
	whom, days := "", 30
	c := &cobra.Command{
		Use: use, Short: short,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != takes {
				return usagef("`headway share %s`: names with spaces go in quotes", use)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				study, err := studyCalled(c.Context(), e.flow, args[0])
				if err != nil {
					return err
				}
				if !study.Phase.Revealed() {
					return headway.Errorf(headway.Denied, "%q is still guessing: seal the guesses or skip, then share", study.Name)
				}
				shown := access.Shown{Kind: kind, Study: study.ID}
				if takes == 2 {
					shown.Words = args[1]
				}
				secret, t, err := e.gate.MakeShare(c.Context(), shown, whom, inDays(days))
				if err != nil {
					return err
				}
				p.handOut("/shared/"+secret, t)
				return nil
			})
		},
	}
	c.Flags().StringVar(&whom, "for", whom, "`whom` it is for, in the list of links")
	c.Flags().IntVar(&days, "days", days, "how long it is open")
	return c
}

func (p *program) auditCommand() *cobra.Command {
	limit := 50
	c := &cobra.Command{
		Use:   "audit",
		Short: "Tell who came in, what was handed out and taken along, newest first",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error { return p.audit(c.Context(), e, limit) })
		},
	}
	c.Flags().IntVar(&limit, "limit", limit, "how many lines")
	return c
}

func (p *program) audit(ctx context.Context, e *engines, limit int) error {
	log, err := e.gate.Entries(ctx, 0, limit)
	if err != nil {
		return err
	}
	names, err := p.memberNames(ctx, e)
	if err != nil {
		return err
	}
	for _, entry := range log {
		about := entry.Words
		if about == "" {
			about = entry.About
		}
		who := names[entry.Member]
		if who == "" {
			who = "-"
		}
		fmt.Fprintf(p.Out, "%s\t%s\t%s\t%s\t%s\n", entry.At.Format(time.DateTime), who, entry.Act, about, entry.From)
	}
	return nil
}

// memberNames gives what everybody is called who is or was a member.
func (p *program) memberNames(ctx context.Context, e *engines) (map[headway.MemberID]string, error) {
	all, err := e.gate.Everybody(ctx)
	names := map[headway.MemberID]string{}
	for _, m := range all {
		names[m.ID] = m.Name
	}
	return names, err
}
