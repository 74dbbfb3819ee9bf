// Package parallel does the same to many things at a time.
package parallel

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// Each calls f for the numbers from 0 up to n, in their order, on as many
// goroutines as jobs says, at least one. After an error it calls f no more; it
// returns the error of the lowest number that has one, or else the context's.
func Each(ctx context.Context, jobs, n int, f func(i int) error) error {
	var next, failed atomic.Int64
	errs := make([]error, n)
	var workers sync.WaitGroup
	for range max(1, min(jobs, n)) {
		workers.Go(func() {
			for failed.Load() == 0 && ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = f(i); errs[i] != nil {
					failed.Store(1)
				}
			}
		})
	}
	workers.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return ctx.Err()
}
