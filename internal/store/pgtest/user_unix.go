//go:build unix

package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// giveAway makes dir belong to the user the server runs as.
func giveAway(dir string) error {
	who, err := postgres()
	if who == nil || err != nil {
		return err
	}
	return os.Chown(dir, int(who.Uid), int(who.Gid))
}

// asPostgres makes cmd run as a user that PostgreSQL accepts.
func asPostgres(cmd *exec.Cmd) error {
	who, err := postgres()
	if who != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	}
	return err
}

// postgres is the user to run as, nil for ourselves.
func postgres() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres: %w", err)
	}
	uid, _ := strconv.ParseUint(who.Uid, 10, 32)
	gid, _ := strconv.ParseUint(who.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}
