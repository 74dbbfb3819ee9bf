package check

import (
	"sync"
	"sync/atomic"
)

// A growth tells Options.Read how many records were read.
type growth struct {
	lock          sync.Mutex
	read, largest int
}

// readStep is after how many records that is told again.
const readStep = 4096

// grow takes note of a folder with so many records.
func (r *run) grow(records int) {
	if r.Read == nil {
		return
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	before := r.read
	r.read += records
	if records > r.largest || r.read/readStep > before/readStep {
		r.largest = max(r.largest, records)
		r.Read(r.read, r.largest)
	}
}

// progressOf returns what is called once a folder is judged, of so many.
func (r *run) progressOf(total int) func() {
	if r.Progress == nil {
		return func() {}
	}
	var done atomic.Int64
	return func() { r.Progress(int(done.Add(1)), total) }
}
