package publish

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
)

// A stage is a folder in which a site is put together. Everything is written through its root, so that no path, whatever it says, can
// lead out of it.
type stage struct {
	p    *place
	dir  string
	root *os.Root
}

const (
	dirMode  = 0o755
	fileMode = 0o644
)

// newStage makes a stage whose name begins with prefix.
func (p *place) newStage(prefix string) (*stage, error) {
	dir := fmt.Sprintf("%s%d-%08x", prefix, os.Getpid(), rand.Uint32())
	if err := os.Mkdir(dir, dirMode); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	return &stage{p, dir, root}, nil
}

// drop removes the stage. A nil stage, or one that was dropped or has become the site, is none.
func (s *stage) drop() {
	if s == nil || s.root == nil {
		return
	}
	s.root.Close()
	s.root = nil
	if err := os.RemoveAll(s.dir); err != nil {
		s.p.logf("%s: the folder %s is left: %s", s.p.name, show(s.dir), reason(err))
	}
}

// mkdirs makes the folders that the files lie in.
func (s *stage) mkdirs(items []*item) error {
	made := map[string]bool{"": true}
	var dirs []string
	for _, it := range items {
		for dir := parentOf(it.Path); !made[dir]; dir = parentOf(dir) {
			made[dir] = true
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs) // a folder before those in it
	for _, dir := range dirs {
		if err := s.root.Mkdir(filepath.FromSlash(dir), dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// batches cuts the items, which are ordered by path, into pieces of one folder each, small enough to be shared among workers. To
// open the folder once for each piece is cheaper than to walk a path for each file. The pieces of a large folder stand far apart, so that workers
// are seldom in the same folder: file systems make the files of one folder one after the other, and two that wait for each other there took 2.5 times as much
// time of the processor.
func batches(items []*item) [][]*item {
	const most = 64
	type batch struct {
		items []*item
		at    float64 // where it belongs in the work, from 0 to 1
	}
	var list []batch
	for from := 0; from < len(items); {
		dir, to := parentOf(items[from].Path), from+1
		for to < len(items) && parentOf(items[to].Path) == dir {
			to++
		}
		first := len(list)
		for part := range slices.Chunk(items[from:to], most) {
			list = append(list, batch{items: part})
		}
		if n := len(list) - first; n == 1 {
			list[first].at = float64(from) / float64(len(items))
		} else {
			for i := range n {
				list[first+i].at = (float64(i) + 0.5) / float64(n)
			}
		}
		from = to
	}
	slices.SortStableFunc(list, func(a, b batch) int { return cmp.Compare(a.at, b.at) })
	work := make([][]*item, len(list))
	for i, b := range list {
		work[i] = b.items
	}
	return work
}

// openIn opens a folder below root; "" is root itself.
func openIn(root *os.Root, dir string) (*os.Root, error) {
	if dir == "" {
		dir = "."
	}
	return root.OpenRoot(filepath.FromSlash(dir))
}

// writeFresh writes the new files. What comes out as it was is taken away again and marked as the same.
func (s *stage) writeFresh(ctx context.Context, w *work) error {
	if err := s.mkdirs(w.fresh); err != nil {
		return s.p.failed("cannot be written", err)
	}
	var (
		bytes, count atomic.Int64
		mu           sync.Mutex
		done         int
	)
	work := batches(w.fresh)
	err := each(ctx, s.p.jobs(), len(work), func(i int) error {
		dir, err := openIn(s.root, parentOf(work[i][0].Path))
		if err != nil {
			return s.p.failed("cannot be written", err)
		}
		defer dir.Close()
		for _, it := range work[i] {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := s.writeOne(dir, it); err != nil {
				return err
			}
			bytes.Add(it.size)
			count.Add(1)
			if s.p.Progress != nil {
				mu.Lock()
				done++
				s.p.Progress(done, len(w.fresh))
				mu.Unlock()
			}
		}
		return nil
	})
	var e *Error
	if n := count.Load(); n > 0 && errors.As(err, &e) && isFull(err) {
		e.Text += fmt.Sprintf(" (needs about %s)", size(bytes.Load()/n*int64(len(w.fresh))))
	}
	return err
}

func (s *stage) writeOne(dir *os.Root, it *item) error {
	name := nameOf(it.Path)
	f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|Plain, fileMode)
	if errors.Is(err, fs.ErrExist) {
		return s.p.refuse("move it away, or choose another destination with -d", "has a file of others that is the site's %s to this file system, which ignores letter case or writes accents differently", show(it.Path))
	}
	if err != nil {
		return s.p.failed("cannot be written", err)
	}
	out := &sink{w: f, h: sha256.New()}
	buf := buffers.Get().(*bufio.Writer)
	buf.Reset(out)
	err = it.Write(buf)
	if ferr := buf.Flush(); err == nil {
		err = ferr
	}
	buf.Reset(nil)
	buffers.Put(buf)
	var fi fs.FileInfo
	if err == nil {
		fi, out.err = f.Stat()
	}
	if cerr := f.Close(); out.err == nil {
		out.err = cerr
	}
	if out.err != nil {
		return s.p.failed("cannot be written", out.err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", show(it.Path), err)
	}
	sum := digest(out.h.Sum(nil))
	if it.intact && it.sum == sum {
		it.same = true
		return s.p.failed("cannot be written", dir.Remove(name))
	}
	it.sum, it.stat = sum, statOf(fi)
	return nil
}

var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 32<<10) }}

// A sink writes and digests, and keeps the error of the disk apart from those of whoever writes to it.
type sink struct {
	w   io.Writer
	h   hash.Hash
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.h.Write(b[:n])
	if err != nil {
		s.err = err
	}
	return n, err
}

// writeManifest writes lines as the manifest of the stage.
func (s *stage) writeManifest(lines []line) error {
	return s.root.WriteFile(manifestName, format(lines), fileMode)
}
