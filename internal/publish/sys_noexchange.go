//go:build !linux && !darwin

package publish

import "errors"

// No system call exchanges two folders here: it takes two steps.
func exchangeFolders(a, b string) error { return errors.ErrUnsupported }
