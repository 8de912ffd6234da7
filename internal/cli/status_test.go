package cli

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

// status runs a command and fails unless it exits with the given status, which
// testscript itself cannot tell apart: status 3 headway mirror x.vtt.
func status() {
	want, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "status N COMMAND ...")
		os.Exit(1)
	}
	command := exec.Command(os.Args[2], os.Args[3:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	_ = command.Run() // what matters is its status
	if got := command.ProcessState.ExitCode(); got != want {
		fmt.Fprintf(os.Stderr, "exit status %d, want %d\n", got, want)
		os.Exit(1)
	}
}
