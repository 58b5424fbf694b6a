//go:build !unix

package main

import (
	"io/fs"

	"github.com/rogpeppe/go-internal/testscript"
)

func inode(fs.FileInfo) string { return "" }

func pipe(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("there are no named pipes here") }
