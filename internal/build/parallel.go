package build

import (
	"context"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"waymark/internal/source"
)

// large is the number of pages from which on memory is what a site is short of.
const large = 2500

// A need is what a build wants memory for.
type need int

const (
	reading   need = iota // pages are parsed one by one, and their facts add up
	planning              // all facts, the curriculum and the plan are in use
	searching             // and the index of the search, which is large
	writing               // pages are rendered one by one, from the cache
)

// garbage is how much of it may lie about on a large site before it is collected, in percent of what is in use: where most is in use, the least.
var garbage = map[need]int{reading: 100, planning: 20, searching: 35, writing: 150}

// thrift sets how much garbage may lie about, and how much of the pages' contents is held. A small site, whose facts are a few megabytes, is built sooner with more. Whoever has
// set GOGC is left alone.
func (b *Builder) thrift(proj *source.Project, now need) {
	if len(proj.Pages) >= b.o.large {
		b.hold = 0
		collectAt(garbage[now])
		return
	}
	b.hold = maxHeld
	collectAt(150)
}

// shares are those that are set here, and the usual one.
var shares = []int{100, 20, 35, 150, 300}

func collectAt(percent int) {
	if was := debug.SetGCPercent(percent); !slices.Contains(shares, was) {
		debug.SetGCPercent(was)
	}
}

// parallel calls f(0) … f(n-1) on at most jobs goroutines and returns the error of the lowest index that failed, so that two runs
// report the same. It is the only parallel loop of the pipeline: each call writes to its own index of a slice. After an error or when ctx
// ends, calls that have not begun are left out.
func parallel(ctx context.Context, jobs, n int, f func(i int) error) error {
	jobs = min(max(jobs, 1), n)
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || failed.Load() || ctx.Err() != nil {
					return
				}
				if errs[i] = f(i); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// meanwhile runs f beside what follows, and returns a function that waits for its result.
func meanwhile[T any](f func() T) func() T {
	done := make(chan T, 1)
	go func() { done <- f() }()
	return sync.OnceValue(func() T { return <-done })
}
