package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Error says to people why a destination cannot be published to.
type Error struct {
	Dest string // the destination as it was named
	Text string // a sentence without a full stop
	Hint string // what to do, in the imperative; may be empty
	Err  error  // what lies behind it; may be nil

	Unfit bool // no site can go there, whatever is done to the folder: it was ill chosen
}

func (e *Error) Error() string {
	s := e.Dest + ": " + e.Text
	if e.Hint != "" {
		s += "\n  hint: " + e.Hint
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

func (p *place) refuse(hint, format string, args ...any) error {
	return &Error{Dest: p.name, Text: fmt.Sprintf(format, args...), Hint: hint}
}

// unfit refuses a destination that can be none.
func (p *place) unfit(hint, format string, args ...any) error {
	return &Error{Dest: p.name, Text: fmt.Sprintf(format, args...), Hint: hint, Unfit: true}
}

// failed makes a sentence of an error of the system.
func (p *place) failed(doing string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &Error{Dest: p.name, Err: err}
	why := reason(err)
	switch {
	case isFull(err):
		e.Hint = "make room on the disk, or choose another destination"
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		e.Hint = "choose a destination that you may write, or change who may write this one"
	}
	e.Text = doing + ": " + why
	return e
}

// reason returns the last words of err, with the path it is about if it is not known from elsewhere.
func reason(err error) string {
	switch {
	case isFull(err):
		return "no space left on the device"
	case isReadOnly(err):
		return "the file system is read-only"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return lastWords(pe.Err) + " (" + show(pe.Path) + ")"
	}
	var le *os.LinkError
	if errors.As(err, &le) {
		return lastWords(le.Err) + " (" + show(le.New) + ")"
	}
	return err.Error()
}

func lastWords(err error) string { return lastError(err).Error() }

// lastError returns what lies behind all that was wrapped around it.
func lastError(err error) error {
	for next := err; next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err
}

// show returns a name as it can be printed: names come from disks and may hold anything.
func show(path string) string {
	if utf8.ValidString(path) && path != "" && strings.IndexFunc(path, func(r rune) bool { return !unicode.IsGraphic(r) }) < 0 {
		return path
	}
	return strconv.QuoteToGraphic(path)
}

// someOf lists the first of paths.
func someOf(paths []string) string {
	const most = 5
	shown := make([]string, 0, most)
	for _, p := range paths[:min(len(paths), most)] {
		shown = append(shown, show(p))
	}
	s := strings.Join(shown, ", ")
	if n := len(paths) - most; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// size returns a number of bytes for people.
func size(n int64) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d KB", (n+999)/1000)
	}
	return fmt.Sprintf("%d MB", (n+500_000)/1_000_000)
}
