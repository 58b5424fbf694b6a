package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"waymark/internal/filename"
)

// inside begins the name of a stage in the destination itself.
const inside = ownPrefix + "stage-"

// writeInPlace moves the new files into the destination one by one. All of them are written before the first is moved, so that a full disk,
// a fault in a page or Ctrl-C leave the old site as it was. While they are moved the manifest has the lines of both sites.
func (p *place) writeInPlace(ctx context.Context, w *work) error {
	defer w.staged.drop()
	st, err := p.newStage(filepath.Join(p.dir, inside))
	if err != nil {
		return p.failed("cannot be written", err)
	}
	defer st.drop()
	if w.staged != nil {
		err = st.take(ctx, w)
	} else {
		err = st.writeFresh(ctx, w)
	}
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		return p.failed("cannot be written", err)
	}
	defer root.Close()
	in := filepath.Base(st.dir)
	m := &mover{p: p, w: w, root: root, stage: in}
	if c := w.changes(); c.Written+c.Removed > 0 {
		if err := st.writeManifest(append(w.oldLines(), w.lines()...)); err != nil {
			return p.failed("cannot be written", err)
		}
		if err := st.root.WriteFile(manifestName+"-new", format(w.lines()), fileMode); err != nil {
			return p.failed("cannot be written", err)
		}
		if err := m.checkFree(); err != nil {
			return err
		}
		made, err := m.folders()
		if err == nil {
			err = root.Rename(filepath.Join(in, manifestName), manifestName)
		}
		if err != nil {
			removeDirs(root, made)
			return p.failed("cannot be written", err)
		}
		if err := m.move(); err != nil {
			return p.failed("cannot be written to its end and is now partly the new site", err)
		}
		if err := root.Rename(filepath.Join(in, manifestName+"-new"), manifestName); err != nil {
			return p.failed("cannot be written to its end", err)
		}
	} else {
		if err := st.writeManifest(w.lines()); err != nil {
			return p.failed("cannot be written", err)
		}
		if err := root.Rename(filepath.Join(in, manifestName), manifestName); err != nil {
			return p.failed("cannot be written", err)
		}
	}
	removeDirs(root, w.unwanted())
	w.noteFresh()
	return nil
}

// oldLines returns the manifest as it is.
func (w *work) oldLines() []line {
	var lines []line
	for _, l := range w.old.listed {
		lines = append(lines, l...)
	}
	return lines
}

// take copies the files that another stage has written into this one. The other may lie on another disk.
func (s *stage) take(ctx context.Context, w *work) error {
	var items []*item
	for _, it := range w.fresh {
		if !it.same {
			items = append(items, it)
		}
	}
	if err := s.mkdirs(items); err != nil {
		return s.p.failed("cannot be written", err)
	}
	work := batches(items)
	return each(ctx, s.p.jobs(), len(work), func(i int) error {
		from, to, err := openBoth(w.staged.root, s.root, parentOf(work[i][0].Path))
		if err != nil {
			return s.p.failed("cannot be written", err)
		}
		defer from.close()
		defer to.close()
		for _, it := range work[i] {
			if err := from.give(to, nameOf(it.Path), it.modTime()); err != nil {
				return s.p.failed("cannot be written", err)
			}
		}
		return nil
	})
}

// A mover moves staged files into their places.
type mover struct {
	p     *place
	w     *work
	root  *os.Root // of the destination
	stage string   // name of the stage in it
}

// checkFree makes sure that what is about to be replaced is ours, also on a file system that takes two names for one.
func (m *mover) checkFree() error {
	ours := map[string]bool{}
	for path := range m.w.old.ours {
		ours[filename.Fold(path)] = true
	}
	for _, it := range m.w.fresh {
		if it.same || ours[filename.Fold(it.Path)] {
			continue
		}
		if fi, err := m.root.Lstat(filepath.FromSlash(it.Path)); err == nil && !fi.IsDir() {
			return m.p.refuse("move it away, or choose another destination with -d", "has a file of others where the site would write its own: %s", show(it.Path))
		}
	}
	return nil
}

// folders makes the folders of the new files before anything is moved: where one is refused, the old site is as it was. Those that an old file stands in the
// way of are made by move, when it is gone. It returns files that lie in what it made.
func (m *mover) folders() (made []string, err error) {
	seen := map[string]bool{"": true}
	for _, it := range m.w.fresh {
		dir := parentOf(it.Path)
		if it.same || seen[dir] {
			continue
		}
		if seen[dir] = true; m.blocked(dir) {
			continue
		}
		made = append(made, it.Path)
		if err := m.root.MkdirAll(filepath.FromSlash(dir), dirMode); err != nil {
			return made, err
		}
	}
	return made, nil
}

// blocked reports whether what is no folder stands where a folder is to be.
func (m *mover) blocked(dir string) bool {
	for ; dir != ""; dir = parentOf(dir) {
		if fi, err := m.root.Lstat(filepath.FromSlash(dir)); err == nil && !fi.IsDir() {
			return true
		}
	}
	return false
}

// move does it in this order: what stands in the way, assets, pages, what is not wanted any more.
func (m *mover) move() error {
	later := m.w.gone
	if len(later) > 0 {
		var err error
		if later, err = m.clearWay(later); err != nil {
			return err
		}
	}
	for _, class := range []Class{Asset, Page} {
		for _, it := range m.w.fresh {
			if it.Class != class || it.same {
				continue
			}
			local := filepath.FromSlash(it.Path)
			err := m.root.Rename(filepath.Join(m.stage, local), local)
			if errors.Is(err, fs.ErrNotExist) { // no folder to go to
				if err = m.root.MkdirAll(filepath.Dir(local), dirMode); err == nil {
					err = m.root.Rename(filepath.Join(m.stage, local), local)
				}
			}
			if err != nil {
				return err
			}
		}
	}
	return removeFiles(m.root, later)
}

// clearWay removes the old files that must go before the new ones come: one where a folder is to be, those in a folder where a file
// is to be, and those that this file system may take for a new file of another spelling. It returns the others.
func (m *mover) clearWay(gone []string) (later []string, err error) {
	files, dirs := map[string]bool{}, map[string]bool{}
	for _, it := range m.w.items {
		files[filename.Fold(it.Path)] = true
		for dir := parentOf(it.Path); dir != "" && !dirs[filename.Fold(dir)]; dir = parentOf(dir) {
			dirs[filename.Fold(dir)] = true
		}
	}
	var first []string
	for _, path := range gone {
		blocks := files[filename.Fold(path)] || dirs[filename.Fold(path)]
		for dir := parentOf(path); dir != "" && !blocks; dir = parentOf(dir) {
			blocks = files[filename.Fold(dir)]
		}
		if blocks {
			first = append(first, path)
		} else {
			later = append(later, path)
		}
	}
	return later, removeFiles(m.root, first)
}

// removeFiles removes files, and the folders that are empty without them.
func removeFiles(root *os.Root, paths []string) error {
	for _, path := range paths {
		if err := ignoreMissing(root.Remove(filepath.FromSlash(path))); err != nil {
			return err
		}
	}
	removeDirs(root, paths)
	return nil
}

// removeDirs removes those of the folders that the paths lie in that are empty.
func removeDirs(root *os.Root, paths []string) {
	dirs := map[string]bool{}
	for _, path := range paths {
		for dir := parentOf(path); dir != "" && !dirs[dir]; dir = parentOf(dir) {
			dirs[dir] = true
		}
	}
	list := make([]string, 0, len(dirs))
	for dir := range dirs {
		list = append(list, dir)
	}
	removeEmpty(root, list)
}

// removeEmpty removes those of the folders that are empty.
func removeEmpty(root *os.Root, dirs []string) {
	slices.Sort(dirs)
	for _, dir := range slices.Backward(dirs) {
		// What was a folder may be a file of the new site.
		if fi, err := root.Lstat(filepath.FromSlash(dir)); err == nil && fi.IsDir() {
			_ = root.Remove(filepath.FromSlash(dir)) // refused unless it is empty
		}
	}
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
