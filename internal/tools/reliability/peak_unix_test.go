//go:build unix

package reliability

import (
	"os"
	"runtime"
	"syscall"
)

// peak returns the most memory that a process held, in MiB. The kernel counts that of the test, which started it, into it.
func peak(state *os.ProcessState) int {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int(usage.Maxrss >> 20)
	}
	return int(usage.Maxrss >> 10)
}

// pipe makes a named pipe.
func pipe(name string) error { return syscall.Mkfifo(name, 0o644) }
