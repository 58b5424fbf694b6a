//go:build unix

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// removeWhileOpen says that an open file can lose its name, so that a lock is removed before it is released.
const removeWhileOpen = true

func isFull(err error) bool {
	return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT)
}

func isReadOnly(err error) bool { return errors.Is(err, unix.EROFS) }

// checkWritable refuses a destination whose mode says that nothing may be written in it, though its exchange as a whole would succeed.
func (p *place) checkWritable() error {
	if err := unix.Access(p.dir, unix.W_OK|unix.X_OK); err != nil {
		return p.failed("cannot be written", err)
	}
	return nil
}

// adopt gives dir the owner of the folder old, which it will replace.
func adopt(dir, old string) error {
	var is, was unix.Stat_t
	if err := errors.Join(unix.Lstat(dir, &is), unix.Lstat(old, &was)); err != nil {
		return err
	}
	if is.Uid == was.Uid && is.Gid == was.Gid {
		return nil
	}
	return os.Lchown(dir, int(was.Uid), int(was.Gid))
}

// onOtherDevice reports whether a and b lie on different file systems.
func onOtherDevice(a, b string) bool {
	var sa, sb unix.Stat_t
	return unix.Lstat(a, &sa) == nil && unix.Lstat(b, &sb) == nil && sa.Dev != sb.Dev
}

// linkFile makes the file name of the folder from a file of the folder to as well. A link is not followed.
func linkFile(from, to *folder, name string) error {
	for {
		err := unix.Linkat(int(from.f.Fd()), name, int(to.f.Fd()), name, 0)
		if err == nil {
			return nil
		}
		if err != unix.EINTR {
			return &os.LinkError{Op: "link", Old: name, New: name, Err: err}
		}
	}
}
