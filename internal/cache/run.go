package cache

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A run is the segment in the making. Entries go through a buffer to a file without a name of its own, and can be read at once, so
// that memory stays small however much is stored.
type run struct {
	f       *os.File
	index   map[[32]byte]place
	buf     []byte
	flushed int64 // bytes of the file; buf comes behind them
}

const (
	runExt     = ".tmp"
	bufferSize = 256 << 10

	// Files of runs that were killed are deleted by later runs: the old ones, and all but a few of the young ones. To tell the dead from the
	// living would take locks; one that is taken for dead loses what it stored, which is only time.
	maxRunAge  = 10 * time.Minute
	maxRunsNow = 4
)

func newRun(dir string) (*run, error) {
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	sweepRuns(dir)
	f, err := createTemp(dir)
	if err != nil {
		return nil, err
	}
	return &run{f: f, index: map[[32]byte]place{}, buf: append(make([]byte, 0, bufferSize), segmentHead...)}, nil
}

// createTemp makes a new file, to be renamed when it is whole.
func createTemp(dir string) (*os.File, error) {
	name := filepath.Join(dir, fmt.Sprintf("%016x%s", rand.Uint64(), runExt))
	return os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
}

func sweepRuns(dir string) {
	type left struct {
		path string
		time time.Time
	}
	var runs []left
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if fi, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), runExt) && fi.Mode().IsRegular() {
			runs = append(runs, left{filepath.Join(dir, e.Name()), fi.ModTime()})
		}
	}
	slices.SortStableFunc(runs, func(a, b left) int { return b.time.Compare(a.time) })
	for i, r := range runs {
		if i >= maxRunsNow || time.Since(r.time) > maxRunAge {
			os.Remove(r.path)
		}
	}
}

func (r *run) put(key [32]byte, data []byte) error {
	if len(r.buf)+len(data) > bufferSize {
		if err := r.flush(); err != nil {
			return err
		}
	}
	off := r.flushed + int64(len(r.buf))
	if len(data) > bufferSize {
		if _, err := r.f.WriteAt(data, r.flushed); err != nil {
			return err
		}
		r.flushed += int64(len(data))
	} else {
		r.buf = append(r.buf, data...)
	}
	r.index[key] = place{off, uint32(len(data)), sum(key, data)}
	return nil
}

// flush leaves everything as it was if it fails: what is in the buffer can still be read.
func (r *run) flush() error {
	if _, err := r.f.WriteAt(r.buf, r.flushed); err != nil {
		return err
	}
	r.flushed += int64(len(r.buf))
	r.buf = r.buf[:0]
	return nil
}

func (r *run) get(key [32]byte) ([]byte, bool) {
	e, ok := r.index[key]
	if !ok {
		return nil, false
	}
	data := make([]byte, e.len)
	if e.off >= r.flushed {
		copy(data, r.buf[e.off-r.flushed:])
	} else if _, err := r.f.ReadAt(data, e.off); err != nil {
		return nil, false
	}
	return data, sum(key, data) == e.sum
}

// seal makes a segment of the run. A run without entries is none.
func (r *run) seal(dir string, generation uint32) (*segment, error) {
	err := r.flush()
	if err != nil || len(r.index) == 0 {
		r.f.Close()
		os.Remove(r.f.Name())
		return nil, err
	}
	records := make([]record, 0, len(r.index))
	for key, e := range r.index {
		records = append(records, record{key, e})
	}
	return finish(r.f, r.flushed, records, dir, generation)
}
