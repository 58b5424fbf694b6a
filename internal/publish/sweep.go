package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// recover puts right what a build that was killed has left: stages are removed, replaced sites too, and if there is no destination but
// a replaced one, it is put back. It takes the lock if there is anything to do, so as not to disturb a build that lives.
func (p *place) recover() error {
	if p.DryRun || len(p.leftovers()) == 0 {
		return nil
	}
	if err := p.lock(); err != nil {
		return err
	}
	for _, dir := range p.leftovers() {
		if dir == p.held.path {
			continue
		}
		if !strings.HasPrefix(filepath.Base(dir), p.oldPrefix()) {
			p.logf("%s: the remains of a build that did not end are removed", p.name)
			if strings.HasPrefix(filepath.Base(dir), inside) {
				p.unmake(dir)
			}
			if err := os.RemoveAll(dir); err != nil {
				return p.failed("the remains of an earlier build cannot be removed", err)
			}
			continue
		}
		if _, err := os.Lstat(p.dir); errors.Is(err, fs.ErrNotExist) {
			p.logf("%s: the site that a build took away without putting a new one there is put back", p.name)
			if err := os.Rename(dir, p.dir); err != nil {
				return p.failed("the old site cannot be put back", err)
			}
			continue
		}
		listed, _, err := p.readManifest(dir)
		if err != nil {
			p.logf("%s: the folder %s is left: %v", p.name, show(dir), err)
			continue
		}
		p.sweep(dir, &site{listed: listed})
	}
	return nil
}

// unmake removes the folders that a build in place had made for the files of its stage, and into which it had moved none.
func (p *place) unmake(stage string) {
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		return
	}
	defer root.Close()
	var dirs []string
	_ = filepath.WalkDir(stage, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name != stage {
			rel, _ := filepath.Rel(stage, name)
			dirs = append(dirs, filepath.ToSlash(rel))
		}
		return nil // what cannot be looked at stays
	})
	removeEmpty(root, dirs)
}

// leftovers lists stages, replaced sites and locks, in this order. If the lock is free, they are of dead builds.
func (p *place) leftovers() []string {
	var found []string
	for _, name := range names(p.parent) {
		if strings.HasPrefix(name, p.oldPrefix()) || strings.HasPrefix(name, p.stagePrefix()) || name == p.lockName() {
			found = append(found, filepath.Join(p.parent, name))
		}
	}
	slices.Sort(found)
	slices.Reverse(found)
	for _, name := range names(p.dir) {
		if strings.HasPrefix(name, inside) || name == lockInside {
			found = append(found, filepath.Join(p.dir, name))
		}
	}
	return found
}

func names(dir string) []string {
	f, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer f.Close()
	list, _ := f.Readdirnames(-1)
	return list
}

// sweep removes a site that was replaced. Nothing of others is lost with it: what came into the folder, or was exchanged in it, while
// the new site was put together is moved over to the new one, and where that is not possible, it stays. The new site is
// published already, so nothing here is an error; what cannot be removed, a later build tries again.
func (p *place) sweep(old string, was *site) {
	p.removeOurs(old, was)
	kept := false
	own := was.ownDirs()
	err := filepath.WalkDir(old, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(old, name)
		path := filepath.ToSlash(rel)
		switch {
		case d.IsDir():
			if path == "." || own[path] {
				return nil
			}
			if fi, err := d.Info(); err == nil && fi.Mode().Perm()&0o700 != 0o700 {
				_ = os.Chmod(name, 0o700) // or what is in it could not be removed
			}
			// An empty folder that came late is as good as any file.
			if was.exists && was.dirs[path] == nil {
				_ = os.MkdirAll(filepath.Join(p.dir, rel), dirMode)
			}
			return nil
		case d.Type().IsRegular() && was.listed[path] != nil, !strings.Contains(path, "/") && isOwn(path):
			return nil
		}
		if !p.moveOver(name, filepath.Join(p.dir, rel), was, path) {
			kept = true
			p.logf("%s: %s was put there during the build and is now in %s", p.name, show(path), show(old))
		}
		return nil
	})
	if err == nil && !kept {
		// From here on it may be removed unseen. If this process is killed while it does so, half a site without its list must not be taken for
		// files of others.
		waste := filepath.Join(p.parent, p.stagePrefix()+strings.TrimPrefix(filepath.Base(old), p.oldPrefix()))
		if err = os.Rename(old, waste); err == nil {
			err = os.RemoveAll(waste)
		}
	}
	if err != nil {
		p.logf("%s: the replaced site is left in %s: %s", p.name, show(old), reason(err))
	}
}

// removeOurs removes the files of a replaced site that are known to be ours, several folders at once: that leaves little to look through.
// The manifest is not among them, so that after a kill it can still be told what the rest is.
func (p *place) removeOurs(old string, was *site) {
	root, err := os.OpenRoot(old)
	if err != nil {
		return
	}
	defer root.Close()
	items := make([]*item, 0, len(was.ours))
	for path := range was.ours {
		items = append(items, &item{File: File{Path: path}})
	}
	slices.SortFunc(items, func(a, b *item) int { return strings.Compare(a.Path, b.Path) })
	work := batches(items)
	_ = each(context.Background(), p.jobs(), len(work), func(i int) error {
		dir, err := openIn(root, parentOf(work[i][0].Path))
		if err != nil {
			return nil
		}
		defer dir.Close()
		for _, it := range work[i] {
			_ = dir.Remove(nameOf(it.Path))
		}
		return nil
	})
}

// moveOver makes sure that the new site has a file of others that the old one has: it reports whether the old one may go.
func (p *place) moveOver(from, to string, was *site, path string) bool {
	seen := was.foreign[path] // what it was when it was carried over, nil if it was not
	a, err := os.Lstat(from)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	b, err := os.Lstat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if seen != nil && os.SameFile(a, seen) {
			return true // it was carried over, and somebody took it away since
		}
		_ = os.MkdirAll(filepath.Dir(to), dirMode)
		return os.Rename(from, to) == nil
	case err != nil:
		return false
	case os.SameFile(a, b):
		return true
	case a.Mode()&fs.ModeSymlink != 0 && b.Mode()&fs.ModeSymlink != 0:
		ta, erra := os.Readlink(from)
		tb, errb := os.Readlink(to)
		if erra == nil && errb == nil && ta == tb {
			return true
		}
	case a.Mode().IsRegular() && b.Mode().IsRegular() && statOf(a) == statOf(b):
		return true // a copy
	}
	if seen == nil {
		// Either it came where a file of the new site is: then it stays where it is. Or a build was killed before it could sweep: then
		// the younger of the two counts.
		return !was.exists && b.ModTime().After(a.ModTime())
	}
	return os.Rename(from, to) == nil // it was changed since it was carried over
}
