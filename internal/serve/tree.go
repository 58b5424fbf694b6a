package serve

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Tree is a file system whose lists of files are remembered until the watcher says that something happened in a folder, or cannot tell. To list 10,000 files takes longer
// than to build what one save changes. Only names, sizes and times are remembered; files are read each time. It is safe for concurrent use; a nil *Tree forgets nothing.
type Tree struct {
	fsys fs.FS

	mu   sync.Mutex
	dirs map[string][]fs.DirEntry
}

// NewTree returns the tree of fsys.
func NewTree(fsys fs.FS) *Tree { return &Tree{fsys: fsys, dirs: map[string][]fs.DirEntry{}} }

func (t *Tree) Open(name string) (fs.File, error)          { return t.fsys.Open(name) }
func (t *Tree) ReadFile(name string) ([]byte, error)       { return fs.ReadFile(t.fsys, name) }
func (t *Tree) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(t.fsys, name) }
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) { return t.list(name) }

// list returns what is in a folder. An error is not remembered.
func (t *Tree) list(name string) ([]fs.DirEntry, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if list, ok := t.dirs[name]; ok {
		return list, nil
	}
	list, err := fs.ReadDir(t.fsys, name)
	if err != nil {
		return list, err
	}
	list = slices.Clone(list)
	for i, e := range list {
		info, err := e.Info()
		list[i] = listed{e, info, err}
	}
	t.dirs[name] = list
	return list, nil
}

// A listed is one of a folder with what was found out about it then.
type listed struct {
	fs.DirEntry
	info fs.FileInfo
	err  error
}

func (e listed) Info() (fs.FileInfo, error) { return e.info, e.err }

// forget is told that something happened to a file or folder, by its path from the root.
func (t *Tree) forget(name string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.dirs, path.Dir(name))
	for dir := range t.dirs {
		if dir == name || strings.HasPrefix(dir, name+"/") {
			delete(t.dirs, dir)
		}
	}
}

// forgetAll is told that anything may have happened.
func (t *Tree) forgetAll() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.dirs)
}
