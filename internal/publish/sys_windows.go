package publish

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// removeWhileOpen says that an open file keeps its name, so that a lock is released before it is removed. If another
// build takes it in between, it has it open, and it is not removed.
const removeWhileOpen = false

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

func (p *place) checkWritable() error { return nil }

func adopt(dir, old string) error { return nil }

func isMountPoint(dir, above string) bool { return false } // they are links here

func linkFile(from, to *folder, name string) error {
	return os.Link(filepath.Join(from.f.Name(), name), filepath.Join(to.f.Name(), name))
}

func lockFile(f *os.File) error {
	// A byte far behind the content, which can so be read by who finds the lock taken.
	at := &windows.Overlapped{Offset: 1 << 20}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if err == windows.ERROR_LOCK_VIOLATION || err == windows.ERROR_IO_PENDING {
		return errBusy
	}
	return err
}
