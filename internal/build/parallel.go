package build

import (
	"context"
	"sync"
	"sync/atomic"
)

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
