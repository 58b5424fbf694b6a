package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Clean removes what earlier builds wrote into dest: the files that the manifest lists, the folders that are empty without them, the
// manifest, and the remains of builds that were killed. Files of others stay, and so does dest itself. Of the options
// Jobs and Progress mean nothing here.
func Clean(ctx context.Context, dest string, o Options) (Changes, error) {
	p, err := findPlace(dest, o)
	if err != nil {
		return Changes{}, err
	}
	defer p.unlock()
	if err := p.recover(); err != nil {
		return Changes{}, err
	}
	old, err := p.look(ctx)
	if err != nil {
		return Changes{}, err
	}
	c := Changes{Foreign: len(old.foreign)}
	for path := range old.ours {
		c.RemovedPaths = append(c.RemovedPaths, path)
	}
	slices.Sort(c.RemovedPaths)
	c.Removed = len(c.RemovedPaths)
	if o.DryRun || old.listInfo == nil {
		return c, nil
	}
	if err := errors.Join(p.checkWritable(), p.lock()); err != nil {
		return Changes{}, err
	}
	if p.changedSince(old) {
		return Changes{}, p.refuse("try again", "was written by another build just now")
	}
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		return Changes{}, p.failed("cannot be cleaned", err)
	}
	defer root.Close()
	if err := removeFiles(root, c.RemovedPaths); err != nil {
		return Changes{}, p.failed("cannot be cleaned", err)
	}
	if err := ignoreMissing(root.Remove(manifestName)); err != nil { // the last, so that a clean that was stopped can be repeated
		return Changes{}, p.failed("cannot be cleaned", err)
	}
	if p.State != "" {
		if err := os.Remove(p.memoPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			p.logf("%s: %s is left", p.name, show(filepath.Base(p.memoPath())))
		}
	}
	return c, nil
}
