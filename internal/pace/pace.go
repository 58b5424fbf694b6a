// Package pace decides how much memory the program takes. A build that ends with the program need not tidy up behind itself: its garbage lies about until as much memory
// is in use as a site of its size may take, and is collected only then. Collecting in proportion to what is in use, as Go does by itself, would look at everything again
// and again while little is in use, and take the most memory when most is.
//
// What it does holds for the whole process; all of it may be called at any time.
package pace

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// most is how much memory a build of so many pages may take, in bytes, without the program itself: nearly two thirds of it are in use at the worst moment of a site of 10,000
// pages. From a thousand pages on it grows by 16 KiB a page at most; more than this makes none of them faster.
func most(pages int) int64 {
	n := int64(pages)
	return min(40<<20+n*82<<10, max(116<<20+n*6<<10, n*16<<10))
}

// first is how much of that it takes to begin with. Memory that was not in use before costs about as much for each megabyte as to collect the garbage of ten, so how much is worth
// its while depends on how much garbage there will be, which only shows: a page of text makes a fifth of what one of code and questions makes.
func first(pages int) int64 {
	n := int64(pages)
	return min(40<<20+n*46<<10, 62<<20+n*24<<10)
}

// spare is how much may be taken for new things, in bytes, when more is in use than was expected: mostSpare in the end.
func spare(pages int) int64 { return min(6<<20+int64(pages)*10<<10, mostSpare) }

const mostSpare = 32 << 20

// step is how much more is taken after each collection.
const step = 3 << 20

// pacing is what this process may take. It is that of its largest site.
var pacing struct {
	once  sync.Once
	mu    sync.Mutex
	pages int
	steps int64 // collections so far
	limit int64 // as it was set
}

// Loiter is for the time before it is known whether there is much to do. What a build that has nothing to do takes is a few megabytes: to fill memory with its garbage would
// take longer, for the pages of memory that have not been in use are slow, than to collect it now and then.
func Loiter() { debug.SetGCPercent(300) }

// For lets the process take what a site of so many pages may. Where more is in use than pages are expected to need, it takes more, so that collecting never takes the
// larger part of the time.
func For(pages int) {
	pacing.mu.Lock()
	pacing.pages = max(pacing.pages, pages)
	pacing.mu.Unlock()
	adjust(0)
	pacing.once.Do(func() { afterEachCollection(func() { adjust(1) }) })
}

// adjust sets, after so many more collections, when garbage is collected next, by what was in use at the last one: when two thirds of what may be taken are in use. The rest is
// for what lies between what is in use. The limit is for where that is more: Go keeps to one by giving memory back, a few kilobytes at a time, only to take it again.
func adjust(more int64) {
	pacing.mu.Lock()
	defer pacing.mu.Unlock()
	pacing.steps += more
	grown := pacing.steps * step
	budget := min(most(pacing.pages), first(pacing.pages)+grown)
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	used := int64(min(live[0].Value.Uint64(), math.MaxInt64/4))
	needs := used * 5 / 4
	goal := max(budget*2/3, needs+min(spare(pacing.pages)+grown, mostSpare))
	debug.SetGCPercent(int((goal - used) * 100 / max(used, 4<<20))) // of 4 MiB at least, see runtime/debug
	if limit := max(budget, needs+mostSpare); limit != pacing.limit {
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
