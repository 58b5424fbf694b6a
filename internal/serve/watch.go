package serve

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"waymark/internal/source"
)

// Watch says what to look at. Root is needed.
type Watch struct {
	Root   string                        // the project's folder
	Files  []string                      // single files that count, from Root: site.yaml
	Trees  []string                      // folders that count with everything below, from Root: content, themes
	Linked string                        // the one of Trees in which a link to a folder counts as the folder does: themes
	Ignore func(name string) bool        // names of files and folders below Trees that are passed over; nil: none
	Kept   func(fs.FileInfo) source.Kept // what the file system keeps of a file besides its size and time; nil: nothing is known of any
	Poll   time.Duration                 // more than 0: ask the file system this often instead of waiting for events, for drives that send none

	net time.Duration // between two snapshots where events work; 0: netEvery. Tests set it
}

// A watcher says that something may have changed. It watches folders, never files, for editors replace files by others of the same name.
//
// Systems lose track of folders that are renamed, moved and made again, each in its own way. So nothing is repaired here: when folders come or go, when events
// were lost or anything went wrong, the watcher is thrown away and a new one made of what is there then. And because events may still not come at all, a snapshot of
// names, sizes, times and what else is kept of files is compared now and then, however well the events seem to work.
type watcher struct {
	w       Watch
	fs      *fsnotify.Watcher // nil: there are no events, only snapshots
	folders map[string]bool   // that are watched
	log     func(string)
	said    bool

	seed maphash.Seed
	last uint64        // the last snapshot
	cost time.Duration // of the last snapshot
}

// Timing of the snapshots. They take at most a hundredth of the time.
const (
	pollEvery  = time.Second     // where events do not work
	netEvery   = 2 * time.Second // as a net below the events
	costFactor = 100
)

func newWatcher(w Watch, log func(string)) *watcher {
	if w.Ignore == nil {
		w.Ignore = func(string) bool { return false }
	}
	if w.Kept == nil {
		w.Kept = func(fs.FileInfo) source.Kept { return source.Kept{} }
	}
	if w.net == 0 {
		w.net = netEvery
	}
	x := &watcher{w: w, log: log, seed: maphash.MakeSeed()}
	x.renew()
	x.changed()
	return x
}

// renew replaces what is watched by what is there now. The old watcher goes after the new one listens, so that nothing falls between the two;
// what happened before is seen by the build that follows.
func (w *watcher) renew() {
	old := w.fs
	w.fs, w.folders = nil, map[string]bool{}
	if w.w.Poll <= 0 {
		if err := w.listen(); err != nil {
			if !w.said {
				w.said = true
				w.log(fmt.Sprintf("the system does not tell about changes (%v); looking for them every %v instead", err, pollEvery))
			}
			if w.fs != nil {
				w.fs.Close()
			}
			w.fs = nil
		}
	}
	if old != nil {
		old.Close()
	}
}

func (w *watcher) listen() (err error) {
	if w.fs, err = fsnotify.NewWatcher(); err != nil {
		return err
	}
	if err := w.add(w.w.Root); err != nil {
		return err
	}
	for _, f := range w.w.Files {
		if err := w.add(filepath.Dir(w.abs(f))); err != nil {
			return err
		}
	}
	for _, t := range w.w.Trees {
		if err := w.addTree(w.abs(t)); err != nil {
			return err
		}
	}
	return nil
}

// add watches one folder. A folder that is not there, or that may not be read, is no error: the snapshots see when that changes.
func (w *watcher) add(dir string) error {
	if w.folders[dir] {
		return nil
	}
	err := w.fs.Add(dir)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || notFolder(dir) {
		return nil
	}
	if err == nil {
		w.folders[dir] = true
	}
	return err
}

// addTree watches a folder and all below. Each folder is read after it is watched, so that what is made in it meanwhile is seen either way.
func (w *watcher) addTree(dir string) error {
	if err := w.add(dir); err != nil || !w.folders[dir] {
		return err
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if w.enters(dir, e) {
			if err := w.addTree(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// enters reports whether what is below an entry of a folder counts.
func (w *watcher) enters(dir string, e fs.DirEntry) bool {
	if w.w.Ignore(e.Name()) {
		return false
	}
	return e.IsDir() || e.Type() == fs.ModeSymlink && w.w.Linked != "" && dir == w.abs(w.w.Linked) && !notFolder(filepath.Join(dir, e.Name()))
}

func notFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err != nil || !info.IsDir()
}

func (w *watcher) abs(rel string) string { return filepath.Join(w.w.Root, filepath.FromSlash(rel)) }

// events and errors are the channels of the watcher; nil ones, on which nothing ever comes, where there are no events.
func (w *watcher) events() <-chan fsnotify.Event {
	if w.fs == nil {
		return nil
	}
	return w.fs.Events
}

func (w *watcher) errors() <-chan error {
	if w.fs == nil {
		return nil
	}
	return w.fs.Errors
}

// counts reports whether an event is about something that is built from, and whether folders came or went, so that the watcher must be renewed.
func (w *watcher) counts(e fsnotify.Event) (counts, folders bool) {
	if e.Op == fsnotify.Chmod {
		return false, false
	}
	rel := w.rel(e.Name)
	if w.folders[e.Name] && e.Has(fsnotify.Remove|fsnotify.Rename) {
		return true, true
	}
	for _, f := range w.w.Files {
		if rel == path.Clean(f) || strings.HasPrefix(path.Clean(f), rel+"/") {
			return true, e.Has(fsnotify.Create) && !notFolder(e.Name)
		}
	}
	for _, t := range w.w.Trees {
		below, inside := strings.CutPrefix(rel, t+"/")
		if rel != t && !inside || inside && w.ignored(below) {
			continue
		}
		return true, e.Has(fsnotify.Create) && !notFolder(e.Name)
	}
	return false, false
}

// rel returns the path of a file from the project's folder.
func (w *watcher) rel(name string) string {
	rel, err := filepath.Rel(w.w.Root, name)
	if err != nil {
		return "."
	}
	return filepath.ToSlash(rel)
}

func (w *watcher) ignored(rel string) bool {
	for part := range strings.SplitSeq(rel, "/") {
		if w.w.Ignore(part) {
			return true
		}
	}
	return false
}

// every returns how long to wait between two snapshots.
func (w *watcher) every() time.Duration {
	switch {
	case w.w.Poll > 0:
		return w.w.Poll
	case w.fs == nil:
		return max(pollEvery, w.cost*costFactor/10)
	}
	return max(w.w.net, w.cost*costFactor)
}

// changed takes a snapshot and reports whether it is another than the last.
func (w *watcher) changed() bool {
	start := time.Now()
	var h maphash.Hash
	h.SetSeed(w.seed)
	for _, f := range w.w.Files {
		w.note(&h, w.abs(f))
	}
	for _, t := range w.w.Trees {
		w.note(&h, w.abs(t))
		w.noteTree(&h, w.abs(t))
	}
	w.cost = time.Since(start)
	sum := h.Sum64()
	changed := sum != w.last
	w.last = sum
	return changed
}

func (w *watcher) note(h *maphash.Hash, name string) {
	h.WriteString(name)
	h.WriteByte(0)
	if info, err := os.Stat(name); err == nil {
		w.fact(h, info)
	}
}

func (w *watcher) noteTree(h *maphash.Hash, dir string) {
	entries, _ := os.ReadDir(dir) // ordered by name
	for _, e := range entries {
		if w.w.Ignore(e.Name()) {
			continue
		}
		h.WriteString(e.Name())
		h.WriteByte(0)
		if info, err := e.Info(); err == nil {
			w.fact(h, info)
		}
		if w.enters(dir, e) {
			w.noteTree(h, filepath.Join(dir, e.Name()))
			h.WriteByte('/')
		}
	}
}

// young is the age up to which a file may be written again and keep its time: some drives count in steps of two seconds.
const young = 2 * time.Second

// fact notes what is known of a file. Without events one that is young is looked at once more when it is not.
func (w *watcher) fact(h *maphash.Hash, info fs.FileInfo) {
	if info.IsDir() {
		// A folder's own time moves with files that are passed over.
		maphash.WriteComparable(h, info.Mode())
		return
	}
	maphash.WriteComparable(h, [3]int64{info.Size(), info.ModTime().UnixNano(), int64(info.Mode())})
	maphash.WriteComparable(h, w.w.Kept(info))
	maphash.WriteComparable(h, w.fs == nil && time.Since(info.ModTime()) < young)
}

// lost is called when the channels are closed: the system's watching has ended.
func (w *watcher) lost() { w.fs = nil }

func (w *watcher) close() {
	if w.fs != nil {
		w.fs.Close()
	}
}
