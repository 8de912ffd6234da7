// Package cli is the terminal's face, and the one place where everything is
// wired together: it alone names the engines that keep what Headway knows.
// There is one file a command.
//
//	headway mirror --guess measure="it saves them time" --ours Marta calls/
//
// A command gives the program's exit status through its error; see [exitStatus].
package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// Streams are what the program reads and where it writes: results on Out,
// everything said beside them on Err.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// program is one run of headway.
type program struct {
	Streams
	config Config
}

// Main runs headway with args (without the program's own name) until it is
// done or ctx ends, and gives the exit status.
func Main(ctx context.Context, args []string, s Streams) int {
	cobra.MousetrapHelpText = "" // a double click on Windows opens the workbench
	p := &program{Streams: s, config: Defaults()}
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(s.Err, "headway: "+complaint(err))
	}
	return exitStatus(err)
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "headway",
		Short: "See where what we believe about our customers differs from what they have told us",
		Long: `Headway holds what you believe about your customers against what they have
told you: You said / They said / Nobody asked. Every line rests on their exact
words. Without a command it opens the workbench in your browser; everything
stays on this machine.`,
		Example: `  headway mirror interviews/
  headway mirror --guess measure="it saves them time" --ours Marta call.vtt
  headway import --study "Spring calls" calls/ reviews.csv
  headway serve`,
		Args:          noArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			return p.config.settle(c.Flags())
		},
		RunE: func(c *cobra.Command, _ []string) error { return p.serve(c.Context()) },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w; see `%s --help`", err, c.CommandPath())
	})
	p.config.everywhere(root.PersistentFlags())
	p.config.serving(root.Flags())
	root.AddCommand(
		p.mirrorCommand(), p.hearCommand(), p.jobsCommand(), p.shoesCommand(),
		p.serveCommand(), p.importCommand(), p.findCommand(), p.briefCommand(), p.agreeCommand(), p.lintCommand(), p.changesCommand(), p.reviewCommand(), p.listenCommand(), p.verifyCommand(),
		p.exportCommand(), p.maskCommand(), p.eraseCommand(), p.vacuumCommand(), p.backupCommand(), p.restoreCommand(), p.memberCommand(),
		p.tokenCommand(), p.shareCommand(), p.auditCommand(),
		p.trainCommand(), p.evalCommand(), p.apiCommand(), p.versionCommand(),
	)
	return root
}

// noArgs and atLeastOne say in usage errors what a command takes.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 && c.HasSubCommands() {
		return usagef("there is no command %q; `headway help` names them, `headway mirror %s` looks at files", args[0], shellWord(args[0]))
	}
	if len(args) > 0 {
		return usagef("`%s` takes no %q", c.CommandPath(), args[0])
	}
	return nil
}

func atLeastOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("`%s` needs %s; see `%s --help`", c.CommandPath(), what, c.CommandPath())
		}
		return nil
	}
}

func exactlyOne(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("`%s` needs %s and nothing else", c.CommandPath(), what)
		}
		return nil
	}
}
