package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange makes two folders change places in one step (renameat2(2)). ErrUnsupported means that the kernel or the file system cannot.
func exchangeFolders(a, b string) error {
	for {
		err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
		switch err {
		case nil:
			return nil
		case unix.EINTR:
			continue
		case unix.EINVAL, unix.ENOSYS, unix.EOPNOTSUPP:
			return errors.ErrUnsupported
		}
		return err
	}
}

// isMountPoint reports whether something is mounted on dir, which lies in above. The device alone does not tell: a folder can be mounted
// elsewhere on its own disk.
func isMountPoint(dir, above string) bool {
	var st unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, dir, unix.AT_SYMLINK_NOFOLLOW, 0, &st)
	if err == nil && st.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
	}
	return onOtherDevice(dir, above)
}
