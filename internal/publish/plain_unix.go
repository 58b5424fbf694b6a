//go:build unix

package publish

import "syscall"

// Plain is for the flags with which a file is opened that is known to be none of the kinds that are waited for. Without it Go asks the system five times for each file whether it
// is one. Where it has become one, a pipe, it is not waited for either.
const Plain = syscall.O_NONBLOCK
