// Command headway shows where what we believe about our customers differs from
// what they have told us.
//
//	headway                          opens the workbench in the browser
//	headway mirror interviews/       prints the mirror of a folder
//	headway help                     names the rest
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/headway-oss/headway/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(cli.Main(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
