// Package cache keeps bytes on disk under the digest of what made them.
//
// It holds tens of thousands of entries of a few kilobytes: parsed pages, rendered pages, highlighted blocks. Opening it reads
// indexes and nothing else, looking something up is one read at a known place, and storing something is a copy into a buffer.
//
//	c, err := cache.Open(dir, cache.Options{})
//	data, ok := c.Get(key)
//	if !ok {
//		data = work()
//		c.Put(key, data)
//	}
//	err = c.Close()
//
// The cache is never needed and never wrong. Whatever happens to its files, a lookup gives back the bytes that were stored under the
// key or nothing at all: each entry has a checksum over key and data, each index has one too. What cannot be written is not stored.
// Deleting the folder loses time only. Who may write into the folder may put anything into it, though: it is to be trusted as much as
// the folder of the site itself.
//
// On disk it is a folder of segments, files that never change once they have their name (see segment.go). A run collects what it stores in a
// segment of its own and gives it its name at the end. Any number of processes may use one folder at once: names are unique, a
// segment is only deleted by who has read it and written what still counts in it into another, and an open one stays readable.
package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// A Mode says what the cache is used for. The zero Mode is On.
type Mode string

const (
	On     Mode = "on"
	Off    Mode = "off"    // nothing is read, nothing is stored
	Verify Mode = "verify" // everything is made anew and compared with what is stored: an audit of the program
)

// Options are the settings of a cache. The zero value is ready to use.
type Options struct {
	// MaxBytes is about how much the files may take, 1 GiB if it is 0; see Allow. What was not used for longest goes first.
	MaxBytes int64

	Mode Mode

	// Program says who stores and asks. What another one has stored is not found: it may make something else of the same input. Empty for one that is nobody else.
	Program string

	// OnMismatch is called in mode Verify for each entry that was stored with other bytes than it has now. It may be called by
	// several goroutines at once, and may be nil: Close tells how many there were.
	OnMismatch func(key [32]byte, stored, made []byte)
}

const (
	defaultMaxBytes = 1 << 30

	// maxUnused is how many runs that stored something an entry outlives without being asked for. Runs and not days, because a
	// handbook that rests for a year should still be built at once after it.
	maxUnused = 64
)

// A Cache is an open cache. A nil *Cache is one that has nothing and keeps nothing. All methods are safe for concurrent use.
type Cache struct {
	dir      string
	opts     Options
	salt     [32]byte // of the program's keys
	limit    int64
	openedAt uint32 // the generation that was current; see ages.go

	pending struct { // of Later: a WaitGroup may not be waited for while its first one is added
		mu   sync.Mutex
		n    int
		none sync.Cond // that n is 0
	}

	mu         sync.RWMutex
	segments   []*segment // the newest first
	damaged    []string   // names of files that are segments no more
	run        *run       // what this run stored since the last Sync, nil if nothing
	stored     uint32     // the generation of the segments that this run made, 0 if it made none
	readOnly   bool       // the folder cannot be written
	failed     error      // the first thing that went wrong with writing
	mismatches int
	closed     bool
}

// Open opens the cache in dir, which need not exist: it is made when something is stored. A folder that cannot be read is an empty
// cache, one that cannot be written is a cache that only reads. It is an error if dir is something else than a folder. In mode Off
// the cache is nil.
func Open(dir string, o Options) (*Cache, error) {
	switch o.Mode {
	case Off:
		return nil, nil
	case "":
		o.Mode = On
	case On, Verify:
	default:
		return nil, fmt.Errorf("the cache is on, off or verify, not %q", string(o.Mode))
	}
	if fi, err := os.Stat(dir); err == nil && !fi.IsDir() {
		return nil, fmt.Errorf("%s: the cache needs a folder, and this is a file", dir)
	}
	c := &Cache{dir: dir, opts: o, limit: o.MaxBytes}
	c.pending.none.L = &c.pending.mu
	if c.limit <= 0 {
		c.limit = defaultMaxBytes
	}
	if o.Program != "" {
		c.salt = sha256.Sum256([]byte(o.Program))
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if isSegment(e.Name()) {
			s, err := openSegment(dir, e.Name())
			if err == nil {
				c.segments = append(c.segments, s)
			} else if errors.Is(err, errDamaged) {
				c.damaged = append(c.damaged, e.Name())
			}
		}
	}
	sortSegments(c.segments)
	c.readAges()
	return c, nil
}

// Allow lets the files take at least so many bytes from now on: who knows how much there is to keep says so, or what a build has stored would be given up before the next one.
func (c *Cache) Allow(bytes int64) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit = max(c.limit, bytes)
}

// Get returns the bytes that were stored under key. They are the caller's own. In mode Verify there are none.
func (c *Cache) Get(key [32]byte) ([]byte, bool) {
	if c == nil || c.opts.Mode == Verify {
		return nil, false
	}
	return c.lookup(c.own(key))
}

// own returns the key under which this program stores what it calls key.
func (c *Cache) own(key [32]byte) [32]byte {
	for i, b := range c.salt {
		key[i] ^= b
	}
	return key
}

func (c *Cache) lookup(key [32]byte) ([]byte, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return nil, false
	}
	if c.run != nil {
		if data, ok := c.run.get(key); ok {
			return data, true
		}
	}
	for _, s := range c.segments {
		if data, ok := s.get(key); ok {
			return data, true
		}
	}
	return nil, false
}

// Put stores data under key, as far as that is possible. What is already there is not stored twice. data may be reused afterwards.
func (c *Cache) Put(key [32]byte, data []byte) {
	if c == nil {
		return
	}
	called := key
	key = c.own(key)
	if c.opts.Mode == Verify {
		old, ok := c.lookup(key)
		if ok && bytes.Equal(old, data) {
			return
		}
		if ok {
			if c.opts.OnMismatch != nil {
				c.opts.OnMismatch(called, old, data)
			}
			c.mu.Lock()
			c.mismatches++
			c.forget(key)
			c.mu.Unlock()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.readOnly || c.failed != nil || int64(len(data)) > c.limit || c.has(key, true) {
		return
	}
	if c.run == nil {
		r, err := newRun(c.dir)
		if err != nil {
			c.readOnly = true
			return
		}
		c.run = r
	}
	if err := c.run.put(key, data); err != nil {
		c.failed = err // what the run has stored so far can still be read
	}
}

// Later calls f, which stores something, beside what follows. Whoever needs to find it calls Wait; Sync and Close do.
func (c *Cache) Later(f func()) {
	if c == nil {
		return
	}
	p := &c.pending
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
	go func() {
		defer func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.n--; p.n == 0 {
				p.none.Broadcast()
			}
		}()
		f()
	}()
}

// Wait waits until all is stored that is stored later.
func (c *Cache) Wait() {
	if c == nil {
		return
	}
	p := &c.pending
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.n > 0 {
		p.none.Wait()
	}
}

// has reports whether key is there and not known to be damaged. Who has a use for it keeps it young.
func (c *Cache) has(key [32]byte, use bool) bool {
	if c.run != nil {
		if _, ok := c.run.index[key]; ok {
			return true
		}
	}
	return slices.ContainsFunc(c.segments, func(s *segment) bool {
		i, ok := s.find(key)
		if ok && use {
			s.state[i].CompareAndSwap(0, stateUsed)
		}
		return ok && s.state[i].Load() != stateBad
	})
}

// forget makes key one that is not there.
func (c *Cache) forget(key [32]byte) {
	if c.run != nil {
		delete(c.run.index, key)
	}
	for _, s := range c.segments {
		if i, ok := s.find(key); ok {
			s.state[i].Store(stateBad)
		}
	}
}

// Sync makes what was stored so far outlast the process, even if that is killed. A program that runs for long calls it now and then; for
// others Close is enough.
func (c *Cache) Sync() error {
	if c == nil {
		return nil
	}
	c.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seal()
	return c.failed
}

// seal makes a segment of what the run has stored.
func (c *Cache) seal() {
	if c.run == nil || c.closed {
		return
	}
	r := c.run
	c.run = nil
	generation := c.stored // all segments of a run are of one generation
	if generation == 0 {
		generation = c.generation() + 1
	}
	s, err := r.seal(c.dir, generation)
	if err != nil {
		if c.failed == nil {
			c.failed = err
		}
		return
	}
	if s != nil {
		c.stored = generation
		c.segments = append(c.segments, s)
		sortSegments(c.segments)
	}
}

// Close stores what this run has made, trims the cache and closes it. The error says why something could not be stored, or that the audit
// of mode Verify found differences; the first can be passed over. Close may be called twice, and does nothing then.
func (c *Cache) Close() error {
	if c == nil {
		return nil
	}
	c.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.seal()
	now := c.touch()
	if c.stored != 0 || c.spoiled() {
		if err := c.trim(now); err != nil && c.failed == nil {
			c.failed = err
		}
	}
	c.writeAges(now)
	for _, s := range c.segments {
		s.f.Close()
	}
	c.segments, c.closed = nil, true
	var err error
	if c.failed != nil {
		err = fmt.Errorf("%s: not everything could be kept: %w", c.dir, c.failed)
	}
	if n := c.mismatches; n == 1 {
		err = errors.Join(fmt.Errorf("%s: one entry was stored with other bytes than it has now", c.dir), err)
	} else if n > 1 {
		err = errors.Join(fmt.Errorf("%s: %d entries were stored with other bytes than they have now", c.dir, n), err)
	}
	return err
}

// sortSegments puts the newest first. Names begin with the generation.
func sortSegments(list []*segment) {
	slices.SortFunc(list, func(a, b *segment) int { return strings.Compare(b.name, a.name) })
}

// makeDir makes the cache's folder. What is in it is of no use to anybody else: version control and backups are told so.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	_ = os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o666)
	_ = os.WriteFile(filepath.Join(dir, "CACHEDIR.TAG"), []byte("Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"), 0o666)
	return nil
}
