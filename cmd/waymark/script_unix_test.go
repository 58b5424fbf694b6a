//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// inode tells one file from another of the same name.
func inode(fi fs.FileInfo) string {
	if s, ok := fi.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprint(s.Ino)
	}
	return ""
}

func pipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pipe FILE")
	}
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o666))
}
