package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/access"
)

func (p *program) memberCommand() *cobra.Command {
	c := group("member", "Say who of us may come in, and as what")
	c.AddCommand(p.memberAdd(), p.memberList(), p.memberRemove(), p.memberRole(), p.memberPassword(), p.memberInvite())
	return c
}

// group is a command that only holds others.
func group(name, short string) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: short, Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
}

// role reads what a member may do.
func role(name string) (headway.Access, error) {
	if access.CheckAccess(headway.Access(name)) != nil {
		return "", usagef("--role is owner, editor or viewer, not %q", name)
	}
	return headway.Access(name), nil
}

func (p *program) memberAdd() *cobra.Command {
	as := string(headway.Editor)
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a member; the first is the owner, and deeds done on this machine are theirs",
		Args:  exactlyOne("one name (in quotes if it has spaces)"),
		RunE: func(c *cobra.Command, args []string) error {
			may, err := role(as)
			if err != nil {
				return err
			}
			return p.with(c.Context(), func(e *engines) error {
				m, err := e.gate.Add(c.Context(), args[0], may)
				if err != nil {
					return err
				}
				fmt.Fprintf(p.Out, "%s is %s\n", m.Name, m.Access)
				fmt.Fprintf(p.Err, "to sign in they need a password: headway member password %s\n", shellWord(m.Name))
				return nil
			})
		},
	}
	c.Flags().StringVar(&as, "role", as, "owner, editor or viewer")
	return c
}

func (p *program) memberList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List members", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.with(c.Context(), func(e *engines) error {
				all, err := e.gate.Members(c.Context())
				for _, m := range all {
					fmt.Fprintf(p.Out, "%s\t%s\tsince %s\n", m.Name, m.Access, m.Since.Format(time.DateOnly))
				}
				if err == nil && len(all) == 0 {
					fmt.Fprintln(p.Out, "nobody yet: headway member add --role owner NAME")
				}
				return err
			})
		},
	}
}

// forMember is a command about one member who is here.
func (p *program) forMember(use, short string, args cobra.PositionalArgs, do func(ctx context.Context, e *engines, m access.Member, rest []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: args,
		RunE: func(c *cobra.Command, args []string) error {
			return p.with(c.Context(), func(e *engines) error {
				m, err := e.gate.Named(c.Context(), args[0])
				if err != nil {
					return err
				}
				return do(c.Context(), e, m, args[1:])
			})
		},
	}
}

func (p *program) memberRemove() *cobra.Command {
	return p.forMember("remove NAME", "Let a member in no more; their deeds stay theirs", exactlyOne("one name"),
		func(ctx context.Context, e *engines, m access.Member, _ []string) error {
			if err := e.gate.Remove(ctx, m.ID); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "%s is let in no more: sessions, tokens, invitations and links of theirs are ended\n", m.Name)
			return nil
		})
}

func (p *program) memberRole() *cobra.Command {
	two := func(c *cobra.Command, args []string) error {
		if len(args) != 2 {
			return usagef("`%s` needs a name and owner, editor or viewer", c.CommandPath())
		}
		return nil
	}
	return p.forMember("role NAME ROLE", "Change what a member may do: owner, editor or viewer", two,
		func(ctx context.Context, e *engines, m access.Member, rest []string) error {
			may, err := role(rest[0])
			if err != nil {
				return err
			}
			if err := e.gate.SetAccess(ctx, m.ID, may); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "%s is %s\n", m.Name, may)
			return nil
		})
}

func (p *program) memberPassword() *cobra.Command {
	return p.forMember("password NAME", "Give a member a password, typed or piped in, and sign them out everywhere", exactlyOne("one name"),
		func(ctx context.Context, e *engines, m access.Member, _ []string) error {
			password, err := p.readPassword(m.Name)
			if err != nil {
				return err
			}
			if err := e.gate.SetPassword(ctx, m.ID, password); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "%s signs in with this password from now on\n", m.Name)
			return nil
		})
}

// readPassword asks twice where somebody sits before a terminal, without showing
// what they type, and else takes the first line.
func (p *program) readPassword(name string) (string, error) {
	in, isFile := p.In.(*os.File)
	if !isFile || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(p.In).ReadString('\n')
		if err != nil && line == "" {
			return "", usagef("there was no password on standard input")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	ask := func(what string) (string, error) {
		fmt.Fprint(p.Err, what)
		typed, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(p.Err)
		return string(typed), err
	}
	first, err := ask("A password for " + name + ", at least 12 characters: ")
	if err != nil {
		return "", err
	}
	again, err := ask("The same again: ")
	if err == nil && again != first {
		err = headway.Errorf(headway.Invalid, "these were two different ones: try again")
	}
	return first, err
}

func (p *program) memberInvite() *cobra.Command {
	as, days := string(headway.Viewer), 7
	c := &cobra.Command{
		Use:   "invite [NAME]",
		Short: "Make a link with which one new member comes in, once",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			may, err := role(as)
			if err != nil {
				return err
			}
			return p.with(c.Context(), func(e *engines) error {
				secret, t, err := e.gate.Invite(c.Context(), strings.Join(args, ""), may, inDays(days))
				if err != nil {
					return err
				}
				p.handOut("/invitation/"+secret, t)
				return nil
			})
		},
	}
	c.Flags().StringVar(&as, "role", as, "owner, editor or viewer")
	c.Flags().IntVar(&days, "days", days, "how long it waits")
	return c
}

func inDays(n int) time.Duration { return time.Duration(min(n, 10_000)) * 24 * time.Hour }

// handOut prints a link, the only time that it is to be had.
func (p *program) handOut(path string, t access.Ticket) {
	fmt.Fprintln(p.Out, p.reachedAt()+path)
	fmt.Fprintf(p.Err, "until %s; it is shown this once\n", t.Until.Format(time.DateOnly))
	if p.reachedAt() == "" {
		fmt.Fprintln(p.Err, "this goes after the address at which others reach Headway; --address names it")
	}
}

// reachedAt is how others reach Headway, as far as this program knows: "" where
// nobody said and nothing runs.
func (p *program) reachedAt() string {
	if p.config.Address != "" {
		return strings.TrimSuffix(p.config.Address, "/")
	}
	data, err := os.ReadFile(p.runningFile())
	var left runningStart
	if err != nil || json.Unmarshal(data, &left) != nil {
		return ""
	}
	at, err := url.Parse(left.URL)
	if err != nil {
		return ""
	}
	return at.Scheme + "://" + at.Host
}
