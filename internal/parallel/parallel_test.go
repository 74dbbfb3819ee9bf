package parallel

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
)

func TestEach(t *testing.T) {
	for _, jobs := range []int{0, 1, 3, 100} {
		var calls [50]atomic.Int64
		err := Each(context.Background(), jobs, len(calls), func(i int) error { calls[i].Add(1); return nil })
		if err != nil {
			t.Errorf("%d jobs: %v", jobs, err)
		}
		for i := range calls {
			if n := calls[i].Load(); n != 1 {
				t.Errorf("%d jobs: %d calls for %d", jobs, n, i)
			}
		}
	}
}

func TestEachReturnsTheFirstError(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		err := Each(context.Background(), jobs, 50, func(i int) error {
			if i >= 7 {
				return fmt.Errorf("number %d", i)
			}
			return nil
		})
		if err == nil || err.Error() != "number 7" {
			t.Errorf("%d jobs: %v, want number 7", jobs, err)
		}
	}
}

func TestEachEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Each(ctx, 2, 50, func(int) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
