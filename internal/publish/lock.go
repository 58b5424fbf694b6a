package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A lock is a file that is locked as long as its process lives. It lies beside the destination or, where nothing can be written
// there, in it, and is removed in the end; one that a killed build has left is free and does no harm.
type lock struct {
	f    *os.File
	path string
}

const lockInside = ownPrefix + "lock"

func (p *place) lockName() string { return "." + p.base + lockInside }

var errBusy = errors.New("locked by another process")

// lock keeps other builds from writing the same destination, until unlock. It is taken once.
func (p *place) lock() error {
	if p.held != nil {
		return nil
	}
	if err := os.MkdirAll(p.parent, dirMode); err != nil {
		return p.failed("the folder above it cannot be created", err)
	}
	l, err := takeLock(filepath.Join(p.parent, p.lockName()))
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
		if _, serr := os.Stat(p.dir); errors.Is(serr, fs.ErrNotExist) {
			return p.failed("cannot be created in "+show(p.parent), lastError(err))
		}
		l, err = takeLock(filepath.Join(p.dir, lockInside))
	}
	switch {
	case errors.Is(err, errBusy):
		by := ""
		if b, rerr := os.ReadFile(l.path); rerr == nil && len(b) > 0 && len(b) < 20 {
			by = " (process " + strings.TrimSpace(string(b)) + ")"
		}
		return &Error{Dest: p.name, Text: "another build is writing it right now" + by, Hint: "wait until that one has ended", Err: err}
	case errors.Is(err, errors.ErrUnsupported):
		p.logf("%s: this file system has no locks; make sure that no other build writes here", p.name)
	case err != nil:
		return p.failed("cannot be written", err)
	}
	p.held = l
	return nil
}

func (p *place) unlock() {
	if p.held != nil {
		p.held.release()
		p.held = nil
	}
}

// takeLock takes the lock path, or says who has it.
func takeLock(path string) (*lock, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, fileMode)
		if err != nil {
			return nil, err
		}
		l := &lock{f, path}
		if err := lockFile(f); err != nil {
			if errors.Is(err, errors.ErrUnsupported) {
				return l, err
			}
			f.Close()
			return l, err
		}
		// Whoever had the lock before may have removed the file between the two steps: then this is a lock on nothing.
		mine, err := f.Stat()
		if err == nil {
			if now, err := os.Lstat(path); err == nil && os.SameFile(mine, now) {
				_ = f.Truncate(0)
				_, _ = fmt.Fprintln(f, os.Getpid())
				return l, nil
			}
		}
		f.Close()
	}
}

func (l *lock) release() {
	if removeWhileOpen {
		os.Remove(l.path)
		l.f.Close()
	} else {
		l.f.Close()
		os.Remove(l.path)
	}
}
