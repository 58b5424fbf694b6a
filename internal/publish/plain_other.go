//go:build !unix

package publish

// Plain is for the flags with which a file is opened; see plain_unix.go.
const Plain = 0
