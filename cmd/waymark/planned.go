package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"waymark/internal/scaffold"
)

// planned is a project as it will be when a file has been written into it.
type planned struct {
	fs.FS
	file scaffold.File
}

func (p planned) ReadFile(name string) ([]byte, error) {
	if name == p.file.Path {
		return p.file.Data, nil
	}
	return fs.ReadFile(p.FS, name)
}

func (p planned) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(p.FS, name)
	rest, within := strings.CutPrefix(p.file.Path, name+"/")
	if !within || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return list, err
	}
	base, _, folder := strings.Cut(rest, "/")
	at, there := slices.BinarySearchFunc(list, base, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
	if there {
		return list, nil
	}
	return slices.Insert(slices.Clone(list), at, fs.DirEntry(plannedEntry{base, folder, len(p.file.Data)})), nil
}

// A plannedEntry is the file, or a folder that it needs.
type plannedEntry struct {
	name   string
	folder bool
	size   int
}

func (e plannedEntry) Name() string               { return e.name }
func (e plannedEntry) IsDir() bool                { return e.folder }
func (e plannedEntry) Type() fs.FileMode          { return e.Mode().Type() }
func (e plannedEntry) Info() (fs.FileInfo, error) { return e, nil }
func (e plannedEntry) Size() int64                { return int64(e.size) }
func (e plannedEntry) ModTime() time.Time         { return time.Time{} }
func (e plannedEntry) Sys() any                   { return nil }

func (e plannedEntry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir
	}
	return 0
}
