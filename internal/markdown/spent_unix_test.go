//go:build unix

package markdown

import (
	"syscall"
	"time"
)

// spent is the time of the processor that the process has had: on a machine that others use as well, the clock on the wall says nothing of a limit.
func spent() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
