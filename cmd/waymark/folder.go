package main

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"sync"

	"waymark/internal/publish"
)

// A folder is a project's folder for a program that reads it once: nothing outside can be read through it, and folders in it stay open while files are read from them, for
// finding the way to each file from the top again costs more than to read it.
type folder struct {
	fs.FS
	root *os.Root

	mu   sync.RWMutex
	open map[string]*os.Root
}

// mostOpen bounds the folders that are open at once.
const mostOpen = 64

func newFolder(root *os.Root) *folder {
	return &folder{FS: root.FS(), root: root, open: map[string]*os.Root{}}
}

func (f *folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.FS, name) }
func (f *folder) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(f.FS, name) }

// ReadFile reads a file.
func (f *folder) ReadFile(name string) ([]byte, error) {
	dir, base := path.Split(name)
	if dir == "" || base == "" || !fs.ValidPath(name) {
		return fs.ReadFile(f.FS, name)
	}
	dir = path.Clean(dir)
	f.mu.RLock()
	defer f.mu.RUnlock()
	at, ok := f.open[dir]
	if !ok {
		f.mu.RUnlock()
		f.enter(dir)
		f.mu.RLock()
		if at, ok = f.open[dir]; !ok {
			return fs.ReadFile(f.FS, name) // which says what is wrong
		}
	}
	data, err := read(at, base)
	if err != nil {
		return fs.ReadFile(f.FS, name) // the folder may be another one by now
	}
	return data, nil
}

// read returns the bytes of a file in a folder.
func read(at *os.Root, name string) ([]byte, error) {
	f, err := at.OpenFile(name, os.O_RDONLY|publish.Plain, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(fi.Size()) + bytes.MinRead)
	_, err = b.ReadFrom(f)
	return b.Bytes(), err
}

// enter opens a folder, and closes the others when there are many.
func (f *folder) enter(dir string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.open[dir]; ok {
		return
	}
	if len(f.open) >= mostOpen {
		for _, at := range f.open {
			at.Close()
		}
		clear(f.open)
	}
	if at, err := f.root.OpenRoot(dir); err == nil {
		f.open[dir] = at
	}
}
