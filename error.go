package headway

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an error is, for the faces to translate into
// an exit status or an HTTP status.
type Code string

// The six codes. An error without one is Internal.
const (
	Invalid     Code = "invalid"     // what was given cannot be used; the message says what to do
	NotFound    Code = "not_found"   // no such thing here
	Conflict    Code = "conflict"    // true a moment ago, not now: somebody else was first
	Denied      Code = "denied"      // not allowed for this member, or not yet (the seal)
	Unavailable Code = "unavailable" // a disk, a database or a lock is not to be had now
	Internal    Code = "internal"    // our mistake
)

// Error is a failure with a code. Its message is for the person who reads it:
// lower case, saying what to do.
type Error struct {
	Code Code
	err  error
}

// Error gives the message.
func (e *Error) Error() string { return e.err.Error() }

// Unwrap gives the cause named by %w in Errorf, or nil.
func (e *Error) Unwrap() error { return errors.Unwrap(e.err) }

// Errorf makes an Error; a %w verb in format keeps its argument as the cause.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, err: fmt.Errorf(format, args...)}
}

// ErrorCode gives the code of the outermost Error in err's chain, Internal for
// an error without one, and "" for nil.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	if coded, ok := errors.AsType[*Error](err); ok {
		return coded.Code
	}
	return Internal
}

// Wrap puts what was being done before *err, keeping its code. It is meant for
// the first line of a function:
//
//	defer headway.Wrap(&err, "import %s", name)
func Wrap(err *error, format string, args ...any) {
	if *err != nil {
		*err = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *err)
	}
}
