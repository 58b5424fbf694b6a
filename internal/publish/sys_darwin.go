package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange makes two folders change places in one step (renamex_np(2)). ErrUnsupported means that the file system cannot.
func exchangeFolders(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	if err == unix.EINVAL || err == unix.ENOTSUP {
		return errors.ErrUnsupported
	}
	return err
}

func isMountPoint(dir, above string) bool { return onOtherDevice(dir, above) }
