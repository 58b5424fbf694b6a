package main

import (
	"io/fs"
	"syscall"

	"waymark/internal/source"
)

// kept returns what the file system keeps of a file besides its size and modification time.
func kept(fi fs.FileInfo) source.Kept {
	s, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return source.Kept{}
	}
	return source.Kept{ID: s.Ino, Changed: s.Ctimespec.Nano()}
}
