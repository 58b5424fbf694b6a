package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Names beside the destination public: .public.waymark-stage-… is a site in the making, .public.waymark-old-… one that was
// replaced. A name of the second kind is given only to what was the destination, so it says what to put back if there is none.
func (p *place) stagePrefix() string { return "." + p.base + inside }
func (p *place) oldPrefix() string   { return "." + p.base + ownPrefix + "old-" }

// writeWhole puts the new site together beside the old one and exchanges them. It returns why that is not possible here, if it is not.
func (p *place) writeWhole(ctx context.Context, w *work) (why string, err error) {
	st, err := p.newStage(filepath.Join(p.parent, p.stagePrefix()))
	if err != nil {
		if w.old.exists && (errors.Is(err, fs.ErrPermission) || isReadOnly(err)) {
			return "the folder above it cannot be written", nil
		}
		return "", p.failed("cannot be created", err)
	}
	defer func() {
		if w.staged == nil {
			st.drop()
		}
	}()
	if why, err := st.carry(ctx, w.old); why != "" || err != nil {
		return why, err
	}
	if err := st.writeFresh(ctx, w); err != nil {
		return "", err
	}
	if err := st.writeManifest(w.lines()); err != nil {
		return "", p.failed("cannot be written", err)
	}
	if c := w.changes(); w.old.exists && c.Written+c.Removed == 0 {
		// The files are what they were, only their keys are not.
		if err := os.Rename(filepath.Join(st.dir, manifestName), filepath.Join(p.dir, manifestName)); err != nil {
			return "", p.failed("cannot be written", err)
		}
		if root, err := os.OpenRoot(p.dir); err == nil {
			removeDirs(root, w.unwanted())
			root.Close()
		}
		w.noteFresh()
		return "", nil
	}
	if err := st.linkKept(ctx, w); err != nil {
		return "", err
	}
	st.keepModes(w.old)
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	st.root.Close() // Windows does not rename a folder that is open
	old, err := p.replace(st.dir, w.old.exists)
	if err != nil {
		if !w.old.exists {
			return "", p.failed("cannot be created", err)
		}
		if st.root, err = os.OpenRoot(st.dir); err != nil {
			return "", p.failed("cannot be written", err)
		}
		w.staged = st
		return "it cannot change places with another folder", nil
	}
	st.root = nil
	w.swapped, w.replaced = true, old
	w.noteFresh()
	return "", nil
}

func (w *work) noteFresh() {
	for _, it := range w.fresh {
		w.note(it)
	}
}

// replace puts the folder staged in the place of the destination and returns where the old one is now, "" if there was none.
func (p *place) replace(staged string, exists bool) (old string, err error) {
	if !exists {
		return "", os.Rename(staged, p.dir)
	}
	old = filepath.Join(p.parent, p.oldPrefix()+filepath.Base(staged)[len(p.stagePrefix()):])
	if err := exchange(staged, p.dir); err == nil {
		if err := os.Rename(staged, old); err != nil {
			return staged, nil
		}
		return old, nil
	} else if !errors.Is(err, errors.ErrUnsupported) {
		return "", err
	}
	// In two steps. If the program is killed between them, the next build finds no destination and puts the old one back (see recover).
	if err := os.Rename(p.dir, old); err != nil {
		return "", err
	}
	if err := os.Rename(staged, p.dir); err != nil {
		return "", errors.Join(err, os.Rename(old, p.dir))
	}
	return old, nil
}

// linkKept links the unchanged files into the stage, so that they keep their time and take no room. Where links are refused they are copied.
func (s *stage) linkKept(ctx context.Context, w *work) error {
	var kept []*item
	for _, it := range w.items {
		if !it.fresh || it.same {
			kept = append(kept, it)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	if err := s.mkdirs(kept); err != nil {
		return s.p.failed("cannot be written", err)
	}
	old, err := os.OpenRoot(s.p.dir)
	if err != nil {
		return s.p.failed("cannot be read", err)
	}
	defer old.Close()
	work := batches(kept)
	return each(ctx, s.p.jobs(), len(work), func(i int) error {
		from, to, err := openBoth(old, s.root, parentOf(work[i][0].Path))
		if err != nil {
			return s.p.failed("cannot be written", err)
		}
		defer from.close()
		defer to.close()
		for _, it := range work[i] {
			if err := from.give(to, nameOf(it.Path), it.modTime()); err != nil {
				return s.p.failed("an unchanged file cannot be carried over", err)
			}
		}
		return nil
	})
}

// carry takes over what others put into the old site: links and folders as they are, files as links. Nothing is followed.
// It returns why that is not possible, if it is not.
func (s *stage) carry(ctx context.Context, old *site) (why string, err error) {
	if !old.exists {
		return "", nil
	}
	if err := adopt(s.dir, s.p.dir); err != nil {
		return "who owns it cannot be kept", nil
	}
	own := old.ownDirs()
	var dirs []string
	for dir := range old.dirs {
		if !own[dir] {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	for _, dir := range dirs {
		if err := s.root.MkdirAll(filepath.FromSlash(dir), dirMode); err != nil {
			return "", s.p.failed("cannot be written", err)
		}
	}
	paths := make([]string, 0, len(old.foreign))
	for path := range old.foreign {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	root, err := os.OpenRoot(s.p.dir)
	if err != nil {
		return "", s.p.failed("cannot be read", err)
	}
	defer root.Close()
	for _, path := range paths {
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		err := s.carryOne(root, path, old.foreign[path])
		if isFull(err) {
			return "", s.p.failed("cannot be written", err)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return show(path) + " in it cannot be carried over: " + reason(err), nil
		}
	}
	return "", nil
}

// keepModes gives the folders of the stage the modes of those they replace. It is the last step, for a mode may forbid the others.
func (s *stage) keepModes(old *site) {
	if !old.exists {
		return
	}
	const kept = fs.ModePerm | fs.ModeSetgid | fs.ModeSticky
	fi, err := s.root.Lstat(".")
	usual := fs.FileMode(dirMode)
	if err == nil {
		usual = fi.Mode() & kept
	}
	var dirs []string
	for dir, fi := range old.dirs {
		if fi.Mode()&kept != usual {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	for _, dir := range slices.Backward(dirs) { // those in a folder before it
		_ = s.root.Chmod(filepath.FromSlash(dir), old.dirs[dir].Mode()&kept) // one that is not needed any more is not there
	}
	if old.root.Mode()&kept != usual {
		_ = s.root.Chmod(".", old.root.Mode()&kept)
	}
}

func (s *stage) carryOne(old *os.Root, path string, fi fs.FileInfo) error {
	dir, local := parentOf(path), filepath.FromSlash(path)
	if dir != "" {
		if err := s.root.MkdirAll(filepath.FromSlash(dir), dirMode); err != nil {
			return err
		}
	}
	if fi.Mode()&fs.ModeSymlink != 0 {
		to, err := old.Readlink(local)
		if err != nil {
			return err
		}
		return s.root.Symlink(to, local)
	}
	from, to, err := openBoth(old, s.root, dir)
	if err != nil {
		return err
	}
	defer from.close()
	defer to.close()
	return from.give(to, nameOf(path), fi.ModTime())
}

// These are what they say, but for the tests of systems that refuse them.
var (
	exchange = exchangeFolders
	link     = linkFile
)
