package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A site is what a destination holds.
type site struct {
	exists   bool
	root     fs.FileInfo // of the folder
	listed   manifest
	listInfo fs.FileInfo // of the manifest, nil if there is none

	ours    map[string]stat        // files that the manifest lists, and that are files
	foreign map[string]fs.FileInfo // everything else that is not a folder: files, links, devices
	dirs    map[string]fs.FileInfo // folders
	fixed   string                 // why the folder cannot be replaced, if it cannot
}

// A stat is what the system says of a file. Where neither moved, the content did not.
type stat struct{ size, time int64 }

func statOf(fi fs.FileInfo) stat { return stat{fi.Size(), fi.ModTime().UnixNano()} }

// maxForeign is how many files of others are carried over. Where there are more, the destination is not the folder of a site but a folder with
// a site in it.
const maxForeign = 50_000

// look reads the folders of the destination, not the files.
func (p *place) look(ctx context.Context) (*site, error) {
	s := &site{ours: map[string]stat{}, foreign: map[string]fs.FileInfo{}, dirs: map[string]fs.FileInfo{}, listed: manifest{}}
	fi, err := os.Lstat(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, p.failed("cannot be read", err)
	}
	s.exists, s.root = true, fi
	if s.listed, s.listInfo, err = p.readManifest(p.dir); err != nil {
		return nil, err
	}
	if isMountPoint(p.dir, p.parent) {
		s.fixed = "it is a mount point"
	}
	own := s.ownDirs()
	// Folder by folder, all of one depth at once.
	for wave := []string{""}; len(wave) > 0; {
		type folder struct {
			entries []fs.FileInfo
			err     error
			mount   bool
		}
		read := make([]folder, len(wave))
		err := each(ctx, p.jobs(), len(wave), func(i int) error {
			dir := filepath.Join(p.dir, filepath.FromSlash(wave[i]))
			if wave[i] != "" {
				read[i].mount = isMountPoint(dir, p.dir)
			}
			read[i].entries, read[i].err = readDir(dir)
			return nil
		})
		if err != nil {
			return nil, err
		}
		var next []string
		for i, dir := range wave {
			if read[i].mount {
				s.fixed = show(dir) + " in it is a mount point"
			}
			if err := read[i].err; err != nil {
				if dir == "" || own[dir] {
					return nil, p.failed("cannot be read", err)
				}
				s.fixed = show(dir) + " in it cannot be read"
			}
			next = append(next, s.add(dir, read[i].entries)...)
		}
		wave = next
	}
	if len(s.foreign) > maxForeign {
		s.fixed = "it holds very much that does not belong to the site"
	}
	return s, nil
}

// add sorts the entries of a folder and returns the folders among them.
func (s *site) add(dir string, entries []fs.FileInfo) (dirs []string) {
	for _, fi := range entries {
		path := fi.Name()
		if dir != "" {
			path = dir + "/" + path
		} else if isOwn(path) {
			continue
		}
		switch {
		case fi.IsDir():
			s.dirs[path] = fi
			dirs = append(dirs, path)
		case fi.Mode().IsRegular() && s.listed[path] != nil:
			s.ours[path] = statOf(fi)
		default: // also a link where a file of ours was: somebody put it there
			s.foreign[path] = fi
		}
	}
	return dirs
}

// readDir returns what is in dir, links not followed. What vanishes meanwhile is left out.
func readDir(dir string) ([]fs.FileInfo, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	list := make([]fs.FileInfo, 0, len(entries))
	for _, e := range entries {
		fi, err := e.Info()
		if err == nil {
			list = append(list, fi)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return list, err
		}
	}
	return list, err
}

// changedSince reports whether another build has written the destination since it was looked at.
func (p *place) changedSince(old *site) bool {
	root, err := os.Lstat(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return old.exists
	}
	list, lerr := os.Lstat(filepath.Join(p.dir, manifestName))
	if err != nil || lerr != nil || !old.exists || old.listInfo == nil {
		return true
	}
	return !os.SameFile(root, old.root) || !os.SameFile(list, old.listInfo) || statOf(list) != statOf(old.listInfo)
}
