package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/headway-oss/headway"
)

// The exit statuses. A script may rely on them.
const (
	allDone     = 0
	nothingDone = 1
	badUsage    = 2
	someFailed  = 3
)

// usageError is a command given wrongly: nothing was tried.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usagef(format string, args ...any) error {
	return usageError{headway.Errorf(headway.Invalid, format, args...)}
}

// partError says that some files failed while others were done. The failures
// have been named already.
type partError struct{ failed, tried int }

func (p partError) Error() string {
	return fmt.Sprintf("%d of %s could not be read; the rest is done", p.failed, count(p.tried, "file"))
}

// tooMuchError says that a text holds more of something than was allowed.
type tooMuchError struct{ error }

func (t tooMuchError) Unwrap() error { return t.error }

// exitStatus is the one place where an error becomes an exit status.
func exitStatus(err error) int {
	var part partError
	var usage usageError
	switch {
	case err == nil:
		return allDone
	case errors.As(err, &usage):
		return badUsage
	case errors.As(err, &part), errors.As(err, new(warnedError)), errors.As(err, new(tooMuchError)):
		return someFailed
	}
	return nothingDone
}

// complaint words an error for the person at the terminal.
func complaint(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "stopped"
	case headway.ErrorCode(err) == headway.Internal && !errors.As(err, new(partError)):
		return err.Error() + "\nThis should not happen; please report it with the output of `headway version`."
	}
	return err.Error()
}
