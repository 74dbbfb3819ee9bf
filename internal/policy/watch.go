package policy

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/open-policy-agent/opa/v1/topdown"
)

// Limits are what the rules of a kind may take for one record. They take
// microseconds and kilobytes; a rule that takes more does not end in useful time.
type limits struct {
	time   time.Duration
	memory uint64 // bytes by which the heap may grow meanwhile
}

// A rule that exceeds them is asked again alone, so that it can be named, for a
// third of the time: all in all that is less than three seconds.
var usualLimits = limits{time: 2 * time.Second, memory: 256 << 20}

func (l limits) alone() limits { return limits{l.time / 3, l.memory} }

// with returns the limits in a folder of so many records: what rules compute of
// all of them is computed for the first one.
func (l limits) with(records int) limits {
	return limits{l.time + time.Duration(records)*200*time.Microsecond, l.memory + uint64(records)<<14}
}

// lookAfter is how often a watch looks. Folders are judged in less, so that
// nearly all are never looked at.
const lookAfter = 20 * time.Millisecond

// A watch sees to it that work by steps, the records of a folder, ends. OPA asks
// between two expressions whether it is to stop; within a builtin that is at a
// huge value it does not, so that whoever waits has to stop waiting.
type watch struct {
	limits
	cancel topdown.Cancel
	steps  atomic.Int64 // how many have begun

	seen   int64         // how many had when it looked last
	looked time.Time     // when that was
	spent  time.Duration // on this step since the watch first looked at it
	heap   uint64        // how large the heap was then, or when the watch began

	collected <-chan struct{} // closed when the garbage is; nil while the heap is small
}

func newWatch(l limits) *watch {
	return &watch{limits: l, cancel: topdown.NewCancel(), heap: recentHeapSize()}
}

// next begins a step, unless the work is to stop.
func (w *watch) next() bool {
	w.steps.Add(1)
	return !w.cancel.Cancelled()
}

// step returns the index of the step that the work is at.
func (w *watch) step() int { return int(w.steps.Load()) - 1 }

// An overrun says which limit was exceeded.
type overrun struct{ what string }

func (o *overrun) Error() string { return o.what }

// watched returns what the work does, which runs on a goroutine of its own: once
// a step exceeds a limit it is left to itself. The error is then an overrun.
func watched[T any](ctx context.Context, w *watch, work func() (T, error)) (T, error) {
	type outcome struct {
		result T
		err    error
	}
	done := make(chan outcome, 1)
	elsewhere(func() {
		result, err := work()
		done <- outcome{result, err}
	})
	timer := time.NewTimer(lookAfter)
	defer timer.Stop()
	var none T
	for {
		select {
		case o := <-done:
			return o.result, o.err
		case <-ctx.Done():
			w.cancel.Cancel()
			return none, ctx.Err()
		case now := <-timer.C:
			if over := w.look(now); over != nil {
				w.cancel.Cancel()
				watches.Store(0) // what was measured of the heap is no measure any more
				timer.Reset(10 * lookAfter)
				select { // most builtins end soon, and give back their memory
				case <-done:
				case <-timer.C:
				}
				return none, over
			}
			timer.Reset(lookAfter)
		}
	}
}

// idle takes work for goroutines that are done with theirs. Those that have
// evaluated rules have large stacks, which take longer to grow than a folder
// takes to judge.
var idle = make(chan func())

// elsewhere has work done on another goroutine.
func elsewhere(work func()) {
	select {
	case idle <- work:
	default:
		go workOn(work)
	}
}

// workOn does work, and more of it as long as there is some.
func workOn(work func()) {
	timer := time.NewTimer(lookAfter)
	defer timer.Stop()
	for {
		work()
		timer.Reset(lookAfter)
		select {
		case work = <-idle:
		case <-timer.C:
			return
		}
	}
}

// look returns which limit the step that the work is at exceeds, or nil. A look
// that comes late counts no more than one that comes in time: on a machine with
// too much to do, the work has waited as well.
func (w *watch) look(now time.Time) error {
	steps, passed := w.steps.Load(), min(now.Sub(w.looked), 2*lookAfter)
	first := w.looked.IsZero()
	w.looked = now
	switch {
	case first:
		w.seen = steps
		return nil
	case steps != w.seen:
		w.seen, w.spent, w.heap, w.collected = steps, 0, heapSize(), nil
		return nil
	}
	if w.spent += passed; w.spent >= w.time {
		return &overrun{fmt.Sprintf("it ran out of time (%s)", w.time.Round(time.Millisecond))}
	}
	if w.exceedsMemory() {
		return &overrun{fmt.Sprintf("it takes too much memory (over %d MiB)", w.memory>>20)}
	}
	return nil
}

// exceedsMemory reports whether the heap has grown by too much. Some of it may
// be what nobody needs, and nobody waits for the collection that tells: it may
// have to wait for the work.
func (w *watch) exceedsMemory() bool {
	size := heapSize()
	w.heap = min(w.heap, size)
	switch {
	case size <= w.heap+w.memory:
		w.collected = nil
		return false
	case size > w.heap+2*w.memory:
		return true
	case w.collected == nil:
		collected := make(chan struct{})
		w.collected = collected
		go func() { runtime.GC(); close(collected) }()
		return false
	}
	select {
	case <-w.collected:
		return true
	default:
		return false
	}
}

// heapSize returns how many bytes the objects on the heap take.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// To ask for the heap's size at every start of a watch would cost more than it is
// worth.
var (
	lastHeapSize atomic.Uint64
	watches      atomic.Uint64
)

// recentHeapSize returns what the heap's size is now, or was a few folders ago.
func recentHeapSize() uint64 {
	if watches.Add(1)%16 == 1 {
		lastHeapSize.Store(heapSize())
	}
	return lastHeapSize.Load()
}
