package publish

import (
	"context"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A work is what there is to do to make the old site the new one.
type work struct {
	old   *site
	items []*item  // every file of the new site, by path
	fresh []*item  // those of them to write
	gone  []string // files of the old site that the new one does not have, in order

	unlisted bool             // the manifest has to be written, even if no file has
	times    map[string]known // for the memo
	learned  bool             // files had to be read, and need not be the next time
	swapped  bool             // the folders were exchanged,
	replaced string           // and the old one is here now
	staged   *stage           // what a try to replace the whole folder has left behind
}

// An item is one file of the new site.
type item struct {
	File
	key   digest
	fresh bool
	was   line // what the manifest says of the file that is there, if that is what it is: if intact
	// Content and time, of the file that is there or of the one that was written.
	sum digest
	stat
	intact bool // the file that is there has the content that the manifest says
	same   bool // it was made again, and is what it was
}

func (w *work) isDone() bool {
	return w.old.exists && len(w.fresh) == 0 && len(w.gone) == 0 && !w.unlisted
}

func (w *work) changes() Changes {
	if w == nil {
		return Changes{}
	}
	c := Changes{Removed: len(w.gone), RemovedPaths: w.gone, Foreign: len(w.old.foreign), Swapped: w.swapped}
	for _, it := range w.items {
		if it.fresh && !it.same {
			c.Written++
			c.WrittenPaths = append(c.WrittenPaths, it.Path)
		} else {
			c.Kept++
		}
	}
	return c
}

// lines returns the lines of the new manifest, once all items are written.
func (w *work) lines() []line {
	lines := make([]line, len(w.items))
	for i, it := range w.items {
		lines[i] = line{it.Path, it.key, it.sum, it.size}
	}
	return lines
}

// unwanted returns what the manifest lists and the new site does not have, whether it is there or not: a build that was killed may have
// removed a file and not yet the folder that was empty without it.
func (w *work) unwanted() []string {
	wanted := make(map[string]bool, len(w.items))
	for _, it := range w.items {
		wanted[it.Path] = true
	}
	var paths []string
	for path := range w.old.listed {
		if !wanted[path] {
			paths = append(paths, path)
		}
	}
	return paths
}

// note remembers the time of a file that is in the destination now.
func (w *work) note(it *item) { w.times[it.Path] = known{it.stat, it.sum} }

// compare finds out what there is to do; seen may be what was seen of the destination, or nil. It changes nothing.
func (p *place) compare(ctx context.Context, files []File, seen *glance) (*work, error) {
	seen, err := p.glance(ctx, seen)
	if err != nil {
		return nil, err
	}
	old := seen.site
	w := &work{old: old, times: make(map[string]known, len(files)), items: make([]*item, len(files))}
	items := make([]item, len(files))
	for i, f := range files {
		items[i] = item{File: f, key: digest(f.Key[:])}
		w.items[i] = &items[i]
	}
	slices.SortFunc(w.items, func(a, b *item) int { return strings.Compare(a.Path, b.Path) })
	if err := p.checkForeign(w); err != nil {
		return nil, err
	}
	if err := p.findIntact(ctx, w, seen.memo); err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(w.items))
	listed := 0
	for _, it := range w.items {
		wanted[it.Path] = true
		if it.fresh = !it.intact || it.was.key != it.key; it.fresh {
			w.fresh = append(w.fresh, it)
		} else {
			w.note(it)
		}
		listed += len(old.listed[it.Path])
	}
	for path := range old.ours {
		if !wanted[path] {
			w.gone = append(w.gone, path)
		}
	}
	slices.Sort(w.gone)
	w.unlisted = old.listInfo == nil || listed != len(w.items) || len(old.listed) != len(w.items)
	return w, nil
}

// findIntact finds out which of the wanted files are there, with the content that the manifest says: by size and time if these are
// remembered, else by reading the file.
func (p *place) findIntact(ctx context.Context, w *work, memo memo) error {
	var doubtful []*item
	for _, it := range w.items {
		st, ok := w.old.ours[it.Path]
		if !ok {
			continue
		}
		it.stat = st
		if k, ok := memo[it.Path]; ok && k.stat == st {
			it.recognise(w.old.listed, k.sum)
		} else if slices.ContainsFunc(w.old.listed[it.Path], func(l line) bool { return l.size == st.size }) {
			doubtful = append(doubtful, it)
		}
	}
	if len(doubtful) == 0 {
		return nil
	}
	if len(doubtful) > 100 {
		p.logf("%s: %d files are read to see whether they are what was written", p.name, len(doubtful))
	}
	w.learned = true
	return each(ctx, p.jobs(), len(doubtful), func(i int) error {
		it := doubtful[i]
		if sum, ok := p.read(it.Path); ok {
			it.recognise(w.old.listed, sum)
		}
		return nil
	})
}

// recognise finds the line of the manifest that has the content sum, the one with the item's key first.
func (it *item) recognise(listed manifest, sum digest) {
	for _, l := range listed[it.Path] {
		if l.sum == sum && l.size == it.size && (!it.intact || l.key == it.key) {
			it.was, it.sum, it.intact = l, sum, true
		}
	}
}

// read returns the digest of a file's content. A file that cannot be read is not what was written.
func (p *place) read(path string) (digest, bool) {
	f, err := os.Open(filepath.Join(p.dir, filepath.FromSlash(path)))
	if err != nil {
		return digest{}, false
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return digest{}, false
	}
	return digest(h.Sum(nil)), true
}

// checkForeign refuses a destination in which something that is not ours stands where a file of ours, or a folder above it, would go.
func (p *place) checkForeign(w *work) error {
	var inTheWay []string
	checked := map[string]bool{"": true}
	for _, it := range w.items {
		if w.old.foreign[it.Path] != nil || w.old.dirs[it.Path] != nil && w.old.holdsForeign(it.Path) {
			inTheWay = append(inTheWay, it.Path)
		}
		for dir := parentOf(it.Path); !checked[dir]; dir = parentOf(dir) {
			checked[dir] = true
			if w.old.foreign[dir] != nil {
				inTheWay = append(inTheWay, dir)
			}
		}
	}
	if len(inTheWay) == 0 {
		return nil
	}
	slices.Sort(inTheWay)
	hint := "move them away, or choose another destination with -d: only files that an earlier build wrote are replaced"
	if w.old.listInfo == nil {
		hint = "empty the folder by hand if its content can be made again, or choose another destination with -d: it has no list of files that an earlier build wrote"
	}
	return p.refuse(hint, "has files of others where the site would write its own: %s", someOf(inTheWay))
}

// holdsForeign reports whether anything in the folder, or the folder itself, is not of the old site.
func (s *site) holdsForeign(dir string) bool {
	for path := range s.foreign {
		if strings.HasPrefix(path, dir+"/") {
			return true
		}
	}
	own := s.ownDirs()
	for path := range s.dirs {
		if (path == dir || strings.HasPrefix(path, dir+"/")) && !own[path] {
			return true
		}
	}
	return false
}

// ownDirs returns the folders that hold files of the site, and so go when these do.
func (s *site) ownDirs() map[string]bool {
	own := map[string]bool{}
	for path := range s.listed {
		for dir := parentOf(path); dir != "" && !own[dir]; dir = parentOf(dir) {
			own[dir] = true
		}
	}
	return own
}

func (s stat) modTime() time.Time { return time.Unix(0, s.time) }
