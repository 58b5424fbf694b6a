package publish

import (
	"context"
	"sync"
	"sync/atomic"
)

// each calls do for 0 to n-1, a few at once, and returns the error of the lowest number that failed among those that ran, so that one fault
// is reported alike in every run. After an error, or the end of ctx, no more are begun.
func each(ctx context.Context, jobs, n int, do func(i int) error) error {
	if jobs = min(jobs, n); jobs <= 1 {
		for i := range n {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	var (
		wg     sync.WaitGroup
		next   atomic.Int64
		mu     sync.Mutex
		failed = n
		first  error
	)
	for range jobs {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := do(i); err != nil {
					next.Store(int64(n))
					mu.Lock()
					if i < failed {
						failed, first = i, err
					}
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	if first == nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return first
}
