//go:build unix

package build_test

import "syscall"

// setUmask sets the bits that new files do not get, and returns those of before.
func setUmask(mask int) int { return syscall.Umask(mask) }
