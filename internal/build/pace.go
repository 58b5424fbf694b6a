package build

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A build that ends with the program need not tidy up behind itself: its garbage lies about until as much memory is in use as a site of its size may take, and is
// collected only then. Collecting in proportion to what is in use, as Go does by itself, would look at everything again and again while little is in use, and take the
// most memory when most is.

// most is how much memory a build of so many pages may take, in bytes, without the program itself: half of it or more is in use at the worst moment of a site of 10,000
// pages. From a thousand pages on it grows by 16 KiB a page at most; more than this makes none of them faster.
func most(pages int) int64 {
	n := int64(pages)
	return min(40<<20+n*56<<10, max(88<<20+n*8<<10, n*16<<10))
}

// pacing is what this process may take. It is that of its largest site.
var pacing struct {
	once   sync.Once
	mu     sync.Mutex
	budget int64 // by the pages
	limit  int64 // as it was set
}

// loiter is for the time before it is known whether there is much to do. What a build that has nothing to do takes is a few megabytes: to fill memory with its garbage would
// take longer, for the pages of memory that have not been in use are slow, than to collect it now and then.
func loiter() { debug.SetGCPercent(300) }

// pace lets the process take what a site of so many pages may. Where more is in use than pages are expected to need, it takes more, so that collecting never takes the
// larger part of the time.
func pace(pages int) {
	pacing.mu.Lock()
	pacing.budget = max(pacing.budget, most(pages))
	pacing.mu.Unlock()
	adjust()
	debug.SetGCPercent(-1)
	pacing.once.Do(func() { afterEachCollection(adjust) })
}

// adjust sets the limit by what was in use at the last collection.
func adjust() {
	pacing.mu.Lock()
	defer pacing.mu.Unlock()
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	used := int64(min(live[0].Value.Uint64(), math.MaxInt64/4))
	if limit := max(pacing.budget, used*5/4+32<<20); limit != pacing.limit {
		pacing.limit = limit
		debug.SetMemoryLimit(limit)
	}
}

// afterEachCollection calls f, in another goroutine, whenever garbage was collected: with it goes what nobody refers to, unless it is tiny.
func afterEachCollection(f func()) {
	runtime.AddCleanup(new([4]uintptr), func(f func()) {
		f()
		afterEachCollection(f)
	}, f)
}
